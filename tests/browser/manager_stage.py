"""A served manager with a fleet before the system's Chromium; its jobs run when a test says so."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import uvicorn

from emulator.manager.jobs.runner import JobRunner
from emulator.manager.ports import LicenseBackEnd
from emulator.transports.manager_web.app import manager_app
from emulator.transports.manager_web.settings import ManagerSettings
from tests.fakes.devices import FakeBackEnd
from tests.manager_pages import PASSWORD, furnish
from tests.served_manager import served_bench
from tests.unit.manager.conftest import Bench

if TYPE_CHECKING:
    from playwright.sync_api import Page


@contextmanager
def served_manager(folder: Path, devices: int, now: int | None = None) -> Iterator[tuple[Bench, str]]:
    """A manager of so many devices at a free port of this machine, and its address; `now` sets its clock."""
    with served_bench(folder) as served:
        if now is not None:
            served.bench.now = now
        furnish(served.bench, devices)
        app = manager_app(served, ManagerSettings(lambda: 0.0, secure=False))
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield served.bench, f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
            listener.close()


def run_jobs(bench: Bench, back_end: FakeBackEnd) -> None:
    """Run the jobs that are due until none is, in a thread, for the browser's driver has a loop in this one."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[LicenseBackEnd]:
        yield back_end

    runner = JobRunner(bench.context(), opened, "test")
    thread = Thread(target=lambda: asyncio.run(runner.run_all()))
    thread.start()
    thread.join()


def log_in_as(page: "Page", user: str) -> None:
    """Log in as somebody would."""
    page.goto("/log-in")
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Today").wait_for()
