"""Notifications of the license agents, posted to the URLs that the configurations name.

Only loopback addresses are posted to, as for traps. Each URL of a router has its own order and a bounded queue. A
notification that is not acknowledged (by any status from 200 to 299) is sent again a few times; what cannot be sent,
or finds the queue full, is counted. Redirections are not followed and answers are not read.
"""

import asyncio
import ssl
import threading
from collections import deque
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from emulator.kernel.events import Event
from emulator.license_agent.documents import write_notification
from emulator.license_agent.inputs import AgentCounter
from emulator.license_agent.notifications import NAMES, notification
from emulator.router.device import Router
from emulator.router.network.agent_settings import notified_urls
from emulator.transports.connections.handshakes import watch_handshake

if TYPE_CHECKING:
    from httpx2 import AsyncClient

MOST_WAITING = 64
"""Notifications that wait for one URL."""

MOST_QUEUES = 256
"""URLs that notifications wait for at once."""

LOCAL = "localhost"
SCHEMES = {"http", "https"}

AgentCountNote = Callable[[str, AgentCounter], None]
"""Counts one more for a router."""


class DeliveryPatience(msgspec.Struct, frozen=True):
    """Limits of a delivery: times that it is tried, seconds for one try, and seconds before the second one.

    Each further pause is twice as long.
    """

    attempts: int = 4
    answer: float = 10.0
    pause: float = 1.0


USUAL_PATIENCE = DeliveryPatience()


class NotAcknowledged(Exception):
    """The listener answered, and did not acknowledge."""


def is_reachable(url: str) -> bool:
    """Tell whether notifications may be posted to a URL: HTTP or HTTPS, at a loopback address."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        return parts.scheme in SCHEMES and (host == LOCAL or ip_address(host).is_loopback)
    except ValueError:
        return False


class AgentNotifier:
    """Posts the notifications of all routers of a world, as their events happen."""

    def __init__(
        self,
        routers: Mapping[str, Router],
        address_of: Callable[[Router], str],
        trusted: Callable[[], ssl.SSLContext],
        note: AgentCountNote,
        patience: DeliveryPatience = USUAL_PATIENCE,
    ) -> None:
        """Get ready, in the event loop that serves.

        Args:
            routers: those of the rack, by name.
            address_of: the address of a router, which it sends from.
            trusted: what certificates of listeners are checked with.
            note: counts what was sent.
            patience: how long to try.
        """
        self._routers, self._address_of, self._trusted, self._note = routers, address_of, trusted, note
        self._patience = patience
        self._numbers: dict[str, int] = {}
        self._waiting: dict[tuple[str, str], deque[bytes]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop, self._thread = asyncio.get_running_loop(), threading.get_ident()

    def hear(self, event: Event) -> None:
        """Tell the managers of a router of an event, if it is one that they are told of."""
        router = self._routers.get(event.router)
        if router is None or type(event) not in NAMES or router.state.running is None:
            return
        urls = list(notified_urls(router.configuration))
        told = notification(router, event, self._numbers.get(router.name, 0) + 1) if urls else None
        if told is None:
            return
        self._numbers[router.name] = told.number
        data = write_notification(told)
        for url in urls:
            if threading.get_ident() == self._thread:
                self._queue(router, url, data)
            else:
                self._loop.call_soon_threadsafe(self._queue, router, url, data)

    async def close(self) -> None:
        """Send nothing any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _queue(self, router: Router, url: str, data: bytes) -> None:
        key = router.name, url
        waiting = self._waiting.get(key)
        full = len(self._waiting) >= MOST_QUEUES if waiting is None else len(waiting) >= MOST_WAITING
        if full or not is_reachable(url):
            self._note(router.name, AgentCounter.NOTIFICATION_ERRORS)
            return
        if waiting is not None:
            waiting.append(data)
            return
        self._waiting[key] = deque([data])
        task = self._loop.create_task(self._deliver(key, self._address_of(router)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, key: tuple[str, str], source: str) -> None:
        """Post what waits for one URL, one after the other."""
        import httpx2

        router, url = key
        waiting = self._waiting[key]
        local = source if "." in (urlsplit(url).hostname or "") else None
        verify = self._trusted() if url.startswith("https") else True
        transport = httpx2.AsyncHTTPTransport(verify=verify, local_address=local)
        try:
            async with httpx2.AsyncClient(
                transport=transport, trust_env=False, timeout=None, event_hooks={"request": [watch_handshake]}
            ) as client:
                while waiting:
                    self._note(router, await self._sent(client, url, waiting[0]))
                    waiting.popleft()
        finally:
            del self._waiting[key]

    async def _sent(self, client: "AsyncClient", url: str, data: bytes) -> AgentCounter:
        """Post a notification until it is acknowledged or its tries are over; returns what is to be counted."""
        import httpx2
        import tenacity

        attempts = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(self._patience.attempts),
            wait=tenacity.wait_exponential(multiplier=self._patience.pause),
            retry=tenacity.retry_if_exception_type((TimeoutError, NotAcknowledged, httpx2.TransportError)),
            reraise=True,
        )
        try:
            await attempts(self._attempt, client, url, data)
        except NotAcknowledged:
            return AgentCounter.ACKNOWLEDGEMENT_ERRORS
        except (TimeoutError, httpx2.HTTPError, httpx2.InvalidURL):
            return AgentCounter.NOTIFICATION_ERRORS
        return AgentCounter.NOTIFICATIONS

    async def _attempt(self, client: "AsyncClient", url: str, data: bytes) -> None:
        async with (
            asyncio.timeout(self._patience.answer),
            client.stream("POST", url, content=data, headers={"Content-Type": "application/xml"}) as response,
        ):
            if not response.is_success:
                raise NotAcknowledged
