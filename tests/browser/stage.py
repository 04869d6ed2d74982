"""A served portal and the system's Chromium before it.

The browser is the one that the system has (`ISRTWIN_CHROMIUM` names another); playwright only drives it.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

import uvicorn

from tests.unit.transports.portal.lab import Portal, password_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

CHROMIUM = os.environ.get("ISRTWIN_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 10_000
"""Milliseconds after which something that should be there is missing."""

REFUSED_FORM = "the server responded with a status of 4"
"""The browser tells this of a form that was refused on purpose."""

AWAY = ("WebSocket connection to ", "Failed to load resource: net::ERR_")
"""The browser tells these of a server that is away: of sockets, and of parts of a page that are asked for anew."""


@contextmanager
def served(*, gallery: bool = False) -> Iterator[tuple[Portal, str]]:
    """A portal at a free port of this machine, and its address."""
    portal = Portal(secure=False, gallery=gallery)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(portal.app, log_level="error", ws="none"))
    thread = Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield portal, f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
        portal.service.close()


@contextmanager
def chromium() -> "Iterator[Browser]":
    """The system's browser, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def tab(browser: "Browser", address: str, *, goes_away: bool = False, **options: Any) -> "Iterator[Page]":
    """A fresh tab in which nobody is logged in; what the page complains of to the console is an error.

    Args:
        browser: where it is opened.
        address: what the addresses of its pages begin with.
        goes_away: the server is stopped meanwhile, so that the browser tells of what cannot be reached.
        options: as `new_context` takes them.
    """
    context = browser.new_context(base_url=address, accept_downloads=True, **options)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    others = (REFUSED_FORM, *AWAY) if goes_away else (REFUSED_FORM,)

    def hear(told: "ConsoleMessage") -> None:
        if told.type == "error" and not any(other in told.text for other in others):
            complaints.append(told.text)

    page.on("console", hear)
    try:
        yield page
    finally:
        context.close()  # a console that it holds is free again, however the test ends
    assert complaints == []


def log_in(page: "Page", user: str = "lab") -> None:
    """Log in as somebody would."""
    page.goto("/log-in")
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(password_of(user))
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Overview").wait_for()
    page.goto("/")
