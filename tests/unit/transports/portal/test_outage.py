"""Every page and every operation says that the records are away, with a time; afterwards all is as before."""

import re
from typing import Any

import pytest

from emulator.transports.portal.operation import Operation
from emulator.transports.portal.operations.table import SUBJECTS
from emulator.transports.portal.web.all_pages import portal_pages
from tests.fakes.outage import outage
from tests.unit.transports.portal.lab import Browser, Portal

OPERATIONS = [operation for operations in SUBJECTS.values() for operation in operations]
PLACE = re.compile(r"\{(\w+)(?::\w+)?\}")
WORDS = {"udi": "CISCO881-K9:FTX1405YDC7", "pak": "ABCDEFGHJKL", "user": "lab", "number": "1"}


def filled(path: str) -> str:
    """A path with something in its places."""
    return PLACE.sub(lambda found: WORDS.get(found[1], found[1]), path)


def database(portal: Portal) -> Any:
    return portal.service.database


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_operation(portal: Portal, operation: Operation[Any, Any]) -> None:
    browser, token = portal.browser(), portal.token()
    with outage(database(portal)):
        answer = browser.client.request(
            operation.method, f"/api/v1{filled(operation.path)}", headers={"Authorization": f"Bearer {token}"}
        )
    assert (answer.status_code, answer.json()["error"]) == (503, "service_down")
    assert int(answer.headers["Retry-After"]) > 0


SHOWN = sorted({filled(page.path) for page in portal_pages() if page.show and not page.public})


@pytest.mark.parametrize("address", SHOWN)
def test_every_page(browser: Browser, address: str) -> None:
    with outage(database(browser.portal)):
        browser.open(address)
        assert browser.status == 503
        assert int(browser.answer.headers["Retry-After"]) > 0
        assert "The license service is not available now" in browser.text
    assert browser.open("/").status == 200


def test_a_log_in(portal: Portal) -> None:
    browser = portal.browser()
    with outage(database(portal)):
        browser.log_in()
        assert browser.status == 503
        assert int(browser.answer.headers["Retry-After"]) > 0
    assert browser.log_in().open("/").status == 200


def test_a_warning_stands_at_the_head_of_every_page_of_whoever_is_logged_in() -> None:
    portal = Portal()
    portal.warnings = ["The disk is full."]
    browser = portal.browser()
    assert "The disk is full." not in browser.text
    browser.log_in()
    for address in ("/", "/orders", "/no-such-page"):
        assert '<div class="told bad" role="alert"><p>The disk is full.</p></div>' in browser.open(address).answer.text
    portal.warnings.clear()
    assert "The disk is full." not in browser.open("/").text
