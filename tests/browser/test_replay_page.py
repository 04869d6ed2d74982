"""The page of a replay in a browser without network: light, dark, and at the width of a phone."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from emulator.cli.main import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pages") / "rehost.html"
    assert main(["run", "rehost", "--quiet", "--html", str(file)]) == 0
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_replay_is_read_without_a_network(
    browser: "Browser", page_file: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
    page, asked, wrong = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(page_file.as_uri())
    assert asked == [page_file.as_uri()]
    assert wrong == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".timeline .grace-period").first.is_visible()
    page.locator("summary").first.click()
    assert page.locator(".letter pre").first.is_visible()
    background, text = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert (_light(background), _light(text)) == ((scheme == "light"), (scheme == "dark"))
    context.close()


def _light(color: str) -> bool:
    return sum(int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(",")) > 3 * 128
