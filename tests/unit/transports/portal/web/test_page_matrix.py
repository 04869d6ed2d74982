"""Every page whose address names a thing, for a customer and what belongs to another account, to nobody, or is not.

Pages do what the operations do, whose matrix is in `test_matrix`; here is what a page adds: its address, its lists
under way, and what it draws around an answer. A page that names something and has no row fails.
"""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest

from emulator.backend import accounts
from emulator.transports.portal.jobs import Job
from emulator.transports.portal.web.all_pages import portal_pages
from emulator.transports.web.route import PageRoute
from tests.unit.transports.portal.belongings import ABSENT, NOBODYS, Belongings, furnished
from tests.unit.transports.portal.lab import Browser

Named = Callable[[Belongings, str], dict[str, str]]

ROWS: dict[str, Named] = {
    "/register/{job}": lambda thing, job: {"job": job},
    "/register/{job}/state": lambda thing, job: {"job": job},
    "/register/{job}/good": lambda thing, job: {"job": job},
    "/register/{job}/rows.csv": lambda thing, job: {"job": job},
    "/register/{job}/licenses.zip": lambda thing, job: {"job": job},
    "/account/tokens/{id}/revoke": lambda thing, job: {"id": str(thing.token)},
    "/accounts/{user:path}": lambda thing, job: {"user": thing.user},
    "/rehost/{ticket}": lambda thing, job: {"ticket": thing.ticket},
    "/devices/{udi:path}": lambda thing, job: {"udi": str(thing.udi)},
    "/mail/{number}": lambda thing, job: {"number": str(thing.letter)},
    "/mail/{number}/message.eml": lambda thing, job: {"number": str(thing.letter)},
    "/mail/{number}/files/{file}": lambda thing, job: {"number": str(thing.letter), "file": "x.lic"},
    "/licenses/{license}/file": lambda thing, job: {"license": thing.license},
    "/tickets/{ticket}/file": lambda thing, job: {"ticket": thing.ticket},
    "/console/{router}/{line}": lambda thing, job: {"router": "R1", "line": "con0"},
    "/files/{medium}/{name}": lambda thing, job: {"medium": "tftp", "name": "x.lic"},
    "/paks/{pak}": lambda thing, job: {"pak": thing.pak},
}

NAMING = [page for page in portal_pages() if "{" in page.path]


def test_every_page_that_names_something_has_a_row() -> None:
    assert {page.path for page in NAMING} == set(ROWS)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(accounts._COST, "n", 2)


@pytest.mark.parametrize("page", NAMING, ids=lambda page: page.path)
@pytest.mark.parametrize("whose", ["ann", NOBODYS])
def test_a_stranger_sees_what_they_see_where_nothing_is(page: PageRoute, whose: str) -> None:
    portal, things = furnished()
    before = portal.service.database.dump()
    bob = portal.browser().log_in("bob")
    job = Job("jobofann", "ann", things["ann"].pak, partial=True, mailed=False, why="", asked=[])
    portal.opened.jobs._jobs.put("ann", job.id, job)
    seen = []
    for owner, named in ((whose, job.id), (ABSENT, "jobofnone")):
        thing = things[owner]
        values = ROWS[page.path](thing, named)
        address = _filled(page.path, values)
        portal.wall.seconds += 3_600
        bob.log_in("bob")
        for answer in _answers(bob, page, address):
            text = answer
            for value in (*values.values(), thing.udi.serial):
                text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "<thing>", text)
            seen.append((owner == ABSENT, text))
            said = {*values.values(), thing.udi.serial}
            assert owner == ABSENT or not {each for each in thing.names - said if each in answer}
    assert [text for absent, text in seen if not absent] == [text for absent, text in seen if absent]
    assert portal.service.database.dump() == before


@pytest.mark.parametrize("page", NAMING, ids=lambda page: page.path)
@pytest.mark.parametrize(
    "word", ["9" * 5000, "-1", "\u0663", "9" * 19, "\0", "\x1b[2J", "a" * 5000, "%", "x y"], ids=ascii
)
def test_whatever_is_named_is_answered(page: PageRoute, word: str, browser: Browser) -> None:
    """A word that is no name is the caller's mistake, before the log-in too."""
    names = re.findall(r"\{(\w+)", page.path)
    address = _filled(page.path, dict.fromkeys(names, word))
    for who in (browser, browser.portal.browser()):
        if page.show is not None:
            assert 200 <= who.open(address).status < 500
            assert "\x1b" not in who.text
        if page.send is not None:
            assert 200 <= who.open("/log-in").send(address, None).status < 500


def _filled(path: str, values: dict[str, str]) -> str:
    """The address of a page with its words in place."""
    for name, value in values.items():
        path = re.sub(rf"\{{{name}(:\w+)?\}}", quote(value, safe="").replace("\\", r"\\"), path)
    return path


def _answers(browser: Browser, page: PageRoute, address: str) -> list[str]:
    found = []
    if page.show is not None:
        found.append(f"{browser.open(address).status} {browser.text}")
        assert browser.status in {403, 404}
    if page.send is not None:
        browser.open("/account").send(address, None, target="CISCO881-K9:FTX1405YDC9")
        found.append(f"{browser.status} {browser.text}")
        assert browser.status in {403, 404}
    return found
