"""A served class for the system's Chromium: its pages, its learners' codes, and tabs in which they are logged in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from emulator.labs.class_file import ClassPlan
from emulator.runtime.classroom.class_directory import ClassDirectory
from emulator.runtime.classroom.serving import ServedClassroom
from tests.browser.stage import tab
from tests.unit.runtime.classroom.place import plan_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@contextmanager
def served_class(plan: ClassPlan | None = None, folder: Path | None = None, port: int = 0) -> Iterator[ServedClassroom]:
    """A class at a port of this machine; in a folder that is there, it goes on."""
    with TemporaryDirectory() as scratch:
        here = folder or Path(scratch)
        with ClassDirectory(here / "class") as directory:
            served = ServedClassroom(plan or plan_in(here), directory, "127.0.0.1", port)
            served.start()
            try:
                yield served
            finally:
                served.stop()


@contextmanager
def learner(browser: "Browser", served: ServedClassroom, who: str = "ann", **options: Any) -> "Iterator[Page]":
    """A tab that has followed a personal link."""
    options = {"viewport": {"width": 1280, "height": 800}, **options}
    with tab(browser, served.site.url, ignore_https_errors=True, **options) as page:
        page.goto(f"/join/{served.room.code(who)}")
        yield page
