"""The universal device identifier: product ID and serial number.

Cisco's identifier has a version as third part; licensing uses only the first two (FAQ glossary, C). Comparison is
exact and case-sensitive (I).
"""

import re

import msgspec

_PID = re.compile(r"[A-Z0-9][A-Z0-9./+-]{1,21}")
_SERIAL = re.compile(r"[A-Z]{3}[0-9]{4}[0-9A-Z]{4}")


class Udi(msgspec.Struct, frozen=True, order=True):
    """One device, written `PID:SN`."""

    pid: str
    serial: str

    def __str__(self) -> str:
        return f"{self.pid}:{self.serial}"


def parse_udi(text: str) -> Udi:
    """Read `PID:SN`.

    Raises:
        ValueError: the text has not that form.
    """
    pid, colon, serial = text.partition(":")
    if not colon or not _PID.fullmatch(pid) or not _SERIAL.fullmatch(serial):
        raise ValueError(f"'{text}' is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7")
    return Udi(pid, serial)


def is_serial(text: str) -> bool:
    """Whether the text has the form LLLYYWWSSSS of a chassis serial number; no more is asked of it."""
    return _SERIAL.fullmatch(text) is not None
