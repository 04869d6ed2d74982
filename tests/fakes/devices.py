"""A network of devices that print their screens, for the license manager: each at an address, with faults on demand."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import msgspec

from emulator.keys.license_files import write_license_file
from emulator.keys.signing import derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.file import FileLine, LicenseFile
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.device_acts import (
    AGREEMENT,
    SURE,
    choose_level_by_commands,
    clear_by_commands,
    install_by_commands,
    reload,
    revoke_by_commands,
    write_comment,
)
from emulator.manager.entities import (
    CredentialSet,
    DeviceAddress,
    DeviceFault,
    DeviceOnRecord,
    DeviceReading,
    InstallCounts,
    PakOnRecord,
    RegisteredUdi,
    TransportChoice,
)
from emulator.manager.errors import BackEndError, DeviceError
from emulator.manager.reading import read_device

LICENSE = """\
Index: 1 	Feature: {feature:<33} Version: 1.0
	License Type: {type}
	License State: {state}
	Lock type: Node locked
	License Count: Non-Counted
	License Priority: Medium
	Store Index: 0
	Store Name: Primary License Storage
"""


EVALUATION = """\
Index: 2 	Feature: advipservices                     Version: 1.0
	License Type: Evaluation
	License State: {state}
	Evaluation period left: 8  weeks 4  days
	Lock type: Non Node locked
	License Count: Non-Counted
	License Priority: None
	Store Index: 0
	Store Name: Evaluation License Storage
"""

INSTALLED = """\
Installing...Feature:advipservices...Successful:Supported
1/1 licenses were successfully installed
0/1 licenses were existing licenses
0/1 licenses were failed to install
"""

EXISTING = """\
Installing...Feature:advipservices...Failed:
% Error: Duplicate license
0/1 licenses were successfully installed
1/1 licenses were existing licenses
0/1 licenses were failed to install
"""


class FakeDevice(msgspec.Struct):
    """Device behind an address.

    Attributes:
        dies_at: the command at which its connection is lost; what the command does is done.
        lie: another identity, in `show version`.
        files: those in its flash.
        installs: how often a license was installed.
        asks: its question before it installs.
        refuses: its answer to `license install`, where it does not install.
        revoked: how often its licenses were revoked, which a ticket run again does not.
        comment: on its license.
        key: fingerprint of its host key.
        evaluation: state of its evaluation of advipservices; empty where it has none.
        unsaved: lines of its configuration that are not saved.
        absent: looks for which it does not answer after a reload.
    """

    pid: str = "CISCO881-K9"
    serial: str = "FTX1405YDC7"
    user: str = "admin"
    password: str = "lab"
    level: str = "advsecurity"
    next_level: str = "advsecurity"
    licensed: str = "advsecurity"
    type: str = "Permanent"
    silent: bool = False
    dies_at: str = ""
    lie: str = ""
    files: dict[str, bytes] = {}
    installs: int = 0
    asks: str = ""
    refuses: str = ""
    evaluation: str = ""
    unsaved: tuple[str, ...] = ()
    absent: int = 0
    revoked: int = 0
    rehosted: bool = False
    comment: str = ""
    key: str = "SHA256:one"

    def screen(self, command: str) -> str:
        """Output of a command."""
        if command == self.dies_at:
            raise DeviceError(DeviceFault.DROPPED, "the connection was lost")
        match command:
            case "write memory":
                self.unsaved = ()
                return "Building configuration...\n[OK]\n"
            case "show running-config":
                return "Building configuration...\n\n!\nversion 15.0\nhostname R1\n" + "".join(
                    f"{line}\n" for line in (*self.unsaved, "end")
                )
            case "show startup-config":
                return "Using 40 out of 262136 bytes\n!\nversion 15.0\nhostname R1\nend\n"
            case "show license udi":
                udi = f"{self.pid}:{self.serial}"
                return (
                    "Device#   PID               SN              UDI\n" + "-" * 68 + "\n"
                    f"*0        {self.pid:<17} {self.serial:<15} {udi}\n"
                )
            case "show version":
                return (
                    "R1 uptime is 3 minutes\n"
                    'System image file is "flash:c880data-universalk9-mz.150-1.M4.bin"\n'
                    f"*0  	  {self.pid:<21} {self.lie or self.serial}     \n"
                    "License Information for 'c880-data'\n"
                    f"    License Level: {self.level}   Type: Permanent\n"
                    f"    Next reboot license Level: {self.next_level}\n"
                )
            case "show license detail":
                features = dict.fromkeys(("advsecurity", self.licensed))
                evaluation = EVALUATION.format(state=self.evaluation) if self.evaluation else ""
                return evaluation + "".join(
                    LICENSE.format(feature=each, type=self.type, state="Active, In Use") for each in features
                )
        return "% Invalid input detected at '^' marker.\n"

    def act(self, command: str, answers: Mapping[str, str]) -> str:
        """Do what a command says, and return what it shows."""
        words = command.split()
        if words[:2] == ["license", "install"]:
            if self.refuses:
                return self.refuses
            if self.asks and answers.get(self.asks) != "yes":
                raise DeviceError(DeviceFault.REFUSED, f"'{command}' asks '{self.asks}'")
            if self.licensed == "advipservices":
                return EXISTING
            assert words[2].removeprefix("flash:") in self.files
            self.installs += 1
            self.licensed = self.next_level = "advipservices"
            shown = f"{self.asks} yes\n{INSTALLED}"
        elif words[:2] == ["license", "revoke"]:
            permission, ticket = (each.removeprefix("flash:") for each in words[2:])
            if self.asks and answers.get(self.asks) != "yes":
                raise DeviceError(DeviceFault.REFUSED, f"'{command}' asks '{self.asks}'")
            self.files = {**self.files, ticket: b"rehost of " + self.files[permission]}
            self.revoked += not self.rehosted
            self.rehosted, self.licensed = True, "advsecurity"
            shown = "Rehost ticket saved.\n"
        elif words[:3] == ["license", "boot", "module"]:
            if self.evaluation.endswith("EULA not accepted") and answers.get(AGREEMENT) != "yes":
                raise DeviceError(DeviceFault.REFUSED, f"'{command}' asks '{AGREEMENT}'")
            if self.refuses:
                return self.refuses
            self.next_level, self.evaluation, shown = (
                words[-1],
                "Active, Not in Use",
                f"{AGREEMENT} yes\n% use 'write' command to make license boot config take effect on next boot\n",
            )
        elif words[:2] == ["license", "clear"]:
            if words[2] == self.level:
                return f"% Error: License {words[2]} is in use and cannot be cleared\n"
            assert answers[SURE] == "yes"
            self.licensed = self.next_level = "advsecurity"
            shown = f"Are you sure you want to clear? {SURE} yes\n"
        elif words[:3] == ["license", "comment", "add"]:
            self.comment = " ".join(words[4:])
            shown = self.refuses or f'Comment "{self.comment}" added.\n'
        else:
            assert command == "reload"
            if self.unsaved and answers["[yes/no]:"] == "no":
                self.unsaved = ()
            self.level, shown, self.absent = self.next_level, "", 2
        if command.startswith(self.dies_at or "-"):
            self.dies_at = ""
            raise DeviceError(DeviceFault.DROPPED, "the connection was lost")
        return shown


class FakeNetwork:
    """A `DeviceConnector`; an address without a device does not answer."""

    def __init__(self, **devices: FakeDevice) -> None:
        self.devices = {DeviceAddress(f"192.0.2.{name[1:]}"): device for name, device in devices.items()}
        self.tried: list[tuple[str, str]] = []
        self.reached: list[DeviceAddress] = []

    def at(self, last: int) -> FakeDevice:
        """Device at 192.0.2.`last`."""
        return self.devices[DeviceAddress(f"192.0.2.{last}")]

    @asynccontextmanager
    async def __call__(
        self, address: DeviceAddress, choice: TransportChoice, credentials: CredentialSet, /
    ) -> AsyncIterator["FakeSession"]:
        self.tried.append((address.host, credentials.name))
        self.reached.append(address)
        device = self.devices.get(address)
        if device is None:
            raise DeviceError(DeviceFault.UNREACHABLE, "no connection within 5 s")
        if device.absent:
            device.absent -= 1
            raise DeviceError(DeviceFault.UNREACHABLE, "no connection within 5 s")
        if device.silent:
            raise DeviceError(DeviceFault.SILENT, "no prompt 20 s after the connection")
        if (credentials.user, credentials.password) != (device.user, device.password):
            raise DeviceError(DeviceFault.WRONG_CREDENTIALS, f"user '{credentials.user}' was refused")
        yield FakeSession(device)


class FakeSession:
    """A `DeviceSession`."""

    level_refusal = ""

    def __init__(self, device: FakeDevice) -> None:
        self._device, self.shown_key = device, device.key

    async def read(self) -> DeviceReading:
        return await read_device(self)

    async def install(self, name: str, content: bytes, *, accept: bool = False) -> InstallCounts:
        return await install_by_commands(self, name, content, accept=accept)

    async def clear(self, feature: str) -> None:
        await clear_by_commands(self, feature)

    async def annotate(self, feature: str, comment: str) -> None:
        await write_comment(self, feature, comment)

    async def revoke(self, mark: str, permission: bytes, *, accept: bool = False) -> bytes:
        return await revoke_by_commands(self, mark, permission, accept=accept)

    async def choose_level(self, level: str, *, accept: bool = False) -> None:
        await choose_level_by_commands(self, level, accept=accept)

    async def restart(self, *, save: bool) -> None:
        await reload(self, save=save)

    async def configure(self, line: str, answers: Mapping[str, str]) -> str:
        return self._device.act(line, answers)

    async def show(self, command: str) -> str:
        return self._device.screen(command)

    async def ask(self, command: str, answers: Mapping[str, str], *, leaves: bool = False) -> str:
        return self._device.act(command, answers)

    async def fetch_file(self, name: str) -> bytes:
        if self._device.dies_at == "fetch":
            self._device.dies_at = ""
            raise DeviceError(DeviceFault.DROPPED, "the connection was lost")
        return self._device.files[name]

    async def send_file(self, name: str, content: bytes) -> None:
        self._device.files = {**self._device.files, name: content}


class FakeRehosts:
    """The transfers of a back end: what was permitted, given up, and given instead."""

    def __init__(self) -> None:
        self.permitted: list[Udi] = []
        self.given: list[Udi] = []
        self.gone: set[Udi] = set()

    def file_for(self, target: Udi) -> bytes:
        """The license file for a target, the same again."""
        if target not in self.given:
            self.given.append(target)
        line = LicenseLine(f"M{self.given.index(target)}", "advipservices", LicenseType.PERMANENT, target)
        key = derive_signing_key(WorldSecret.known(7), "portal")
        return write_license_file(LicenseFile((FileLine(line, "portal", "2010-03-01"),)), key)


class FakeBackEnd:
    """A `LicenseBackEnd` with one PAK; `lost` registrations are done and their answers lost."""

    def __init__(self, left: int = 5, kind: str = "permanent") -> None:
        self.quantity, self.kind, self.lost = left, kind, 0
        self.paid: list[Udi] = []
        self.refused: dict[Udi, str] = {}
        self.contracts: dict[Udi, str] = {}
        self.rehosts = FakeRehosts()
        self.down = ""

    async def pak(self, code: str) -> PakOnRecord | None:
        if code != "D4Y22SMARGQ":
            return None
        left = self.quantity - len(self.paid)
        return PakOnRecord(code, "L-880-AIS=", "advipservices", self.kind, self.quantity, left)

    async def registered(self, pak: str) -> set[Udi]:
        return set(self.paid)

    async def register(self, pak: str, udis: Sequence[Udi]) -> list[RegisteredUdi]:
        rows = []
        for udi in udis:
            if udi in self.refused:
                rows.append(RegisteredUdi(udi, "", "", self.refused[udi]))
                continue
            if udi not in self.paid:
                self.paid.append(udi)
            number = self.paid.index(udi)
            rows.append(RegisteredUdi(udi, f"L{number}", f"{udi.serial}_2010030109000000{number}.lic"))
        if self.lost:
            self.lost -= 1
            raise BackEndError("https://portal.example does not answer, 6 times")
        return rows

    async def device(self, udi: Udi) -> DeviceOnRecord:
        self._answer("device")
        has = udi in {*self.paid, *self.rehosts.given} - self.rehosts.gone
        permanent = frozenset({"advsecurity", *(["advipservices"] if has else [])})
        return DeviceOnRecord(permanent, self.contracts.get(udi, ""))

    async def license_file(self, license_id: str) -> bytes:
        return f"license {license_id}".encode()

    async def permission(self, source: Udi, target: Udi) -> tuple[str, bytes]:
        self._answer("permission")
        if source not in self.rehosts.permitted:
            self.rehosts.permitted.append(source)
        return "p.lic", f"permission {source}".encode()

    async def rehost(self, ticket: bytes, target: Udi) -> tuple[str, bytes]:
        assert ticket.startswith(b"rehost of permission ")
        self.rehosts.gone.add(parse_udi(ticket.decode().split()[-1]))
        content = self.rehosts.file_for(target)
        self._answer("rehost")
        return f"{target.serial}_20100301090000008.lic", content

    async def replace(self, failed: Udi, replacement: Udi, contract: str) -> tuple[str, bytes]:
        if contract != "C1":
            raise BackEndError(f"The contract of {failed} is another one.")
        self.rehosts.gone.add(failed)
        return f"{replacement.serial}_20100301090000007.lic", self.rehosts.file_for(replacement)

    def _answer(self, call: str) -> None:
        """Lose the answer of the call that is to fail once."""
        if self.down == call:
            self.down = ""
            raise BackEndError("https://portal.example does not answer, 6 times")

    async def resend(self, udi: Udi) -> tuple[str, bytes]:
        if "advipservices" not in (await self.device(udi)).permanent:
            raise BackEndError(f"{udi} has no license.")
        return f"{udi.serial}_20100301090000009.lic", b"all"
