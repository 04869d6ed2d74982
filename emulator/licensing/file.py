"""Contents of a license file: its lines, their device, when they were issued, and from which order.

The file is XML and signed; `keys` reads and writes it. Shape: section C of the behavior notes (R); its name,
`<SN>_<YYYYMMDDhhmmssmmm>.lic`, is C.
"""

from datetime import datetime
from functools import lru_cache

import msgspec

from emulator.licensing.lines import LicenseLine
from emulator.licensing.udi import Udi

COMMENT_LIMIT = 99
"""Limit of a license's comment, in ASCII characters (C)."""


class FileLine(msgspec.Struct, frozen=True):
    """A license as it stands in a file.

    Attributes:
        source: issuer and act, for a person to read.
        created: date of issue, ISO 8601.
        comment: the only part that the user may change.
        proof: the issuer's signature, as it stands in the file; empty for a line that came out of no file.
    """

    line: LicenseLine
    source: str
    created: str
    comment: str = ""
    proof: str = ""


class LicenseFile(msgspec.Struct, frozen=True):
    """The content of a license file."""

    licenses: tuple[FileLine, ...]


def license_file_name(udi: Udi, issued: datetime) -> str:
    """File name under which the portal mails a license file."""
    return f"{udi.serial}_{_stamp(issued)}.lic"


@lru_cache(maxsize=16)
def _stamp(issued: datetime) -> str:
    """The digits of a moment; thousands of files are issued at one."""
    return f"{issued:%Y%m%d%H%M%S}{issued.microsecond // 1000:03d}"
