"""A whole class: 30 learners with browsers of their own, one teacher, two labs, and a server that is killed meanwhile.

All results are right at the end, nothing that was earned is lost, and every journal is whole.
"""

import asyncio
import contextlib
import re
import signal
import ssl
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from emulator.runtime.labs.playing import session_in
from emulator.runtime.replay import replaying, same_state
from emulator.runtime.time_travel import loaded
from emulator.transports.classroom.ports import GradeRow
from emulator.transports.connections.free_ports import free_ports
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from tests.served import serving
from tests.unit.runtime.classroom.place import LAB
from tests.unit.transports.web_console.place import Page

pytestmark = pytest.mark.heavy

LEARNERS = 30
LABS = ("naming", "renaming")
DONE_BEFORE_KILL = 10
"""Learners who are through with their first lab when the server is killed."""

AWAY = (OSError, httpx2.TransportError, WebSocketException, AssertionError)
"""Errors of a browser whose server is not there, or was taken from it."""


class School:
    """The class, and what its people need to know of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in LABS:
            (folder / f"{name}.md").write_text(LAB.replace("A name for", f"{name.capitalize()} of"), encoding="utf-8")
        learners = ", ".join(f"L{number}" for number in range(LEARNERS))
        labs = ", ".join(f"{name}.md" for name in LABS)
        self.file = folder / "class.yaml"
        self.file.write_text(f"name: all\nlabs: [{labs}]\nlearners: [{learners}]\n", encoding="utf-8")
        self.port, self.done, self.walls = free_ports(), 0, 0
        self.some_done, self.over = asyncio.Event(), asyncio.Event()

    def serve(self) -> "subprocess.Popen[str]":
        process, told = serving("--class", str(self.file), "--port-base", str(self.port))
        found = re.search(r"Teacher:\s+(https://\S+:(\d+))/join/(\S+)", told)
        assert found
        self.url, self.port, self.code = found[1], int(found[2]), found[3]
        self.trusted = ssl.create_default_context(cafile=str(self.home / "tls" / "ca.pem"))
        return process

    @property
    def home(self) -> Path:
        return self.folder / "state" / "isrtwin" / "classes" / "all"

    def browser(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.url, verify=self.trusted, follow_redirects=True, timeout=120)


async def learner(school: School, code: str) -> None:
    """Do both labs, coming back whenever the server is away."""
    for lab in LABS:
        while True:
            try:
                async with school.browser() as browser:
                    (await browser.get(f"/join/{code}")).raise_for_status()
                    if await _through(school, browser, lab):
                        break
            except AWAY:
                await asyncio.sleep(0.2)
        school.done += 1
        if school.done == DONE_BEFORE_KILL:
            school.some_done.set()


async def _through(school: School, browser: httpx2.AsyncClient, lab: str) -> bool:
    """Do what is asked at the console, answer the question, and tell whether the page has all the points."""
    page = (await browser.get(f"/learn/{lab}")).raise_for_status().text
    wanted = re.search(r"called <code>(\w+)</code>", page)
    assert wanted
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    opening = connect(
        f"{school.url.replace('https', 'wss')}/learn/{lab}/console/R1/con0/socket", ssl=school.trusted,
        origin=Origin(school.url), additional_headers={"Cookie": cookie}, compression=None, open_timeout=120,
    )  # fmt: skip
    async with opening as socket:
        console = Page(socket)
        await console.type("\rend\renable\rconfigure terminal\r", "(config)#")
        await console.type(f"hostname {wanted[1]}\rend\r", f"{wanted[1]}#")
        shown = await console.type("show version | include Processor board\r", "Processor board ID ", "\n")
    serial = shown.split("Processor board ID ")[-1].split()[0]
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    form = {"form_token": token[1], "question": "SERIAL", "answer": serial}
    answered = (await browser.post(f"/learn/{lab}/answer", data=form)).raise_for_status().text
    return "100 of 100 points" in answered


async def teacher(school: School) -> None:
    """Look at the wall all the time."""
    while not school.over.is_set():
        with contextlib.suppress(*AWAY):
            async with school.browser() as browser:
                (await browser.get(f"/join/{school.code}")).raise_for_status()
                while not school.over.is_set():
                    (await browser.get("/class/wall/parts")).raise_for_status()
                    school.walls += 1
                    await asyncio.sleep(0.5)
        await asyncio.sleep(0.2)


@contextlib.asynccontextmanager
async def taught(school: School) -> AsyncIterator[None]:
    teaching = asyncio.create_task(teacher(school))
    yield
    school.over.set()
    await teaching


async def lesson(school: School) -> list[GradeRow]:
    """The whole lesson, and the gradebook at its end."""
    process = school.serve()
    try:
        async with school.browser() as browser:
            await browser.get(f"/join/{school.code}")
            codes = re.findall(r'data-copy="https://\S+/join/(\S+)"', (await browser.get("/class/links")).text)
        assert len(set(codes)) == LEARNERS
        async with taught(school):
            learners = [asyncio.create_task(learner(school, code)) for code in codes]
            await school.some_done.wait()
            process.kill()
            process.communicate()
            process = await asyncio.to_thread(school.serve)
            await asyncio.gather(*learners)
        async with school.browser() as browser:
            await browser.get(f"/join/{school.code}")
            return msgspec.json.decode((await browser.get("/class/gradebook.json")).content, type=list[GradeRow])
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
        assert "Traceback" not in (errors or "")


def test_a_whole_class_with_a_killed_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    school = School(tmp_path)
    grades = asyncio.run(lesson(school))
    assert [(row.points, row.state == "done") for row in grades] == [(100, True)] * (LEARNERS * len(LABS))
    assert school.walls > 0
    worlds = sorted((school.home / "learners").glob("*/[!.]*"))  # without those made ahead, such as the teacher's
    assert [path.name for path in worlds] == list(LABS) * LEARNERS
    for path in worlds:
        with WorldDirectory(path) as directory:
            state, history = loaded(directory), History(directory)
            with replaying(history.origin(state.stretch), watched=False) as replay:
                replay.play(history.leading_to(state))
                assert same_state(replay.state(state.now), state), path
            _, session = session_in(directory)
            assert session.overview().points == 100
