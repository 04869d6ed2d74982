"""Checks of a page on every screen: without a violation that axe finds, and nothing beside the screen."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Page


class Screen(NamedTuple):
    """A screen that pages are looked at on; not on each is axe asked, for it takes a second a page."""

    width: int
    height: int
    scheme: Literal["light", "dark"]
    axe: bool


SCREENS = (
    Screen(1280, 800, "light", axe=True),
    Screen(1280, 720, "dark", axe=False),
    Screen(736, 600, "light", axe=False),  # the portal beside a lab
    Screen(375, 720, "dark", axe=True),
    Screen(320, 640, "light", axe=False),
)

BESIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OVER_THE_EDGE = """() => [...document.querySelectorAll(".sheet, .task")]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent.trim().slice(0, 40))"""
"""Cards whose content goes on over their edge, onto their neighbor."""

SMALL = """() => [...document.querySelectorAll("button, .button, summary")]
    .filter(each => each.offsetHeight > 0 && each.offsetHeight < 24).map(each => each.textContent.trim())"""

MISNAMED = r"""() => {
    const words = (text) => text.trim().replace(/\s+/g, " ").replace(/ ×$/, "").toLowerCase();
    return [...document.querySelectorAll("a[aria-label], button[aria-label]")]
        .filter((each) => each.checkVisibility() && /[a-z]{3}/i.test(each.innerText))
        .filter((each) => !words(each.ariaLabel).includes(words(each.innerText)))
        .map((each) => `${each.ariaLabel} (${each.innerText})`);
}"""
"""Controls whose name does not have what stands on them, so that who speaks to the machine cannot press them."""


@cache
def _axe() -> "Axe":
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


def violations(page: "Page", address: str, screens: Sequence[Screen] = SCREENS) -> Iterator[str]:
    """List the faults of a page on any of some screens."""
    page.goto(address)
    for screen in screens:
        page.emulate_media(
            color_scheme=screen.scheme, reduced_motion="reduce"
        )  # a colour on its way has another contrast
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        at = f"{address} at {screen.width}, {screen.scheme}:"
        if screen.axe:
            for rule in _axe().run(page).response["violations"]:
                yield f"{at} {rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'])}"
        if (wide := page.evaluate(BESIDE)) > 0:
            yield f"{at} {wide} pixels lie beside the screen"
        for card in page.evaluate(OVER_THE_EDGE):
            yield f"{at} goes over its edge: {card}"
        for name in page.evaluate(MISNAMED):
            yield f"{at} what stands on it is not in its name: {name}"
        for small in page.evaluate(SMALL):
            yield f"{at} too small to be tapped: {small}"
