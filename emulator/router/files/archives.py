"""Archived configurations: files on a device whose names begin with the path that `archive` gives.

R: they are numbered on, a new one takes the place of the oldest where there are as many as `maximum` allows; from 15.0
on a name tells the time before the number. I: what an archive on a server holds is not listed.
"""

import re
from typing import Protocol

import msgspec

from emulator.router.files.systems import FileFault, FilingRouter, RouterFiles
from emulator.router.network.host import Host
from emulator.storage.filesystem import FileSystem
from emulator.storage.urls import FileUrl, parse_url

SECTION = "archive"
MOST = 10
TIMED_SINCE = (15,)


class ArchivingRouter(Host, FilingRouter, Protocol):
    """A router as its archive sees it."""

    @property
    def files(self) -> RouterFiles:
        """File systems of the router."""


class Archive(msgspec.Struct, frozen=True):
    """The archive that a running configuration asks for.

    Attributes:
        path: beginning of the names of its files.
        maximum: number of files that are kept.
    """

    path: FileUrl
    maximum: int


def archive_of(router: ArchivingRouter) -> Archive | None:
    """Return the archive of a router; None where its configuration gives no path."""
    section = router.configuration.sections.get(SECTION)
    path = parse_url(section.word("path")) if section and "path" in section.lines else None
    if section is None or path is None:
        return None
    return Archive(path, int(section.word("maximum") or MOST))


def archived(router: ArchivingRouter, archive: Archive) -> list[FileUrl]:
    """List the archived files, the oldest first."""
    system = router.files.system(archive.path)
    if archive.path.remote or not isinstance(system, FileSystem):
        return []
    name = re.compile(rf"{re.escape(archive.path.path)}-(?:.*-)?(\d+)", re.IGNORECASE)
    found = [(int(match[1]), file.name) for file in system.files if (match := name.fullmatch(file.name))]
    return [archive.path.at(each) for _, each in sorted(found)]


def next_name(router: ArchivingRouter, archive: Archive, *, template: bool = False) -> FileUrl:
    """Name of the file that is archived next; a `template` has a slot in place of the time."""
    files = archived(router, archive)
    number = int(files[-1].path.rpartition("-")[2]) + 1 if files else 0 if _is_timed(router) else 1
    return archive.path.at(f"{archive.path.path}-{_time(router, template=template)}{number}")


def _is_timed(router: ArchivingRouter) -> bool:
    return tuple(int(part) for part in router.manifest.release.split(".")) >= TIMED_SINCE


def _time(router: ArchivingRouter, *, template: bool) -> str:
    if not _is_timed(router):
        return ""
    if template:
        return "<timestamp>-"
    shown = router.wall_time()
    local = shown.local
    return f"{local:%b}-{local.day:2d}-{local:%H-%M-%S}.{local.microsecond // 1000:03d}-{shown.zone}-".replace(" ", "-")


def store(router: ArchivingRouter, archive: Archive, text: str) -> FileUrl | FileFault:
    """Write a configuration to the archive, in place of the oldest if need be; returns its file."""
    files = archived(router, archive)
    url = next_name(router, archive)
    fault = router.files.write(url, text.encode())
    if fault is not None:
        return fault
    system = router.files.system(archive.path)
    if isinstance(system, FileSystem):
        for oldest in files[: len(files) + 1 - archive.maximum]:
            system.delete(oldest.path)
    return url
