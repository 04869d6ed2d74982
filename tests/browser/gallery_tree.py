"""Writes what a screen reader finds on the page of all components: `python -m tests.browser.gallery_tree`."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.stage import chromium, served, tab

if TYPE_CHECKING:
    from playwright.sync_api import Page

TREE = Path(__file__).parent / "gallery.yaml"


def tree(page: "Page") -> str:
    """The components by their roles, names and states."""
    page.goto("/gallery")
    return f"{page.locator('main').aria_snapshot()}\n"


def main() -> None:
    with served(gallery=True) as (_, address), chromium() as browser, tab(browser, address) as page:
        TREE.write_text(tree(page), encoding="utf-8")


if __name__ == "__main__":
    main()
