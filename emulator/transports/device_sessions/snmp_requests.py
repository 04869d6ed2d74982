"""Requests of SNMP to one device, versions 2c and 3, by the library's asynchronous manager.

R: RFC 3416 and 3414. C: a community stands for the whole log-in of version 2c; a wrong one gets no answer, so it cannot
be told from a device that is not there. I: users of version 3 authenticate by SHA with the password of their set, and
encrypt by AES with its enable password where it has one, which are what these releases have in common.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from snmp.async_engine import AsyncEngine
from snmp.exception import SNMPException
from snmp.message import ProtocolVersion
from snmp.pdu import ErrorResponse, ErrorStatus
from snmp.requests import Timeout
from snmp.security.levels import authNoPriv, authPriv
from snmp.security.usm.auth import HmacSha
from snmp.security.usm.priv import AesCfb128
from snmp.smi import OID, Gauge32, Integer, OctetString, VarBind
from snmp.transport import TransportDomain
from snmp.v3.manager import RequestError, TimeWindowFailure

from emulator.kernel.errors import printable
from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceFault, DeviceTransport
from emulator.manager.errors import DeviceError
from emulator.snmp.values import Oid
from emulator.transports.device_sessions.limits import SessionLimits

ObjectValue = int | bytes | Oid | None
"""Value of an instance: a number, octets, an identifier; None for one that is not there."""

AGAIN_AFTER = 1.0
"""Seconds after which a request that was not answered is sent again."""

LARGEST = 65_535
"""Octets of a datagram that is taken."""

AT_ONCE = 20
"""Rows that are asked for by one GETBULK."""

FAULTS = (SNMPException, ValueError, IndexError, OverflowError, TypeError, AttributeError)
"""Exceptions by which the library tells of an answer that it cannot read."""


class Unsigned(int):
    """Number that goes out as an unsigned one; others are INTEGERs."""


class SnmpRequests:
    """Requests to one device; each is repeated until it is answered or its time is up."""

    def __init__(self, manager: Any, limits: SessionLimits) -> None:
        self._manager, self._limits = manager, limits
        self._answered = False

    async def get(self, *oids: Oid) -> list[ObjectValue]:
        """Return the values of instances.

        Raises:
            DeviceError: the device does not answer, refuses, or answers something else.
        """
        found = await self._made(self._manager.get, *map(_dotted, oids))
        return [_value(each.value) for each in found]

    async def columns(self, columns: Mapping[str, Oid], most: int) -> dict[Oid, dict[str, ObjectValue]]:
        """Return the rows of a table by index, each with its columns by name; at most so many rows.

        Raises:
            DeviceError: the device does not answer, refuses, or its answers do not go on.
        """
        rows: dict[Oid, dict[str, ObjectValue]] = {}
        for name, column in columns.items():
            at: Oid = column
            while True:
                found = await self._made(self._manager.getBulk, _dotted(at), maxRepetitions=AT_ONCE)
                part = [(tuple(each.name.subidentifiers), _value(each.value)) for each in found]
                inside = [(oid[len(column) :], value) for oid, value in part if oid[: len(column)] == column]
                for index, value in inside:
                    if len(rows) < most or index in rows:
                        rows.setdefault(index, {})[name] = value
                if not part or len(inside) < len(part) or len(rows) >= most:
                    break
                if part[-1][0] <= at:
                    raise DeviceError(DeviceFault.UNREADABLE, "its answers to SNMP do not go on")
                at = part[-1][0]
        return rows

    async def set(self, *assignments: tuple[Oid, int | bytes]) -> None:
        """Give values to instances, all of them or none.

        Raises:
            DeviceError: the device does not answer or refuses.
        """
        await self._made(self._manager.set, *(VarBind(_dotted(oid), _typed(value)) for oid, value in assignments))

    async def _made(self, ask: Any, *what: Any, **how: Any) -> Sequence[Any]:
        within = self._limits.command if self._answered else self._limits.connect
        try:
            found: Sequence[Any] = await ask(*what, **how, timeout=within, refreshPeriod=AGAIN_AFTER)
        except Timeout:
            if self._answered:
                raise DeviceError(DeviceFault.SILENT, f"no answer to SNMP within {within:g} s") from None
            told = f"no answer to SNMP within {within:g} s: nothing is there, or the community is another one"
            raise DeviceError(DeviceFault.UNREACHABLE, told) from None
        except ErrorResponse as error:
            raise _refused(error) from error
        except TimeWindowFailure as error:
            raise DeviceError(DeviceFault.UNREADABLE, "its clock of SNMP jumps") from error
        except RequestError as error:
            raise DeviceError(DeviceFault.WRONG_CREDENTIALS, "its SNMP refuses the user or the password") from error
        except OSError as error:
            raise DeviceError(DeviceFault.UNREACHABLE, (error.strerror or str(error)).lower()) from error
        except FAULTS as error:
            raise DeviceError(DeviceFault.UNREADABLE, f"its answer to SNMP is none: {printable(str(error))}") from error
        self._answered = True
        return found


def _refused(error: Any) -> DeviceError:
    status = error.status
    if status in {ErrorStatus.noAccess, ErrorStatus.authorizationError}:
        return DeviceError(DeviceFault.REFUSED, "its SNMP lets this log-in read at most; use one that may write")
    return DeviceError(DeviceFault.REFUSED, f"its SNMP refuses the request: {status.name}")


def _dotted(oid: Oid) -> str:
    return ".".join(map(str, oid))


def _value(value: Any) -> ObjectValue:
    if isinstance(value, OID):
        return tuple(value.subidentifiers)
    if isinstance(value, OctetString):
        return bytes(value.data)
    number = getattr(value, "value", None)
    return number if isinstance(number, int) else None


def _typed(value: int | bytes) -> Any:
    if isinstance(value, bytes):
        return OctetString(value)
    return Gauge32(value) if isinstance(value, Unsigned) else Integer(value)


@asynccontextmanager
async def snmp_requests(
    address: DeviceAddress, transport: DeviceTransport, credentials: CredentialSet, limits: SessionLimits
) -> AsyncIterator[SnmpRequests]:
    """Ask a device for the length of a block, over a socket of its own.

    Raises:
        DeviceError: the log-in of a credential set is none for this version.
    """
    engine = AsyncEngine()
    family = TransportDomain.UDP_IPv6 if ":" in address.host else TransportDomain.UDP_IPv4
    where: dict[str, Any] = {"domain": family, "mtu": LARGEST}
    try:
        if transport is DeviceTransport.SNMP:
            where |= {"version": ProtocolVersion.SNMPv2c, "community": credentials.password.encode()}
        else:
            _add_user(engine, credentials)
            level = authPriv if credentials.enable else authNoPriv
            where |= {"version": ProtocolVersion.SNMPv3, "defaultUser": credentials.user, "defaultSecurityLevel": level}
        yield SnmpRequests(engine.Manager((address.host, address.port), **where), limits)
    finally:
        engine.multiplexor.close()
        for at in (each for found in engine.transports.values() for each in found.values()):
            at.close()


def _add_user(engine: AsyncEngine, credentials: CredentialSet) -> None:
    secrets = {"authProtocol": HmacSha, "authSecret": credentials.password.encode()}
    if credentials.enable:
        secrets |= {"privProtocol": AesCfb128, "privSecret": credentials.enable.encode()}
    try:
        engine.addUser(credentials.user, **secrets)
    except ValueError as error:
        raise DeviceError(DeviceFault.WRONG_CREDENTIALS, f"no log-in for SNMP: {printable(str(error))}") from error
