"""The universal device identifier: product ID and serial number.

Cisco's identifier has a version as third part; licensing uses only the first two (FAQ glossary, C). Comparison is
exact and case-sensitive (I).
"""

import re

import msgspec

SERIAL_FORM = "[A-Z]{3}[0-9]{4}[0-9A-Z]{4}"
"""Pattern of a serial number in a UDI."""

UDI_FORM = "[A-Z0-9][A-Z0-9./+-]{1,21}:" + SERIAL_FORM
"""Pattern of a whole `PID:SN`, in the syntax that Python and JSON Schema share."""

_UDI = re.compile(UDI_FORM)
_MADE_SERIAL = re.compile(
    r"[A-Z]{3}"  # the site
    r"(0[1-9]|[1-9][0-9])"  # the year since 1996
    r"(0[1-9]|[1-4][0-9]|5[0-3])"  # the week
    r"[0-9A-HJ-NP-Z]{4}"  # the unit, without I and O
)


SERIAL_LENGTH = 11
"""Characters of a serial number."""

_NEARLY_SERIAL = re.compile(r"[A-Z]{3}[0-9A-Z]{5,11}")
_LOOK_ALIKE = {"O": "0", "I": "1"}
_DIGITS = str.maketrans(_LOOK_ALIKE)


class Udi(msgspec.Struct, frozen=True, order=True):
    """A device, written `PID:SN`."""

    pid: str
    serial: str

    def __str__(self) -> str:
        return f"{self.pid}:{self.serial}"


def parse_udi(text: str) -> Udi:
    """Read `PID:SN`.

    Raises:
        ValueError: the text has not that form.
    """
    if not _UDI.fullmatch(text):
        raise ValueError(f"'{text}' {udi_fault(text)}")
    pid, _, serial = text.partition(":")
    return Udi(pid, serial)


def udi_fault(text: str) -> str:
    """Complaint about a text that is no UDI, to stand behind it: what is nearly right is told apart."""
    pid, colon, serial = text.partition(":")
    if not colon and is_serial(text):
        return f"is not a UDI: it has no product ID; write PID:SN, for example CISCO881-K9:{text}"
    if _NEARLY_SERIAL.fullmatch(serial) and len(serial) != SERIAL_LENGTH:
        return f"is not a UDI: its serial number has {len(serial)} characters; one has {SERIAL_LENGTH}"
    for place, letter in enumerate(serial[3:7], 4):
        if letter in _LOOK_ALIKE:
            meant = f"{pid}:{serial[:3]}{serial[3:7].translate(_DIGITS)}{serial[7:]}"
            if _UDI.fullmatch(meant):
                found = f"character {place} of its serial number is the letter {letter}"
                return f"is not a UDI: {found}; did you mean {meant}?"
    return "is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7"


def is_serial(text: str) -> bool:
    """Tell whether a factory could have issued a serial number: site, year, week and unit, LLLYYWWSSSS (C); no check
    digit.

    Stricter than what a UDI may hold: serial numbers in captures are often made anonymous, with week 00.
    """
    return _MADE_SERIAL.fullmatch(text) is not None
