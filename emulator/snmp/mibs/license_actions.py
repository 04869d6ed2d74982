"""CISCO-LICENSE-MGMT-MIB, what it does: the tables of license actions, their results, and the export of the credential.

C: the module itself; see `row_status.py` for the life of a row, and the queue of the router for that of an action.
I: at most a hundred rows a table; what an action needs is checked when it is started. C: a password is never read back.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import asdict, replace

from emulator.router.device import Router
from emulator.router.license_action import (
    ActionKind,
    ActionResult,
    ActionState,
    FailCause,
    LicenseAction,
    TransferProtocol,
)
from emulator.router.licensing.action_queue import start
from emulator.router.licensing.operations import DNS, IPV4, IPV6
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.row_status import CREATING, STARTING, RowStatus, check_status
from emulator.snmp.tables import TRUTH, Column, Commit, Index, MibTable, RowChange, Syntax, scalars
from emulator.snmp.values import TRUE, ValueType, oid

ActionRows = Callable[[Router], dict[str, LicenseAction]]

MOST_ROWS = 100
"""Rows of one table, so that a manager cannot fill the memory of a router."""

PROTOCOL, PATH, ACCOUNT = Syntax(lowest=1, highest=8), Syntax(), Syntax(longest=96)
ADDRESS, STORAGE, ENTITY = Syntax(text=False), Syntax(lowest=2, highest=2), Syntax(highest=(1 << 31) - 1)
VOLATILE = 2

NEEDED = {
    ActionKind.INSTALL: ("file",),
    ActionKind.CLEAR: ("license",),
    ActionKind.PROCESS_TICKET: ("permission", "rehost"),
    ActionKind.REGENERATE_TICKET: ("permission", "rehost"),
    ActionKind.BACKUP: ("backup",),
    ActionKind.GENERATE_EULA: ("file", "agreement"),
    ActionKind.EXPORT_CREDENTIAL: ("file",),
}
"""Facts without which an action cannot be started."""

WITH_USER = {TransferProtocol.FTP, TransferProtocol.RCP, TransferProtocol.SCP, TransferProtocol.SFTP}
WITH_PASSWORD = {TransferProtocol.FTP, TransferProtocol.SCP, TransferProtocol.SFTP}
ADDRESS_OCTETS = {IPV4: 4, IPV6: 16}


def is_complete(action: LicenseAction) -> bool:
    """Tell whether an action has all that it needs."""
    if not all(getattr(action, fact) for fact in NEEDED.get(action.kind, ())):
        return False
    if action.protocol in {TransferProtocol.NONE, TransferProtocol.LOCAL} or action.kind is ActionKind.CLEAR:
        return True
    named = action.user or action.protocol not in WITH_USER
    known = action.password or action.protocol not in WITH_PASSWORD
    return bool(named and known and _is_address(action.address_type, action.address))


def _is_address(kind: int, address: bytes) -> bool:
    """Tell whether octets are an address of a server; all bits 0 or 1 are none (C)."""
    if kind == DNS:
        return bool(address) and address.isascii() and address.decode().isprintable() and b"/" not in address
    return len(address) == ADDRESS_OCTETS.get(kind) and set(address) not in ({0}, {255})


# --- how a row is written --------------------------------------------------------------------------------------

Fields = Mapping[str, str]
"""Attribute of an action by the name of the column that holds it."""


class ActionTable:
    """The part of the two tables of actions that is alike: what a SET does to their rows."""

    def __init__(self, rows: ActionRows, fields: Fields, kinds: Mapping[int, ActionKind], status: str) -> None:
        """Describe a table.

        Args:
            rows: the actions of a router by their number.
            fields: the columns that can be written.
            kinds: actions by the number that is written for them.
            status: name of the column with the status of the row.
        """
        self._rows, self._fields, self._kinds, self._status = rows, fields, kinds, status

    def plan(self, change: RowChange) -> Commit:
        """Plan the change of a row."""
        rows = self._rows(change.router)
        old = rows.get(str(change.index[0])) if len(change.index) == 1 else None
        state = ActionState.NONE if old is None else old.result.state
        status = check_status(
            change,
            self._status,
            exists=old is not None,
            started=old is not None and old.active,
            at_work=state is ActionState.IN_PROGRESS,
        )
        number = change.index[0]
        if status is RowStatus.DESTROY:
            return lambda: _forget(rows, number)
        if status in CREATING and len(rows) >= MOST_ROWS:
            raise change.refuse(ErrorStatus.RESOURCE_UNAVAILABLE, self._status)
        action = replace(old or LicenseAction(kind=self._kinds[1]), **self._given(change))
        starts = status in STARTING
        if starts and not is_complete(action):
            raise change.refuse(ErrorStatus.INCONSISTENT_VALUE, self._status)

        def commit() -> None:
            rows[str(number)] = action
            if starts:
                start(change.router, action)

        return commit

    def _given(self, change: RowChange) -> dict[str, Any]:
        """The attributes that a change sets."""
        usual = asdict(LicenseAction())
        given: dict[str, Any] = {}
        for name, value in change.values.items():
            fact = self._fields.get(name)
            if fact is None:
                continue
            match usual[fact]:
                case bool():
                    given[fact] = value.data == TRUE
                case ActionKind():
                    given[fact] = self._kinds[change.number(name) or 1]
                case TransferProtocol():
                    given[fact] = TransferProtocol(change.number(name) or 1)
                case str():
                    given[fact] = change.text(name)
                case _:
                    given[fact] = value.data
        return given

    def index_rows(self, router: Router) -> dict[Index, LicenseAction]:
        """Return the rows by index."""
        return {(int(number),): action for number, action in self._rows(router).items()}


def _forget(rows: dict[str, LicenseAction], number: int) -> None:
    rows.pop(str(number), None)


def _status_of(action: LicenseAction) -> int:
    if action.active:
        return RowStatus.ACTIVE
    return RowStatus.NOT_IN_SERVICE if is_complete(action) else RowStatus.NOT_READY


def _free(rows: ActionRows) -> Callable[[Router], int]:
    return lambda router: max(map(int, rows(router)), default=0) + 1


# --- license actions -------------------------------------------------------------------------------------------


def actions_of(router: Router) -> dict[str, LicenseAction]:
    """Return the license actions of this boot by number."""
    return router.running.license_actions.actions


def _queue_position(router: Router, action: LicenseAction) -> int:
    waiting = router.running.license_actions.waiting()
    return next((place for place, each in enumerate(waiting, 1) if each is action), 0)


ROW_STATUS = "clmgmtLicenseActionRowStatus"
ACTIONS = ActionTable(
    actions_of,
    {
        "clmgmtLicenseActionEntPhysicalIndex": "entity",
        "clmgmtLicenseActionTransferProtocol": "protocol",
        "clmgmtLicenseServerAddressType": "address_type",
        "clmgmtLicenseServerAddress": "address",
        "clmgmtLicenseServerUsername": "user",
        "clmgmtLicenseServerPassword": "password",
        "clmgmtLicenseFile": "file",
        "clmgmtLicenseStore": "store",
        "clmgmtLicenseActionLicenseIndex": "license",
        "clmgmtLicensePermissionTicketFile": "permission",
        "clmgmtLicenseRehostTicketFile": "rehost",
        "clmgmtLicenseBackupFile": "backup",
        "clmgmtLicenseStopOnFailure": "stops",
        "clmgmtLicenseAction": "kind",
        "clmgmtLicenseAcceptEULA": "accepted",
        "clmgmtLicenseEULAFile": "agreement",
    },
    {kind: kind for kind in ActionKind if kind is not ActionKind.EXPORT_CREDENTIAL},
    ROW_STATUS,
)
Placed = tuple[LicenseAction, int]
"""An action and its place in the queue."""


def placed_actions(router: Router) -> dict[Index, Placed]:
    """Return the license actions by number, with their places in the queue."""
    return {index: (row, _queue_position(router, row)) for index, row in ACTIONS.index_rows(router).items()}


NUMBER, GAUGE, OCTETS = ValueType.INTEGER, ValueType.GAUGE, ValueType.OCTETS
ACTION_TABLE: MibTable[Placed] = MibTable(
    oid("1.3.6.1.4.1.9.9.543.1.1.2.1"),
    placed_actions,
    (
        Column(2, "clmgmtLicenseActionEntPhysicalIndex", NUMBER, lambda row: row[0].entity, written=ENTITY),
        Column(3, "clmgmtLicenseActionTransferProtocol", NUMBER, lambda row: row[0].protocol, written=PROTOCOL),
        Column(
            4, "clmgmtLicenseServerAddressType", NUMBER, lambda row: row[0].address_type, written=Syntax(highest=16)
        ),
        Column(5, "clmgmtLicenseServerAddress", OCTETS, lambda row: row[0].address, written=ADDRESS),
        Column(6, "clmgmtLicenseServerUsername", OCTETS, lambda row: row[0].user, written=ACCOUNT),
        Column(7, "clmgmtLicenseServerPassword", OCTETS, lambda _: "", written=ACCOUNT),
        Column(8, "clmgmtLicenseFile", OCTETS, lambda row: row[0].file, written=PATH),
        Column(9, "clmgmtLicenseStore", GAUGE, lambda row: row[0].store, written=Syntax()),
        Column(10, "clmgmtLicenseActionLicenseIndex", GAUGE, lambda row: row[0].license, written=Syntax()),
        Column(11, "clmgmtLicensePermissionTicketFile", OCTETS, lambda row: row[0].permission, written=PATH),
        Column(12, "clmgmtLicenseRehostTicketFile", OCTETS, lambda row: row[0].rehost, written=PATH),
        Column(13, "clmgmtLicenseBackupFile", OCTETS, lambda row: row[0].backup, written=PATH),
        Column(14, "clmgmtLicenseStopOnFailure", NUMBER, lambda row: row[0].stops, written=TRUTH),
        Column(15, "clmgmtLicenseAction", NUMBER, lambda row: row[0].kind, written=Syntax(lowest=1, highest=7)),
        Column(16, "clmgmtLicenseActionState", NUMBER, lambda row: row[0].result.state),
        Column(17, "clmgmtLicenseJobQPosition", GAUGE, lambda row: row[1]),
        Column(18, "clmgmtLicenseActionFailCause", NUMBER, lambda row: row[0].result.cause),
        Column(19, "clmgmtLicenseActionStorageType", NUMBER, lambda _: VOLATILE, written=STORAGE),
        Column(20, ROW_STATUS, NUMBER, lambda row: _status_of(row[0]), written=Syntax(lowest=1, highest=6)),
        Column(21, "clmgmtLicenseAcceptEULA", NUMBER, lambda row: row[0].accepted, written=TRUTH),
        Column(22, "clmgmtLicenseEULAFile", OCTETS, lambda row: row[0].agreement, written=PATH),
    ),
    ACTIONS.plan,
)


def result_rows(router: Router) -> dict[Index, ActionResult]:
    """Return the ends of the licenses that an action concerned, by action and place in the file."""
    return {
        (int(number), place): result
        for number, action in actions_of(router).items()
        for place, result in enumerate(action.results, 1)
    }


RESULT_TABLE = MibTable(
    oid("1.3.6.1.4.1.9.9.543.1.1.3.1"),
    result_rows,
    (
        Column(2, "clmgmtLicenseIndivActionState", NUMBER, lambda row: row.state),
        Column(3, "clmgmtLicenseIndivActionFailCause", NUMBER, lambda row: row.cause),
    ),
)
NEXT_ACTION = scalars(
    oid("1.3.6.1.4.1.9.9.543.1.1"), (Column(1, "clmgmtNextFreeLicenseActionIndex", GAUGE, _free(actions_of)),)
)


# --- the export of the credential ------------------------------------------------------------------------------


def exports_of(router: Router) -> dict[str, LicenseAction]:
    """Return the exports of the credential of this boot by number."""
    return router.running.license_actions.exports


EXPORT_STATUS = "clmgmtDevCredRowStatus"
EXPORT_KINDS = {1: ActionKind.NO_OP, 2: ActionKind.EXPORT_CREDENTIAL}
EXPORT_CAUSES = {cause: cause for cause in FailCause if cause <= FailCause.UNRECOGNIZED_ENTITY} | {
    FailCause.INVALID_FILE_PATH: 6
}
"""Numbers of causes in this table, whose list is shorter: invalidFile is 6."""

EXPORTS = ActionTable(
    exports_of,
    {
        "clmgmtDevCredEntPhysicalIndex": "entity",
        "clmgmtDevCredTransferProtocol": "protocol",
        "clmgmtDevCredServerAddressType": "address_type",
        "clmgmtDevCredServerAddress": "address",
        "clmgmtDevCredServerUsername": "user",
        "clmgmtDevCredServerPassword": "password",
        "clmgmtDevCredExportFile": "file",
        "clmgmtDevCredCommand": "kind",
    },
    EXPORT_KINDS,
    EXPORT_STATUS,
)
EXPORT_TABLE = MibTable(
    oid("1.3.6.1.4.1.9.9.543.1.3.2.1"),
    EXPORTS.index_rows,
    (
        Column(2, "clmgmtDevCredEntPhysicalIndex", NUMBER, lambda row: row.entity, written=ENTITY),
        Column(3, "clmgmtDevCredTransferProtocol", NUMBER, lambda row: row.protocol, written=PROTOCOL),
        Column(4, "clmgmtDevCredServerAddressType", NUMBER, lambda row: row.address_type, written=Syntax(highest=16)),
        Column(5, "clmgmtDevCredServerAddress", OCTETS, lambda row: row.address, written=ADDRESS),
        Column(6, "clmgmtDevCredServerUsername", OCTETS, lambda row: row.user, written=ACCOUNT),
        Column(7, "clmgmtDevCredServerPassword", OCTETS, lambda _: "", written=ACCOUNT),
        Column(8, "clmgmtDevCredExportFile", OCTETS, lambda row: row.file, written=PATH),
        Column(
            9,
            "clmgmtDevCredCommand",
            NUMBER,
            lambda row: 2 if row.kind is ActionKind.EXPORT_CREDENTIAL else 1,
            written=Syntax(lowest=1, highest=2),
        ),
        Column(10, "clmgmtDevCredCommandState", NUMBER, lambda row: row.result.state),
        Column(
            11,
            "clmgmtDevCredCommandFailCause",
            NUMBER,
            lambda row: EXPORT_CAUSES.get(row.result.cause, FailCause.GENERAL),
        ),
        Column(12, "clmgmtDevCredStorageType", NUMBER, lambda _: VOLATILE, written=STORAGE),
        Column(13, EXPORT_STATUS, NUMBER, _status_of, written=Syntax(lowest=1, highest=6)),
    ),
    EXPORTS.plan,
)
NEXT_EXPORT = scalars(
    oid("1.3.6.1.4.1.9.9.543.1.3"), (Column(1, "clmgmtNextFreeDevCredExportActionIndex", GAUGE, _free(exports_of)),)
)

TABLES = (NEXT_ACTION, ACTION_TABLE, RESULT_TABLE, NEXT_EXPORT, EXPORT_TABLE)
