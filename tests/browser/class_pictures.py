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
learners: [Ann Lee, Ben Ode, Carla Diaz, Dov Levi, Eva Nowak, Femi Ade, Gita Rao, Hugo Silva, Ida Berg, Jan Novak,
           Kim Park, Lea Fink, Mia Rossi, Nils Dahl, Olga Petrova, Pia Koch, Quinn Ray, Rosa Vega, Sam Cole, Tina Wolf,
           Uma Shah, Vera Lind, Wim Bos, Xia Chen, Yara Haddad, Zoe Grant, Aki Mori, Bela Toth, Cora Hale, Dan Price]
"""

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
}  # fmt: skip


def take(browser: "Browser", served: "ServedClassroom") -> None:
    """A learner at a console in light and dark and on a phone, and the teacher's pages."""
    for who, name in (("ann-lee", "from-order-to-level"), ("ben-ode", "what-is-licensed")):
        begun = served.room.lab(who, name)
        assert begun is not None
        begun.overview()
    lab = "/learn/from-order-to-level?pane=R1"
    with learner(browser, served, "ann-lee") as page:
        page.goto(lab)
        page.locator("[data-pane].console-pane").click()
        page.keyboard.press("Enter")
        page.locator("[data-prompt]", has_text=">").wait_for()
        page.keyboard.type("enable\nshow license udi\n")
        page.locator("[data-text]").get_by_text("Device#").first.wait_for()
        page.keyboard.type("show lic")
        page.screenshot(path=PICTURES / "classroom-lab.png")
        page.goto("/learn/from-order-to-level?pane=portal")
        page.frame_locator("iframe").get_by_role("heading", name="Overview").wait_for()
        page.screenshot(path=PICTURES / "classroom-portal.png")
    with learner(browser, served, "ann-lee", color_scheme="dark") as page:
        page.goto(lab)
        page.get_by_text("Connected to con 0").wait_for()
        page.screenshot(path=PICTURES / "classroom-lab-dark.png")
    with learner(browser, served, "ben-ode", **PHONE) as page:
        page.goto("/learn/what-is-licensed")
        page.get_by_role("heading", name="Task 1").wait_for()
        page.screenshot(path=PICTURES / "classroom-phone.png")
        page.goto("/learn/what-is-licensed?pane=R1")
        page.get_by_text("Connected to con 0").wait_for()
        page.locator("[data-pane].console-pane").tap()
        page.set_viewport_size({"width": 390, "height": 500})  # what the keyboard of the phone leaves
        page.keyboard.type("\nenable\nshow license udi\n")
        page.locator("[data-text]").get_by_text("Device#").first.wait_for()
        page.screenshot(path=PICTURES / "classroom-phone-console.png")
    _wall(browser, served)


def _wall(browser: "Browser", served: "ServedClassroom") -> None:
    """The wall, where some work, one is stuck, and others are to come."""
    for each in served.room.learners()[2:9]:
        lab = served.room.lab(each.id, "what-is-licensed")
        assert lab is not None
        lab.overview()
    with learner(browser, served, "carla-diaz") as page, learner(browser, served, TEACHER) as wall:
        page.goto("/learn/what-is-licensed?pane=R1")
        page.get_by_text("Connected to con 0").wait_for()
        page.locator("[data-pane].console-pane").click()
        page.keyboard.type("\nshow licence\nshow licence\nshow licence\n")
        wall.get_by_text("same refusal 3 times").wait_for()
        wall.set_viewport_size({"width": 1280, "height": 720})
        wall.screenshot(path=PICTURES / "classroom-wall.png")
        wall.set_viewport_size({"width": 1920, "height": 1080})
        wall.goto("/class/wall?view=projector")
        wall.get_by_text("same refusal 3 times").wait_for()
        wall.screenshot(path=PICTURES / "classroom-projector.png")
        wall.set_viewport_size({"width": 1280, "height": 800})
        wall.goto("/class/links")
        wall.screenshot(path=PICTURES / "classroom-links.png")
        wall.goto("/class/wall")
        wall.get_by_role("link", name="Carla Diaz").first.click()
        wall.get_by_text("Watching con 0").wait_for()
        wall.screenshot(path=PICTURES / "classroom-watch.png")


def main() -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "class.yaml"
        file.write_text(CLASS, encoding="utf-8")
        with served_class(read_class(file), Path(folder)) as served, chromium() as browser:
            take(browser, served)


if __name__ == "__main__":
    main()
