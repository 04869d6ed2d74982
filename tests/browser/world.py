"""A served world in a thread of its own, for the system's Chromium to open consoles at."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from tests.browser.stage import log_in, tab
from tests.unit.transports.web_console.place import Place, place

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@contextmanager
def served_world(*names: str) -> Iterator[Place]:
    """A world whose routers have pages."""
    ready: SimpleQueue[tuple[Place, asyncio.AbstractEventLoop, asyncio.Event]] = SimpleQueue()

    async def serve() -> None:
        async with place(*names) as here:
            over = asyncio.Event()
            ready.put((here, asyncio.get_running_loop(), over))
            await over.wait()

    thread = Thread(target=asyncio.run, args=[serve()])
    thread.start()
    here, loop, over = ready.get(timeout=60)
    try:
        yield here
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()


@contextmanager
def console(browser: "Browser", here: Place, address: str = "/console/R1/con0", **options: Any) -> "Iterator[Page]":
    """A tab at a line."""
    options = {"viewport": {"width": 1280, "height": 900}, **options}
    with tab(browser, here.url, ignore_https_errors=True, **options) as page:
        log_in(page)
        page.goto(address)
        page.get_by_text("Connected to").wait_for()
        yield page
