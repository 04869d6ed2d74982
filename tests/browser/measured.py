"""Places of what a page shows, measured on every width: nothing is cut, no columns touch, a UDI stays whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Width(NamedTuple):
    """A screen, and the size of its letters in per cent."""

    width: int
    height: int
    letters: int = 100


WIDTHS = (Width(320, 640), Width(390, 844), Width(768, 1024), Width(1280, 800), Width(1920, 1080, 150))
"""A small and a usual phone, a tablet, a desk, and a projector with large letters."""

GAP = 16
"""Pixels that stand at least between the texts of two columns."""

MEASURE = (Path(__file__).parent / "measured.js").read_text("utf-8")


def misplaced(page: "Page", address: str) -> Iterator[str]:
    """List what is not where it should be on a page, on each width."""
    page.goto(address)
    for width, height, letters in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("letters => { document.documentElement.style.fontSize = `${letters}%`; }", letters)
        for each in page.evaluate(MEASURE, GAP):
            yield f"{address} at {width}: {each}"
        if width < 640:
            head = page.locator("main").bounding_box()
            assert head is not None
            if head["y"] > 110:
                yield f"{address} at {width}: the head takes {head['y']} pixels"
