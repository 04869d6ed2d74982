"""Consoles in the system's Chromium: by mouse, by keyboard alone, pasting, a phone, a dropped line, announcements."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.accessible import violations
from tests.browser.stage import log_in, tab
from tests.browser.world import console, served_world
from tests.unit.transports.web_console.place import Place

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def here() -> Iterator[Place]:
    with served_world("R1") as found:
        yield found


def shows(page: "Page", text: str) -> None:
    page.locator("[data-text]").get_by_text(text).last.wait_for()


def prompts(page: "Page", prompt: str) -> None:
    """Wait for a prompt. Asked by a locator: the pages let nobody evaluate text as a program."""
    page.locator("[data-prompt]", has_text=prompt).wait_for()


def logged_in(page: "Page") -> None:
    page.locator("[data-pane]").click()
    page.keyboard.press("Enter")
    for prompt, answer in (("Username:", "admin"), ("Password:", "lab")):
        prompts(page, prompt)
        page.keyboard.type(answer)
        page.keyboard.press("Enter")
    prompts(page, "R1#")


def line(page: "Page", text: str) -> None:
    """Wait until this is the typed line."""
    from playwright.sync_api import expect

    expect(page.locator("[data-line]")).to_have_value(text)


def test_from_the_list_of_routers_by_keyboard_alone(here: Place, browser: "Browser") -> None:
    with tab(browser, here.url, ignore_https_errors=True) as page:
        log_in(page)
        page.goto("/world")
        keys = page.keyboard
        _tab_to(page, "Console of R1")
        keys.press("Enter")
        page.get_by_text("Connected to con 0").wait_for()
        _tab_to(page, "R1 con 0: Enter to type, Shift+Tab to leave")
        keys.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY", "the pane is one stop"
        keys.press("Shift+Tab")
        keys.press("Enter")
        keys.press("Enter")
        for prompt, answer in (("Username:", "admin"), ("Password:", "lab")):
            prompts(page, prompt)
            keys.type(answer)
            keys.press("Enter")
        prompts(page, "R1#")
        assert "lab" not in page.locator("[data-text]").inner_text().split("Password:")[1]
        keys.type("show privilge")
        for _ in range(2):
            keys.press("ArrowLeft")
        keys.type("e")
        line(page, "show privilege")
        keys.press("Home")
        keys.press("Control+D")
        line(page, "how privilege")
        keys.type("s")
        line(page, "show privilege")
        keys.press("Enter")
        shows(page, "Current privilege level is 15")
        keys.press("ArrowUp")
        line(page, "show privilege")
        keys.press("Control+U")
        line(page, "")
        keys.type("sh ver?")
        shows(page, "version")
        line(page, "sh ver")
        keys.press("Tab")
        line(page, "sh version ")
        keys.press("Control+C")
        line(page, "")
        keys.press("Shift+Tab")
        assert page.evaluate("'pane' in document.activeElement.dataset")
        keys.press("Shift+Tab")
        assert not page.evaluate("document.activeElement.closest('[data-pane]')")


def _tab_to(page: "Page", label: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    raise AssertionError(f"{label} is out of reach of the keyboard")


def test_two_thousand_lines_are_pasted_after_a_question(here: Place, browser: "Browser") -> None:
    with console(browser, here) as page:
        logged_in(page)
        text = "\n".join(f"! line {number}" for number in range(2000)) + "\nshow privilege\n"
        page.evaluate(PASTE, text)
        page.get_by_text("Paste 2,001 lines?").wait_for()
        page.get_by_role("button", name="Cancel").click()
        page.evaluate(PASTE, text)
        page.get_by_role("button", name="Paste").click()
        shows(page, "Current privilege level is 15")
        shown = page.locator("[data-text]").inner_text()
        assert [row for row in shown.split("\n") if "! line" in row] == [f"R1#! line {row}" for row in range(2000)]


PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text", text);
    document.querySelector("[data-line]").dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, cancelable: true, bubbles: true }));
}"""


def test_a_dropped_line_comes_back_with_what_was_typed(here: Place, browser: "Browser") -> None:
    from playwright.sync_api import expect

    with console(browser, here, "/console/R1/vty") as page:
        page.locator("[data-pane]").click()
        for prompt, answer in (("Username:", "admin"), ("Password:", "lab")):
            prompts(page, prompt)
            page.keyboard.type(answer)
            page.keyboard.press("Enter")
        prompts(page, "R1#")
        page.keyboard.type("show priv")
        line(page, "show priv")
        page.evaluate(
            "const { link } = document.querySelector('[data-console]').console; link.tries = 4; link.socket.close()"
        )
        page.get_by_text("Connection lost. Again in").wait_for()
        page.keyboard.type("ilege")
        page.get_by_role("button", name="Now").focus()
        told = page.locator("[data-told]").inner_text()
        expect(page.locator("[data-told]")).not_to_have_text(told)
        page.keyboard.press("Enter")  # the button is still there, and the keyboard at it
        page.get_by_text("Connected to vty 0").wait_for()
        page.locator("[data-pane]").click()
        line(page, "show privilege")
        page.keyboard.press("Enter")
        shows(page, "Current privilege level is 15")
        page.reload()
        shows(page, "Current privilege level is 15")
        prompts(page, "R1#")


def test_a_second_page_watches(here: Place, browser: "Browser") -> None:
    with console(browser, here) as page, tab(browser, here.url, ignore_https_errors=True) as other:
        logged_in(page)
        log_in(other)
        other.goto("/console/R1/con0")
        other.get_by_text("Another page is at this console.").wait_for()
        other.goto("/world")
        other.get_by_role("link", name="Watch R1 con 0").click()
        other.get_by_text("Watching con 0.").wait_for()
        prompts(other, "R1#")
        page.get_by_text("1 page watches.").wait_for()
        page.keyboard.type("show privilege")
        line(other, "show privilege")
        page.keyboard.press("Enter")
        shows(other, "Current privilege level is 15")
        assert other.locator("[data-line]").is_disabled()


LISTEN = """() => {
    window.spoken = [];
    const region = document.querySelector("[data-live]");
    new MutationObserver(() => { if (region.textContent) window.spoken.push(region.textContent); })
        .observe(region, { childList: true, characterData: true, subtree: true });
}"""


def test_a_screen_reader_is_told_what_comes_and_not_what_is_typed(here: Place, browser: "Browser") -> None:
    from playwright.sync_api import TimeoutError as NothingTold

    def enter(line: str, *told: str) -> None:
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        for each in told:
            page.wait_for_function("told => window.spoken.join('\\n').split('\\n').includes(told)", arg=each)

    with console(browser, here) as page:
        page.evaluate(LISTEN)
        logged_in(page)
        enter("show privilege", "Current privilege level is 15")
        enter("configure terminal", "R1(config)#")
        enter("end", "R1#")
        enter("copy running-config startup-config", "Destination filename [startup-config]?")
        enter("", "[OK]")
        page.keyboard.type("show priv?")
        page.wait_for_function("() => window.spoken.join().includes('privilege')")
        page.keyboard.press("Control+u")
        enter("terminal length 0")
        enter("show tech-support")
        page.locator("[data-live]", has_text="more lines").wait_for(state="attached")
        spoken = page.evaluate("window.spoken")
        rows = [row for each in spoken for row in each.split("\n")]
        assert rows.count("Current privilege level is 15") == 1
        assert rows.count("R1#") == 2, "a prompt is told where it is another one: at the log-in, and after `end`"
        assert (rows.count("Password:"), rows.count("lab")) == (1, 0)
        assert rows.count("[OK]") == 1
        assert not [row for row in rows if row.startswith(("R1#s", "R1#c", "R1(config)#e"))], "that was typed here"
        assert all(len(each.split("\n")) <= 21 for each in spoken)
        page.locator("[data-live]:empty").wait_for(state="attached")
        page.reload()
        shows(page, "Current privilege level is 15")
        page.evaluate(LISTEN)
        with pytest.raises(NothingTold):
            page.wait_for_function("() => window.spoken.join().includes('Current privilege level')", timeout=1500)


def test_on_a_phone_the_key_bar_types(here: Place, browser: "Browser") -> None:
    from playwright.sync_api import expect

    phone: dict[str, Any] = {"viewport": {"width": 375, "height": 720}, "is_mobile": True, "has_touch": True}
    with console(browser, here, **phone) as page:
        logged_in(page)
        page.keyboard.type("sh ver")
        page.get_by_role("button", name="Tab").tap()
        line(page, "sh version ")
        page.get_by_role("button", name="Left", exact=True).tap()
        page.get_by_role("button", name="Left", exact=True).tap()
        page.get_by_role("button", name="Ctrl", exact=True).tap()
        page.keyboard.type("u")
        line(page, "n")
        page.get_by_role("button", name="Ctrl-C").tap()
        line(page, "")
        page.get_by_role("button", name="Up").tap()
        page.get_by_role("button", name="?").tap()
        shows(page, "Exec commands:")
        page.set_viewport_size({"width": 375, "height": 400})  # what the phone's keyboard leaves
        for control in (page.get_by_role("button", name="Tab"), page.locator("[data-line]")):
            expect(control).to_be_in_viewport(ratio=1)


def test_the_pages_of_the_world_are_accessible_and_fit(here: Place, browser: "Browser") -> None:
    with console(browser, here) as page:
        logged_in(page)
        page.keyboard.type("show version")
        page.keyboard.press("Enter")
        shows(page, "Cisco IOS Software")
        told = [told for path in ("/world", "/bench", "/console/R1/con0") for told in violations(page, path)]
        assert told == []
