"""Pages are found in their files; what is wrong with one is told when the portal starts."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from jinja2 import meta

from emulator.kernel.errors import DataFileError
from emulator.transports.portal.web import frame, pages
from emulator.transports.portal.web.discovery import load_pages, menu_of
from emulator.transports.portal.web.drawing import TEMPLATES, Template, environment
from emulator.transports.portal.web.template_checks import check_templates
from tests.unit.transports.portal.lab import Portal

HEAD = """
from emulator.transports.portal.web.drawing import Template
from emulator.transports.portal.web.page import MenuEntry, PageRoute

def show(page):
    return page.draw(MAIL_PAGE)

MAIL_PAGE = Template("mail.html")
"""


class Planted:
    """A package of pages under a name of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "planted_pages"
        self.folder.mkdir()
        (self.folder / "__init__.py").touch()

    def file(self, name: str, text: str) -> "Planted":
        (self.folder / name).write_text(HEAD + text)
        return self

    def load(self) -> ModuleType:
        return importlib.import_module("planted_pages")


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Planted]:
    monkeypatch.syspath_prepend(str(tmp_path))
    yield Planted(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "planted_pages"]:
        del sys.modules[name]


def test_a_new_file_is_found_with_its_entry_in_the_menu(planted: Planted) -> None:
    planted.file("zoo.py", 'PAGES = (PageRoute("/zoo/{name:path}", show), PageRoute("/zoo/{name}/cage", show))')
    planted.file(
        "ants.py",
        'PAGES = (PageRoute("/zoo/{name}", show, menu=MenuEntry("Zoo", 2)), PageRoute("/zoo/map", show), '
        'PageRoute("/ants", show, operator=True, menu=MenuEntry("Ants", 1)))',
    )
    found = load_pages(planted.load())
    paths = ["/ants", "/zoo/map", "/zoo/{name}", "/zoo/{name}/cage", "/zoo/{name:path}"]
    assert [page.path for page in found] == paths
    assert [(link.address, link.title, link.operator) for link in menu_of(found)] == [
        ("/ants", "Ants", True), ("/zoo/{name}", "Zoo", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('OTHER = Template("mial.html")\nPAGES = (PageRoute("/zoo", show),)',
         "{file}:OTHER: there is no template mial.html. Did you mean mail.html?"),
        ("", "{file}:PAGES: a file of pages lists its pages here"),
        ('PAGES = (PageRoute("/ants", show),)', "{file}:/ants: this address is a page of {other} already"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_at_start(planted: Planted, text: str, problem: str) -> None:
    planted.file("ants.py", 'PAGES = (PageRoute("/ants", show),)').file("zoo.py", text)
    with pytest.raises(DataFileError) as caught:
        load_pages(planted.load())
    assert str(caught.value) == problem.format(file=planted.folder / "zoo.py", other=planted.folder / "ants.py")


@pytest.mark.parametrize(
    ("file", "right", "wrong", "problem"),
    [
        ("mail.html", '"base.html"', '"bas.html"', "there is no template bas.html. Did you mean base.html?"),
        ("mail.html", '"parts.html"', '"part.html"', "there is no template part.html. Did you mean parts.html?"),
        ("mail.html", "import pager, ", "import pagers, ", "there is no macro pagers. Did you mean pager?"),
        ("mail.html", "| moment", "| momnt", "there is no filter momnt. Did you mean moment?"),
        ("mail.html", "{% extends", "{% extend", "Encountered unknown tag 'extend'."),
        ("base.html", "{% block", "{% block{", "expected token 'name', got '{'"),
    ],
)
def test_a_wrong_template_is_told_with_file_and_line(
    tmp_path: Path, file: str, right: str, wrong: str, problem: str
) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    text = (folder / file).read_text()
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1))
    with pytest.raises(DataFileError) as caught:
        check_templates(environment(), folder)
    told = str(caught.value)
    line = text[: text.index(right)].count("\n") + 1
    assert told.startswith(f"{folder / file}:line {line}: ")
    assert problem in told


def test_every_template_can_be_read_and_every_one_is_drawn() -> None:
    assert load_pages(pages), "all are loaded"
    modules = [module for name, module in sys.modules.items() if name.startswith(frame.__package__)]
    used = {value.file for module in modules for value in vars(module).values() if isinstance(value, Template)}
    for file in sorted(path.name for path in TEMPLATES.glob("*.html")):
        tree = environment().parse((TEMPLATES / file).read_text(), file)
        used |= {name for name in meta.find_referenced_templates(tree) if name}
    assert used == {path.name for path in TEMPLATES.glob("*.html")}


def test_every_entry_of_the_menu_has_its_own_title_and_rank() -> None:
    entries = [page.menu for page in load_pages() if page.menu is not None]
    assert entries
    for words in ([entry.title for entry in entries], [entry.rank for entry in entries]):
        assert len(set(words)) == len(words)


def test_the_menu_is_that_of_who_is_logged_in(portal: Portal) -> None:
    portal.account("ann")
    menu = menu_of(load_pages())
    for user, links in (("lab", menu), ("ann", [link for link in menu if not link.operator])):
        page = portal.browser().log_in(user).open("/").page
        assert page.xpath("//nav[@class='main']//a/@href") == [link.address for link in links]
