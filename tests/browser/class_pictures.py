"""Takes the pictures of a class that stand in `docs/pictures`: `python -m tests.browser.class_pictures`."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from emulator.labs.class_file import TEACHER, read_class
from tests.browser.classroom import learner, served_class
from tests.browser.stage import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from emulator.runtime.classroom.serving import ServedClassroom

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"

CLASS = """name: monday
title: Branch routers, first day
labs: [what-is-licensed, from-order-to-level]
learners: [Ann Lee, Ben Ode, Carla Diaz]
"""

PHONE: dict[str, Any] = {"viewport": {"width": 375, "height": 720}, "device_scale_factor": 2, "is_mobile": True}


def take(browser: "Browser", served: "ServedClassroom") -> None:
    """A learner at a console in light and dark and on a phone, and the teacher's list."""
    lab = "/learn/from-order-to-level?pane=R1"
    with learner(browser, served, "ann-lee") as page:
        page.goto(lab)
        page.locator("[data-pane].console-pane").click()
        page.keyboard.press("Enter")
        page.locator("[data-prompt]", has_text="Router>").or_(
            page.locator("[data-prompt]", has_text=">")
        ).first.wait_for()
        page.keyboard.type("enable\nshow license udi\n")
        page.locator("[data-text]").get_by_text("CISCO88").first.wait_for()
        page.keyboard.type("show lic")
        page.screenshot(path=PICTURES / "classroom-lab.png")
    with learner(browser, served, "ann-lee", color_scheme="dark") as page:
        page.goto(lab)
        page.get_by_text("Connected to con 0").wait_for()
        page.screenshot(path=PICTURES / "classroom-lab-dark.png")
    with learner(browser, served, "ben-ode", **PHONE) as page:
        page.goto("/learn/what-is-licensed")
        page.get_by_role("heading", name="Task 1").wait_for()
        page.screenshot(path=PICTURES / "classroom-phone.png")
    with learner(browser, served, TEACHER) as page:
        page.goto("/class")
        page.screenshot(path=PICTURES / "classroom-learners.png")


def main() -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "class.yaml"
        file.write_text(CLASS, encoding="utf-8")
        with served_class(read_class(file), Path(folder)) as served, chromium() as browser:
            take(browser, served)


if __name__ == "__main__":
    main()
