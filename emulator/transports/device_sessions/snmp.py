"""Sessions by SNMP: identity, levels and licenses are read, and licenses installed and cleared, by the license MIBs.

C: CISCO-LICENSE-MGMT-MIB and CISCO-IMAGE-LICENSE-MGMT-MIB: a device fetches the file of an installation itself, from a
server that the action names. I: that is a TFTP server, which the manager writes to; without one a device is read and
cleared by SNMP, and licensed by the next transport.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from enum import IntEnum
from ipaddress import ip_address

from emulator.kernel.errors import printable
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.device_acts import PRIMARY, check_file_name, the_one, ticket_names
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
from emulator.manager.expiry import is_in_use
from emulator.manager.transport_order import LicenseFileServer, file_server_of
from emulator.snmp.values import Oid
from emulator.transports.device_sessions.limits import SessionLimits
from emulator.transports.device_sessions.no_commands import NoCommands, told_period
from emulator.transports.device_sessions.snmp_requests import (
    ObjectValue,
    SnmpRequests,
    Unsigned,
    snmp_requests,
)
from emulator.transports.device_sessions.tftp_files import fetch_by_tftp, send_by_tftp

NO_COMMANDS = "SNMP runs no commands; name another transport, such as ssh, behind it"
NO_SERVER = "SNMP has no way for files; name a TFTP server, as in snmp/192.0.2.10, or another transport behind it"

NOT_SAVED = (
    "SNMP saves no configuration, so a reload forgets the level that it chooses; name ssh or https/lic-agent behind it"
)
NO_RELOAD = "SNMP reloads no device; name ssh or https/lic-agent behind it"

ENTITIES: Oid = (1, 3, 6, 1, 2, 1, 47, 1, 1, 1, 1)
SYSTEM: Oid = (1, 3, 6, 1, 2, 1, 1)
LICENSING: Oid = (1, 3, 6, 1, 4, 1, 9, 9, 543, 1)
LEVELS: Oid = (1, 3, 6, 1, 4, 1, 9, 9, 640, 1, 1, 1)

CHASSIS = 3
"""Class of a chassis among the entities."""

ENTITY_COLUMNS = {"class": (*ENTITIES, 5), "serial": (*ENTITIES, 11), "pid": (*ENTITIES, 13)}
LEVEL_COLUMNS = {"running": (*LEVELS, 2), "next": (*LEVELS, 4)}
INFO: Oid = (*LICENSING, 2, 3, 1)
INFO_COLUMNS = {
    "feature": (*INFO, 3),
    "type": (*INFO, 5),
    "counted": (*INFO, 6),
    "period": (*INFO, 7),
    "left": (*INFO, 8),
    "count": (*INFO, 10),
    "agreed": (*INFO, 12),
    "status": (*INFO, 14),
}
COMMENT = 13
"""Column of the comment on a license, which can be set."""

STORE_COLUMNS = {"name": (*LICENSING, 2, 1, 1, 2)}
DEFAULT_STORES: Oid = (*LICENSING, 2, 2, 1, 1)
NEXT_ACTION: Oid = (*LICENSING, 1, 1, 0)
ACTION: Oid = (*LICENSING, 1, 2, 1)
RESULT_COLUMNS = {"state": (*LICENSING, 1, 3, 1, 2), "cause": (*LICENSING, 1, 3, 1, 3)}

DEFAULT_STORE = f"{PRIMARY} License Storage"
"""Name of the store that licenses are installed into; some releases tell a file in its place."""

TYPES = {
    1: "Evaluation", 2: "Extension", 3: "Grace Period", 4: "Permanent", 5: "Subscription", 6: "Evaluation Subscription",
    7: "Extension Subscription", 8: "EvalRightToUse", 9: "RightToUse", 10: "PermanentRightToUse",
}  # fmt: skip
"""Types in the words of `show license detail`, by clmgmtLicenseType."""

STATES = {
    1: "Inactive", 2: "Active, Not in Use", 3: "Active, In Use", 4: "Expired, In Use", 5: "Expired, Not in Use",
    6: "Active, In Use",
}  # fmt: skip
"""States in the words of `show license detail`, by clmgmtLicenseStatus."""

NOT_AGREED = ", EULA not accepted"
TRUE, FALSE = 1, 2
TFTP, CREATE_AND_GO, DESTROY = 3, 4, 6

INSTALL, CLEAR, PROCESS_TICKET = 2, 3, 4
SUCCESSFUL, PARTIALLY, FAILED = 4, 5, 6
ENDED = {SUCCESSFUL, PARTIALLY, FAILED}
ALREADY_THERE = 9

CAUSES = {
    2: "a general failure", 3: "it does not speak TFTP", 4: "it does not reach the TFTP server",
    5: "it does not know the device", 6: "the TFTP server has no such file", 7: "the file is no license file",
    8: "the file has a line that is none", ALREADY_THERE: "the license is there already",
    10: "the license is for another device", 11: "the count is wrong", 12: "the period is wrong",
    13: "the license is in use", 14: "there is no such store", 15: "the store is full", 21: "it is cleared already",
}  # fmt: skip
"""Causes of a failure, by ClmgmtLicenseActionFailCause."""

MOST_LICENSES = 1_000
MOST_ENTITIES = 1_000
MOST_ATTEMPTS = 3
"""Times that an action is begun where another manager takes its number."""

LOOK_AFTER = 0.25
"""Seconds between two looks at an action."""

_RELEASE = re.compile(r"Version (?P<release>[0-9][0-9A-Za-z.()]{2,40})")


class ActionColumn(IntEnum):
    """Columns of the table of license actions."""

    PROTOCOL = 3
    ADDRESS_TYPE = 4
    ADDRESS = 5
    FILE = 8
    STORE = 9
    LICENSE = 10
    PERMISSION = 11
    TICKET = 12
    ACTION = 15
    STATE = 16
    CAUSE = 18
    ROW = 20
    ACCEPT = 21


class SnmpSession(NoCommands):
    """A `DeviceSession` by SNMP; `server` is where files are left for the device."""

    refusal, level_refusal = NO_COMMANDS, NOT_SAVED

    def __init__(self, requests: SnmpRequests, server: LicenseFileServer | None, limits: SessionLimits) -> None:
        self._requests, self._server, self._limits = requests, server, limits

    async def read(self) -> DeviceReading:
        """Read what the device is, runs and has.

        Raises:
            DeviceError: it is lost on the way, or tells no identity or no licenses.
        """
        try:
            async with asyncio.timeout(self._limits.command):
                return await self._read()
        except TimeoutError:
            raise DeviceError(DeviceFault.SILENT, f"not read within {self._limits.command:g} s") from None

    async def _read(self) -> DeviceReading:
        description, name = await self._requests.get((*SYSTEM, 1, 0), (*SYSTEM, 5, 0))
        chassis, udi = await self._identity()
        levels = await self._requests.columns(LEVEL_COLUMNS, MOST_ENTITIES)
        level = next((row for index, row in levels.items() if index[:1] == chassis), {})
        licenses = tuple(each for _, each in await self._licenses(chassis))
        running = _text(level.get("running"))
        release = _RELEASE.search(description.decode("ascii", "replace") if isinstance(description, bytes) else "")
        return DeviceReading(
            udi,
            hostname=_text(name).partition(".")[0],
            release=release["release"] if release else "",
            level=running,
            level_type=_type_in_use(running, licenses),
            next_level=_text(level.get("next")),
            licenses=licenses,
        )

    async def _identity(self) -> tuple[Oid, Udi]:
        """Index of the chassis, and the UDI."""
        rows = await self._requests.columns(ENTITY_COLUMNS, MOST_ENTITIES)
        for index, row in rows.items():
            if row.get("class") == CHASSIS:
                try:
                    return index, parse_udi(f"{_text(row.get('pid')).strip()}:{_text(row.get('serial')).strip()}")
                except ValueError as error:
                    raise DeviceError(DeviceFault.UNREADABLE, printable(str(error))) from None
        raise DeviceError(DeviceFault.UNREADABLE, "its SNMP shows no chassis, and so no UDI")

    async def _licenses(self, chassis: Oid) -> list[tuple[tuple[int, int], InstalledLicense]]:
        """The licenses of a chassis, each with the numbers of its store and of itself."""
        [default] = await self._requests.get((*DEFAULT_STORES, *chassis))
        if not isinstance(default, int):
            raise DeviceError(DeviceFault.UNREADABLE, "its SNMP does not have the license MIB")
        stores = await self._requests.columns(STORE_COLUMNS, MOST_ENTITIES)
        rows = await self._requests.columns(INFO_COLUMNS, MOST_LICENSES)
        found = []
        for index, row in rows.items():
            if len(index) == len(chassis) + 2 and index[: len(chassis)] == chassis:
                store, number = index[len(chassis) :]
                title = DEFAULT_STORE if store == default else _text(stores.get((*chassis, store), {}).get("name"))
                found.append(((store, number), _installed(row, title)))
        return found

    async def install(self, name: str, content: bytes, *, accept: bool = False) -> InstallCounts:
        """Leave a license file at the server and have the device fetch and install it.

        Raises:
            DeviceError: there is no server or it does not take the file, the device does not take it, or is lost.
        """
        if self._server is None:
            raise DeviceError(DeviceFault.REFUSED, NO_SERVER)
        check_file_name(name)
        await send_by_tftp(self._server, name, content, self._limits.act)
        kind, octets = _inet_address(self._server.seen)
        results = await self._act({
            ActionColumn.PROTOCOL: TFTP,
            ActionColumn.ADDRESS_TYPE: kind,
            ActionColumn.ADDRESS: octets,
            ActionColumn.FILE: name.encode(),
            ActionColumn.ACTION: INSTALL,
            ActionColumn.ACCEPT: TRUE if accept else FALSE,
        })  # fmt: skip
        installed = sum(state == SUCCESSFUL for state, _ in results)
        existing = sum(cause == ALREADY_THERE for _, cause in results)
        if not results or installed + existing != len(results):
            told = sorted({_cause(cause) for state, cause in results if state != SUCCESSFUL})
            raise DeviceError(DeviceFault.REFUSED, f"it did not install {name}: {', '.join(told) or 'no reason told'}")
        return InstallCounts(installed, existing, accept and installed > 0)

    async def clear(self, feature: str) -> None:
        """Clear the installed license of a feature.

        Raises:
            DeviceError: there is none or more than one, the device refuses, or is lost.
        """
        _, store, number = await self._place(feature)
        results = await self._act({
            ActionColumn.STORE: Unsigned(store),
            ActionColumn.LICENSE: Unsigned(number),
            ActionColumn.ACTION: CLEAR,
        })  # fmt: skip
        if [state for state, _ in results] != [SUCCESSFUL]:
            told = ", ".join(_cause(cause) for _, cause in results)
            raise DeviceError(DeviceFault.REFUSED, f"it did not clear {feature}: {told}")

    async def annotate(self, feature: str, comment: str) -> None:
        """Put a comment on the installed license of a feature.

        Raises:
            DeviceError: there is none or more than one, the device refuses, or is lost.
        """
        chassis, store, number = await self._place(feature)
        await self._requests.set(((*INFO, COMMENT, *chassis, store, number), comment.encode("ascii")))

    async def revoke(self, mark: str, permission: bytes, *, accept: bool = False) -> bytes:
        """Leave a permission ticket at the server, have the device carry it out, and fetch its rehost ticket there.

        Raises:
            DeviceError: there is no server or it fails, the device does not carry it out, or is lost.
        """
        if self._server is None:
            raise DeviceError(DeviceFault.REFUSED, NO_SERVER)
        name, ticket = ticket_names(mark)
        await send_by_tftp(self._server, name, permission, self._limits.act)
        kind, octets = _inet_address(self._server.seen)
        results = await self._act({
            ActionColumn.PROTOCOL: TFTP,
            ActionColumn.ADDRESS_TYPE: kind,
            ActionColumn.ADDRESS: octets,
            ActionColumn.PERMISSION: name.encode(),
            ActionColumn.TICKET: ticket.encode(),
            ActionColumn.ACTION: PROCESS_TICKET,
            ActionColumn.ACCEPT: TRUE if accept else FALSE,
        })  # fmt: skip
        if [state for state, _ in results] != [SUCCESSFUL]:
            told = ", ".join(_cause(cause) for _, cause in results)
            raise DeviceError(DeviceFault.REFUSED, f"it did not carry the permission ticket out: {told}")
        return await fetch_by_tftp(self._server, ticket, self._limits.act)

    async def choose_level(self, _level: str, *, accept: bool = False) -> None:
        """Refuse: a level that SNMP chooses is not saved, so the next reload forgets it.

        Raises:
            DeviceError: always.
        """
        del accept  # the name is that of the other sessions
        raise DeviceError(DeviceFault.REFUSED, NOT_SAVED)

    async def restart(self, *, save: bool) -> None:
        """Refuse: the license MIBs have no reload.

        Raises:
            DeviceError: always.
        """
        del save
        raise DeviceError(DeviceFault.REFUSED, NO_RELOAD)

    async def _place(self, feature: str) -> tuple[Oid, int, int]:
        """Chassis, store and number of the installed license of a feature."""
        chassis, _ = await self._identity()
        found = {
            number: store
            for (store, number), each in await self._licenses(chassis)
            if each.feature == feature and each.store == DEFAULT_STORE
        }
        number = the_one(feature, list(found))
        return chassis, found[number], number

    async def _act(self, columns: Mapping[ActionColumn, int | bytes]) -> list[tuple[ObjectValue, ObjectValue]]:
        """Start an action and wait for its end; the state and the cause for each license, or for all of it."""
        number = await self._started(columns)
        try:
            async with asyncio.timeout(self._limits.act):
                state, cause = await self._ended(number)
                several = await self._requests.columns(RESULT_COLUMNS, MOST_LICENSES)
        except TimeoutError:
            raise DeviceError(DeviceFault.SILENT, f"the action did not end in {self._limits.act:g} s") from None
        await self._requests.set(((*ACTION, ActionColumn.ROW, number), DESTROY))
        own = [(row.get("state"), row.get("cause")) for index, row in several.items() if index[0] == number]
        return own or [(state, cause)]

    async def _started(self, columns: Mapping[ActionColumn, int | bytes]) -> int:
        for left in reversed(range(MOST_ATTEMPTS)):
            [number] = await self._requests.get(NEXT_ACTION)
            if not isinstance(number, int):
                break
            wanted = [((*ACTION, column, number), value) for column, value in columns.items()]
            try:
                await self._requests.set(*wanted, ((*ACTION, ActionColumn.ROW, number), CREATE_AND_GO))
            except DeviceError as error:
                if not left or error.fault is not DeviceFault.REFUSED:
                    raise
            else:
                return number
        raise DeviceError(DeviceFault.UNREADABLE, "its SNMP has no actions for licenses")

    async def _ended(self, number: int) -> tuple[ObjectValue, ObjectValue]:
        while True:
            state, cause = await self._requests.get(
                (*ACTION, ActionColumn.STATE, number), (*ACTION, ActionColumn.CAUSE, number)
            )
            if state in ENDED:
                return state, cause
            if not isinstance(state, int):
                raise DeviceError(DeviceFault.UNREADABLE, "the action is gone; it may have reloaded")
            await asyncio.sleep(LOOK_AFTER)


def _text(value: ObjectValue) -> str:
    return printable(value.decode("utf-8", "replace")) if isinstance(value, bytes) else ""


def _type_in_use(level: str, licenses: tuple[InstalledLicense, ...]) -> str:
    found = [each for each in licenses if each.feature == level]
    return next((each.type for each in found if is_in_use(each)), found[0].type if found else "")


def _installed(row: Mapping[str, ObjectValue], store: str) -> InstalledLicense:
    status, period, left = row.get("status"), row.get("period"), row.get("left")
    state = STATES.get(status, "") if isinstance(status, int) else ""
    kind = row.get("type")
    runs_out = isinstance(period, int) and period > 0 and isinstance(left, int)
    return InstalledLicense(
        _text(row.get("feature")),
        TYPES.get(kind, "") if isinstance(kind, int) else "",
        f"{state}{NOT_AGREED}" if row.get("agreed") == FALSE and state == STATES[2] else state,
        store,
        told_period(left) if runs_out and isinstance(left, int) else "",
        str(row.get("count")) if row.get("counted") == TRUE else "",
    )


def _cause(cause: ObjectValue) -> str:
    return CAUSES.get(cause, f"cause {cause}") if isinstance(cause, int) else "no reason told"


def _inet_address(host: str) -> tuple[int, bytes]:
    """Type and octets of an InetAddress: of IPv4, of IPv6, or a name."""
    try:
        address = ip_address(host)
    except ValueError:
        return 16, host.encode()
    return (1 if address.version == 4 else 2), address.packed


@asynccontextmanager
async def snmp_session(
    choice: TransportChoice, address: DeviceAddress, credentials: CredentialSet, limits: SessionLimits
) -> AsyncIterator[SnmpSession]:
    """Have a session by SNMP for the length of a block; the first request tells whether a device is there.

    Raises:
        DeviceError: the device does not answer, takes the log-in for wrong, or is lost.
    """
    async with snmp_requests(address, choice.transport, credentials, limits) as requests:
        yield SnmpSession(requests, file_server_of(choice), limits)
