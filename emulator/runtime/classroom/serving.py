"""Serves a class over HTTPS until a signal stops the process."""

import logging
import os
import time
from pathlib import Path

from emulator.labs.class_file import TEACHER, ClassPlan
from emulator.runtime.classroom.class_directory import ClassDirectory
from emulator.runtime.classroom.classroom import Classroom
from emulator.runtime.classroom.session_files import SessionFile
from emulator.runtime.extras import needs_serve
from emulator.runtime.wall_clock import host_time, seconds_since_1970
from emulator.transports.https.certificates import identity
from emulator.transports.https.hosting import (
    Hosting,
    Site,
    address_for_others,
    bound,
    is_address,
    is_anywhere,
    is_loopback,
    url_of,
)

with needs_serve():
    from emulator.transports.classroom.app import class_app
    from emulator.transports.classroom.face import ClassSettings
    from emulator.transports.web_console.messages import LARGEST_MESSAGE

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")

CLASSES = "classes"
"""Name of the folder of all classes below the state directory."""


def class_path(name: str) -> Path:
    """The directory of a class by its name, below the state directory, which is XDG's."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "isrtwin" / CLASSES / name


def copy_of_page(class_name: str, lab: str) -> Path | None:
    """A class's own copy of a lab's page; None: it has not begun with that lab."""
    own = ClassDirectory(class_path(class_name)).page(lab)
    return own if own.exists() else None


class ServedClassroom:
    """A class with its pages; `start` and `stop` once each."""

    def __init__(self, plan: ClassPlan, directory: ClassDirectory, host: str, port: int) -> None:
        """Bind the address, and make the certificates.

        Args:
            plan: the class.
            directory: of its worlds, held.
            host: address to bind.
            port: port to bind; 0 takes a free one.

        Raises:
            Refused: the address cannot be had, or a file not be written.
        """
        self.changed = [lab for lab, page in plan.labs.items() if not directory.keep_page(lab, page)]
        """Labs whose page is another one than that with which the class began."""
        self.room = Classroom(plan, directory)
        self.directory = directory
        at, reached = bound(host, port), address_for_others(host)
        self._notes = [note] if (note := note_on_address(host, reached)) else []
        self.url = url_of(reached, at.getsockname()[1])
        """Address of the class for its learners."""
        settings = ClassSettings(seconds_since_1970, time.monotonic, "" if is_loopback(host) else self.url)
        app = class_app(self.room, SessionFile(directory), settings)
        names = (*LOOPBACK_NAMES, host) if is_loopback(host) else ()
        self.site = Site(app, host, port, at, names=names, largest_message=LARGEST_MESSAGE)
        own = list(dict.fromkeys([*LOOPBACK_NAMES, reached]))
        certificate = identity(directory.path, plan.name, own, host_time())
        self._hosting = Hosting([self.site], certificate)
        self.ca = certificate.ca

    def start(self) -> None:
        """Take connections."""
        logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
        self.room.start()
        self._hosting.start()

    def stop(self) -> None:
        """Let what is under way end, and put every world down."""
        self._hosting.stop()
        self.room.stop()

    @property
    def teacher_link(self) -> str:
        """The personal link of the teacher."""
        return f"{self.url}/join/{self.room.code(TEACHER)}"

    def addresses(self) -> list[str]:
        """The address of the pages, the teacher's link, and the CA file, as lines to print."""
        changed = [
            f"Note:       the page of the lab {lab} has changed; this class goes on with its own copy,"
            f" {self.directory.page(lab)}"
            for lab in self.changed
        ]
        return [
            f"Class:      {self.url}/",
            f"Teacher:    {self.teacher_link}",
            f"Worlds:     {self.directory.path}",
            f"CA file:    {self.ca}",
            *self._notes,
            *changed,
        ]


def note_on_address(host: str, reached: str) -> str:
    """Note on what to do where links name this machine by its name alone; empty where they name an address.

    Args:
        host: address that is bound.
        reached: the one that links name.
    """
    if not is_anywhere(host) or is_address(reached):
        return ""
    return (
        f"Note:       this machine knows no way to other networks, so links call it {reached}; if others do not know"
        " that name, give the address: --host ADDRESS"
    )
