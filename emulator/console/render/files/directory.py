"""Listings of files: `dir`, `show flash:`, `show file systems`.

C: numbers, sizes and dates of `dir` in columns (an IOSv, also for a directory and for the empty device), and the
columns of `show file systems` (a switch). R: a day of one digit is not padded, the date moves to the right; the order
of the file systems, `<no date>` in NVRAM, the layout of `show flash:`.
"""

from collections.abc import Iterable

import msgspec

from emulator.router.clocks import WallTime
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.urls import FileUrl

NO_DATE = "<no date>"


class FileSystemLine(msgspec.Struct, frozen=True):
    """One line of `show file systems`; a system without a size shows dashes."""

    prefix: str
    type: str
    size: int | None = None
    free: int | None = None
    default: bool = False


def listing(url: FileUrl, files: Iterable[StoredFile]) -> str:
    """List the files of one directory, or those that a name fits."""
    body = "".join(_row(file) for file in files) or "No files in directory\n"
    path = f"{url.path}/" if url.path and not url.text else url.path
    return f"Directory of {url.device}:/{path}\n\n{body}\n"


def totals(system: FileSystem) -> str:
    """Last line of `dir`."""
    return f"{system.capacity} bytes total ({system.free} bytes free)\n"


def _row(file: StoredFile) -> str:
    mode = f"{'d' if file.directory else '-'}{file.mode}"
    return f"{file.slot:5d}  {mode}  {file.size:10d}  {_date(file):>27}  {file.name.rpartition('/')[2]}\n"


def _date(file: StoredFile) -> str:
    if file.modified is None:
        return NO_DATE
    date = WallTime(file.modified, zone_minutes=file.zone_minutes).local
    hours, minutes = divmod(abs(file.zone_minutes), 60)
    zone = f"{'-' if file.zone_minutes < 0 else '+'}{hours:02d}:{minutes:02d}"
    return f"{date:%b} {date.day} {date:%Y %H:%M:%S} {zone}"


def flash_table(system: FileSystem) -> str:
    """Screen of `show flash:`."""
    rows = []
    for number, file in enumerate(system.files, 1):
        date = WallTime(file.modified or 0).local
        rows.append(f"{number:<3d} {file.size:10d} {date:%b} {date.day} {date:%Y %H:%M:%S} +00:00 {file.name}\n")
    used = system.capacity - system.free
    heading = "-#- --length-- -----date/time------ path\n"
    return f"{heading}{''.join(rows)}\n{system.free} bytes available ({used} bytes used)\n"


def file_systems(lines: Iterable[FileSystemLine]) -> str:
    """Screen of `show file systems`."""
    heading = "File Systems:\n\n       Size(b)       Free(b)      Type  Flags  Prefixes\n"
    return heading + "".join(
        f"{'*' if line.default else ' '}{_number(line.size):>13}{_number(line.free):>14}{line.type:>10}     rw"
        f"   {line.prefix}\n"
        for line in lines
    )


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)
