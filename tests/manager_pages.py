"""A manager with a small fleet behind its pages, and a browser without a screen before them."""

import re
from html import unescape
from typing import Any

import httpx2

from emulator.licensing.udi import Udi
from emulator.manager import inventory
from emulator.manager.entities import (
    DeviceAddress,
    DeviceFault,
    DeviceGroup,
    DeviceReading,
    InstalledLicense,
    KnownPak,
    ManagedDevice,
    ManagerUser,
    ObtainedLicense,
)
from emulator.manager.passwords import keep_password
from emulator.manager.roles import ManagerRole
from emulator.transports.manager_web.app import manager_app
from emulator.transports.manager_web.settings import ManagerSettings
from emulator.transports.web.drafts import DraftStore
from tests.served_manager import ServedBench
from tests.unit.manager.conftest import HOUR, Bench
from tests.web_client import WebClient

PAK = "D4Y22SMARGQ"
PASSWORD = "correct horse"
MODELS = ("CISCO881-K9", "CISCO888-K9", "CISCO892-K9")


def udi(number: int) -> Udi:
    """The UDI of a device of the fleet."""
    return Udi(MODELS[number % len(MODELS)], f"FTX1405{number:04X}")


def device(number: int, now: int) -> ManagedDevice:
    """A device of the fleet as it was read last: every seventh failed, every fifth waits for a reload."""
    upgraded = number % 5 == 0
    licenses = (
        InstalledLicense("advsecurity", "Permanent", "Active, In Use", "Primary License Storage"),
        InstalledLicense(
            "advipservices", "Evaluation", "Active, Not in Use", "Built-In License Storage", "8 weeks 4 days"
        ),
    )
    level = "advipservices" if upgraded else "advsecurity"
    reading = DeviceReading(
        udi(number), f"branch-{number:05}", "15.0(1)M4", "flash:c880data-universalk9-mz.150-1.M4.bin", "advsecurity",
        "Permanent", level, licenses,
    )  # fmt: skip
    return ManagedDevice(
        udi(number), now - 100 * HOUR, DeviceAddress(f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"),
        seen=now - number * 1000, tried=now, fault=DeviceFault.SILENT if number % 7 == 3 else None, reading=reading,
    )  # fmt: skip


def furnish(bench: Bench, count: int) -> None:
    """Put a fleet of so many devices, a group, a PAK, a license that waits, and a user of each role into a manager."""
    for role in ManagerRole:
        name = str(role).lower()
        inventory.keep_user(bench.context(), ManagerUser(name, role))
        keep_password(bench.context(), name, PASSWORD)
    inventory.keep_group(bench.context(), DeviceGroup("north"))
    with bench.database.writing() as records:
        for number in range(count):
            records.devices.keep(device(number, bench.now))
        records.devices.join("north", [udi(number) for number in range(0, count, 3)])
        records.licenses.keep_pak(KnownPak(PAK, "L-880-AIS=", "advipservices", 50, 49, bench.now))
        records.licenses.keep_license(
            ObtainedLicense("LIC-1", udi(1), PAK, "advipservices", "FTX1405_1.lic", b"x", bench.now)
        )


class ManagerBrowser:
    """A browser before the pages, without a script."""

    def __init__(self, served: ServedBench, drafts: DraftStore | None = None) -> None:
        app = manager_app(served, ManagerSettings(lambda: 0.0), drafts)
        self.client = WebClient(app, base_url="https://testserver", raise_server_exceptions=False)

    def log_in(self, user: str = "admin", password: str = PASSWORD) -> httpx2.Response:
        return self.send("/log-in", "/log-in", user=user, password=password)

    def show(self, path: str) -> httpx2.Response:
        return self.client.get(path)

    def send(self, path: str, action: str = "", **fields: Any) -> httpx2.Response:
        """Send the form of a page: its hidden fields, and those given."""
        shown = self.show(path)
        address = action or path.partition("?")[0]
        forms = re.findall(r"<form method=\"post\".*?</form>", shown.text, re.DOTALL)
        form = next((each for each in forms if f'action="{address}"' in each), forms[0])
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
        data = {name: unescape(text) for name, text in hidden.items()} | fields
        return self.client.post(address, data=data)
