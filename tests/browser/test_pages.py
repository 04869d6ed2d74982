"""Every page of the menu, and the gallery of components, on every screen."""

from typing import TYPE_CHECKING

import pytest

from emulator.licensing.udi import Udi
from emulator.transports.portal.web.all_pages import portal_pages
from tests.browser.accessible import violations
from tests.browser.measured import misplaced
from tests.browser.pictures import fill
from tests.browser.stage import log_in, served, tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

LONGEST = Udi("CISCO881GW-GN-A-K9", "FTX1405YDC7")
"""A UDI of the greatest length that a product has."""


def test_every_page_is_accessible_and_fits(browser: "Browser") -> None:
    with served(gallery=True) as (portal, address), tab(browser, address) as page:
        shown = fill(portal)
        log_in(page)
        menu = [route.path for route in portal_pages() if route.menu is not None]
        assert [told for path in ("/gallery", *menu, *shown.values()) for told in violations(page, path)] == []


def test_everything_stands_where_it_should_on_every_width(browser: "Browser") -> None:
    with served(gallery=True) as (portal, address), tab(browser, address) as page:
        shown = fill(portal)
        portal.service.register(portal.pak(5000), [LONGEST], portal.now, by="lab", why="Branch 1")
        log_in(page)
        menu = [route.path for route in portal_pages() if route.menu is not None]
        addresses = ("/gallery?text=FTX&sort=-licenses", *menu, *shown.values(), f"/devices/{LONGEST}")
        assert [told for path in addresses for told in misplaced(page, path)] == []


def test_the_menu_stays_where_it_is(browser: "Browser") -> None:
    with served() as (_, address), tab(browser, address, viewport={"width": 1280, "height": 800}) as page:
        log_in(page)
        places = set()
        for path in ("/", "/orders", "/devices", "/demo", "/mail", "/audit"):
            page.goto(path)
            boxes = [link.bounding_box() for link in page.locator("nav.wide .groups a").all()]
            places.add(str([*boxes, page.evaluate("document.querySelector('main').offsetTop")]))
        assert len(places) == 1


def test_on_a_phone_the_menu_is_one_line_that_opens(browser: "Browser") -> None:
    with (
        served() as (_, address),
        tab(browser, address, viewport={"width": 375, "height": 720}, is_mobile=True, has_touch=True) as page,
    ):
        log_in(page)
        head = page.locator("main").bounding_box()
        assert head is not None
        assert head["y"] <= 110
        page.get_by_text("Menu", exact=True).tap()
        page.get_by_role("link", name="Transfer licenses").first.tap()
        page.get_by_role("heading", name="Transfer licenses").wait_for()


def test_the_theme_is_chosen_by_keyboard_and_stays(browser: "Browser") -> None:
    with served() as (_, address), tab(browser, address, color_scheme="light") as page:
        log_in(page)
        page.get_by_role("button", name="Dark", exact=True).focus()
        page.keyboard.press("Enter")
        page.locator("html[data-theme=dark]").wait_for(state="attached")
        page.goto("/orders")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 22, 29)"
        assert page.get_by_role("button", name="Dark", exact=True).get_attribute("aria-pressed") == "true"
