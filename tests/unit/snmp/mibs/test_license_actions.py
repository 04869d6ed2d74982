"""License actions by SNMP: the life of their rows, what each does, and every cause of a failure."""

from typing import Any

import pytest

from emulator.console.wording import text_file
from emulator.kernel.time import MINUTE, SECOND
from emulator.keys.documents import read_credential, read_license_file
from emulator.keys.signing import Verifier
from emulator.licensing.file import FileLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import LicenseType
from emulator.router.license_action import ActionKind, ActionState, FailCause
from emulator.router.state import LicenseCounter
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.mibs.license_actions import ACTION_TABLE, EXPORT_TABLE, MOST_ROWS
from emulator.snmp.row_status import RowStatus
from emulator.snmp.values import ValueType, dotted
from tests.driver import SERIAL, ConsoleDriver
from tests.unit.console.papers import BASE, ME, OTHER, TOP, features, line, on_flash, paper, ticket_paper
from tests.unit.snmp.managers import STARTUP, Manager, booted

COLUMNS = {column.name: column for table in (ACTION_TABLE, EXPORT_TABLE) for column in table.columns}
PLACES = {
    column.name: (*table.oid, column.number) for table in (ACTION_TABLE, EXPORT_TABLE) for column in table.columns
}
RESULTS = "1.3.6.1.4.1.9.9.543.1.1.3.1"
PREFIX = "clmgmtLicense"
SHORT = {
    "entity": "clmgmtLicenseActionEntPhysicalIndex",
    "protocol": "clmgmtLicenseActionTransferProtocol",
    "index": "clmgmtLicenseActionLicenseIndex",
    "status": "clmgmtLicenseActionRowStatus",
    "kind": "clmgmtLicenseAction",
    "state": "clmgmtLicenseActionState",
    "cause": "clmgmtLicenseActionFailCause",
    "address_type": "clmgmtLicenseServerAddressType",
    "address": "clmgmtLicenseServerAddress",
    "user": "clmgmtLicenseServerUsername",
    "password": "clmgmtLicenseServerPassword",
    "file": "clmgmtLicenseFile",
    "store": "clmgmtLicenseStore",
    "permission": "clmgmtLicensePermissionTicketFile",
    "rehost": "clmgmtLicenseRehostTicketFile",
    "backup": "clmgmtLicenseBackupFile",
    "stops": "clmgmtLicenseStopOnFailure",
    "accepted": "clmgmtLicenseAcceptEULA",
    "agreement": "clmgmtLicenseEULAFile",
    "queue": "clmgmtLicenseJobQPosition",
}
LOCAL, TFTP, SFTP, TRUE = 2, 3, 8, 1
GO, WAIT, ACTIVE, DESTROY = RowStatus.CREATE_AND_GO, RowStatus.CREATE_AND_WAIT, RowStatus.ACTIVE, RowStatus.DESTROY


class Actions:
    """A manager of license actions of R1."""

    def __init__(self, console: ConsoleDriver) -> None:
        self.console, self.manager = console, Manager(console.router)

    def set(self, number: int, **values: Any) -> ErrorStatus:
        """Set columns of a row, by their short names or their own."""
        names = {SHORT.get(name, name): value for name, value in values.items()}
        return self.manager.set(
            *((f"{dotted(PLACES[name])}.{number}", COLUMNS[name].kind, value) for name, value in names.items())
        )

    def get(self, number: int, name: str) -> int:
        """A number in a row."""
        return self.manager.number(f"{dotted(PLACES[SHORT.get(name, name)])}.{number}")

    def run(self, number: int = 1, **values: Any) -> tuple[ActionState, FailCause]:
        """Make and start an action, and wait for its end."""
        assert self.set(number, status=GO, **values) is ErrorStatus.NO_ERROR
        return self.end(number)

    def end(self, number: int = 1) -> tuple[ActionState, FailCause]:
        """Wait for the end of an action."""
        for _ in range(600):
            self.console.pass_time(100)
            state = ActionState(self.get(number, "state"))
            if state not in {ActionState.PENDING, ActionState.IN_PROGRESS}:
                return state, FailCause(self.get(number, "cause"))
        raise AssertionError("the action does not end")


@pytest.fixture
def console() -> ConsoleDriver:
    return ConsoleDriver(booted(serial=SERIAL, startup=STARTUP)).log_in()


@pytest.fixture
def actions(console: ConsoleDriver) -> Actions:
    return Actions(console)


DONE = (ActionState.SUCCESSFUL, FailCause.NONE)


def failed(cause: FailCause) -> tuple[ActionState, FailCause]:
    return ActionState.FAILED, cause


# --- rows ------------------------------------------------------------------------------------------------------


def test_a_row_is_made_and_started_at_once(actions: Actions) -> None:
    on_flash(actions.console, paper(actions.console, line()))
    assert actions.manager.number("1.3.6.1.4.1.9.9.543.1.1.1.0") == 1
    assert actions.set(1, status=GO, kind=ActionKind.INSTALL, file="flash:a.lic", accepted=TRUE) is ErrorStatus.NO_ERROR
    assert actions.manager.number("1.3.6.1.4.1.9.9.543.1.1.1.0") == 2
    assert (actions.get(1, "state"), actions.get(1, "queue")) == (ActionState.PENDING, 1)
    actions.console.pass_time(150)
    assert (actions.get(1, "state"), actions.get(1, "queue")) == (ActionState.IN_PROGRESS, 0)
    assert actions.set(1, status=DESTROY) is ErrorStatus.INCONSISTENT_VALUE
    assert actions.end() == DONE
    assert [name for name, _ in features(actions.console)] == [BASE, TOP]
    assert actions.console.router.state.operations[LicenseCounter.INSTALLED] == 1
    for change in ({"file": "b"}, {"status": ACTIVE}, {"status": GO}, {"status": WAIT}):
        assert actions.set(1, **change) is ErrorStatus.INCONSISTENT_VALUE
    assert actions.set(1, status=DESTROY) is ErrorStatus.NO_ERROR
    assert actions.set(1, status=DESTROY) is ErrorStatus.NO_ERROR
    assert actions.manager.column(dotted(PLACES[SHORT["state"]])) == {}


def test_a_row_that_is_made_first_is_filled_bit_by_bit(actions: Actions) -> None:
    assert actions.set(7, file="flash:a.lic") is ErrorStatus.INCONSISTENT_NAME
    assert actions.set(7, status=ACTIVE) is ErrorStatus.INCONSISTENT_VALUE
    assert actions.set(7, status=WAIT, kind=ActionKind.INSTALL) is ErrorStatus.NO_ERROR
    assert actions.get(7, "status") == RowStatus.NOT_READY
    assert actions.set(7, status=ACTIVE) is ErrorStatus.INCONSISTENT_VALUE
    assert actions.set(7, kind=9) is ErrorStatus.WRONG_VALUE
    assert actions.set(7, file="x" * 256) is ErrorStatus.WRONG_LENGTH
    assert actions.set(7, user="x" * 97) is ErrorStatus.WRONG_LENGTH
    assert actions.set(7, file="flash:a.lic", password="secret") is ErrorStatus.NO_ERROR
    assert actions.manager.text(f"{dotted(PLACES[SHORT['password']])}.7") == ""
    assert actions.get(7, "status") == RowStatus.NOT_IN_SERVICE
    on_flash(actions.console, paper(actions.console, line()))
    assert actions.set(7, status=ACTIVE) is ErrorStatus.NO_ERROR
    assert actions.end(7) == DONE


def test_create_and_go_is_whole_or_nothing(actions: Actions) -> None:
    bad: list[dict[str, Any]] = [
        {"kind": ActionKind.INSTALL},
        {"kind": ActionKind.CLEAR},
        {"kind": ActionKind.BACKUP},
        {"kind": ActionKind.PROCESS_TICKET, "permission": "p"},
        {"kind": ActionKind.GENERATE_EULA, "file": "a"},
        {"kind": ActionKind.BACKUP, "backup": "b", "protocol": TFTP},
        {"kind": ActionKind.BACKUP, "backup": "b", "protocol": TFTP, "address_type": 1, "address": b"\0\0\0\0"},
        {"kind": ActionKind.BACKUP, "backup": "b", "protocol": TFTP, "address_type": 1, "address": b"\x7f\1"},
        {"kind": ActionKind.BACKUP, "backup": "b", "protocol": 4, "address_type": 16, "address": b"lab"},
    ]
    for values in bad:
        assert actions.set(1, status=GO, **values) is ErrorStatus.INCONSISTENT_VALUE, values
    assert actions.console.router.running.license_actions.actions == {}


def test_what_waits_can_be_cancelled_and_a_backup_does_not_wait_for_a_clear(actions: Actions) -> None:
    on_flash(actions.console, paper(actions.console, line()))
    assert actions.run(kind=ActionKind.INSTALL, file="flash:a.lic") == DONE
    assert actions.set(2, status=GO, kind=ActionKind.NO_OP) is ErrorStatus.NO_ERROR
    assert actions.set(3, status=GO, kind=ActionKind.CLEAR, index=2) is ErrorStatus.NO_ERROR
    assert actions.get(3, "queue") == 2
    assert actions.run(4, kind=ActionKind.BACKUP, backup="flash:b.lic") == failed(FailCause.CLEAR_IN_PROGRESS)
    assert actions.set(5, status=GO, kind=ActionKind.CLEAR, index=2) is ErrorStatus.NO_ERROR
    actions.set(5, status=DESTROY)
    assert actions.end(3) == DONE
    assert features(actions.console) == [(BASE, LicenseType.PERMANENT)]


def test_rows_are_few_age_and_are_gone_after_a_reload(actions: Actions) -> None:
    assert actions.run(kind=ActionKind.NO_OP) == DONE
    actions.console.pass_time(5 * MINUTE)
    assert actions.get(1, "state") == ActionState.SUCCESSFUL
    actions.console.pass_time(6 * MINUTE)
    assert actions.console.router.running.license_actions.actions == {}
    for number in range(1, MOST_ROWS + 1):
        assert actions.set(number, status=WAIT) is ErrorStatus.NO_ERROR
    assert actions.set(999, status=WAIT) is ErrorStatus.RESOURCE_UNAVAILABLE
    actions.console.reload()
    assert actions.console.router.running.license_actions.actions == {}


# --- what each does --------------------------------------------------------------------------------------------


def test_a_file_of_several_licenses_has_an_end_for_each(actions: Actions) -> None:
    lines = (line(), line(id_="o-1", udi=OTHER), line(LicenseType.EXTENSION, "e-1"))
    on_flash(actions.console, paper(actions.console, *lines))
    assert actions.run(1, kind=ActionKind.INSTALL, file="a.lic", stops=TRUE, accepted=TRUE) == (
        ActionState.PARTIALLY_SUCCESSFUL, FailCause.NONE,
    )  # fmt: skip
    states, causes = (list(actions.manager.column(f"{RESULTS}.{number}").values()) for number in (2, 3))
    assert states == [ActionState.SUCCESSFUL, ActionState.FAILED, ActionState.NONE]
    assert causes == [FailCause.NONE, FailCause.NOT_VALID_FOR_DEVICE, FailCause.NONE]
    actions.set(1, status=DESTROY)
    assert actions.manager.column(f"{RESULTS}.2") == {}
    assert actions.run(2, kind=ActionKind.INSTALL, file="a.lic")[0] is ActionState.FAILED
    assert list(actions.manager.column(f"{RESULTS}.3").values()) == [
        FailCause.ALREADY_EXISTS, FailCause.NOT_VALID_FOR_DEVICE, FailCause.GENERAL,
    ]  # fmt: skip
    assert actions.run(3, kind=ActionKind.INSTALL, file="a.lic", accepted=TRUE)[0] is ActionState.PARTIALLY_SUCCESSFUL
    assert len(features(actions.console)) == 3


def test_every_cause_of_a_failed_installation(actions: Actions) -> None:
    console = actions.console
    on_flash(console, b"no license file", "bad.lic")
    on_flash(console, paper(console, line(udi=OTHER)), "other.lic")
    on_flash(console, paper(console, line(LicenseType.EXTENSION, "e-1")), "metered.lic")
    server: dict[str, Any] = {"protocol": TFTP, "address_type": 1, "address": b"\x0a\1\1\1"}
    expected: list[tuple[dict[str, Any], FailCause]] = [
        ({"file": "flash:none.lic"}, FailCause.INVALID_FILE_PATH),
        ({"file": "moon:a.lic"}, FailCause.INVALID_FILE_PATH),
        ({"file": "tftp://192.0.2.9/a.lic"}, FailCause.INVALID_FILE_PATH),
        ({"file": "bad.lic"}, FailCause.INVALID_FILE),
        ({"file": "other.lic"}, FailCause.NOT_VALID_FOR_DEVICE),
        ({"file": "metered.lic"}, FailCause.GENERAL),
        ({"file": "other.lic", "store": 2}, FailCause.INVALID_STORE),
        ({"file": "other.lic", "entity": 4}, FailCause.UNRECOGNIZED_ENTITY),
        ({"file": "a.lic", **server}, FailCause.SERVER_NOT_REACHABLE),
        ({"file": "a.lic", **server, "protocol": SFTP, "user": "u", "password": "p"}, FailCause.PROTOCOL_NOT_SUPPORTED),
    ]
    for number, (values, cause) in enumerate(expected, 1):
        assert actions.run(number, kind=ActionKind.INSTALL, **values) == failed(cause), values
    assert features(console) == [(BASE, LicenseType.PERMANENT)]
    assert console.router.state.operations[LicenseCounter.INSTALL_FAILED] >= 8


def test_a_license_in_use_and_those_of_the_image_are_not_cleared(actions: Actions) -> None:
    on_flash(actions.console, paper(actions.console, line()))
    assert actions.run(1, kind=ActionKind.INSTALL, file="a.lic") == DONE
    assert actions.run(2, kind=ActionKind.CLEAR, index=1) == failed(FailCause.IN_USE)
    assert actions.run(3, kind=ActionKind.CLEAR, index=65, store=2) == failed(FailCause.INVALID_STORE)
    assert actions.run(4, kind=ActionKind.CLEAR, index=9) == failed(FailCause.GENERAL)
    assert actions.run(5, kind=ActionKind.CLEAR, index=2, store=1) == DONE
    assert actions.console.router.state.operations[LicenseCounter.CLEARED] == 1


def test_a_ticket_is_carried_out_and_answered_again(actions: Actions) -> None:
    console = actions.console
    on_flash(console, paper(console, line()))
    assert actions.run(1, kind=ActionKind.INSTALL, file="a.lic") == DONE
    grace = (line(LicenseType.GRACE_PERIOD, "g-1"),)
    on_flash(console, ticket_paper(console, PermissionTicket("PT-1", ME, ("x-1",), (TOP,), grace)), "pt.xml")
    on_flash(console, ticket_paper(console, PermissionTicket("PT-2", OTHER, ("x-1",), (TOP,), ())), "pt2.xml")
    wanted = {"kind": ActionKind.PROCESS_TICKET, "permission": "pt.xml", "rehost": "rt.xml"}
    again = {"kind": ActionKind.REGENERATE_TICKET, "permission": "pt.xml", "rehost": "rt2.xml"}
    assert actions.run(2, **again) == failed(FailCause.INVALID_REHOST_TICKET)
    bad = [
        ({"permission": "none.xml"}, FailCause.INVALID_PERMISSION_TICKET_FILE),
        ({"permission": "a.lic"}, FailCause.INVALID_PERMISSION_TICKET),
        ({"permission": "pt2.xml"}, FailCause.INVALID_PERMISSION_TICKET),
        ({"rehost": "usbflash0:rt.xml"}, FailCause.INVALID_REHOST_TICKET_FILE),
    ]
    for number, (values, cause) in enumerate(bad, 10):
        assert actions.run(number, **{**wanted, **values}) == failed(cause), values
    assert len(features(console)) == 2
    assert actions.run(3, **wanted) == DONE
    assert TOP not in [name for name, kind in features(console) if kind is LicenseType.PERMANENT]
    assert actions.run(4, **again) == DONE
    assert actions.run(5, **{**wanted, "rehost": "rt3.xml"}) == DONE
    flash = console.router.state.flash
    texts = {file.content for name in ("rt.xml", "rt2.xml", "rt3.xml") if (file := flash.find(name)) is not None}
    assert len(texts) == 1
    assert console.router.state.operations[LicenseCounter.REVOKED] == 1


def test_licenses_agreements_and_the_credential_are_written(actions: Actions) -> None:
    console, flash = actions.console, actions.console.router.state.flash
    on_flash(console, paper(console, line(LicenseType.EXTENSION, "e-1")), "metered.lic")
    on_flash(console, paper(console, line()), "permanent.lic")
    eula = {"kind": ActionKind.GENERATE_EULA, "agreement": "flash:eula.txt"}
    assert actions.run(1, **eula, file="permanent.lic") == DONE
    assert flash.find("eula.txt") is None
    assert actions.run(2, **eula, file="metered.lic") == DONE
    found = flash.find("eula.txt")
    assert found is not None
    assert found.content.decode() == text_file("eula")
    assert actions.run(3, kind=ActionKind.BACKUP, backup="all.lic") == DONE
    saved = flash.find("all.lic")
    assert saved is not None
    lines = [each.line.feature for each in read_license_file(saved.content, console.router.license_verifier)
             if isinstance(each, FileLine)]  # fmt: skip
    assert lines == [BASE]
    assert actions.run(4, kind=ActionKind.BACKUP, backup="nvram:startup-config") == failed(
        FailCause.INVALID_BACKUP_FILE
    )
    export = {"clmgmtDevCredRowStatus": GO, "clmgmtDevCredCommand": 2}
    assert actions.set(1, **export) is ErrorStatus.INCONSISTENT_VALUE
    assert actions.set(1, **export, clmgmtDevCredExportFile="flash:me.xml") is ErrorStatus.NO_ERROR
    assert actions.set(2, **export, clmgmtDevCredExportFile="usbflash0:me.xml") is ErrorStatus.NO_ERROR
    console.pass_time(10 * SECOND)
    states = [actions.get(number, "clmgmtDevCredCommandState") for number in (1, 2)]
    assert states == [ActionState.SUCCESSFUL, ActionState.FAILED]
    assert actions.get(2, "clmgmtDevCredCommandFailCause") == 6
    written = flash.find("me.xml")
    assert written is not None
    credential = read_credential(written.content, lambda udi: Verifier(console.world.device_key(udi).public))
    assert credential.udi == ME


@pytest.mark.parametrize("fuse", range(6))
def test_a_power_cut_in_an_action_leaves_the_license_installed_or_not(actions: Actions, fuse: int) -> None:
    console = actions.console
    on_flash(console, paper(console, line()))
    assert actions.set(1, status=GO, kind=ActionKind.INSTALL, file="a.lic") is ErrorStatus.NO_ERROR
    console.router.state.partition.fuse = fuse
    console.pass_time(5 * SECOND)
    console.router.state.partition.fuse = None
    if console.router.state.running is None:
        console.boot()
    assert [name for name, _ in features(console)] in ([BASE], [BASE, TOP])
    assert actions.run(2, kind=ActionKind.INSTALL, file="a.lic")[1] in {FailCause.NONE, FailCause.ALREADY_EXISTS}
    assert [name for name, _ in features(console)] == [BASE, TOP]


def test_an_upgrade_is_done_by_snmp_alone(console: ConsoleDriver) -> None:
    """Upgrade from `advsecurity` to `advipservices`: install, choose, save, restart."""
    console.type("configure terminal", "snmp-server system-shutdown", "end")
    actions, manager = Actions(console), Manager(console.router)
    on_flash(console, paper(console, line()))
    module = "1.9." + ".".join(str(octet) for octet in b"c880-data")
    current, configured = (f"1.3.6.1.4.1.9.9.640.1.1.1.{number}.{module}" for number in (2, 3))
    assert manager.text(current) == BASE
    assert actions.run(kind=ActionKind.INSTALL, file="flash:a.lic", accepted=TRUE, stops=TRUE) == DONE
    assert manager.set(("1.3.6.1.4.1.9.9.640.1.3.0", ValueType.INTEGER, TRUE)) is ErrorStatus.NO_ERROR
    assert manager.set((configured, ValueType.OCTETS, TOP)) is ErrorStatus.NO_ERROR
    assert manager.set(("1.3.6.1.4.1.9.2.1.54.0", ValueType.INTEGER, 1)) is ErrorStatus.NO_ERROR
    assert manager.set(("1.3.6.1.4.1.9.2.9.9.0", ValueType.INTEGER, 2)) is ErrorStatus.NO_ERROR
    console.pass_time(5 * MINUTE)
    assert manager.text(current) == TOP
    assert manager.set(("1.3.6.1.4.1.9.2.1.54.0", ValueType.INTEGER, 0)) is ErrorStatus.NO_ERROR
    assert console.router.state.startup is None


def test_a_restart_by_snmp_needs_its_line(actions: Actions) -> None:
    assert actions.manager.set(("1.3.6.1.4.1.9.2.9.9.0", ValueType.INTEGER, 2)) is ErrorStatus.NO_ACCESS
