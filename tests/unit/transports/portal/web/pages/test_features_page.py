"""Feature Navigator of the portal: seen without a log-in, two feature sets side by side, and what a feature needs."""

from urllib.parse import urlencode

import pytest

from tests.unit.transports.portal.lab import Browser, Portal


@pytest.fixture
def stranger(portal: Portal) -> Browser:
    """A browser that is not logged in."""
    return portal.browser()


def shown(browser: Browser, **query: str) -> dict[str, list[str]]:
    """The rows of the table: title, and what stands in both columns."""
    page = browser.open(f"/features?{urlencode(query)}").page
    (table,) = page.xpath("//table[thead//th='Area']")
    return {
        row.xpath("string(th)").strip(): ["".join(cell.itertext()).strip() for cell in row.xpath("td[position()>2]")]
        for row in table.xpath("tbody/tr")
    }


def test_it_begins_with_the_two_levels_of_a_product_and_needs_no_log_in(stranger: Browser) -> None:
    rows = shown(stranger)
    assert stranger.status == 200
    assert rows["BGP"] == ["–", "yes"]
    assert rows["RIPv1/v2"] == ["yes", "yes"]
    assert rows["VLANs of the switch"] == ["4", "8"]


def test_only_what_differs_is_shown_on_request(stranger: Browser) -> None:
    rows = shown(stranger, differing="yes")
    assert "RIPv1/v2" not in rows
    assert rows["BGP"] == ["–", "yes"]
    same = {"left_level": "advipservices", "right_level": "advipservices", "differing": "yes"}
    assert "The two do not differ." in stranger.open(f"/features?{urlencode(same)}").text


def test_products_and_releases_are_compared(stranger: Browser) -> None:
    rows = shown(stranger, left_pid="CISCO861-K9", right_pid="CISCO881-K9", right_level="advsecurity")
    assert rows["NHRP"] == ["–", "yes"]


def test_another_product_brings_its_own_images(stranger: Browser) -> None:
    """The form still has the image of the product before."""
    query = {"left_pid": "CISCO861-K9", "left_image": "c880data-universalk9-mz.150-1.M4.bin"}
    page = stranger.open(f"/features?{urlencode(query)}").page
    (chosen,) = page.xpath("//select[@id='left_image']/option[@selected]/text()")
    assert chosen.startswith("c860-universalk9")
    assert all(each.startswith("c860") for each in page.xpath("//select[@id='left_image']/option/text()"))


@pytest.mark.parametrize(
    ("pid", "level", "order"),
    [
        ("CISCO881-K9", "advipservices", "L-880-AIS=, SL-880-AIS="),
        ("CISCO881-SEC-K9", "advipservices", "licensed at the factory"),
        ("CISCO861-K9", "none has it", "–"),
    ],
)
def test_the_level_that_a_feature_needs(stranger: Browser, pid: str, level: str, order: str) -> None:
    page = stranger.open(f"/features?{urlencode({'left_pid': pid, 'need': 'bgp'})}").page
    (row,) = page.xpath("//section[@aria-label='Levels needed']//tbody/tr")
    assert ["".join(cell.itertext()).strip() for cell in row] == ["BGP", "router bgp", level, order]


@pytest.mark.parametrize("query", [{"need": "<b>frob"}, {"left_pid": "CISCO881-K8"}, {"right_pid": "x" * 300}])
def test_what_is_not_known_is_told_beside_its_field(stranger: Browser, query: dict[str, str]) -> None:
    page = stranger.open(f"/features?{urlencode(query)}").page
    assert stranger.status == 422
    (name,) = query
    assert page.xpath(f"//*[@id='{name}-problem']")
    assert not page.xpath("//main//b")
