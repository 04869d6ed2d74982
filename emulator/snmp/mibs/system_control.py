"""OLD-CISCO-SYS-MIB and OLD-CISCO-TS-MIB as far as they save the configuration and restart the router.

Identifiers: the public modules of cisco-mibs (writeMem, tsMsgSend). R: writeMem 1 saves the running configuration, 0
erases what is saved; tsMsgSend reload(2) needs `snmp-server system-shutdown`. I: the restart comes a second later, so
that the answer goes out; the other messages to lines are not sent.
"""

from emulator.console.render.files.running_config import configuration_text
from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.router.state import DeferredTask
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.tables import Column, Commit, RowChange, Syntax, scalars
from emulator.snmp.values import ValueType, oid

SHUTDOWN_LINE = "snmp-server system-shutdown"
NOTHING, RELOAD = 1, 2


def _plan_write(change: RowChange) -> Commit:
    router, saves = change.router, change.number("writeMem") == 1

    def commit() -> None:
        if saves:
            router.save_startup(configuration_text(router))
        else:
            router.erase_startup()

    return commit


def _plan_message(change: RowChange) -> Commit:
    router, number = change.router, change.number("tsMsgSend")
    if number == RELOAD and SHUTDOWN_LINE not in router.configuration.lines.values():
        raise change.refuse(ErrorStatus.NO_ACCESS)

    def commit() -> None:
        if number == RELOAD:
            router.schedule(DeferredTask.RELOAD, SECOND)

    return commit


def _unread(_: Router) -> None:
    """Value of an object that can only be written."""


WRITE = scalars(
    oid("1.3.6.1.4.1.9.2.1"),
    (Column(54, "writeMem", ValueType.INTEGER, _unread, written=Syntax(highest=1)),),
    _plan_write,
)
MESSAGE = scalars(
    oid("1.3.6.1.4.1.9.2.9"),
    (Column(9, "tsMsgSend", ValueType.INTEGER, lambda _: NOTHING, written=Syntax(lowest=NOTHING, highest=RELOAD)),),
    _plan_message,
)

TABLES = (WRITE, MESSAGE)
