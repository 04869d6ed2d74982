"""All components on one page: what a screen reader finds, forced colours, and letters that are twice as large."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.gallery_tree import TREE, tree
from tests.browser.measured import GAP, MEASURE
from tests.browser.stage import CHROMIUM, FLAGS, log_in, served, tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

UNMARKED = """() => {
    const borders = (style) => ["Top", "Bottom", "Left"].some((side) => parseFloat(style[`border${side}Width`]) > 0);
    const parts = "button:not(.link), .button, [aria-current], .told, .badge, .field input[type=text], select";
    return [...document.querySelectorAll(parts)]
        .filter((each) => each.checkVisibility() && each.getBoundingClientRect().width > 1)
        .filter((each) => !borders(getComputedStyle(each)) && !each.querySelector("svg"))
        .map((each) => each.outerHTML.slice(0, 80));
}"""
"""Controls, states and notices that colour alone would set apart: without a border and without an icon."""


CURRENT = """() => {
    const bar = (each) => getComputedStyle(each).borderBottom;
    return [...document.querySelectorAll("nav [aria-current]")].filter((each) => each.checkVisibility())
        .map((each) => [bar(each), ...[...each.closest("ul, nav").querySelectorAll("a:not([aria-current])")].map(bar)]);
}"""
"""The bar of each entry of a menu that is current, and those of the others beside it."""


def test_a_screen_reader_finds_what_it_found_before_and_forced_colours_hide_nothing(browser: "Browser") -> None:
    with served(gallery=True) as (_, address), tab(browser, address) as page:
        assert tree(page) == TREE.read_text("utf-8"), "if this is right: python -m tests.browser.gallery_tree"
        page.emulate_media(forced_colors="active")
        assert page.evaluate(UNMARKED) == []
        page.locator("main button").first.focus()
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        log_in(page)
        page.goto("/devices")
        menus = page.evaluate(CURRENT)
        assert menus
        for current, *others in menus:
            assert current not in others


def test_letters_may_be_twice_as_large(browser: "Browser", tmp_path: Path) -> None:
    wish = {"webkit": {"webprefs": {"default_font_size": 32}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(wish))
    with served(gallery=True) as (_, address):
        context = browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=CHROMIUM, args=FLAGS, base_url=address, viewport={"width": 1280, "height": 800}
        )
        page = context.new_page()
        log_in(page)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        for path in ("/", "/gallery", "/devices", "/register"):
            page.goto(path)
            assert page.evaluate(MEASURE, GAP) == [], path
        context.close()
