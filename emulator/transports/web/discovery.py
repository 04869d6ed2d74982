"""The pages of a face, found in the files of a package: a new file is a new subject, and no list names it.

Every address is one page's, and every template that a file names is there and shows what its page is drawn with;
anything else is an error when the face starts, not when somebody asks for the page.
"""

from collections.abc import Iterator, Sequence
from types import ModuleType

from emulator.kernel.errors import DataFileError, nearest
from emulator.kernel.modules import load_table, module_names
from emulator.transports.web.drawing import Drawing, Template
from emulator.transports.web.frame import PROBLEM_PAGE
from emulator.transports.web.gallery import GALLERY_PAGE
from emulator.transports.web.route import PageRoute
from emulator.transports.web.template_checks import check_templates


def load_pages(package: ModuleType, drawing: Drawing) -> tuple[PageRoute, ...]:
    """The pages in the order in which an address is looked for: fixed words before what stands for any word.

    Raises:
        DataFileError: an address stands in two files, a template is missing or wrong, or a file has no pages.
    """
    templates: list[Template[...]] = [PROBLEM_PAGE, GALLERY_PAGE]
    found: dict[str, tuple[str, PageRoute]] = {}
    for name in module_names(package):
        module = load_table(name)
        file = str(module.__file__)
        templates += _named_templates(module, file, drawing)
        routes: Sequence[PageRoute] | None = getattr(module, "PAGES", None)
        if not routes:
            raise DataFileError(file, "PAGES", "a file of pages lists its pages here")
        for route in routes:
            if route.path in found:
                raise DataFileError(file, route.path, f"this address is a page of {found[route.path][0]} already")
            found[route.path] = file, route
    check_templates(drawing, templates)
    return tuple(sorted((route for _, route in found.values()), key=_specific))


def _specific(route: PageRoute) -> list[tuple[int, str]]:
    """A word before any word, and any word before any number of them."""
    words = route.path.split("/")
    return [(2 if word.endswith(":path}") else 1 if word.startswith("{") else 0, word) for word in words]


def _named_templates(module: ModuleType, file: str, drawing: Drawing) -> Iterator[Template[...]]:
    known = sorted(drawing.files)
    for name, value in vars(module).items():
        if isinstance(value, Template):
            if value.file not in known:
                raise DataFileError(file, name, f"there is no template {value.file}. {nearest(value.file, known)}")
            yield value
