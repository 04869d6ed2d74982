"""One browser for all tests, one portal for each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.stage import chromium, log_in, served, tab
from tests.unit.transports.portal.lab import Portal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Stage = tuple[Portal, str]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    with chromium() as started:
        yield started


@pytest.fixture(autouse=True)
def tabs_are_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test leaves a tab.

    One that is left is closed by the garbage collector, wherever it strikes: in the event loop that drives the
    browser, which then waits for itself, or in the middle of another test's page.
    """
    if "browser" not in request.fixturenames:
        yield
        return
    driven: Browser = request.getfixturevalue("browser")
    before = set(driven.contexts)
    yield
    assert set(driven.contexts) <= before, "a tab of this test is still open; open tabs with `with`"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with served() as found:
        yield found


@pytest.fixture
def portal(stage: Stage) -> Portal:
    return stage[0]


@pytest.fixture
def page(stage: Stage, browser: "Browser") -> "Iterator[Page]":
    """Page of a person who is logged in as the lab's operator."""
    with tab(browser, stage[1]) as opened:
        log_in(opened)
        yield opened
