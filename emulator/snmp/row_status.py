"""RowStatus (RFC 2579): how rows of a table are made, started and destroyed by SET.

C (the license MIB): a row is made whole and started by createAndGo, or made by createAndWait, filled, and started by
active; a row that was started cannot be changed, and be destroyed unless it is at work.
"""

from enum import IntEnum

from emulator.snmp.errors import ErrorStatus
from emulator.snmp.tables import RowChange


class RowStatus(IntEnum):
    """Statuses of a row, and what is written to change them."""

    ACTIVE = 1
    NOT_IN_SERVICE = 2
    NOT_READY = 3
    CREATE_AND_GO = 4
    CREATE_AND_WAIT = 5
    DESTROY = 6


CREATING = frozenset({RowStatus.CREATE_AND_GO, RowStatus.CREATE_AND_WAIT})
STARTING = frozenset({RowStatus.CREATE_AND_GO, RowStatus.ACTIVE})


def check_status(change: RowChange, column: str, *, exists: bool, started: bool, at_work: bool) -> RowStatus | None:
    """Return the status that a change of a row asks for; None: it asks for none.

    Args:
        change: of the row.
        column: name of its status.
        exists: the row is there.
        started: it was started.
        at_work: it cannot be destroyed.

    Raises:
        SetRefused: a row in its state cannot be changed so.
    """
    number = change.number(column)
    status = None if number is None else RowStatus(number)
    if len(change.index) != 1 or change.index[0] < 1:
        raise change.refuse(ErrorStatus.NO_CREATION)
    if status is RowStatus.NOT_READY:
        raise change.refuse(ErrorStatus.WRONG_VALUE, column)
    if status is RowStatus.DESTROY:
        if at_work:
            raise change.refuse(ErrorStatus.INCONSISTENT_VALUE, column)
        return status
    if status in CREATING:
        if exists:
            raise change.refuse(ErrorStatus.INCONSISTENT_VALUE, column)
        return status
    if not exists:
        raise change.refuse(ErrorStatus.INCONSISTENT_NAME if status is None else ErrorStatus.INCONSISTENT_VALUE)
    if started:
        raise change.refuse(ErrorStatus.INCONSISTENT_VALUE)
    return status
