"""The templates of a class: each can be read, and every one is drawn by a page or taken by another template."""

import sys

from jinja2 import meta

from emulator.transports.classroom.app import class_pages
from emulator.transports.classroom.face import TEMPLATES, class_drawing
from emulator.transports.web.drawing import COMPONENTS, Template


def test_every_template_is_drawn() -> None:
    assert class_pages()
    drawing = class_drawing()
    modules = [module for name, module in sys.modules.items() if name.startswith("emulator.transports.classroom")]
    used = {value.file for module in modules for value in vars(module).values() if isinstance(value, Template)}
    for file in drawing.files.values():
        used |= {name for name in meta.find_referenced_templates(drawing.environment.parse(file.read_text())) if name}
    own = {file.name for file in TEMPLATES.glob("*.html")}
    assert own - used == set()
    assert not own & {file.name for file in COMPONENTS.glob("*.html")}


def test_every_entry_of_the_menu_has_its_own_title_and_rank() -> None:
    entries = [route.menu for route in class_pages() if route.menu is not None]
    assert len({entry.title for entry in entries}) == len({entry.rank for entry in entries}) == len(entries)
