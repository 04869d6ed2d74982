"""A license line as text: one set of ASCII words for one feature, atomic (C: CISCO-LICENSE-MGMT-MIB).

The words in their order, as we read public samples (shape R, meaning I; section C of the behavior notes):

     0  11             format                 10  NEVER | date    end of a subscription
     1  feature                               11  NiL | period    milliseconds of use, for a metered type
     2  version                               12  SLM_CODE        code type
     3  LONG           code length            13  CL_ND_LCK       node locked
     4  class          NORMAL, SUBSCR, EXT,   14  NiL
                       GRACE, EVAL            15  *id             the issuer's number for the line
     5  STANDALONE                            16  NiL NiL NiL
     6  EXCL | ADD     license addition       19  5_MINS
     7  soft count     INFINITE_KEYS where    20  <UDI>…</UDI>    vendor info
     8  hard count     uncounted              21  code$signature  which key signed, and its signature
     9  NEVER          start date

Ours is the place of type and period (words 4 and 11), and the form of a date: ISO 8601 in UTC to the millisecond, as
in the file's CREATE_DATE. Soft and hard count are one number, for nothing lies between them here. An evaluation that
becomes a right to use is only ever built into an image, so it has no class. The last word belongs to the license
file, which signs more than the line.
"""

import re
from datetime import UTC, datetime, timedelta

from emulator.keys.canonical_xml import token
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import TYPES
from emulator.licensing.udi import parse_udi

CLASSES = {rule.code: kind for kind, rule in TYPES.items() if rule.code is not None}
"""Types that can be issued, by their class word."""

UNCOUNTED = "INFINITE_KEYS"

_WORDS = 21
_UDI = re.compile(r"<UDI><PID>([^<]*)</PID><SN>([^<]*)</SN></UDI>")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_DATE = (datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH) // timedelta(milliseconds=1)


def write_line(line: LicenseLine) -> str:
    """Write words 0 to 20 of a line.

    Raises:
        ValueError: the line cannot be issued: it is locked to no device, its type does not go with its other fields, or
            a field cannot be written as a word.
    """
    if line.udi is None:
        raise ValueError(f"license {line.id} is locked to no device")
    if line.rule.code is None:
        raise ValueError(f"license {line.id} of type {line.type} is only ever built into an image")
    if line.rule.metered != (line.period is not None) or (line.period or 0) < 0:
        raise ValueError(f"license {line.id} of type {line.type} cannot have the period {line.period}")
    if (line.rule.meter == "calendar") != (line.ends is not None) or not 0 <= (line.ends or 0) <= _LAST_DATE:
        raise ValueError(f"license {line.id} of type {line.type} cannot have the end {line.ends}")
    if (line.count or 0) < 0:
        raise ValueError(f"license {line.id} cannot have the count {line.count}")
    udi = parse_udi(str(line.udi))
    count = UNCOUNTED if line.count is None else str(line.count)
    return (
        f"11 {token(line.feature)} {token(line.version)} LONG {line.rule.code} STANDALONE"
        f" {'EXCL' if line.exclusive else 'ADD'} {count} {count} NEVER {_date(line.ends)}"
        f" {'NiL' if line.period is None else line.period} SLM_CODE CL_ND_LCK NiL *{token(line.id)}"
        f" NiL NiL NiL 5_MINS <UDI><PID>{udi.pid}</PID><SN>{udi.serial}</SN></UDI>"
    )


def read_line(text: str) -> LicenseLine:
    """Read a line, in the only spelling that `write_line` gives it.

    Raises:
        ValueError: `write_line` never writes this text.
    """
    words = text.split(" ")
    if len(words) != _WORDS or not (udi := _UDI.fullmatch(words[20])):
        raise ValueError("not a license line")
    kind = CLASSES.get(words[4])
    if kind is None:
        raise ValueError(f"unknown license class {words[4]!r}")
    line = LicenseLine(
        id=words[15].removeprefix("*"),
        feature=words[1],
        type=kind,
        udi=parse_udi(":".join(udi.groups())),
        period=None if words[11] == "NiL" else int(words[11]),
        exclusive=words[6] == "EXCL",
        version=words[2],
        count=None if words[7] == UNCOUNTED else int(words[7]),
        ends=None if words[10] == "NEVER" else _moment(words[10]),
    )
    if write_line(line) != text:
        raise ValueError("not the canonical text of a license line")
    return line


def _date(ends: int | None) -> str:
    if ends is None:
        return "NEVER"
    moment = _EPOCH + timedelta(milliseconds=ends)
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _moment(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} is not a date in UTC")
    return (moment - _EPOCH) // timedelta(milliseconds=1)
