"""Lists: sorted, narrowed and ticked; the address holds the filter, the order and the part."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.transports.portal.lab import R1, R2, R3, Browser, Portal

COLUMNS = {
    "/orders": {"number": 1, "at": 2, "sku": 3, "left": 4, "owner": 6},
    "/paks": {"sku": 2, "left": 4, "order": 5, "owner": 6},
    "/devices": {"udi": 2, "licenses": 3, "made": 4, "owner": 5},
}
"""Columns that lists are sorted by, and their places."""


@pytest.fixture
def work(portal: Portal) -> Portal:
    """Some orders, registrations and owners."""
    for user in ("ann", "bob"):
        portal.account(user)
    for quantity, sku, owner in ((5, "L-880-AIS=", "ann"), (3, "SL-880-AIS=", None), (12, "L-880-AIS=", "bob")):
        portal.service.order(sku, quantity, portal.now, by="lab", owner=owner)
        portal.now += 86_400_000
    portal.service.register(portal.service.queries.paks(portal.now, by="lab").items[0].code, [R2], portal.now, by="lab")
    portal.service.claim(R3, portal.now, by="lab", owner="ann")
    return portal


@pytest.mark.parametrize(("address", "column"), [(each, name) for each, names in COLUMNS.items() for name in names])
def test_a_list_is_sorted_by_its_head(work: Portal, address: str, column: str) -> None:
    browser = work.browser().log_in()
    read: Callable[[str], object] = _number if column in {"left", "licenses"} else _owner
    way: list[Any] = []
    other: list[Any] = []
    for found, sort, word in ((way, column, "ascending"), (other, f"-{column}", "descending")):
        page = browser.open(f"{address}?sort={sort}").page
        assert page.xpath("//th[@aria-sort]/@aria-sort") == [word]
        place = COLUMNS[address][column]
        found += [read("".join(cell.itertext()).strip()) for cell in page.xpath(f"//tbody/tr/*[{place}]")]
    assert way == sorted(way)
    assert other == sorted(way, reverse=True)
    assert len(way) >= 3


def _number(text: str) -> int:
    return int(text.partition(" ")[0].replace(",", ""))


def _owner(text: str) -> str:
    return "" if text == "no owner" else text


def test_the_head_turns_the_order_round_and_keeps_the_filter(work: Portal) -> None:
    browser = work.browser().log_in().open("/orders?sku=L-880-AIS%3D&sort=left&offset=1")
    [link] = browser.page.xpath("//th[@aria-sort]/a/@href")
    assert link == "/orders?sku=L-880-AIS%3D&sort=-left"
    [chip] = browser.page.xpath("//ul[@class='chips']//a")
    assert chip.get("aria-label") == "Remove filter Product: L-880-AIS="
    assert chip.get("href") == "/orders?sort=left"


def test_an_order_that_there_is_not_is_refused(browser: Browser) -> None:
    for address in COLUMNS:
        assert browser.open(f"{address}?sort=pak").status == 422
        assert "Sort" in browser.text


def test_ticked_devices_come_into_the_registration(browser: Browser) -> None:
    browser.open("/devices")
    browser.answer = browser.client.post(
        "/devices/ticked",
        data={
            "form_token": browser.page.xpath("//input[@name='form_token']/@value")[0],
            "ticked": [str(R1), str(R3)],
            "act": "register",
        },
    )
    assert browser.path == "/register"
    assert browser.page.xpath("string(//textarea)").split() == [str(R1), str(R3)]


def test_all_devices_of_a_list_and_not_only_the_visible_ones(portal: Portal, browser: Browser) -> None:
    rows = [f"CISCO881-K9:FTX1406{number:04d}" for number in range(120)]
    browser.open("/register").send("/register", pak=portal.pak(200), udis="\n".join(rows)).until_registered()
    browser.open("/devices?text=FTX1406").send("/devices/ticked", text="FTX1406", all="yes", act="register")
    assert browser.page.xpath("string(//textarea)").split() == rows
    browser.open("/devices?text=FTX1406").send("/devices/ticked", text="FTX1406", all="yes", act="resend")
    assert "Licenses mailed again: 100 devices. The other 20 were not: 100 go at one time." in browser.text


def test_a_history_is_read_from_its_latest_act_on(portal: Portal, browser: Browser) -> None:
    for number in range(120):
        portal.now += 1000
        portal.service.resend(R1, portal.now, by="lab", why=f"act {number}")
    page = browser.open(f"/devices/{R1}").page
    reasons = [reason.strip() for reason in page.xpath("//td[@data-label='Reason']/text()")]
    assert reasons == [f"act {number}" for number in range(119, 19, -1)]
    [older] = page.xpath("//a[@rel='next']/@href")
    reasons = browser.open(older).page.xpath("//td[@data-label='Reason']/text()")
    assert reasons[:2] == ["act 19", "act 18"]
    assert len(browser.page.xpath("//td[@data-label='Action']")) == 21, "and where the device was made"
    assert browser.open(f"/devices/{R1}?offset=500").status == 200


def test_nothing_ticked_is_told_once(browser: Browser) -> None:
    browser.open("/devices").send("/devices/ticked", act="register")
    assert browser.errors == ["Tick at least one device."]
    assert browser.status == 422
