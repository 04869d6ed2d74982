"""A license line as text: one set of ASCII words for one feature, atomic (C: CISCO-LICENSE-MGMT-MIB).

The words in their order, as we read public samples (shape R, meaning I; section C of the behaviour notes):

     0  11             format                 11  NiL | period    milliseconds of use, for a metered type
     1  feature                               12  SLM_CODE        code type
     2  version                               13  CL_ND_LCK       node locked
     3  LONG           code length            14  NiL
     4  class          NORMAL, EXT, GRACE,    15  *id             the issuer's number for the line
                       EVAL                   16  NiL NiL NiL
     5  STANDALONE                            19  5_MINS
     6  EXCL | ADD     license addition       20  <UDI>…</UDI>    vendor info
     7  INFINITE_KEYS  soft and hard count:   21  code$signature  which key signed, and its signature
        INFINITE_KEYS  uncounted
     9  NEVER NEVER    start and end date

Ours is the place of type and period (words 4 and 11). The last word belongs to the license file, which signs more
than the line.
"""

import re

from emulator.keys.paper import token
from emulator.licensing.lines import LicenseLine, LicenseType
from emulator.licensing.udi import parse_udi

CLASSES = {
    LicenseType.PERMANENT: "NORMAL",
    LicenseType.EXTENSION: "EXT",
    LicenseType.GRACE_PERIOD: "GRACE",
    LicenseType.EVALUATION: "EVAL",
}

_WORDS = 21
_UDI = re.compile(r"<UDI><PID>([^<]*)</PID><SN>([^<]*)</SN></UDI>")


def write_line(line: LicenseLine) -> str:
    """Words 0 to 20.

    Raises:
        ValueError: the line cannot be issued: it is locked to no device, or a word of it is not one.
    """
    if line.udi is None:
        raise ValueError(f"license {line.id} is locked to no device")
    if line.rule.metered != (line.period is not None) or (line.period or 0) < 0:
        raise ValueError(f"license {line.id} of type {line.type} cannot have the period {line.period}")
    udi = parse_udi(str(line.udi))
    return (
        f"11 {token(line.feature)} {token(line.version)} LONG {CLASSES[line.type]} STANDALONE"
        f" {'EXCL' if line.exclusive else 'ADD'} INFINITE_KEYS INFINITE_KEYS NEVER NEVER"
        f" {'NiL' if line.period is None else line.period} SLM_CODE CL_ND_LCK NiL *{token(line.id)}"
        f" NiL NiL NiL 5_MINS <UDI><PID>{udi.pid}</PID><SN>{udi.serial}</SN></UDI>"
    )


def read_line(text: str) -> LicenseLine:
    """The line that is written so, and in no other way.

    Raises:
        ValueError: `write_line` never writes this text.
    """
    words = text.split(" ")
    if len(words) != _WORDS or not (udi := _UDI.fullmatch(words[20])):
        raise ValueError("not a license line")
    types = [kind for kind, word in CLASSES.items() if word == words[4]]
    if not types:
        raise ValueError(f"unknown license class {words[4]!r}")
    line = LicenseLine(
        id=words[15].removeprefix("*"),
        feature=words[1],
        type=types[0],
        udi=parse_udi(":".join(udi.groups())),
        period=None if words[11] == "NiL" else int(words[11]),
        exclusive=words[6] == "EXCL",
        version=words[2],
    )
    if write_line(line) != text:
        raise ValueError("not the canonical text of a license line")
    return line
