"""The gallery: one page with every component of the web faces in every state, for those who work on them.

Tests take their pictures of components from it and look for states that nobody drew. It is a developer's page, shown
without a log-in, and does nothing.
"""

from collections.abc import Mapping, Sequence
from string import digits

import msgspec
from starlette.responses import Response

from emulator.transports.web.badges import BADGES
from emulator.transports.web.drawing import Template
from emulator.transports.web.guard.sessions import BrowserSession
from emulator.transports.web.page import Page
from emulator.transports.web.route import PageRoute


class SampleForm:
    """A form as components see it: text and problem of each field, whose name may end in a number."""

    session: BrowserSession
    problems: tuple[str, ...]
    wizard: str
    draft: Mapping[str, str]
    untouched: bool

    def __init__(self, values: Mapping[str, str], problems: Mapping[str, str]) -> None:
        self._values, self._problems = dict(values), dict(problems)
        self.session = BrowserSession("", None, "", 0, 0)
        self.problems = tuple(problems)
        self.wizard, self.draft, self.untouched = "register", dict(values), not values

    def value(self, name: str, default: str = "") -> str:
        """Text of a field."""
        return self._values.get(name.rstrip(digits), default)

    def values(self, name: str) -> list[str]:
        """Values that are ticked under a name."""
        return self._values.get(name.rstrip(digits), "").split()

    def labeled(self, name: str, label: str) -> str:
        """Take no note of a field."""
        del name, label
        return ""

    def problem(self, name: str) -> str:
        """Problem of a field, or empty."""
        return self._problems.get(name.rstrip(digits), "")


class SampleList(msgspec.Struct, frozen=True):
    """A part of a list."""

    rows: tuple[tuple[str, str, int], ...]
    offset: int
    total: int


class GalleryFacts(msgspec.Struct, frozen=True):
    """Every state of every component."""

    badges: Mapping[str, Sequence[str]]
    forms: Mapping[str, SampleForm]
    devices: Sequence[tuple[str, str, int]]
    part: SampleList


GALLERY_PAGE = Template("gallery.html", GalleryFacts)

DEVICES = (
    ("CISCO881GW-GN-A-K9:FTX1405YDC7", "active", 1),
    ("CISCO881-K9:FTX1405YDC8", "waiting for the rehost ticket", 12),
    ("CISCO861-K9:FTX1405YDC9", "transferred", 30_000),
)

FORMS = {
    "Empty": SampleForm({}, {}),
    "Filled in": SampleForm(
        {
            "udi": DEVICES[0][0],
            "udis": "\n".join(row[0] for row in DEVICES),
            "role": "b",
            "skus": "L-880-AIS=",
            "mailed": "yes",
        },
        {},
    ),
    "Wrong": SampleForm(
        {"udi": "CISCO881-K9:FTX1405YDC", "udis": "CISCO881-K9:FTX14O5YDC9", "role": "c"},
        {
            "udi": "FTX1405YDC: 10 characters; a serial number has 11.",
            "udis": "FTX14O5YDC9: character 6 is the letter O. Did you mean FTX1405YDC9?",
            "role": "Choose a role that there is.",
            "level": "Choose a level.",
            "file": "Choose a file.",
            "skus": "Choose at least one product.",
        },
    ),
}
"""The states of a form."""


def _gallery(page: Page) -> Response:
    page.size = 3
    return page.draw(GALLERY_PAGE, badges=BADGES, forms=FORMS, devices=DEVICES, part=SampleList(DEVICES, 3, 30_000))


GALLERY = (PageRoute("/gallery", _gallery, public=True),)
"""The page as a face adds it to its own."""
