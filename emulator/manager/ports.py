"""Ports of the manager: devices, the license portal, many things at once. The transports and `runtime` fill them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

from emulator.licensing.udi import Udi
from emulator.manager.entities import (
    CredentialSet,
    DeviceAddress,
    DeviceOnRecord,
    DeviceReading,
    InstallCounts,
    PakOnRecord,
    RegisteredUdi,
    TransportChoice,
)

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


class CommandSession(Protocol):
    """Privileged session at a device, without paging; one at a license agent runs no commands and refuses them."""

    async def show(self, command: str) -> str:
        """Run a command that asks nothing, and return its output without the command and the prompt.

        Raises:
            DeviceError: the device does not answer in time, or the connection is lost.
        """

    async def ask(self, command: str, answers: Mapping[str, str], *, leaves: bool = False) -> str:
        """Run a command, and answer each question that ends with a key of `answers`; return all that was shown.

        A command that `leaves` may end the session.

        Raises:
            DeviceError: it asks something else, does not answer in time, or the connection is lost.
        """

    async def configure(self, line: str, answers: Mapping[str, str]) -> str:
        """Enter a line of the configuration, answer its questions as `ask` does, and return all that was shown.

        Raises:
            DeviceError: it asks something else, does not answer in time, or the connection is lost.
        """

    async def send_file(self, name: str, content: bytes) -> None:
        """Copy a file into the flash of the device.

        Raises:
            DeviceError: the device does not take it.
        """

    async def fetch_file(self, name: str) -> bytes:
        """Copy a file out of the flash of the device.

        Raises:
            DeviceError: the device does not give it.
        """


class DeviceSession(CommandSession, Protocol):
    """Session at a device that is read and licensed, by commands, by its license agent or by SNMP."""

    @property
    def shown_key(self) -> str:
        """Fingerprint of the key or certificate by which the device showed itself; empty where there is none."""

    @property
    def level_refusal(self) -> str:
        """Reason why no level can be chosen by this transport; empty where it can."""

    async def read(self) -> DeviceReading:
        """Read what the device is, runs and has.

        Raises:
            DeviceError: it is lost on the way, or tells no identity, or two.
        """

    async def install(self, name: str, content: bytes, *, accept: bool = False) -> InstallCounts:
        """Install a license file; `accept` agrees to what the device asks to be accepted.

        Raises:
            DeviceError: the device does not take it, or is lost.
        """

    async def clear(self, feature: str) -> None:
        """Clear the installed license of a feature, which must not be in use.

        Raises:
            DeviceError: there is none or more than one, the device refuses, or is lost.
        """

    async def annotate(self, feature: str, comment: str) -> None:
        """Put a comment on the installed license of a feature.

        Raises:
            DeviceError: there is no such license, the device refuses the comment, or is lost.
        """

    async def revoke(self, mark: str, permission: bytes, *, accept: bool = False) -> bytes:
        """Have the device carry a permission ticket out, and return its rehost ticket; again, it gives it again.

        Args:
            mark: what the names of both tickets have, where they are files.
            permission: the permission ticket.
            accept: whether to agree to what the device asks to be accepted.

        Raises:
            DeviceError: the device does not carry it out, or is lost.
        """

    async def choose_level(self, level: str, *, accept: bool = False) -> None:
        """Choose the level of the next boot, and save that; `accept` agrees to what the device asks to be accepted.

        Raises:
            DeviceError: the device does not take it, or is lost.
        """

    async def restart(self, *, save: bool) -> None:
        """Reload the device, which ends the session; without `save` what is not saved is lost.

        Raises:
            DeviceError: it does not, or is lost before it agreed.
        """


class DeviceConnector(Protocol):
    """Opener of sessions."""

    def __call__(
        self, address: DeviceAddress, choice: TransportChoice, credentials: CredentialSet, /
    ) -> AbstractAsyncContextManager[DeviceSession]:
        """Log in at a device for the length of a block.

        Raises:
            DeviceError: within the block or at its begin: it does not answer, takes the log-in for wrong, or is lost.
        """


class LicenseBackEnd(Protocol):
    """The license portal; every call raises `BackEndError` where it refuses or does not answer."""

    async def pak(self, code: str) -> PakOnRecord | None:
        """Return what the portal knows of a PAK, or None."""

    async def registered(self, pak: str) -> set[Udi]:
        """Return the devices that a PAK was debited for."""

    async def register(self, pak: str, udis: Sequence[Udi]) -> list[RegisteredUdi]:
        """Register a PAK for devices; the same device again costs nothing and has the same license."""

    async def device(self, udi: Udi) -> DeviceOnRecord:
        """Return what the portal knows of a device."""

    async def license_file(self, license_id: str) -> bytes:
        """Fetch the file of a license."""

    async def resend(self, udi: Udi) -> tuple[str, bytes]:
        """Return the name and the content of a file with all licenses of a device; nothing is debited."""

    async def permission(self, source: Udi, target: Udi) -> tuple[str, bytes]:
        """Return the name and content of a permission ticket for a device that gives its licenses up for another one.

        The same ticket comes again as long as the device has not answered it.
        """

    async def rehost(self, ticket: bytes, target: Udi) -> tuple[str, bytes]:
        """Return the license file of the target against a rehost ticket; the same ticket again has the same file."""

    async def replace(self, failed: Udi, replacement: Udi, contract: str) -> tuple[str, bytes]:
        """Return the file with the licenses of a failed device for its replacement, always the same one."""


class FanOut(Protocol):
    """Runner of one action for many things, several at once, with limits."""

    async def __call__(self, tasks: Sequence[Task], act: Callable[[Task], Awaitable[Outcome]], /) -> list[Outcome]:
        """Return the outcomes in the order of the tasks."""


async def one_by_one(tasks: Sequence[Task], act: Callable[[Task], Awaitable[Outcome]], /) -> list[Outcome]:
    """Run an action for one thing after the other, always in the same order."""
    return [await act(task) for task in tasks]
