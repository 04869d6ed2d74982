"""A network of devices that print their screens, for the license manager: each at an address, with faults on demand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceFault, DeviceTransport
from emulator.manager.errors import DeviceError

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


class FakeDevice(msgspec.Struct):
    """Device behind an address.

    Attributes:
        dies_at: the command at which its connection is lost.
        lie: another identity, in `show version`.
    """

    pid: str = "CISCO881-K9"
    serial: str = "FTX1405YDC7"
    user: str = "admin"
    password: str = "lab"
    level: str = "advsecurity"
    next_level: str = "advsecurity"
    licensed: str = "advsecurity"
    silent: bool = False
    dies_at: str = ""
    lie: str = ""

    def screen(self, command: str) -> str:
        """Output of a command."""
        if command == self.dies_at:
            raise DeviceError(DeviceFault.DROPPED, "the connection was lost")
        match command:
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
                return LICENSE.format(feature=self.licensed, type="Permanent", state="Active, In Use")
        return "% Invalid input detected at '^' marker.\n"


class FakeNetwork:
    """A `DeviceConnector`; an address without a device does not answer."""

    def __init__(self, **devices: FakeDevice) -> None:
        self.devices = {DeviceAddress(f"192.0.2.{name[1:]}"): device for name, device in devices.items()}
        self.tried: list[tuple[str, str]] = []

    def at(self, last: int) -> FakeDevice:
        """Device at 192.0.2.`last`."""
        return self.devices[DeviceAddress(f"192.0.2.{last}")]

    @asynccontextmanager
    async def __call__(
        self, address: DeviceAddress, transport: DeviceTransport, credentials: CredentialSet, /
    ) -> AsyncIterator["FakeSession"]:
        self.tried.append((address.host, credentials.name))
        device = self.devices.get(address)
        if device is None:
            raise DeviceError(DeviceFault.UNREACHABLE, "no connection within 5 s")
        if device.silent:
            raise DeviceError(DeviceFault.SILENT, "no prompt 20 s after the connection")
        if (credentials.user, credentials.password) != (device.user, device.password):
            raise DeviceError(DeviceFault.WRONG_CREDENTIALS, f"user '{credentials.user}' was refused")
        yield FakeSession(device)


class FakeSession:
    """A `DeviceSession`."""

    def __init__(self, device: FakeDevice) -> None:
        self._device = device

    async def show(self, command: str) -> str:
        return self._device.screen(command)
