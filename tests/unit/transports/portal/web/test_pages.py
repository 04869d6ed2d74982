"""Every page is drawn, for an operator and for a customer, and is one that a person can use."""

import re
from urllib.parse import quote

import pytest

from emulator.transports.portal.web.all_pages import portal_pages
from emulator.transports.web.static import ASSETS
from tests.unit.transports.portal.lab import R1, Browser, Portal

EXAMPLES = {"/devices/{udi:path}": f"/devices/{R1}", "/accounts/{user:path}": "/accounts/lab"}
"""Pages of one thing each, that there is in every portal."""
NOT_DRAWN = {"/audit.csv", "/rehost/choose"}
"""A file, and a step that leads back to the one before it."""

PAGES = sorted(
    EXAMPLES.get(page.path, page.path)
    for page in portal_pages()
    if page.show
    and (page.menu or not page.public)
    and page.path not in NOT_DRAWN
    and ("{" not in page.path or page.path in EXAMPLES)
)


@pytest.mark.parametrize("address", PAGES)
def test_it_is_drawn(browser: Browser, address: str) -> None:
    browser.open(address)
    assert browser.status == 200
    page = browser.page
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//html/@lang") == ["en"]
    assert page.xpath("//main")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), "an id stands there twice"


@pytest.mark.parametrize("address", PAGES)
def test_every_field_has_a_label_and_every_form_a_token(browser: Browser, address: str) -> None:
    page = browser.open(address).page
    for field in page.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        labelled = field.get("aria-label") or field.xpath("ancestor::label")
        assert labelled or page.xpath(f"//label[@for='{field.get('id')}']"), field.get("name")
        for told in (field.get("aria-describedby") or "").split():
            assert page.xpath(f"//*[@id='{told}']")
    for form in page.xpath("//form[@method='post']"):
        assert form.xpath(".//input[@name='form_token']/@value")[0]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_comes_from_elsewhere_and_no_script_stands_in_the_page(browser: Browser, address: str) -> None:
    page = browser.open(address).page
    for source in page.xpath("//link/@href|//script/@src|//img/@src|//form/@action|//a/@href"):
        assert source.startswith(("/", "#")), source
    assert not page.xpath("//script[not(@src)]|//style|//*[@style]|//@*[starts-with(name(), 'on')]")


def test_a_customer_sees_no_page_of_operators(portal: Portal) -> None:
    portal.account("ann")
    browser = portal.browser().log_in("ann")
    assert browser.path == "/"
    for address in ("/extension", "/correct", "/accounts"):
        assert browser.open(address).status == 403
        assert "operators" in browser.text
    assert "Accounts" not in browser.open("/").text


def test_all_of_it_is_served_from_here(portal: Portal) -> None:
    names = {file.name for file in ASSETS.iterdir()}
    assert names >= {"web.css", "page.js", "console.js", "mark.svg"}
    for name in sorted(names):
        answer = portal.browser().client.get(f"/static/{name}")
        assert answer.status_code == 200
        assert "://" not in answer.text.replace("http://www.w3.org/2000/svg", "")


def test_an_address_that_is_none_says_so(browser: Browser) -> None:
    assert browser.open("/nothing").status == 404
    assert "There is nothing at this address." in browser.text


@pytest.mark.parametrize("address", ["/nothing", "/mail/x", "/static/nothing.css"])
def test_who_is_logged_in_keeps_name_and_menu_where_nothing_is(browser: Browser, address: str) -> None:
    browser.open(address)
    assert browser.status == 404
    assert browser.page.xpath("//div[@class='who']/a/text()") == ["lab"]
    assert "Accounts" in browser.page.xpath("//nav//a/text()")
    browser.send("/log-out")
    assert "You are logged out." in browser.text
    assert not browser.open(address).page.xpath("//nav|//div[@class='who']")


def test_a_letter_is_called_a_letter(browser: Browser) -> None:
    assert browser.open("/mail/99").status == 404
    for number in ("9" * 16, "9" * 40):
        browser.open(f"/mail/{number}")
        assert 400 <= browser.status < 500
        assert "The letter" in browser.text
        assert "order" not in browser.page.xpath("string(//main)")


@pytest.mark.parametrize(
    "address", ["/features?need={}", "/features?left_pid={}", "/{}", "/log-in?next={}", "/paks/{}"]
)
def test_no_page_repeats_a_control_character_or_an_endless_word(browser: Browser, address: str) -> None:
    """A page may be read in a terminal as well."""
    for text in (quote("\x1b[2J\x07\x9b1m\u202e"), "x" * 5000):
        shown = browser.open(address.format(text)).text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", shown)
        assert "x" * 1000 not in shown
