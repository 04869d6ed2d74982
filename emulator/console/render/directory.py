"""`dir`: numbers, sizes and dates in columns (C from IOSv, and for the empty device)."""

from emulator.router.clocks import WallTime
from emulator.storage.filesystem import FileSystem


def directory(device: str, system: FileSystem) -> str:
    """The listing of one file system."""
    rows = []
    for file in system.files:
        date = WallTime(file.modified).local
        rows.append(
            f"{file.slot:5d}  -rw-  {file.size:10d}  {date:%b} {date.day:2d} {date:%Y %H:%M:%S} +00:00  {file.name}\n"
        )
    body = "".join(rows) or "No files in directory\n"
    return f"Directory of {device}:/\n\n{body}\n{system.capacity} bytes total ({system.free} bytes free)\n"
