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
from emulator.transports.portal.web import pages
from emulator.transports.portal.web.all_pages import portal_pages
from emulator.transports.portal.web.page import TEMPLATES, PortalPage, portal_drawing
from emulator.transports.portal.web.pages.mail import MAIL_PAGE
from emulator.transports.portal.web.pages.orders import ORDERS_PAGE, PAK_PAGE
from emulator.transports.web.discovery import load_pages
from emulator.transports.web.drawing import COMPONENTS, Drawing, Template
from emulator.transports.web.frame import PROBLEM_PAGE
from emulator.transports.web.route import menu_for, menu_of
from emulator.transports.web.template_checks import check_templates
from tests.unit.transports.portal.lab import Portal

DRAWN: list[Template[...]] = [MAIL_PAGE, PAK_PAGE, ORDERS_PAGE, PROBLEM_PAGE]

HEAD = """
from emulator.transports.web.drawing import NoFacts, Template
from emulator.transports.web.route import MenuEntry, PageRoute

def show(page):
    return page.draw(MAIL_PAGE)

MAIL_PAGE = Template("log_in.html", NoFacts)
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
        'PAGES = (PageRoute("/zoo/{name}", show, menu=MenuEntry("Zoo", 2)), '
        'PageRoute("/zoo/map", show, menu=MenuEntry("Map", 3, "Visit")), '
        'PageRoute("/ants", show, operator=True, menu=MenuEntry("Ants", 1, "Visit")))',
    )
    found = load_pages(planted.load(), portal_drawing())
    paths = ["/ants", "/zoo/map", "/zoo/{name}", "/zoo/{name}/cage", "/zoo/{name:path}"]
    assert [page.path for page in found] == paths
    menu = menu_of(found)
    assert [(group.title, [(link.title, link.operator) for link in group.links]) for group in menu] == [
        ("Visit", [("Ants", True), ("Map", False)]),
        ("Zoo", [("Zoo", False)]),
    ]
    assert [[link.address for link in group.links] for group in menu_for(menu, operator=False)] == [
        ["/zoo/map"],
        ["/zoo/{name}"],
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('OTHER = Template("mial.html", NoFacts)\nPAGES = (PageRoute("/zoo", show),)',
         "{file}:OTHER: there is no template mial.html. Did you mean mail.html?"),
        ("", "{file}:PAGES: a file of pages lists its pages here"),
        ('PAGES = (PageRoute("/ants", show),)', "{file}:/ants: this address is a page of {other} already"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_at_start(planted: Planted, text: str, problem: str) -> None:
    planted.file("ants.py", 'PAGES = (PageRoute("/ants", show),)').file("zoo.py", text)
    with pytest.raises(DataFileError) as caught:
        load_pages(planted.load(), portal_drawing())
    assert str(caught.value) == problem.format(file=planted.folder / "zoo.py", other=planted.folder / "ants.py")


@pytest.mark.parametrize(
    ("file", "right", "wrong", "problem"),
    [
        ("mail.html", '"base.html"', '"bas.html"', "there is no template bas.html. Did you mean base.html?"),
        ("pak.html", '"parts.html"', '"part.html"', "there is no template part.html. Did you mean parts.html?"),
        ("mail.html", "counted, pager ", "counted, pagers ", "there is no macro pagers. Did you mean pager?"),
        ("mail.html", "| moment", "| momnt", "there is no filter momnt. Did you mean moment?"),
        ("mail.html", "letters.rows", "leters.rows", "the page is not drawn with leters. Did you mean letters?"),
        ("pak.html", "{{ pak.desc", "{{ pka.desc", "the page is not drawn with pka. Did you mean pak?"),
        ("base.html", "{% block", "{{ pgae.theme }}{% block", "the page is not drawn with pgae. Did you mean page?"),
        (
            "pak.html",
            "{{ pak.desc",
            "{{ pak.dsec",
            "attribute of PakAnswer 'dsecription'. Did you mean description?",
        ),
        ("pak.html", "row.created", "row.creted", "unknown attribute of PakDevice 'creted'. Did you mean created?"),
        ("parts.html", "row.license ", "row.licnse ", "unknown attribute of PakDevice 'licnse'. Did you mean license?"),
        ("base.html", "page.today", "page.tody", "unknown attribute of PortalPage 'tody'. Did you mean today?"),
        ("orders.html", '"sku") |', '"skuu") |', "unknown attribute of Product 'skuu'. Did you mean sku?"),
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
        check_templates(
            Drawing(folder, PortalPage, {"product_choice": str}), [MAIL_PAGE, PAK_PAGE, ORDERS_PAGE, PROBLEM_PAGE]
        )
    told = str(caught.value)
    line = text[: text.index(right)].count("\n") + 1
    assert told.startswith(f"{folder / file}:line {line}: ")
    assert problem in told


def test_every_template_can_be_read_and_every_one_is_drawn() -> None:
    assert load_pages(pages, portal_drawing()), "all are loaded"
    drawing = portal_drawing()
    rooms = ("emulator.transports.portal", "emulator.transports.web.")
    modules = [module for name, module in sys.modules.items() if name.startswith(rooms)]
    used = {value.file for module in modules for value in vars(module).values() if isinstance(value, Template)}
    for file in drawing.files.values():
        tree = drawing.environment.parse(file.read_text(), file.name)
        used |= {name for name in meta.find_referenced_templates(tree) if name}
    assert used == set(drawing.files)
    assert not {file.name for file in TEMPLATES.glob("*.html")} & {file.name for file in COMPONENTS.glob("*.html")}


def test_every_entry_of_the_menu_has_its_own_title_and_rank() -> None:
    entries = [page.menu for page in portal_pages() if page.menu is not None]
    assert entries
    for words in ([entry.title for entry in entries], [entry.rank for entry in entries]):
        assert len(set(words)) == len(words)


def test_the_menu_is_that_of_who_is_logged_in(portal: Portal) -> None:
    portal.account("ann")
    menu = menu_of(portal_pages())
    for user in ("lab", "ann"):
        groups = menu_for(menu, operator=user == "lab")
        page = portal.browser().log_in(user).open("/").page
        phone, wide = (page.xpath(f"//nav[@class='main {width}']")[0] for width in ("phone", "wide"))
        assert phone.xpath(".//a/@href") == [link.address for group in groups for link in group.links]
        assert wide.xpath("./ul[1]//a/text()") == [group.title for group in groups]


def test_on_every_page_of_the_menu_entry_heading_and_title_are_the_same(portal: Portal) -> None:
    browser = portal.browser().log_in("lab")
    for group in menu_of(portal_pages()):
        for link in group.links:
            page = browser.open(link.address).page
            assert "".join(page.xpath("//h1//text()")) == link.title
            assert page.xpath("string(//title)").partition(" – ")[0] == link.title
            assert page.xpath("//nav[@class='main wide']//ul[2]//a[@aria-current='page']/text()") == [link.title]
            assert page.xpath("//nav[@class='main wide']//ul[1]//a[@aria-current]/text()") == [group.title]
