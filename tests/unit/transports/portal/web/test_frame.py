"""The frame of every page: each mistake once and beside what is wrong, titles that equal the menu, and the theme."""

import pytest

from emulator.transports.portal.web.all_pages import portal_pages
from tests.unit.transports.portal.lab import R1, Browser, Portal

MENU = [(page.path, page.menu.title) for page in portal_pages() if page.menu]


@pytest.mark.parametrize(("address", "title"), MENU)
def test_the_entry_of_the_menu_is_the_heading_and_the_title(browser: Browser, address: str, title: str) -> None:
    page = browser.open(address).page
    assert page.xpath("string(//h1)").strip() == title
    assert page.xpath("string(//title)").split(" – ")[0] == title
    for menu in page.xpath("//nav[@aria-label='Menu']"):
        assert [link.text for link in menu.xpath(".//a[@aria-current='page']")] == [title]


def test_one_mistake_stands_beside_its_field_alone_and_the_keyboard_goes_there(browser: Browser) -> None:
    browser.open("/demo").send("/demo", udi="nonsense", feature="advipservices")
    assert not browser.page.xpath("//*[@class='errors']")
    [field] = browser.page.xpath("//input[@autofocus]")
    assert field.get("id") == "udi"
    assert "udi-problem" in field.get("aria-describedby")


def test_several_mistakes_are_named_by_their_fields(browser: Browser) -> None:
    browser.open("/rma").send("/rma/check", failed="nonsense", replacement="CISCO881-K9:FTX1405YDC", contract="")
    assert browser.page.xpath("//*[@class='errors']//h2/text()") == ["3 entries cannot be used"]
    links = browser.page.xpath("//*[@class='errors']//a")
    assert [(link.get("href"), link.text) for link in links] == [
        ("#failed", "Failed device"),
        ("#replacement", "Replacement"),
        ("#contract", "Service contract"),
    ]
    assert len(browser.errors) == 3
    assert "its serial number has 10 characters; one has 11" in browser.errors[1]
    assert not browser.page.xpath("//@autofocus")


def test_a_mistake_of_no_field_stands_above(portal: Portal, browser: Browser) -> None:
    browser.open("/rehost").send("/rehost", source=str(R1), target=str(R1))
    assert len(browser.errors) == 1
    assert f"{R1} is named both as the old and as the new device." in browser.errors


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_kept_until_another_is_chosen(browser: Browser, theme: str) -> None:
    assert browser.open("/orders").page.get("data-theme") is None
    browser.send("/theme", theme=theme, back="/orders?sort=at")
    assert str(browser.answer.url).endswith("/orders?sort=at")
    assert browser.page.get("data-theme") == theme
    assert browser.page.xpath("//form[@action='/theme']//button[@aria-pressed='true']/@value") == [theme]
    assert browser.open("/mail").page.get("data-theme") == theme
    browser.send("/theme", theme="auto", back="https://elsewhere.example/")
    assert (browser.path, browser.page.get("data-theme")) == ("/", None)


def test_the_theme_is_chosen_before_the_log_in_too(portal: Portal) -> None:
    browser = portal.browser().open("/log-in").send("/theme", theme="dark", back="/log-in")
    assert browser.page.get("data-theme") == "dark"


def test_what_needs_you_is_told_with_its_next_step(portal: Portal, browser: Browser) -> None:
    assert "What needs you (0)" in browser.open("/").text
    pak = portal.pak(2)
    paper = portal.service.order("SL-880-AIS=", 1, portal.now, by="lab")[0]
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    portal.service.permission(R1, 0, by="lab")
    browser.open("/")
    needs = browser.page.xpath("//ul[@class='needs']/li")
    told = [" ".join("".join(need.itertext()).split()) for need in needs]
    links = [need.xpath(".//a/@href")[0] for need in needs]
    assert any(each.startswith("waiting for the rehost ticket PT-") for each in told)
    assert f"/register?pak={pak}" in links
    assert f"/orders?text={paper.number}" in links
    assert "in the mail, arrives 2010-03-06" in browser.text
    assert all(browser.client.get(link).status_code == 200 for link in links)


def test_a_letter_with_a_pak_offers_to_register_it(portal: Portal, browser: Browser) -> None:
    pak = portal.pak()
    [link] = browser.open("/mail/1").page.xpath("//a[text()='Register this PAK']/@href")
    assert browser.open(link).page.xpath("//input[@id='pak']/@value") == [pak]
    portal.service.register(pak, [R1], 0, by="lab")
    assert "Register this PAK" not in browser.open("/mail/1").text
