"""The next step that a page offers, done in the lab: a license goes from its letter by the stick into a router."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.stage import log_in, tab
from tests.browser.world import console, served_world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def typed(page: "Page", prompt: str, text: str) -> None:
    """Type a line when the prompt is there."""
    page.locator("[data-prompt]", has_text=prompt).wait_for()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_a_license_goes_from_its_letter_into_the_router(browser: "Browser") -> None:
    with served_world("R1") as here, tab(browser, here.url, ignore_https_errors=True) as page:
        log_in(page)
        page.goto(f"/demo?udi={here.world.routers['R1'].state.udi}")
        page.get_by_label("Feature").select_option("advipservices")
        page.get_by_role("button", name="Get demo license").click()
        page.get_by_role("button", name="Put on USB stick").click()
        told = page.get_by_text("is on the USB stick. On the router:").inner_text()
        command = told.partition("On the router: ")[2]
        with console(browser, here, "/bench") as bench:
            bench.locator("[data-pane]").click()
            typed(bench, "bench>", "usb insert R1")
            bench.locator("[data-prompt]", has_text="bench>").wait_for()
        with console(browser, here) as router:
            router.locator("[data-pane]").click()
            router.keyboard.press("Enter")
            for prompt, answer in (("Username:", "admin"), ("Password:", "lab"), ("R1#", command)):
                typed(router, prompt, answer)
            router.locator("[data-text]").get_by_text("1/1 licenses were successfully installed").wait_for()
        page.goto("/files")
        page.get_by_text("The USB stick is in R1; remove it first.").wait_for()
