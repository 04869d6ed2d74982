"""Targets: which devices a user means, by range of addresses, seed file, UDI, or list of UDIs in XML.

I: the form of a seed file, since none is public. It has a heading and one device a row; comma, semicolon or tab,
whichever the heading has; `address` with or without a port, `udi`, or both; `group` puts the device there. Rows that
are wrong are told with their number and reason, and the others are used.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address, ip_network

import msgspec

from emulator.kernel.errors import Refused, nearest, printable
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.entities import SSH_PORT, DeviceAddress

MOST_ADDRESSES = 65_536
"""Limit of the addresses of one discovery."""

MOST_SEED_ROWS = 100_000
"""Limit of the rows of one seed file."""

COLUMNS = ("address", "udi", "group")
_SEPARATORS = ("\t", ";", ",")
_LAST_PORT = 65_535
_BRACKETED = re.compile(r"\[(?P<host>[^\]]*)\](?::(?P<port>.*))?")


class SeedRow(msgspec.Struct, frozen=True):
    """Device that a row names: by address, by UDI, or by both."""

    row: int
    address: DeviceAddress | None = None
    udi: Udi | None = None
    group: str = ""


class WrongRow(msgspec.Struct, frozen=True):
    """Row that names no device, and why."""

    row: int
    problem: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.problem}"


def parse_address(text: str, port: int = SSH_PORT) -> DeviceAddress:
    """Read `192.0.2.1`, `192.0.2.1:2022`, `2001:db8::1` or `[2001:db8::1]:2022`.

    Raises:
        ValueError: the text is no address, or the port no port.
    """
    host, given = text, ""
    if bracketed := _BRACKETED.fullmatch(text):
        host, given = bracketed["host"], bracketed["port"] or ""
    elif text.count(":") == 1:
        host, _, given = text.partition(":")
    try:
        address = ip_address(host)
    except ValueError:
        raise ValueError(f"'{printable(text)}' is not an address; write for example 192.0.2.1") from None
    return DeviceAddress(str(address), _port(given) if given else port)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 5 or not 0 < int(text) <= _LAST_PORT:
        raise ValueError(f"'{printable(text)}' is not the number of a port")
    return int(text)


def parse_ranges(texts: Iterable[str], port: int = SSH_PORT) -> list[DeviceAddress]:
    """Read ranges: an address, `192.0.2.0/24` (its hosts), or `192.0.2.1-192.0.2.20`; each address once.

    Raises:
        Refused: a text is no range, or they have too many addresses together.
    """
    found: dict[DeviceAddress, None] = {}
    for text in texts:
        found.update(dict.fromkeys(_range(text.strip(), port)))
        _check_number(len(found))
    return list(found)


def _check_number(addresses: int) -> None:
    if addresses > MOST_ADDRESSES:
        raise Refused(f"these ranges have more than {MOST_ADDRESSES} addresses; discover them in parts")


def _range(text: str, port: int) -> list[DeviceAddress]:
    first, dash, last = text.partition("-")
    try:
        if "/" in text:
            network = ip_network(text, strict=False)
            _check_number(network.num_addresses - 2)
            return [DeviceAddress(str(host), port) for host in network.hosts()]
        if not dash:
            return [parse_address(text, port)]
        begin, end = ip_address(first.strip()), ip_address(last.strip())
    except ValueError:
        raise Refused(
            f"'{printable(text)}' is no range of addresses; write 192.0.2.1, 192.0.2.0/24 or 192.0.2.1-192.0.2.20"
        ) from None
    if begin.version != end.version or int(begin) > int(end):
        raise Refused(f"'{printable(text)}' is an empty range: its end is before its begin")
    _check_number(int(end) - int(begin) + 1)
    kind = type(begin)
    return [DeviceAddress(str(kind(number)), port) for number in range(int(begin), int(end) + 1)]


def read_seed_file(text: str, port: int = SSH_PORT) -> list[SeedRow | WrongRow]:
    """Read a seed file, row by row.

    Raises:
        Refused: its heading has no column of a device, or one that is not known; or it has too many rows.
    """
    lines = text.splitlines()
    heading_at = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if heading_at is None:
        raise Refused("the seed file is empty; its heading is address,udi,group")
    separator = max(_SEPARATORS, key=lines[heading_at].count)
    heading = [cell.strip().lower() for cell in _cells(lines[heading_at], separator)]
    _check_heading(heading)
    found: list[SeedRow | WrongRow] = []
    seen: dict[DeviceAddress | Udi, int] = {}
    for number, line in enumerate(lines[heading_at + 1 :], heading_at + 2):
        if not line.strip() or line.startswith("#"):
            continue
        if len(found) == MOST_SEED_ROWS:
            raise Refused(f"the seed file has more than {MOST_SEED_ROWS} rows; send it in parts")
        try:
            row = _seed_row(number, _cells(line, separator), heading, port)
            _check_repeated(row, seen)
            found.append(row)
        except ValueError as error:
            found.append(WrongRow(number, str(error)))
    return found


def _check_heading(heading: list[str]) -> None:
    for name in heading:
        if name not in COLUMNS:
            raise Refused(f"the seed file has an unknown column '{printable(name)}'. {nearest(name, COLUMNS)}")
        if heading.count(name) > 1:
            raise Refused(f"the seed file has two columns '{name}'")
    if not {"address", "udi"} & set(heading):
        raise Refused("the seed file has neither a column 'address' nor a column 'udi'")


def _cells(line: str, separator: str) -> list[str]:
    """Cells of one line; a line with a stray quotation mark or an endless cell is one cell as it stands."""
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [""])
    except csv.Error:
        return [line]


def _seed_row(number: int, cells: list[str], heading: list[str], port: int) -> SeedRow:
    if len(cells) > len(heading):
        raise ValueError(f"it has {len(cells)} cells, and the heading has {len(heading)}")
    values: Mapping[str, str] = dict(zip(heading, (cell.strip() for cell in cells), strict=False))
    address, udi = values.get("address", ""), values.get("udi", "")
    if not address and not udi:
        raise ValueError("it has neither an address nor a UDI")
    return SeedRow(
        number,
        parse_address(address, port) if address else None,
        _udi(udi) if udi else None,
        values.get("group", ""),
    )


def _udi(text: str) -> Udi:
    try:
        return parse_udi(text)
    except ValueError as error:
        raise ValueError(printable(str(error)) if len(text) > 60 else str(error)) from None


def _check_repeated(row: SeedRow, seen: dict[DeviceAddress | Udi, int]) -> None:
    for key in (row.address, row.udi):
        if key is None:
            continue
        if key in seen:
            raise ValueError(f"{key} stands in row {seen[key]} already")
        seen[key] = row.row
