"""Lists of UDIs as XML, for networks that no network reaches: written by hand or by a manager, read by another.

C: that they are carried as XML (FAQ, isolated networks). I: the elements, which are those of a license file:
`<UDI_LIST><UDI><PID>…</PID><SN>…</SN></UDI>…</UDI_LIST>`. White space and comments between them are free.
"""

from collections.abc import Iterable

import msgspec

from emulator.keys.canonical_xml import DECLARATION, parse_document, udi_pieces, write_pieces
from emulator.licensing.udi import Udi, parse_udi

ROOT = "UDI_LIST"

LARGEST_LIST = 16 * 1024 * 1024
"""Largest list that is read, in bytes: more than the 30,000 devices of a fleet take."""


class ListedUdi(msgspec.Struct, frozen=True):
    """One entry of a list, with its line; `udi` is None where it names no device, and `problem` tells why."""

    line: int
    udi: Udi | None
    problem: str = ""


def write_udi_list(udis: Iterable[Udi]) -> bytes:
    """Write a list."""
    entries = [piece for udi in udis for piece in udi_pieces(1, udi)]
    return write_pieces([(0, DECLARATION), (0, f"<{ROOT}>"), *entries, (0, f"</{ROOT}>")])


def read_udi_list(data: bytes) -> list[ListedUdi]:
    """Read a list, entry by entry.

    Raises:
        InvalidDocument: the data as a whole are no such list.
    """
    found = []
    for entry in parse_document(data, ROOT, LARGEST_LIST):
        if not isinstance(entry.tag, str):  # a comment
            continue
        line = entry.sourceline or 0
        if entry.tag != "UDI":
            found.append(ListedUdi(line, None, f"'{entry.tag}' is no UDI element"))
            continue
        pid, serial = (" ".join((entry.findtext(name) or "").split()) for name in ("PID", "SN"))
        if not pid or not serial:
            found.append(ListedUdi(line, None, f"the element {'SN' if pid else 'PID'} is missing or empty"))
            continue
        try:
            found.append(ListedUdi(line, parse_udi(f"{pid}:{serial}")))
        except ValueError as error:
            found.append(ListedUdi(line, None, str(error)))
    return found
