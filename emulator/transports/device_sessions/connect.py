"""Opening of a session by the transport that is asked for, and many of them at once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceTransport, TransportChoice
from emulator.manager.ports import DeviceSession, Outcome, Task
from emulator.transports.device_sessions.limits import USUAL_LIMITS, SessionLimits

MOST_SESSIONS = 32
"""Sessions at one time, unless something else is said."""


class SessionConnector:
    """A `manager.ports.DeviceConnector` over the network, with a limit of the sessions at one time."""

    def __init__(self, limits: SessionLimits = USUAL_LIMITS, most: int = MOST_SESSIONS) -> None:
        self._limits, self._most = limits, most
        self._turns: tuple[asyncio.AbstractEventLoop, asyncio.Semaphore] | None = None

    @asynccontextmanager
    async def __call__(
        self, address: DeviceAddress, choice: TransportChoice, credentials: CredentialSet, /
    ) -> AsyncIterator[DeviceSession]:
        """Log in at a device, in its turn."""
        async with self._turn(), self._opened(address, choice, credentials) as session:
            yield session

    def _turn(self) -> asyncio.Semaphore:
        """The turns of the event loop that runs now; a command may use several, one after the other."""
        loop = asyncio.get_running_loop()
        if self._turns is None or self._turns[0] is not loop:
            self._turns = loop, asyncio.Semaphore(self._most)
        return self._turns[1]

    def _opened(
        self, address: DeviceAddress, choice: TransportChoice, credentials: CredentialSet
    ) -> AbstractAsyncContextManager[DeviceSession]:
        match choice.transport:
            case DeviceTransport.SSH:
                from emulator.transports.device_sessions.ssh import ssh_session

                return ssh_session(address, credentials, self._limits)
            case DeviceTransport.TELNET:
                from emulator.transports.device_sessions.telnet import telnet_session

                return telnet_session(address, credentials, self._limits)
            case DeviceTransport.HTTPS | DeviceTransport.HTTP:
                from emulator.transports.device_sessions.agent import agent_session

                return agent_session(choice, address, credentials, self._limits)
            case DeviceTransport.SNMP | DeviceTransport.SNMP_3:
                from emulator.transports.device_sessions.snmp import snmp_session

                return snmp_session(choice, address, credentials, self._limits)


class AtOnce:
    """A `manager.ports.FanOut`: so many tasks at once, each begun in its turn."""

    def __init__(self, most: int) -> None:
        self._most = most

    async def __call__(self, tasks: Sequence[Task], act: Callable[[Task], Awaitable[Outcome]], /) -> list[Outcome]:
        """Return the outcomes in the order of the tasks; the first error ends all of them."""
        left = iter(enumerate(tasks))
        outcomes: dict[int, Outcome] = {}

        async def work() -> None:
            for number, task in left:
                outcomes[number] = await act(task)

        workers = [asyncio.create_task(work()) for _ in range(min(self._most, len(tasks)))]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        return [outcomes[number] for number in range(len(tasks))]
