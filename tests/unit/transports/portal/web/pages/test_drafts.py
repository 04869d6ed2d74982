"""A wizard that was left comes back whole, at each step, to its account alone, until it is done."""

from collections.abc import Mapping

import pytest

from tests.unit.transports.portal.lab import R1, R2, R3, Browser, Portal

LIST = f"{R1}\n{R2}\n\nCISCO881-K9:FTX14O5YDC9"
WIZARDS: dict[str, tuple[str, Mapping[str, str]]] = {
    "register": ("/register", {"pak": "BZL6XALVDPN", "udis": LIST, "choice": "good", "mailed": "", "why": "branch"}),
    "rma": ("/rma", {"failed": str(R1), "replacement": str(R2), "contract": "C1", "why": "dead"}),
    "rehost": ("/rehost", {"source": str(R1), "target": str(R2)}),
}


def _filled(browser: Browser, names: Mapping[str, str]) -> dict[str, str]:
    """The fields of the form that is open."""
    found = {}
    for name in names:
        [field] = browser.page.xpath(f"//form[contains(@class, 'fields')]//*[@id='{name}']")
        if field.tag == "fieldset":
            [found[name]] = field.xpath(".//input[@checked]/@value")
        elif field.get("type") == "checkbox":
            found[name] = "yes" if field.get("checked") is not None else ""
        else:
            found[name] = (field.get("value") if field.tag == "input" else field.text or "").strip("\n")
    return found


@pytest.mark.parametrize("wizard", WIZARDS)
@pytest.mark.parametrize("act", ["leave", ""], ids=["saved", "kept by the script"])
def test_it_is_found_after_the_log_out_as_it_was_left(portal: Portal, browser: Browser, wizard: str, act: str) -> None:
    address, fields = WIZARDS[wizard]
    portal.account("ann")
    browser.open(address).send("/draft", None, wizard=wizard, act=act, **fields)
    assert browser.status == (200 if act else 204)
    again = portal.browser().log_in()
    assert again.open("/").page.xpath(f"//ul[@class='needs']//a[@href='{address}']"), "the first page tells of it"
    assert _filled(again.open(address), fields) == fields
    assert "This is as you left it." in again.text
    other = portal.browser().log_in("ann").open(address)
    assert "as you left it" not in other.text
    assert not set(_filled(other, fields).values()) & {text for text in fields.values() if len(text) > 4}
    again.send("/draft", None, wizard=wizard, act="drop")
    assert again.path == address
    assert "as you left it" not in again.text


@pytest.mark.parametrize("wizard", WIZARDS)
def test_what_was_refused_is_kept_too(portal: Portal, browser: Browser, wizard: str) -> None:
    address, fields = WIZARDS[wizard]
    browser.open(address).send("/rma/check" if wizard == "rma" else address, None, **{**fields, "pak": "nonsense"})
    again = portal.browser().log_in().open(address)
    kept = _filled(again, fields)
    assert {**kept, "pak": ""} == {**fields, "pak": ""}


def test_a_registration_that_is_done_leaves_nothing(portal: Portal, browser: Browser) -> None:
    browser.open("/register").send("/register", pak="nonsense", udis=str(R1))
    assert "as you left it" in browser.open("/register").text
    browser.send("/register", pak=portal.pak(), udis=str(R1))
    assert "as you left it" not in browser.open("/register").text


def test_a_link_that_names_another_pak_does_not_bring_an_old_list(portal: Portal, browser: Browser) -> None:
    one, other = portal.pak(), portal.pak()
    browser.open("/register").send("/draft", None, wizard="register", act="leave", pak=one, udis=LIST)
    assert browser.open(f"/register?pak={other}").page.xpath("string(//textarea)").strip() == ""
    assert browser.open(f"/register?pak={one}").page.xpath("string(//textarea)").strip() == LIST


def test_an_rma_is_left_at_each_step(portal: Portal, browser: Browser) -> None:
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    contract = portal.service.contract(R1, by="lab").number
    fields = {"failed": str(R1), "replacement": str(R2), "contract": contract, "why": "dead"}
    browser.open("/rma").send("/rma/check", None, **fields)
    assert browser.path == "/rma/confirm"
    again = portal.browser().log_in().open("/rma/confirm")
    assert all(text in again.text for text in fields.values())
    assert _filled(again.open("/rma"), fields) == fields
    again.open("/rma/confirm").send("/rma/confirm", None, **fields)
    assert again.path.startswith("/mail/")
    assert again.open("/rma/confirm").path == "/rma", "without what was typed there is nothing to confirm"
    assert "as you left it" not in again.text


def test_a_transfer_is_left_at_each_step_and_keeps_its_target(portal: Portal, browser: Browser) -> None:
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    devices = {"source": str(R1), "target": str(R2)}
    browser.open("/rehost").send("/rehost", None, **devices)
    assert browser.path == "/rehost/choose"
    step = str(browser.answer.url).removeprefix("https://portal.example")
    browser.send(
        "/draft", None, wizard="rehost licenses", act="leave", **devices, skus="L-880-AIS=", why="branch 1 moves"
    )
    again = portal.browser().log_in()
    assert _filled(again.open("/rehost"), devices) == devices
    again.send("/rehost", None, **devices)
    assert _filled(again, {"why": ""}) == {"why": "branch 1 moves"}
    again.send(step, None, **devices, skus="L-880-AIS=")
    case = again.path
    assert "as you left it" not in again.open("/rehost").text
    restarted = Portal(database=portal.service.database)  # a new server on the same records
    after = restarted.browser().log_in().open("/rehost")
    assert after.page.xpath("//th/a/@href") == [case]
    assert after.open(case).page.xpath("//input[@id='target']/@value") == [str(R2)]
    after.send("/draft", None, wizard=f"transfer {case.rpartition('/')[2]}", act="leave", target=str(R3))
    assert restarted.browser().log_in().open(case).page.xpath("//input[@id='target']/@value") == [str(R3)]


def test_no_other_form_is_kept(browser: Browser) -> None:
    browser.open("/register").send("/draft", None, wizard="log-in", act="leave", user="lab")
    assert browser.status == 404
