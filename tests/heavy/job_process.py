"""A process of the license manager that runs jobs on devices and a portal which outlive it, to be killed at any moment.

What a device or the portal did is in a file before its answer comes, as a real one has done what it did whoever is lost
then; each such file is also a line of the journal, by which the test chooses the moment of the kill.
Started as `python -m tests.heavy.job_process FOLDER START`; `START` counts the starts, each of which is a minute later,
so that the lease of the process that was killed has run out.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from emulator.keys.secret_box import SecretBox
from emulator.licensing.udi import Udi
from emulator.manager.context import ManagerContext
from emulator.manager.entities import CredentialSet, DeviceAddress, RegisteredUdi, TransportChoice
from emulator.manager.jobs.runner import JobRunner
from emulator.manager.ports import LicenseBackEnd
from emulator.manager.store.database import ManagerDatabase
from emulator.transports.device_sessions.connect import AtOnce
from tests.fakes.devices import FakeBackEnd, FakeDevice, FakeNetwork, FakeSession

KEY = b"k" * 32
MINUTE = 60_000
AT_ONCE = 8


class Outside:
    """Files of what the devices and the portal did."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.journal = folder, folder / "journal"

    def keep(self, name: str, state: object) -> None:
        """Replace a file whole, and add a line to the journal."""
        new = self.folder / f"{name}.new"
        new.write_bytes(msgspec.json.encode(state))
        new.replace(self.folder / name)
        with self.journal.open("a") as journal:
            journal.write(f"{name}\n")

    def device(self, name: str) -> FakeDevice:
        return msgspec.json.decode((self.folder / name).read_bytes(), type=FakeDevice)

    def paid(self) -> list[Udi]:
        return msgspec.json.decode((self.folder / "portal").read_bytes(), type=list[Udi])


class OutlivingSession(FakeSession):
    """A session at a device that keeps what each command did before it answers."""

    def __init__(self, device: FakeDevice, outside: Outside) -> None:
        super().__init__(device)
        self._seen, self._outside = device, outside

    async def ask(self, command: str, answers: Mapping[str, str], *, leaves: bool = False) -> str:
        told = await super().ask(command, answers, leaves=leaves)
        self._outside.keep(self._seen.serial, self._seen)
        return told

    async def send_file(self, name: str, content: bytes) -> None:
        await super().send_file(name, content)
        self._outside.keep(self._seen.serial, self._seen)


class OutlivingNetwork(FakeNetwork):
    """The devices at their addresses, as they were left."""

    def __init__(self, outside: Outside, serials: Sequence[str]) -> None:
        super().__init__()
        self._outside = outside
        self.devices = {address_of(serial): outside.device(serial) for serial in serials}

    @asynccontextmanager
    async def __call__(
        self, address: DeviceAddress, choice: TransportChoice, credentials: CredentialSet, /
    ) -> AsyncIterator[FakeSession]:
        async with super().__call__(address, choice, credentials):
            yield OutlivingSession(self.devices[address], self._outside)


class OutlivingBackEnd(FakeBackEnd):
    """A portal that has debited before it answers."""

    def __init__(self, outside: Outside, quantity: int) -> None:
        super().__init__(quantity)
        self._outside, self.paid = outside, outside.paid()

    async def register(self, pak: str, udis: Sequence[Udi]) -> list[RegisteredUdi]:
        rows = await super().register(pak, udis)
        self._outside.keep("portal", self.paid)
        return rows


def address_of(serial: str) -> DeviceAddress:
    """The address of a device, by the number at the end of its serial number."""
    return DeviceAddress(f"192.0.2.{int(serial[-4:])}")


def context_of(folder: Path, outside: Outside, serials: Sequence[str], start: int) -> ManagerContext:
    """A manager on these devices, so many minutes later than the first."""
    database = ManagerDatabase(folder / "manager.db", SecretBox(KEY))
    network = OutlivingNetwork(outside, serials)
    return ManagerContext(database, network, AtOnce(AT_ONCE), lambda: start * MINUTE, asyncio.sleep)


def main() -> None:
    folder, start = Path(sys.argv[1]), int(sys.argv[2])
    outside = Outside(folder)
    serials = sorted(each.name for each in folder.glob("FTX*") if not each.name.endswith(".new"))
    context = context_of(folder, outside, serials, start)
    back_end = OutlivingBackEnd(outside, len(serials))

    @asynccontextmanager
    async def opened() -> AsyncIterator[LicenseBackEnd]:
        yield back_end

    asyncio.run(JobRunner(context, opened, f"process {start}").run_all())


if __name__ == "__main__":
    main()
