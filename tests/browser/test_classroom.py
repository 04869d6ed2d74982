"""A class in the system's Chromium: a lab by keyboard alone, a phone, a restarted server, every page on each screen."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from emulator.labs.class_file import TEACHER
from emulator.runtime.classroom.serving import ServedClassroom
from tests.browser.accessible import violations
from tests.browser.classroom import learner, served_class
from tests.unit.runtime.classroom.place import plan_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PANE = "R1 con 0: Enter to type, Shift+Tab to leave"


@pytest.fixture(scope="module")
def here() -> Iterator[ServedClassroom]:
    with served_class() as served:
        yield served


COUNT_KEYS = """() => {
    window.keys = 0;
    const socket = document.querySelector("[data-console]").console.link.socket, send = socket.send.bind(socket);
    socket.send = (text) => { window.keys += JSON.parse(text).type === "keys"; send(text); };
}"""


def tab_to(page: "Page", name: str) -> None:
    """Press Tab until the element of a name has the focus."""
    active = "(document.activeElement.getAttribute('aria-label') || document.activeElement.labels?.[0]?.textContent"
    for _ in range(60):
        if page.evaluate(f"{active} || document.activeElement.textContent).trim()") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {name}")


def prompts(page: "Page", prompt: str) -> None:
    page.locator("[data-prompt]", has_text=prompt).wait_for()


def wanted_name(page: "Page") -> str:
    """The name that the task asks for."""
    return page.locator(".task .prose code").inner_text()


def test_a_lab_is_done_by_keyboard_alone(here: ServedClassroom, browser: "Browser") -> None:
    with learner(browser, here) as page:
        tab_to(page, "A name for the router")
        page.keyboard.press("Enter")
        page.get_by_text("Connected to con 0").wait_for()
        page.get_by_text("Task 1 of 1, 0 of 100 points").wait_for()
        tab_to(page, "Hint (free)")
        page.keyboard.press("Enter")
        page.get_by_text("What comes before the prompt?").wait_for()
        page.get_by_text("Connected to con 0").wait_for()
        tab_to(page, PANE)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        for prompt, line in (
            ("start>", "enable"),
            ("start#", "configure terminal"),
            ("(config)#", f"hostname {wanted_name(page)}"),
        ):
            prompts(page, prompt)
            page.keyboard.type(line)
            page.keyboard.press("Enter")
        page.get_by_text("Task 1 of 1, 60 of 100 points").wait_for()  # told without being asked
        page.keyboard.type("do show version | include board")
        page.keyboard.press("Enter")
        shown = page.locator("[data-text]").get_by_text("Processor board ID")
        shown.wait_for()
        serial = page.locator("[data-text]").inner_text().split("Processor board ID ")[1].split()[0]
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        page.goto(page.url)
        tab_to(page, "What is the serial number of R1?")
        page.keyboard.type(serial)
        page.keyboard.press("Enter")
        page.get_by_text("All tasks done, 100 of 100 points").wait_for()
        page.get_by_text("The name is in the configuration.").wait_for()
        assert "Nobody but a teacher reads this" not in page.content()
        page.get_by_text("Connected to con 0").wait_for()


COLUMNS = """() => {
    const text = document.querySelector("[data-text]"), probe = document.createElement("span");
    probe.textContent = "0".repeat(80);
    text.append(probe);
    const columns = Math.floor(80 * text.clientWidth / probe.getBoundingClientRect().width);
    probe.remove();
    return columns;
}"""


def test_a_console_beside_the_text_of_a_lab_has_the_columns_of_a_router(
    here: ServedClassroom, browser: "Browser"
) -> None:
    with learner(browser, here) as page:
        page.goto("/learn/naming")
        assert page.evaluate(COLUMNS) >= 80


def test_a_closed_portal_is_shown_when_it_opens(tmp_path: Path, browser: "Browser") -> None:
    plan = plan_in(tmp_path)
    page_of_lab = tmp_path / "naming.md"
    closing = "prelude:\n  - bench: server portal closed 2h\n"
    page_of_lab.write_text(page_of_lab.read_text(encoding="utf-8").replace("prelude:\n", closing), encoding="utf-8")
    with served_class(plan, tmp_path) as served, learner(browser, served) as page:
        page.goto("/learn/naming")
        page.goto("/learn/naming?pane=portal")
        portal = page.frame_locator("iframe")
        portal.get_by_text("The portal is closed until Mon 2010-03-01 11:00").wait_for()
        portal.get_by_role("link", name="Try again").click()
        portal.get_by_text("The portal is closed until Mon 2010-03-01 11:00").wait_for()
        bench = page.context.new_page()
        bench.goto("/learn/naming?pane=bench")
        bench.get_by_text("Connected to bench").wait_for()
        bench.locator("[data-pane].console-pane").click()
        bench.keyboard.type("advance 2h\n")
        portal.get_by_role("heading", name="Overview").wait_for()


def test_the_teacher_watches_steps_in_and_sends_a_note(here: ServedClassroom, browser: "Browser") -> None:
    with learner(browser, here, "ben") as ben, learner(browser, here, TEACHER) as teacher:
        ben.goto("/learn/naming")
        ben.get_by_text("Connected to con 0").wait_for()
        ben.locator("[data-pane].console-pane").click()
        ben.keyboard.press("Enter")
        prompts(ben, "start>")
        for _ in range(3):
            ben.keyboard.type("shwo version\n")
        teacher.get_by_text("Needs help").wait_for()
        teacher.get_by_text("same refusal 3 times").wait_for()
        tab_to(teacher, "Log out")
        while not teacher.locator(".seats a:focus").count():
            teacher.keyboard.press("Tab")
        teacher.keyboard.press("ArrowRight")
        teacher.keyboard.press("Enter")
        teacher.get_by_role("heading", name="Ben").wait_for()
        teacher.get_by_text("Watching con 0").wait_for()
        ben.get_by_text("1 page watches.").wait_for()
        teacher.locator("[data-text]").get_by_text("shwo version").first.wait_for()
        teacher.get_by_label("Note").fill("The command is show.")
        teacher.get_by_role("button", name="Send note").click()
        ben.get_by_text("The command is show.").wait_for()
        teacher.get_by_role("link", name="Step in").click()
        teacher.get_by_text("Connected to con 0").wait_for()
        ben.get_by_text("This session goes on in another page.").wait_for()
        teacher.locator("[data-pane].console-pane").click()
        teacher.keyboard.type("enable\n")
        prompts(teacher, "start#")
        teacher.get_by_role("link", name="Wall").click()
        teacher.get_by_role("button", name="Freeze class").click()
        ben.get_by_text("Your teacher has stopped the class.").wait_for()
        ben.get_by_role("button", name="Take over").click()
        ben.get_by_text("This line is stopped. Keys are dropped until it goes on.").wait_for()
        ben.locator("[data-pane].console-pane").click()
        ben.evaluate(COUNT_KEYS)
        ben.keyboard.type("disable\n")
        assert ben.evaluate("window.keys") == 0, "what is on its way when the class goes on would be heard"
        teacher.get_by_role("button", name="Continue class").click()
        ben.get_by_text("This line takes keys again.").wait_for()
        ben.keyboard.press("Enter")  # messages of the boot may have taken the place of the prompt
        prompts(ben, "start#")
        ben.keyboard.type("show privilege\n")
        ben.locator("[data-text]").get_by_text("Current privilege level is 15").wait_for()


def test_a_phone_shows_one_thing_at_a_time(here: ServedClassroom, browser: "Browser") -> None:
    phone = {"viewport": {"width": 375, "height": 720}, "is_mobile": True, "has_touch": True}
    with learner(browser, here, "ben", **phone) as page:
        page.get_by_role("link", name="A name for the router").tap()
        page.get_by_role("heading", name="Task 1").wait_for()
        page.locator("[data-pane].console-pane").wait_for(state="hidden")
        page.get_by_role("link", name="R1", exact=True).tap()
        page.get_by_text("Connected to con 0").wait_for()
        page.get_by_role("heading", name="Task 1").wait_for(state="hidden")
        page.get_by_text("Task 1 of 1, 0 of 100 points").wait_for()
        here.room.write_note("ben", "Look at the prompt.")
        page.get_by_text("Look at the prompt.").wait_for()
        page.get_by_role("link", name="Lab").tap()
        page.get_by_role("heading", name="Task 1").wait_for()
        here.room.write_note("ben", "")


def test_the_page_goes_on_after_the_server_was_started_anew(browser: "Browser", tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    with ExitStack() as tabs:
        with served_class(plan, tmp_path) as served:
            port = served.site.port
            page = tabs.enter_context(learner(browser, served, goes_away=True))
            page.goto("/learn/naming")
            page.get_by_text("Connected to con 0").wait_for()
            page.get_by_role("group", name=PANE).press("Enter")
            page.keyboard.press("Enter")
            prompts(page, "start>")
        page.get_by_text("Connection lost").or_(page.get_by_text("The session has ended")).first.wait_for()
        with served_class(plan, tmp_path, port):
            page.evaluate("document.querySelector('[data-told] button')?.click()")  # unless it is there again already
            page.get_by_text("Connected to con 0").wait_for()
            page.get_by_label("What is the serial number of R1?").fill("FTX0000AAAA")
            page.get_by_role("button", name="Answer").click()
            page.get_by_text("Answered: SERIAL is FTX0000AAAA.").wait_for()
            page.get_by_text("Connected to con 0").wait_for()


@pytest.fixture(scope="module")
def tabs(here: ServedClassroom, browser: "Browser") -> "Iterator[dict[str, Page]]":
    """A tab of a learner, and one of the teacher."""
    with learner(browser, here, "ben") as ben, learner(browser, here, TEACHER) as teacher:
        yield {"ben": ben, TEACHER: teacher}


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("ben", "/learn"),
        ("ben", "/learn/naming"),
        ("ben", "/learn/naming?pane=bench"),
        ("ben", "/learn/naming?pane=lab"),
        ("ben", "/learn/naming?pane=portal"),
        ("ben", "/learn/naming/portal/devices"),
        ("ben", "/learn/nothing"),
        ("ben", "/learn/naming/solve"),
        (TEACHER, "/class/learners"),
        (TEACHER, "/class/wall"),
        (TEACHER, "/class/wall?view=projector"),
        (TEACHER, "/class/gradebook"),
        (TEACHER, "/class/learners/ben/naming"),
        (TEACHER, "/class/links"),
        (TEACHER, "/log-in"),
    ],
)
def test_every_page_on_every_screen(who: str, address: str, tabs: "dict[str, Page]") -> None:
    assert list(violations(tabs[who], address)) == []
