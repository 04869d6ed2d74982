"""Sessions at license agents over HTTP and HTTPS: identity, levels and licenses in one request, and installation.

The vocabulary is that of `license_agent`, which is ours (I). An agent runs no commands and takes no files, so what
needs one is refused, and the next transport is tried. I: certificates of devices are not compared with anything, as
host keys are not; what a device is, its UDI tells.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from emulator.kernel.errors import printable
from emulator.keys.canonical_xml import InvalidDocument
from emulator.license_agent.causes import AgentCause
from emulator.license_agent.documents import read_answer, write_request
from emulator.license_agent.messages import (
    AgentOperation,
    AgentRequest,
    AgentResult,
    AgreementResult,
    Annotate,
    Clear,
    DeviceResult,
    DocumentResult,
    FailedResult,
    GetAgreement,
    GetLevels,
    GetUdi,
    Install,
    InstalledResult,
    LevelsResult,
    LicenseEntry,
    LicensesResult,
    LineState,
    ListLicenses,
    ProcessTicket,
    Reload,
    SaveConfiguration,
    SetLevel,
)
from emulator.licensing.udi import parse_udi
from emulator.manager.device_acts import PRIMARY, the_one
from emulator.manager.entities import (
    CredentialSet,
    DeviceAddress,
    DeviceFault,
    DeviceReading,
    InstallCounts,
    InstalledLicense,
    TransportChoice,
)
from emulator.manager.errors import DeviceError
from emulator.transports.connections.answer_content import AS_IT_IS, UnfitContent, answer_content
from emulator.transports.connections.handshakes import watch_handshake
from emulator.transports.device_sessions.limits import SessionLimits
from emulator.transports.device_sessions.no_commands import NoCommands, told_period

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Response

NO_COMMANDS = "its license agent runs no commands; name another transport, such as ssh, behind it"


class AgentSession(NoCommands):
    """A `DeviceSession` at a license agent."""

    refusal = NO_COMMANDS

    def __init__(self, client: "AsyncClient", url: str, limits: SessionLimits) -> None:
        self._client, self._url, self._limits = client, url, limits

    async def read(self) -> DeviceReading:
        """Read what the device is, runs and has.

        Raises:
            DeviceError: it is lost on the way, or what answers is no license agent.
        """
        match await self._ask(GetUdi(), GetLevels(), ListLicenses()):
            case (DeviceResult() as device, LevelsResult() as levels, LicensesResult() as licenses):
                found = tuple(map(_installed, licenses.licenses))
                kind = next((each.type for each in found if each.feature == levels.running), "")
                try:
                    udi = parse_udi(f"{device.pid}:{device.sn}")
                except ValueError as error:
                    raise DeviceError(DeviceFault.UNREADABLE, printable(str(error))) from None
                return DeviceReading(
                    udi, level=levels.running, level_type=kind, next_level=levels.next, licenses=found
                )  # fmt: skip
        raise DeviceError(DeviceFault.UNREADABLE, "its license agent tells no identity, levels or licenses")

    async def install(self, name: str, content: bytes, *, accept: bool = False) -> InstallCounts:
        """Install a license file; `accept` agrees to what the device asks to be accepted.

        Raises:
            DeviceError: the device does not take it, or is lost.
        """
        agreement, done = await self._ask(GetAgreement(content), Install(content, accept_agreement=accept))
        if not isinstance(done, InstalledResult):
            told = done.text if isinstance(done, FailedResult) else "its license agent answers something else"
            raise DeviceError(DeviceFault.REFUSED, f"it did not install {name}: {printable(told)}")
        installed = sum(line.end is LineState.INSTALLED for line in done.lines)
        existing = sum(line.cause is AgentCause.ALREADY_EXISTS for line in done.lines)
        if installed + existing != len(done.lines) or not done.lines:
            causes = ", ".join(sorted({str(line.cause) for line in done.lines if line.cause is not None}))
            raise DeviceError(DeviceFault.REFUSED, f"it did not install {name}: {causes or 'not tried'}")
        agreed = accept and isinstance(agreement, AgreementResult) and bool(agreement.text)
        return InstallCounts(installed, existing, agreed)

    async def clear(self, feature: str) -> None:
        """Clear the installed license of a feature.

        Raises:
            DeviceError: there is none or more than one, the device refuses, or is lost.
        """
        await self._do(f"clear {feature}", Clear(await self._number(feature)))

    async def annotate(self, feature: str, comment: str) -> None:
        """Put a comment on the installed license of a feature.

        Raises:
            DeviceError: there is none or more than one, the device refuses, or is lost.
        """
        await self._do(f"annotate {feature}", Annotate(await self._number(feature), comment))

    async def revoke(self, _mark: str, permission: bytes, *, accept: bool = False) -> bytes:
        """Have the device carry a permission ticket out, and return its rehost ticket; again, it gives it again.

        Raises:
            DeviceError: the device does not carry it out, or is lost.
        """
        del accept  # an agent carries out what a ticket says, whose licenses were agreed to
        done = await self._do("carry the permission ticket out", ProcessTicket(permission))
        if not isinstance(done, DocumentResult):
            raise DeviceError(DeviceFault.UNREADABLE, "its license agent gives no rehost ticket")
        return done.content

    async def choose_level(self, level: str, *, accept: bool = False) -> None:
        """Choose the level of the next boot, and save the configuration.

        Raises:
            DeviceError: the device does not take it, or is lost.
        """
        await self._do(f"take the level {level}", SetLevel(level, accept_agreement=accept))
        await self._do("save its configuration", SaveConfiguration())

    async def restart(self, *, save: bool) -> None:
        """Reload the device; without `save` what is not saved is lost.

        Raises:
            DeviceError: it does not, or is lost before it agreed.
        """
        if save:
            await self._do("save its configuration", SaveConfiguration())
        await self._do("reload", Reload())

    async def _number(self, feature: str) -> int:
        """Number of the installed license of a feature."""
        (found,) = await self._ask(ListLicenses())
        if not isinstance(found, LicensesResult):
            raise DeviceError(DeviceFault.UNREADABLE, "its license agent tells no licenses")
        return the_one(
            feature, [each.number for each in found.licenses if (each.feature, each.store[:7]) == (feature, PRIMARY)]
        )

    async def _do(self, what: str, operation: AgentOperation) -> AgentResult:
        (done,) = await self._ask(operation)
        if isinstance(done, FailedResult):
            raise DeviceError(DeviceFault.REFUSED, f"it did not {what}: {printable(done.text)}")
        return done

    async def _ask(self, *operations: AgentOperation) -> tuple[AgentResult, ...]:
        import httpx2

        request = self._client.build_request("POST", self._url, content=write_request(AgentRequest("1", operations)))
        try:
            async with asyncio.timeout(self._limits.act):
                response = await self._client.send(request, stream=True)
                self.shown_key = _fingerprint(response)
                try:
                    content = await answer_content(response, self._limits.output)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise DeviceError(DeviceFault.SILENT, f"no answer within {self._limits.act:g} s") from None
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise DeviceError(DeviceFault.UNREACHABLE, "no connection to its license agent") from error
        except httpx2.TransportError as error:
            raise DeviceError(DeviceFault.DROPPED, "the connection was lost") from error
        except UnfitContent as error:
            raise DeviceError(DeviceFault.UNREADABLE, f"its license agent answers {error}") from error
        if response.status_code == 401:
            raise DeviceError(DeviceFault.WRONG_CREDENTIALS, "its license agent refuses the log-in")
        if response.status_code != 200:
            raise DeviceError(DeviceFault.UNREADABLE, f"no license agent: it answers {response.status_code}")
        try:
            return read_answer(content).results
        except InvalidDocument as error:
            raise DeviceError(DeviceFault.UNREADABLE, f"what its license agent answers {error}") from error


def _fingerprint(response: "Response") -> str:
    """Fingerprint of the certificate of the other side; empty where there is no TLS."""
    encrypted = response.extensions["network_stream"].get_extra_info("ssl_object")
    return f"SHA-256 {sha256(encrypted.getpeercert(binary_form=True)).hexdigest()}" if encrypted is not None else ""


def _installed(entry: LicenseEntry) -> InstalledLicense:
    return InstalledLicense(
        printable(entry.feature), printable(entry.type), printable(entry.state), printable(entry.store),
        "" if entry.left is None else told_period(entry.left), "" if entry.count is None else str(entry.count),
    )  # fmt: skip


@asynccontextmanager
async def agent_session(
    choice: TransportChoice, address: DeviceAddress, credentials: CredentialSet, limits: SessionLimits
) -> AsyncIterator[AgentSession]:
    """Have a session at a license agent for the length of a block; the first request connects.

    Raises:
        DeviceError: the agent does not answer, takes the log-in for wrong, or is lost.
    """
    import httpx2

    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    host = f"[{address.host}]" if ":" in address.host else address.host
    async with httpx2.AsyncClient(
        verify=unchecked,
        trust_env=False,
        timeout=httpx2.Timeout(None, connect=limits.connect),  # each request is limited as a whole
        auth=(credentials.user, credentials.password),
        headers={"Content-Type": "application/xml", **AS_IT_IS},
        event_hooks={"request": [watch_handshake]},
    ) as client:
        yield AgentSession(client, f"{choice.transport}://{host}:{address.port}{choice.path}", limits)
