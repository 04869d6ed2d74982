"""Ports of the manager: ways to devices, and to do many things at once. The transports and `runtime` fill them."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceTransport

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")


class DeviceSession(Protocol):
    """Privileged session at a device, without paging."""

    async def show(self, command: str) -> str:
        """Run a command that asks nothing, and return its output without the command and the prompt.

        Raises:
            DeviceError: the device does not answer in time, or the connection is lost.
        """


class DeviceConnector(Protocol):
    """Opener of sessions."""

    def __call__(
        self, address: DeviceAddress, transport: DeviceTransport, credentials: CredentialSet, /
    ) -> AbstractAsyncContextManager[DeviceSession]:
        """Log in at a device for the length of a block.

        Raises:
            DeviceError: within the block or at its begin: it does not answer, takes the log-in for wrong, or is lost.
        """


class FanOut(Protocol):
    """Runner of one action for many things, several at once, with limits."""

    async def __call__(self, tasks: Sequence[Task], act: Callable[[Task], Awaitable[Outcome]], /) -> list[Outcome]:
        """Return the outcomes in the order of the tasks."""


async def one_by_one(tasks: Sequence[Task], act: Callable[[Task], Awaitable[Outcome]], /) -> list[Outcome]:
    """Run an action for one thing after the other, always in the same order."""
    return [await act(task) for task in tasks]
