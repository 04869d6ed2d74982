"""Two managers that exchange bundles through their pages, and lists of UDIs as XML and on paper."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx2
import pytest

from emulator.manager import passwords
from emulator.manager.printed_list import write_printed_list
from tests.manager_pages import ManagerBrowser, furnish, udi
from tests.served_manager import served_bench


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ManagerBrowser]:
    """An Admin at the pages of another manager, which has no devices."""
    monkeypatch.setitem(passwords._COST, "n", 2)
    (tmp_path / "outside").mkdir()
    with served_bench(tmp_path / "outside") as served:
        furnish(served.bench, 0)
        browser = ManagerBrowser(served)
        browser.log_in()
        yield browser


def upload(browser: ManagerBrowser, path: str, action: str, content: bytes, **fields: str) -> httpx2.Response:
    token = re.search(r'name="form_token" value="([^"]+)"', browser.show(path).text)
    assert token is not None
    data = {"form_token": token[1], **fields}
    return browser.client.post(action, data=data, files={"file": ("a.bundle", content)})


def confirm(browser: ManagerBrowser, shown: httpx2.Response) -> httpx2.Response:
    """Send the form of a check that was shown."""
    form = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', shown.text)
    return browser.client.post("/exchange/read", data={name: unescape(text) for name, text in form})


def test_a_bundle_is_written_carried_checked_and_read_once(browser: ManagerBrowser, outside: ManagerBrowser) -> None:
    def key(of: ManagerBrowser) -> str:
        found = re.search(r'data-copy="([0-9a-f]{64})"', of.show("/exchange").text)
        assert found is not None
        return found[1]

    assert 'id="key-problem"' in browser.send("/exchange", name="outside", key="5f").text
    assert 'id="name-problem"' in browser.send("/exchange", name="outside", key=key(browser)).text
    browser.send("/exchange", name="outside", key=key(outside))
    outside.send("/exchange", name="inside", key=key(browser))
    assert "Bundle 1 is written." in browser.send("/exchange/pairs/outside", act="write", group="north").text
    first = browser.show("/exchange/bundle?pair=outside&number=1")
    assert first.headers["Content-Disposition"] == 'attachment; filename="outside-1.bundle"'
    checked = upload(outside, "/exchange", "/exchange/read", first.content)
    assert "<dt>New devices</dt><dd>40</dd>" in checked.text
    assert "No devices yet" in outside.show("/devices").text
    assert "Bundle 1 of inside is read." in confirm(outside, checked).text
    assert "it changes nothing" in upload(outside, "/exchange", "/exchange/read", first.content).text
    for _ in range(2):
        browser.send("/exchange/pairs/outside", act="write", group="")
    third = browser.show("/exchange/bundle?pair=outside&number=3").content
    for content, told in (
        (b"", "Choose the file of a bundle."),
        (first.content.replace(b"advsecurity", b"advipservic", 1), "was altered"),
        (
            third,
            "Bundle 2 is missing before bundle 3 of [^<]*Read what is missing first; if it was lost",
        ),
    ):
        refused = upload(outside, "/exchange", "/exchange/read", content)
        assert re.search(rf'id="file-problem">[^<]*{told}', refused.text, re.IGNORECASE)
    skipped = confirm(outside, upload(outside, "/exchange", "/exchange/read", third, skip="yes"))
    assert "Bundle 3 of inside is read." in skipped.text
    forged = outside.client.post(
        "/exchange/read",
        data={"form_token": re.findall(r'form_token" value="([^"]+)', skipped.text)[0], "content": "eA"},
    )
    assert "The file was lost on its way." in forged.text


def test_udis_go_out_as_xml_and_come_in_after_a_check(browser: ManagerBrowser, outside: ManagerBrowser) -> None:
    listed = browser.show("/udis/xml?group=north").content
    wrong = listed.replace(b"</UDI_LIST>", b"<UDI><PID>CISCO881-K9</PID></UDI></UDI_LIST>")
    assert 'id="file-problem"' in upload(outside, "/udis", "/udis", b"<!DOCTYPE x><x/>", typed="", joins="").text
    checked = upload(outside, "/udis", "/udis", wrong, typed="", joins="").text
    for told in ("<dt>New devices</dt><dd>40</dd>", "the element SN is missing or empty", "No devices yet"):
        assert told in checked + outside.show("/devices").text
    outside.log_in()
    assert "40 devices added." in outside.send("/udis/check").text
    assert outside.show("/udis/check").status_code == 404
    assert "Nothing would be added." in upload(outside, "/udis", "/udis", wrong, typed="", joins="").text


def test_a_printed_list_is_typed_and_its_errors_are_named(outside: ManagerBrowser) -> None:
    text = write_printed_list([udi(1), udi(2)])
    checked = outside.send("/udis", typed=text.replace("1405", "14O5", 1), joins="").text
    assert "did you mean" in checked
    assert "<dt>New devices</dt><dd>1</dd>" in checked
    assert 'id="typed-problem"' in outside.send("/udis", typed="nonsense", joins="").text
    assert "<dt>New devices</dt><dd>2</dd>" in outside.send("/udis", typed=text.lower(), joins="").text
