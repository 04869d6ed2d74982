"""Takes the pictures of the license manager in `docs/pictures`: `python -m tests.browser.manager_pictures`."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from emulator.manager import access, inventory
from emulator.manager.access_entities import Listed, UserAccessList
from emulator.manager.entities import CredentialSet, DeviceAddress, Rehost, RehostStep
from emulator.manager.exchange.bundles import write_bundle
from emulator.manager.exchange.pairs import keep_pair
from emulator.manager.policies import keep_policy
from emulator.manager.report_entities import ReportKind
from emulator.manager.reports.use_cases import make_report
from emulator.manager.store.devices import DeviceFilter, LicensePolicy
from tests.browser.class_pictures import PHONE, PICTURES
from tests.browser.manager_stage import log_in_as, run_jobs, served_manager
from tests.browser.stage import chromium, tab
from tests.fakes.devices import FakeBackEnd, FakeDevice, FakeNetwork
from tests.manager_pages import PAK, device, udi
from tests.unit.manager.conftest import Bench

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DAY = 86_400_000
BEGUN = 1_267_434_000_000
"""2010-03-01 09:00 UTC."""

LOST = "ip route 0.0.0.0 0.0.0.0 192.0.2.1"
DESK: dict[str, Any] = {"viewport": {"width": 1200, "height": 900}}


def fill(bench: Bench) -> None:
    """Ten days of work with a fleet of 240 devices."""
    context = bench.context()
    inventory.keep_credentials(context, CredentialSet("lab", "admin", "lab"))
    make_report(context, ReportKind.DEVICES, DeviceFilter(group="north"))
    keep_pair(context, "outside", "5f" * 32)
    write_bundle(context, "outside", DeviceFilter(group="north"))
    bench.now += 10 * DAY
    with bench.database.writing() as records:
        for number in range(240):
            read = device(number, bench.now)
            if number % 30 == 0 and read.reading is not None:
                read = replace(read, reading=replace(read.reading, level="advipservices"))
            records.devices.keep(read)
        for number in (1, 2):
            records.devices.keep(replace(device(number, bench.now), address=DeviceAddress(f"192.0.2.{number}")))
        records.rehosts.keep(Rehost(udi(4), udi(5), bench.now - DAY, bench.now, RehostStep.REVOKED, b"x", b"y",
                                    paks=(("advipservices", PAK),)))  # fmt: skip
    r1, r2 = udi(1), udi(2)
    bench.network = FakeNetwork(
        d1=FakeDevice(pid=r1.pid, serial=r1.serial), d2=FakeDevice(pid=r2.pid, serial=r2.serial, unsaved=(LOST,))
    )
    make_report(context, ReportKind.DEVICES, DeviceFilter(group="north"))
    keep_policy(context, LicensePolicy("north-ais", "L-880-*", DeviceFilter(group="north", level="advipservices")))
    keep_policy(context, LicensePolicy("branches", "L-880-*", DeviceFilter(text="branch-0001"), reload=True, save=True))


def take(browser: "Browser", address: str, bench: Bench) -> None:
    """The pages in light, one in dark and one on a phone."""
    with tab(browser, address, **DESK) as page:
        log_in_as(page, "admin")
        shoot(page, "today", "/")
        shoot(page, "devices", "/devices?group=north&sort=-seen")
        _deploy(page, bench)
        shoot(page, "deploy-check", "")
        shoot(page, "policy", "/policies/branches")
        shoot(page, "transfer", f"/rehost/case?source={udi(4)}&target={udi(5)}")
        shoot(page, "report", "/reports/2")
        shoot(page, "changes", "/reports/2/changes?earlier=1")
        shoot(page, "exchange", "/exchange")
        for about, subject, users in ((Listed.GROUP, "north", ("inventorymgr", "licensemgr")), (Listed.PAK, PAK, ())):
            access.keep_access(bench.context(), UserAccessList(about, subject, users))
        shoot(page, "access", "/access")
        for name in ("2010-spring", "branches"):
            access.keep_folder(bench.context(), name)
            access.change_folder(bench.context(), name, [PAK], put=True)
        shoot(page, "folders", "/folders")
        page.goto(f"/devices/{udi(1)}")
        page.get_by_role("button", name="Begin evaluation").click()
        page.get_by_role("heading", name="Begin evaluation: 1 device").wait_for()
        shoot(page, "evaluation", "")
    with tab(browser, address, **DESK, color_scheme="dark") as page:
        log_in_as(page, "admin")
        shoot(page, "today-dark", "/")
    with tab(browser, address, **PHONE) as page:
        log_in_as(page, "admin")
        shoot(page, "phone", "/devices?group=north")


def _deploy(page: "Page", bench: Bench) -> None:
    """A deployment whose devices were read."""
    page.goto("/deploy")
    page.get_by_role("combobox", name="PAK").fill(PAK)
    page.get_by_role("textbox", name="Devices").fill(f"{udi(1)}\n{udi(2)}")
    page.get_by_label("Reload the devices then").check()
    page.get_by_role("button", name="Check").click()
    page.get_by_text("Devices are being read").wait_for()
    run_jobs(bench, FakeBackEnd(50))
    page.get_by_role("heading", name="What would happen").wait_for()


def shoot(page: "Page", name: str, path: str) -> None:
    if path:
        page.goto(path)
    page.screenshot(path=PICTURES / f"manager-{name}.png")


def main() -> None:
    with (
        TemporaryDirectory() as folder,
        served_manager(Path(folder), 240, BEGUN) as (bench, address),
        chromium() as browser,
    ):
        fill(bench)
        take(browser, address, bench)


if __name__ == "__main__":
    main()
