"""License actions that a manager asks for: install, clear, revoke and what else CISCO-LICENSE-MGMT-MIB has (C).

Plain data: what is asked, how far it has come, and how it ended. All of it is lost at a reload (C). What an action does
is in `operations.py`, and when in `action_queue.py`.
"""

from enum import IntEnum

import msgspec

from emulator.kernel.time import Instant


class ActionKind(IntEnum):
    """Actions, by the numbers of clmgmtLicenseAction; the export of the credential has a table of its own."""

    NO_OP = 1
    INSTALL = 2
    CLEAR = 3
    PROCESS_TICKET = 4
    REGENERATE_TICKET = 5
    BACKUP = 6
    GENERATE_EULA = 7
    EXPORT_CREDENTIAL = 8


class ActionState(IntEnum):
    """States of an action, by the numbers of ClmgmtLicenseActionState."""

    NONE = 1
    PENDING = 2
    IN_PROGRESS = 3
    SUCCESSFUL = 4
    PARTIALLY_SUCCESSFUL = 5
    FAILED = 6


ENDED = frozenset({ActionState.SUCCESSFUL, ActionState.PARTIALLY_SUCCESSFUL, ActionState.FAILED})


class FailCause(IntEnum):
    """Causes of a failure, by the numbers of ClmgmtLicenseActionFailCause."""

    NONE = 1
    GENERAL = 2
    PROTOCOL_NOT_SUPPORTED = 3
    SERVER_NOT_REACHABLE = 4
    UNRECOGNIZED_ENTITY = 5
    INVALID_FILE_PATH = 6
    INVALID_FILE = 7
    INVALID_LINE = 8
    ALREADY_EXISTS = 9
    NOT_VALID_FOR_DEVICE = 10
    INVALID_COUNT = 11
    INVALID_PERIOD = 12
    IN_USE = 13
    INVALID_STORE = 14
    STORAGE_FULL = 15
    INVALID_PERMISSION_TICKET_FILE = 16
    INVALID_PERMISSION_TICKET = 17
    INVALID_REHOST_TICKET_FILE = 18
    INVALID_REHOST_TICKET = 19
    INVALID_BACKUP_FILE = 20
    CLEAR_IN_PROGRESS = 21
    INVALID_EULA_FILE = 22


class TransferProtocol(IntEnum):
    """Protocols for the files of an action, by the numbers of ClmgmtLicenseTransferProtocol."""

    NONE = 1
    LOCAL = 2
    TFTP = 3
    FTP = 4
    RCP = 5
    HTTP = 6
    SCP = 7
    SFTP = 8


class ActionResult(msgspec.Struct, frozen=True):
    """The end of an action, or of its part that concerns one license."""

    state: ActionState
    cause: FailCause = FailCause.NONE


class LicenseAction(msgspec.Struct, omit_defaults=True):
    """An action as it was asked for.

    Attributes:
        entity: number of the device; 0: this one.
        address_type, address: of the server, as InetAddressType and InetAddress have them.
        user, password: for the server.
        file: the license file, or the file to write the credential to.
        store, license: numbers of the license to clear; store 0: the default one.
        permission, rehost, backup, agreement: files with the tickets, the saved licenses and the agreements.
        stops: the first license that fails ends the action.
        accepted: the agreement is accepted.
        active: it was started, and waits, runs or has ended.
        turn: place in the order in which actions were started.
        until: the instant at which it ends while it runs, and at which it is forgotten once it has ended.
        results: the end for each license of an action that concerns several.
    """

    kind: ActionKind = ActionKind.NO_OP
    entity: int = 0
    protocol: TransferProtocol = TransferProtocol.NONE
    address_type: int = 0
    address: bytes = b""
    user: str = ""
    password: str = ""
    file: str = ""
    store: int = 0
    license: int = 0
    permission: str = ""
    rehost: str = ""
    backup: str = ""
    agreement: str = ""
    stops: bool = False
    accepted: bool = False
    active: bool = False
    turn: int = 0
    until: Instant = 0
    result: ActionResult = ActionResult(ActionState.NONE)
    results: tuple[ActionResult, ...] = ()


class LicenseActions(msgspec.Struct, omit_defaults=True):
    """The actions of this boot, by the numbers that managers gave them, as texts: so JSON has the keys of an object.

    Attributes:
        turns: how many were started.
    """

    actions: dict[str, LicenseAction] = {}
    exports: dict[str, LicenseAction] = {}
    turns: int = 0

    def every(self) -> tuple[LicenseAction, ...]:
        """List all of them."""
        return (*self.actions.values(), *self.exports.values())

    def waiting(self) -> list[LicenseAction]:
        """List those that wait, in the order of their turns."""
        pending = (each for each in self.every() if each.result.state is ActionState.PENDING)
        return sorted(pending, key=lambda each: each.turn)
