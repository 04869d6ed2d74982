"""Calls of the license portal over HTTPS, made again where the answer was lost or the portal asks to wait.

A registration that is sent again issues nothing twice, and licenses that are sent again cost nothing, so an answer that
was lost costs no license. `Retry-After` is
obeyed within the limits. The portal's certificate is checked against the authority that the user named.
"""

import asyncio
import ssl
from base64 import b64encode
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import quote

import msgspec

from emulator.kernel.errors import printable
from emulator.licensing.udi import UDI_FORM, Udi, parse_udi
from emulator.manager.device_acts import PERMANENT
from emulator.manager.entities import BackEndAccess, DeviceOnRecord, PakOnRecord, RegisteredUdi
from emulator.manager.errors import BackEndError
from emulator.transports.connections.answer_content import AS_IT_IS, UnfitContent, answer_content
from emulator.transports.connections.handshakes import watch_handshake

if TYPE_CHECKING:
    from httpx2 import AsyncClient
    from tenacity import RetryCallState

BASE = "/api/v1"

PART = 200
"""Rows of a list that are asked for at one time."""

MOST_PARTS = 500
"""Parts of one list."""

STANDING = (PERMANENT, "current")
"""Type and state of a permanent license that did not move on, in the portal's words."""

Answered = TypeVar("Answered")


class CallLimits(msgspec.Struct, frozen=True):
    """Limits of a call; times in seconds.

    Attributes:
        answer: for one answer.
        attempts: times that a call is made.
        pause: before the second attempt; each further one waits twice as long.
        longest: between two attempts, also where the portal asks for more.
        size: bytes of one answer.
    """

    answer: float = 30.0
    attempts: int = 6
    pause: float = 0.5
    longest: float = 60.0
    size: int = 16 * 1024 * 1024


USUAL_LIMITS = CallLimits()


class _Again(Exception):
    """A failure that may pass; the seconds that the portal asks to wait."""

    def __init__(self, told: str, after: float = 0.0) -> None:
        super().__init__(told)
        self.after = after


class _Pak(msgspec.Struct):
    pak: str
    sku: str
    feature: str
    quantity: int
    left: int


class _Paks(msgspec.Struct):
    rows: list[_Pak]


class _Product(msgspec.Struct):
    sku: str
    type: str
    families: tuple[str, ...] = ()


class _Products(msgspec.Struct):
    rows: list[_Product]


class _Device(msgspec.Struct):
    udi: Annotated[str, msgspec.Meta(pattern=f"^{UDI_FORM}$")]


class _Devices(msgspec.Struct):
    rows: list[_Device]
    total: int


class _Held(msgspec.Struct):
    feature: str
    type: str
    state: str


class _Card(msgspec.Struct):
    licenses: list[_Held]
    contract: str = ""


class _Row(msgspec.Struct):
    text: str
    license: str
    file: str
    message: str


class _Registered(msgspec.Struct):
    rows: list[_Row]


class _File(msgspec.Struct):
    name: str
    content: bytes


class _Letter(msgspec.Struct):
    files: list[_File]


class _Refusal(msgspec.Struct):
    message: str


class PortalClient:
    """A `manager.ports.LicenseBackEnd` over HTTPS."""

    def __init__(self, access: BackEndAccess, limits: CallLimits = USUAL_LIMITS) -> None:
        self._url, self._access, self._limits = access.url.rstrip("/"), access, limits
        self._client: AsyncClient | None = None

    async def pak(self, code: str) -> PakOnRecord | None:
        """Return what the portal knows of a PAK, or None where it has none of that code.

        Raises:
            BackEndError: the portal refuses or does not answer.
        """
        found = await self._call("GET", "/paks", _Paks, {"text": code})
        pak = next((each for each in found.rows if each.pak == code), None)
        if pak is None:
            return None
        products = await self._call("GET", "/products", _Products)
        product = next((each for each in products.rows if each.sku == pak.sku), _Product(pak.sku, ""))
        return PakOnRecord(
            pak.pak, pak.sku, pak.feature, product.type, pak.quantity, pak.left, tuple(map(printable, product.families))
        )  # fmt: skip

    async def registered(self, pak: str) -> set[Udi]:
        """Return the devices that a PAK was debited for.

        Raises:
            BackEndError: the portal refuses the PAK or does not answer.
        """
        found: set[Udi] = set()
        offset = 0
        for _ in range(MOST_PARTS):
            part = await self._call(
                "GET", f"/paks/{quote(pak, safe='')}/devices", _Devices, {"offset": offset, "limit": PART}
            )
            found.update(parse_udi(row.udi) for row in part.rows)
            offset += len(part.rows)
            if not part.rows or offset >= part.total:
                return found
        raise BackEndError(f"{self._url} goes on listing devices of PAK {printable(pak)} after {MOST_PARTS} parts")

    async def register(self, pak: str, udis: Sequence[Udi]) -> list[RegisteredUdi]:
        """Register a PAK for devices; each has its license or the reason why not, and the same again costs nothing.

        Raises:
            BackEndError: the portal refuses the PAK or does not answer.
        """
        body = {"udis": [str(udi) for udi in udis], "partial": True, "mailed": False}
        found = await self._call("POST", f"/paks/{quote(pak, safe='')}/registrations", _Registered, body)
        by_text = {row.text: row for row in found.rows}
        missing = [str(udi) for udi in udis if str(udi) not in by_text]
        if missing:
            raise BackEndError(f"the portal answered nothing for {missing[0]}")
        rows = [(udi, by_text[str(udi)]) for udi in udis]
        return [RegisteredUdi(udi, row.license, row.file, _sentence(row.message)) for udi, row in rows]

    async def device(self, udi: Udi) -> DeviceOnRecord:
        """Return what the portal knows of a device.

        Raises:
            BackEndError: the portal does not know the device or does not answer.
        """
        found = await self._call("GET", f"/devices/{quote(str(udi), safe='/:')}", _Card)
        standing = (each for each in found.licenses if (each.type, each.state) == STANDING)
        return DeviceOnRecord(frozenset(printable(each.feature) for each in standing), printable(found.contract))

    async def license_file(self, license_id: str) -> bytes:
        """Fetch the file of a license.

        Raises:
            BackEndError: the portal refuses or does not answer.
        """
        return await self._answered("GET", f"/licenses/{quote(license_id, safe='')}/file", {})

    async def permission(self, source: Udi, target: Udi) -> tuple[str, bytes]:
        """Return the name and the content of a permission ticket.

        Raises:
            BackEndError: nothing of the device can move there, or the portal refuses or does not answer.
        """
        return await self._posted("/permissions", {"source": str(source), "target": str(target), "mailed": False})

    async def rehost(self, ticket: bytes, target: Udi) -> tuple[str, bytes]:
        """Return the name and the content of the license file against a rehost ticket.

        Raises:
            BackEndError: the portal refuses the ticket or does not answer.
        """
        inputs = {"ticket": b64encode(ticket).decode(), "target": str(target), "mailed": False}
        return await self._posted("/rehosts", inputs)

    async def replace(self, failed: Udi, replacement: Udi, contract: str) -> tuple[str, bytes]:
        """Return the name and the content of the license file of a replacement.

        Raises:
            BackEndError: the portal refuses the replacement or does not answer.
        """
        inputs = {"failed": str(failed), "replacement": str(replacement), "contract": contract, "mailed": False}
        return await self._posted("/rmas", inputs)

    async def _posted(self, path: str, inputs: dict[str, Any]) -> tuple[str, bytes]:
        """Ask for a letter, and return its first file."""
        found = await self._call("POST", path, _Letter, inputs)
        if not found.files:
            raise BackEndError(f"{self._url} sent no file")
        return found.files[0].name, found.files[0].content

    async def resend(self, udi: Udi) -> tuple[str, bytes]:
        """Return the name and the content of a file with all licenses of a device.

        Raises:
            BackEndError: the device has none, or the portal refuses or does not answer.
        """
        found = await self._call("POST", "/resends", _Letter, {"udi": str(udi), "mailed": False})
        if not found.files:
            raise BackEndError(f"the portal sent no file for {udi}")
        return found.files[0].name, found.files[0].content

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _call(
        self, method: str, path: str, answer: type[Answered], inputs: dict[str, Any] | None = None
    ) -> Answered:
        content = await self._answered(method, path, inputs or {})
        try:
            return msgspec.json.decode(content, type=answer)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise BackEndError(f"{self._url} answers what is no answer of a license portal") from error

    async def _answered(self, method: str, path: str, inputs: dict[str, Any]) -> bytes:
        import tenacity

        attempts = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(self._limits.attempts),
            wait=_pauses(self._limits),
            retry=tenacity.retry_if_exception_type(_Again),
            reraise=True,
        )
        try:
            return await attempts(self._attempt, method, path, inputs)
        except _Again as error:
            raise BackEndError(f"{self._url} {error}, {self._limits.attempts} times") from error

    async def _attempt(self, method: str, path: str, inputs: dict[str, Any]) -> bytes:
        import httpx2

        client, url = self._connected(), f"{self._url}{BASE}{path}"
        sent = client.build_request(
            method, url, params=inputs if method == "GET" else None, json=inputs if method == "POST" else None
        )
        try:
            async with asyncio.timeout(self._limits.answer):
                response = await client.send(sent, stream=True)
                try:
                    content = await answer_content(response, self._limits.size)
                finally:
                    await response.aclose()
        except UnfitContent as error:
            raise BackEndError(f"{self._url} answers {error}") from error
        except (httpx2.TransportError, TimeoutError) as error:
            for reason in _reasons(error):
                if isinstance(reason, ssl.SSLCertVerificationError):
                    told = f"the certificate of {self._url} is refused: {reason.verify_message}"
                    raise BackEndError(told) from error
            raise _Again("does not answer") from error
        if response.status_code in {429, 503}:
            raise _Again("asks to wait", _seconds(response.headers.get("Retry-After", "")))
        if response.status_code >= 500:
            raise _Again("fails")
        if response.status_code >= 400:
            raise BackEndError(_message(content) or f"{self._url} answers {response.status_code}")
        return content

    def _connected(self) -> "AsyncClient":
        if self._client is None:
            import httpx2

            context = ssl.create_default_context(cadata=self._access.authority or None)
            self._client = httpx2.AsyncClient(
                verify=context,
                trust_env=False,
                timeout=None,  # `_attempt` limits the whole answer
                headers={"Authorization": f"Bearer {self._access.token}", **AS_IT_IS},
                event_hooks={"request": [watch_handshake]},
            )
        return self._client


def _pauses(limits: CallLimits) -> "Callable[[RetryCallState], float]":
    """Pause after an attempt: longer each time, and as long as the portal asks, within the limit."""
    import tenacity

    growing = tenacity.wait_exponential(multiplier=limits.pause, max=limits.longest)

    def pause(state: "RetryCallState") -> float:
        failed = state.outcome.exception() if state.outcome is not None else None
        asked = failed.after if isinstance(failed, _Again) else 0.0
        return min(max(growing(state), asked), limits.longest)

    return pause


def _seconds(text: str) -> float:
    """Read `Retry-After`; a date there is passed over."""
    text = text.strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0


def _message(content: bytes) -> str:
    """Sentence of a refusal; empty where there is none."""
    try:
        return _sentence(msgspec.json.decode(content, type=_Refusal).message)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return ""


def _sentence(text: str) -> str:
    """Make a sentence of the portal fit for a message: on one line, of limited length."""
    return " ".join(printable(word) for word in text.split())[:500]


def _reasons(error: BaseException | None) -> "list[BaseException]":
    found = []
    while error is not None:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
