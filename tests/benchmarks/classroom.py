"""`class_keystroke` and `class_memory`: a class of 30 at work.

`class_keystroke`: a key typed in a console until it is told back, with 30 learners typing as people do, against one of
them typing alone. The class is a process of its own, and the browsers are another.
`class_memory`: what one more learner's open world takes of the process that serves the class, threads and all, beside
what all worlds share.
"""

import asyncio
import contextlib
import gc
import sys
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from ssl import create_default_context
from statistics import median
from time import perf_counter

import msgspec
from websockets.asyncio.client import connect
from websockets.typing import Origin

from emulator.labs.class_file import read_class
from emulator.runtime.classroom.class_directory import ClassDirectory
from emulator.runtime.classroom.serving import ServedClassroom
from emulator.runtime.tables_ahead import read_tables_ahead
from tests.benchmarks.figure import Figure
from tests.unit.runtime.classroom.place import plan_in
from tests.unit.transports.web_console.place import Page

LEARNERS = 30
KEYS, PAUSE = 40, 0.2
"""Keys that each learner types, and seconds between them: a quick typist."""

SHARED, MEASURED = 4, 16
"""Worlds that are open before the memory is looked at, and those whose memory it is."""

MOST_MEMORY = 2.0
"""MiB of a learner's world."""

SOCKET = "learn/naming/console/R1/con0/socket"


class ClassSite(msgspec.Struct, frozen=True):
    """Site of a class: its address, what certifies it, and the cookies of its learners, logged in."""

    url: str
    ca: str
    cookies: list[str]


def serve() -> None:
    """Serve a class until the standard input ends."""
    with tempfile.TemporaryDirectory() as folder:
        plan = plan_in(Path(folder), *(f"L{number}" for number in range(LEARNERS)))
        with ClassDirectory(Path(folder) / "class") as directory:
            served = ServedClassroom(plan, directory, "127.0.0.1", 0)
            served.start()
            face = served.site.app._app.state.face
            cookies = [f"{face.cookie}={face.sessions.begin(id_).id}" for id_ in plan.learners]
            print(msgspec.json.encode(ClassSite(served.site.url, str(served.ca), cookies)).decode(), flush=True)
            sys.stdin.read()
            served.stop()


@contextlib.asynccontextmanager
async def class_served() -> AsyncIterator[ClassSite]:
    """The process that serves."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.classroom", "serve", stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield msgspec.json.decode(await process.stdout.readline(), type=ClassSite)
    finally:
        process.stdin.close()
        await process.wait()


async def _typed(page: Page, begins: float = 0.0) -> list[float]:
    """Seconds until each of some keys was told back, typed as a person does, who begins after so many seconds."""
    taken = []
    await asyncio.sleep(begins)
    for _ in range(KEYS):
        began = perf_counter()
        await page.type("x")
        await page.heard()
        taken.append(perf_counter() - began)
        await asyncio.sleep(PAUSE)
    await page.type("\x15")
    await page.heard()
    return taken


async def _all_and_one() -> tuple[float, float]:
    """A key among all, and the same learner's alone."""
    async with class_served() as site, contextlib.AsyncExitStack() as stack:
        trusted = create_default_context(cafile=site.ca)
        pages = []
        for cookie in site.cookies:
            address = f"{site.url.replace('https', 'wss')}/{SOCKET}"
            opening = connect(
                address, ssl=trusted, origin=Origin(site.url), additional_headers={"Cookie": cookie}, compression=None,
                open_timeout=60,
            )  # fmt: skip
            page = Page(await stack.enter_async_context(opening))
            await page.type("\r", "start>")
            pages.append(page)
        await _typed(pages[0])
        alone = await _typed(pages[0])
        among = await asyncio.gather(*(_typed(page, number * PAUSE / LEARNERS) for number, page in enumerate(pages)))
        alone += await _typed(pages[0])
        return median(each for taken in among for each in taken), median(alone)


def class_keystroke() -> Iterator[Figure]:
    value, reference = asyncio.run(_all_and_one())
    yield Figure("class_keystroke", value, reference, "s")


def weigh() -> None:
    """Print the MiB that one more world of a learner takes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "class.yaml"
        names = ", ".join(f"L{number}" for number in range(SHARED + MEASURED))
        file.write_text(f"name: c\nlabs: [first-boot]\nlearners: [{names}]\n", encoding="utf-8")
        plan = read_class(file)
        read_tables_ahead()
        with ClassDirectory(Path(folder) / "class") as directory:
            served = ServedClassroom(plan, directory, "127.0.0.1", 0)
            for number, id_ in enumerate(plan.learners):
                if number == SHARED:
                    before = _resident()
                lab = served.room.lab(id_, "first-boot")
                assert lab is not None
                lab.overview()
            print((_resident() - before) / MEASURED, flush=True)
            served.room.stop()


def _resident() -> float:
    """MiB of memory that this process has."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def class_memory() -> Iterator[Figure]:
    async def weighed() -> float:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.benchmarks.classroom", "weigh", stdout=PIPE
        )
        told, _ = await process.communicate()
        return float(told)

    yield Figure("class_memory", asyncio.run(weighed()), MOST_MEMORY, "MiB")


if __name__ == "__main__":
    {"serve": serve, "weigh": weigh}[sys.argv[1]]()
