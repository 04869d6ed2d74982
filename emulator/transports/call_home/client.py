"""Carries the calls of simulated routers to a licensing server, over real HTTPS.

The server's certificate is checked against the CA that the router trusts and against the name that was called; the
simulated Internet's names are a table, so the vendor's name leads to the served world and never to the vendor. A call
that got no answer, or a server error, is made again: it is one act, whoever answers it twice. All attempts together
have one deadline, and each has one for its whole answer, so a server that sends a byte now and then holds nobody up.

All calls run in one thread with an event loop, for whoever waits must hear keys meanwhile, and only there a deadline
can end whatever a connection is in the middle of.
"""

import asyncio
import ssl
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from ipaddress import ip_address
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

import msgspec

from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.signing import SigningKey
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused, RefusalCause, Reply
from emulator.router.service_url import HTTPS_PORT
from emulator.transports.call_home.wire import ANSWER_LIMIT, CONTENT_TYPE, read_answer, write_call
from emulator.transports.connections.answer_content import AS_IT_IS, UnfitContent, answer_content
from emulator.transports.connections.handshakes import watch_handshake
from emulator.world.call_home.protocol import Answer, Call, Destination

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Response
    from tenacity import RetryCallState

LOCAL = "localhost"
SERVER_ERROR = 500
TOO_MANY = 429

UNTRUSTED: Mapping[int, RefusalCause] = {9: "expired", 10: "expired", 62: "wrong name", 64: "wrong name"}
"""OpenSSL's reasons why a certificate is refused (X509_V_ERR_…); every other one means that the CA is not trusted."""


class ServerAddress(msgspec.Struct, frozen=True):
    """The address of a name of the simulated Internet, and the port that stands for 443 there."""

    address: str
    port: int


class Patience(msgspec.Struct, frozen=True):
    """The time limits of a call, in seconds.

    Attributes:
        whole: for all attempts and the pauses between them.
        answer: for one answer, from the connection to its last byte.
        attempts: times that a call is made.
        pause: before the second attempt; each further one waits twice as long, and each up to this much longer, so that
            many routers that lost one server do not come back together. A server may ask for more.
        longest: between two attempts, unless the server asks for more.
    """

    whole: float = 30.0
    answer: float = 10.0
    attempts: int = 4
    pause: float = 0.2
    longest: float = 3.0


class _Failed(Exception):
    """An attempt that is worth another; why it failed, and how many seconds the server asks to wait."""

    def __init__(self, cause: RefusalCause, after: float = 0.0) -> None:
        super().__init__(cause)
        self.cause: RefusalCause = cause
        self.after = after


class HttpsCarrier:
    """A `world.callhome.Carrier`."""

    def __init__(
        self,
        hosts: Mapping[str, ServerAddress],
        ca: Path,
        device_key: Callable[[Udi], SigningKey],
        patience: Patience = Patience(),  # noqa: B008 - frozen
    ) -> None:
        """Get ready.

        Args:
            hosts: the names of the simulated Internet; `localhost` and addresses lead where they say.
            ca: the certificate that the routers trust.
            device_key: signs for a device.
            patience: how long to try.
        """
        self._hosts, self._ca, self._device_key, self._patience = hosts, ca, device_key, patience
        self._opening = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._client: AsyncClient | None = None

    def __call__(self, destination: Destination, call: Call) -> Reply[Answer]:
        """Make a call. No socket is opened for a name that leads nowhere."""
        endpoint = self._resolve(destination)
        if endpoint is None:
            return CallRefused("unreachable")
        return self._begin(destination, endpoint, write_call(call, self._device_key(call.device)))

    def fetch(self, destination: Destination, endpoint: ServerAddress, body: bytes) -> Answer | CallRefused:
        """Send a signed call until there is an answer or its deadline passes; blocks until then."""
        return self._begin(destination, endpoint, body).result()

    def close(self) -> None:
        """Let go of the connections, and of calls that are out; a later call opens new ones."""
        with self._opening:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is not None and thread is not None:
            asyncio.run_coroutine_threadsafe(self._hang_up(), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    def _begin(self, destination: Destination, endpoint: ServerAddress, body: bytes) -> "Future[Answer | CallRefused]":
        coming: Future[Answer | CallRefused] = Future()
        coming.set_running_or_notify_cancel()

        async def fetch() -> None:
            try:
                coming.set_result(await self._fetch(destination, endpoint, body))
            except asyncio.CancelledError:
                coming.set_result(CallRefused("unreachable", destination.host))
            except BaseException as error:  # noqa: BLE001 - a mistake, raised in the thread that waits
                coming.set_exception(error)

        asyncio.run_coroutine_threadsafe(fetch(), self._running())
        return coming

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._opening:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = Thread(target=self._loop.run_forever, name="call home", daemon=True)
                self._thread.start()
            return self._loop

    async def _hang_up(self) -> None:
        own = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not own]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    # --- in the loop's thread ----------------------------------------------------------------------------------

    async def _fetch(self, destination: Destination, endpoint: ServerAddress, body: bytes) -> Answer | CallRefused:
        import tenacity

        patience = self._patience
        ends = asyncio.get_running_loop().time() + patience.whole
        attempts = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(patience.attempts) | tenacity.stop_before_delay(patience.whole),
            wait=_pauses(patience),
            retry=tenacity.retry_if_exception_type(_Failed),
            reraise=True,
        )
        try:
            return await attempts(self._attempt, destination, endpoint, body, ends)
        except _Failed as failed:
            return CallRefused(failed.cause, destination.host)

    async def _attempt(
        self, destination: Destination, endpoint: ServerAddress, body: bytes, ends: float
    ) -> Answer | CallRefused:
        left = ends - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(min(self._patience.answer, left)):
                return await self._ask(destination, endpoint, body)
        except TimeoutError as error:
            raise _Failed("time-out") from error

    async def _ask(self, destination: Destination, endpoint: ServerAddress, body: bytes) -> Answer | CallRefused:
        import httpx2

        host, port = destination.host, destination.port
        try:
            async with self._connected().stream(
                "POST",
                httpx2.URL(scheme="https", host=endpoint.address, port=endpoint.port, path=destination.path),
                content=body,
                headers={"Host": host if port == HTTPS_PORT else f"{host}:{port}", "Content-Type": CONTENT_TYPE},
                extensions={"sni_hostname": host},
            ) as response:
                return await _answer(response) or CallRefused("unavailable", host)
        except httpx2.TransportError as error:
            for reason in _reasons(error):
                if isinstance(reason, ssl.SSLCertVerificationError):
                    return CallRefused(UNTRUSTED.get(reason.verify_code, "untrusted"), host)
            raise _Failed("unreachable") from error

    def _connected(self) -> "AsyncClient":
        if self._client is None:
            import httpx2

            context = ssl.create_default_context(cafile=str(self._ca))
            self._client = httpx2.AsyncClient(
                verify=context,
                trust_env=False,
                timeout=None,
                headers=AS_IT_IS,
                event_hooks={"request": [watch_handshake]},
            )
        return self._client

    def _resolve(self, destination: Destination) -> ServerAddress | None:
        host, port = destination.host, destination.port
        if (known := self._hosts.get(host)) is not None:
            return ServerAddress(known.address, known.port if port == HTTPS_PORT else port)
        if host == LOCAL:
            return ServerAddress("127.0.0.1", port)
        try:
            return ServerAddress(str(ip_address(host)), port)
        except ValueError:
            return None


def _pauses(patience: Patience) -> "Callable[[RetryCallState], float]":
    """Tell how long to wait after an attempt: longer each time, spread, and as long as the server asks."""
    import tenacity

    growing = tenacity.wait_exponential(multiplier=patience.pause, max=patience.longest)
    spread = tenacity.wait_random(0, patience.pause)

    def pause(state: "RetryCallState") -> float:
        failed = state.outcome.exception() if state.outcome is not None else None
        asked = failed.after if isinstance(failed, _Failed) else 0.0
        return max(growing(state), asked) + spread(state)

    return pause


async def _answer(response: "Response") -> Answer | CallRefused | None:
    """Return what the server says; None where that is no answer."""
    if response.status_code >= SERVER_ERROR:
        raise _Failed("unavailable", _seconds(response.headers.get("Retry-After", "")))
    if response.status_code == TOO_MANY:
        return CallRefused("too many")
    try:
        return read_answer(await answer_content(response, ANSWER_LIMIT))
    except (InvalidDocument, UnfitContent):
        return None


def _seconds(text: str) -> float:
    """Return what `Retry-After` asks for; a date there is passed over, and a number that no patience has ends it."""
    text = text.strip()
    return float(text) if text.isascii() and text.isdigit() else 0.0


def _reasons(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
