"""Error statuses of SNMP (RFC 3416), and what version 1 is told in their place (RFC 3584, section 4.4)."""

from enum import IntEnum

from emulator.snmp.values import Oid


class ErrorStatus(IntEnum):
    """The statuses of a response."""

    NO_ERROR = 0
    TOO_BIG = 1
    NO_SUCH_NAME = 2
    BAD_VALUE = 3
    READ_ONLY = 4
    GENERAL = 5
    NO_ACCESS = 6
    WRONG_TYPE = 7
    WRONG_LENGTH = 8
    WRONG_ENCODING = 9
    WRONG_VALUE = 10
    NO_CREATION = 11
    INCONSISTENT_VALUE = 12
    RESOURCE_UNAVAILABLE = 13
    COMMIT_FAILED = 14
    UNDO_FAILED = 15
    AUTHORIZATION = 16
    NOT_WRITABLE = 17
    INCONSISTENT_NAME = 18


_BAD_VALUES = {
    ErrorStatus.WRONG_TYPE,
    ErrorStatus.WRONG_LENGTH,
    ErrorStatus.WRONG_ENCODING,
    ErrorStatus.WRONG_VALUE,
    ErrorStatus.INCONSISTENT_VALUE,
}
_NO_NAMES = {
    ErrorStatus.NO_ACCESS,
    ErrorStatus.NO_CREATION,
    ErrorStatus.AUTHORIZATION,
    ErrorStatus.NOT_WRITABLE,
    ErrorStatus.INCONSISTENT_NAME,
}


def in_version_1(status: ErrorStatus) -> ErrorStatus:
    """Status that version 1 knows for one of version 2."""
    if status in _BAD_VALUES:
        return ErrorStatus.BAD_VALUE
    if status in _NO_NAMES:
        return ErrorStatus.NO_SUCH_NAME
    return status if status <= ErrorStatus.GENERAL else ErrorStatus.GENERAL


class SetRefused(Exception):
    """A variable of a SET cannot be set; nothing of the request takes effect."""

    def __init__(self, status: ErrorStatus, oid: Oid) -> None:
        """Make the refusal of a request.

        Args:
            status: what the manager is told.
            oid: the instance that is to blame.
        """
        super().__init__(status, oid)
        self.status, self.oid = status, oid
