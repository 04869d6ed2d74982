"""Carries the calls of simulated routers to a licensing server, over real HTTPS.

The server's certificate is checked against the CA that the router trusts and against the name that was called; the
simulated Internet's names are a table, so the vendor's name leads to the served world and never to the vendor. A call
that got no answer, or a server error, is made again: it is one act, whoever answers it twice.

Each call runs in a thread of its own, for whoever waits must hear keys meanwhile.
"""

import ssl
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from ipaddress import ip_address
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

import msgspec

from emulator.keys.paper import InvalidDocument
from emulator.keys.signing import SigningKey
from emulator.licensing.udi import Udi
from emulator.router.ports import Refusal, RefusalCause, Reply
from emulator.transports.call_home.wire import ANSWER_LIMIT, CONTENT_TYPE, read_answer, write_call
from emulator.world.calls import HTTPS_PORT, Answer, Call, Destination

if TYPE_CHECKING:
    from httpx2 import Client, Response

LOCAL = "localhost"
SERVER_ERROR = 500
TOO_MANY = 429

UNTRUSTED: Mapping[int, RefusalCause] = {9: "expired", 10: "expired", 62: "wrong name", 64: "wrong name"}
"""OpenSSL's reasons why a certificate is refused (X509_V_ERR_…); every other one means that the CA is not trusted."""


class Endpoint(msgspec.Struct, frozen=True):
    """Where a name of the simulated Internet leads: an address, and the port that stands for 443 there."""

    address: str
    port: int


class Patience(msgspec.Struct, frozen=True):
    """How long a call is tried, in seconds.

    Attributes:
        answer: for one answer.
        attempts: times that a call is made.
        pause: before the second attempt; each further one waits twice as long.
        longest: between two attempts.
    """

    answer: float = 10.0
    attempts: int = 4
    pause: float = 0.2
    longest: float = 3.0


class _Failed(Exception):
    """An attempt that is worth another; why it failed."""

    def __init__(self, cause: RefusalCause) -> None:
        super().__init__(cause)
        self.cause: RefusalCause = cause


class HttpsCarrier:
    """A `world.callhome.Carrier`."""

    def __init__(
        self,
        hosts: Mapping[str, Endpoint],
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
        self._client: Client | None = None
        self._opening = Lock()

    def __call__(self, destination: Destination, call: Call) -> Reply[Answer]:
        """Make a call. No socket is opened for a name that leads nowhere."""
        endpoint = self._resolve(destination)
        if endpoint is None:
            return Refusal("unreachable")
        body = write_call(call, self._device_key(call.device))
        coming: Future[Answer | Refusal] = Future()
        coming.set_running_or_notify_cancel()

        def fetch() -> None:
            try:
                coming.set_result(self.fetch(destination, endpoint, body))
            except BaseException as error:  # noqa: BLE001 - a mistake, raised in the thread that waits
                coming.set_exception(error)

        Thread(target=fetch, name="call home", daemon=True).start()
        return coming

    def fetch(self, destination: Destination, endpoint: Endpoint, body: bytes) -> Answer | Refusal:
        """Send a signed call until there is an answer, or patience ends."""
        import tenacity

        patience = self._patience
        attempts = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(patience.attempts),
            wait=tenacity.wait_exponential(multiplier=patience.pause, max=patience.longest),
            retry=tenacity.retry_if_exception_type(_Failed),
            reraise=True,
        )
        try:
            return attempts(self._attempt, destination, endpoint, body)
        except _Failed as failed:
            return Refusal(failed.cause, destination.host)

    def close(self) -> None:
        """Let go of the connections; a later call opens new ones."""
        with self._opening:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _attempt(self, destination: Destination, endpoint: Endpoint, body: bytes) -> Answer | Refusal:
        import httpx2

        host, port = destination.host, destination.port
        try:
            with self._connected().stream(
                "POST",
                httpx2.URL(scheme="https", host=endpoint.address, port=endpoint.port, path=destination.path),
                content=body,
                headers={"Host": host if port == HTTPS_PORT else f"{host}:{port}", "Content-Type": CONTENT_TYPE},
                extensions={"sni_hostname": host},
            ) as response:
                return _answer(response) or Refusal("unavailable", host)
        except httpx2.TimeoutException as error:
            raise _Failed("time-out") from error
        except httpx2.TransportError as error:
            for reason in _reasons(error):
                if isinstance(reason, ssl.SSLCertVerificationError):
                    return Refusal(UNTRUSTED.get(reason.verify_code, "untrusted"), host)
            raise _Failed("unreachable") from error

    def _connected(self) -> "Client":
        with self._opening:
            if self._client is None:
                import httpx2

                context = ssl.create_default_context(cafile=str(self._ca))
                self._client = httpx2.Client(verify=context, trust_env=False, timeout=self._patience.answer)
            return self._client

    def _resolve(self, destination: Destination) -> Endpoint | None:
        host, port = destination.host, destination.port
        if (known := self._hosts.get(host)) is not None:
            return Endpoint(known.address, known.port if port == HTTPS_PORT else port)
        if host == LOCAL:
            return Endpoint("127.0.0.1", port)
        try:
            return Endpoint(str(ip_address(host)), port)
        except ValueError:
            return None


def _answer(response: "Response") -> Answer | Refusal | None:
    """What the server says; None where that is no answer."""
    if response.status_code >= SERVER_ERROR:
        raise _Failed("unavailable")
    if response.status_code == TOO_MANY:
        return Refusal("too many")
    data = bytearray()
    for part in response.iter_bytes():
        data += part
        if len(data) > ANSWER_LIMIT:
            return None
    try:
        return read_answer(bytes(data))
    except InvalidDocument:
        return None


def _reasons(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
