"""Wizards and lists by keyboard alone: focus is seen, every control is reached, mistakes and results are found."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.transports.portal.lab import R1, R2, Portal, credential

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_rma_by_keyboard_alone(portal: Portal, page: "Page", tmp_path: Path) -> None:
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    contract = portal.service.contract(R1, by="lab").number
    keys = page.keyboard
    page.goto("/")
    keys.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    _tab_to(page, "Report a failure")
    keys.press("Enter")
    page.get_by_role("heading", name="Report a failure (RMA)").wait_for()
    page.wait_for_load_state()
    keys.press("Tab")
    keys.press("Enter")  # skip to the content
    _is_reached(page, "#main")
    for text in (str(R1), str(R2), "WRONG", "dead on arrival"):
        keys.press("Tab")
        keys.type(text)
    keys.press("Enter")
    page.get_by_role("heading", name="Confirm the replacement").wait_for()
    _tab_to(page, "Transfer licenses", "BUTTON")
    keys.press("Enter")
    _is_reached(page, "#contract")  # the field that is wrong, with its mistake, is read out
    keys.press("Control+A")
    keys.type(contract)
    keys.press("Enter")
    page.get_by_role("heading", name="Confirm the replacement").wait_for()
    _tab_to(page, "Transfer licenses", "BUTTON")
    keys.press("Enter")
    page.get_by_text("are now those of").first.wait_for()
    link = page.get_by_role("link", name="Download")
    _tab_to(page, "Download")
    with page.expect_download() as started:
        keys.press("Enter")
    assert started.value.suggested_filename.startswith(R2.serial)
    assert link.count() == 1


def test_from_the_order_to_the_license_file_by_keyboard_alone(portal: Portal, page: "Page") -> None:
    keys = page.keyboard
    page.goto("/")
    _tab_to(page, "Place order")
    keys.press("Enter")
    page.get_by_role("heading", name="Place order").wait_for()
    _tab_to(page, "", "SELECT")
    keys.type("L-880-AIS=")
    _tab_to(page, "Place order", "BUTTON")
    keys.press("Enter")
    page.get_by_role("heading", name="Product authorization key").wait_for()
    _tab_to(page, "Register this PAK")
    keys.press("Enter")
    page.get_by_role("heading", name="Register a PAK").wait_for()
    _tab_to(page, "", "TEXTAREA")
    keys.type(str(R1))
    _tab_to(page, "Register", "BUTTON")
    keys.press("Enter")
    page.get_by_text("1 license issued.").wait_for()
    _tab_to(page, R1.serial)
    with page.expect_download() as started:
        keys.press("Enter")
    assert portal.features(Path(started.value.path()).read_bytes()) == ["advipservices"]


def test_a_transfer_by_keyboard_alone_left_and_found_again(portal: Portal, page: "Page", tmp_path: Path) -> None:
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    for udi in (R1, R2):
        (tmp_path / f"{udi.serial}.xml").write_bytes(credential(udi))
    keys = page.keyboard
    page.goto("/")
    _tab_to(page, "Transfer licenses")
    keys.press("Enter")
    page.get_by_role("heading", name="New transfer").wait_for()
    for text in (str(R1), str(R2)):
        _tab_to(page, "", "INPUT")
        keys.type(text)
    with page.expect_response("**/draft"):
        keys.press("Tab")
    page.goto("/")  # leaves without saying so
    page.get_by_text(f"Transfer licenses: {R1}, {R2}").wait_for()
    _tab_to(page, "Continue")
    keys.press("Enter")
    page.get_by_text("This is as you left it.").wait_for()
    _tab_to(page, "Continue", "BUTTON")
    keys.press("Enter")
    page.get_by_role("heading", name="Licenses", exact=True).wait_for()
    _tab_to(page, "Get permission ticket", "BUTTON")
    keys.press("Enter")
    page.get_by_text("was issued and mailed").wait_for()
    _tab_to(page, "Download")
    with page.expect_download() as started:
        keys.press("Enter")
    (tmp_path / "rehost.xml").write_bytes(portal.answered(Path(started.value.path()).read_bytes()))
    page.get_by_label("Rehost ticket").set_input_files(tmp_path / "rehost.xml")
    assert page.get_by_label("To", exact=True).input_value() == str(R2)
    _tab_to(page, "Get license file", "BUTTON")
    keys.press("Enter")
    page.get_by_text("are now those of").first.wait_for()


def test_a_range_of_devices_is_ticked_by_keyboard_alone(page: "Page") -> None:
    keys = page.keyboard
    page.goto("/devices")
    _tab_to(page, "Owner")
    keys.press("Tab")
    keys.press("Space")
    page.get_by_text("1 on this page.").wait_for()
    for _ in range(4):
        keys.press("Tab")
    keys.press("Shift+Space")
    page.get_by_text("3 on this page.").wait_for()
    _tab_to(page, "Register a PAK", "BUTTON")
    keys.press("Enter")
    page.get_by_role("heading", name="PAK and devices").wait_for()
    assert len(page.get_by_label("Devices", exact=True).input_value().split()) == 3


def test_the_other_forms_by_keyboard_alone(portal: Portal, page: "Page") -> None:
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    order = str(portal.service.queries.orders(by="lab").items[0].number)
    forms = (
        ("/demo", [str(R2), "advipservices"], "Get demo license", "Demo license issued"),
        (
            "/extension",
            [str(R2), "advipservices", "30d", "case 7"],
            "Grant extension",
            "The extension license was granted",
        ),
        ("/resend", [str(R1)], "Send licenses again", "mailed again, in one file"),
        ("/lost-pak", [order], "Find PAK", "The PAK of this order is"),
        ("/accounts", ["ann", "ann's secret", "Customer", "", "lab"], "Create account", "The account ann is open"),
    )
    for address, texts, button, told in forms:
        page.goto(address)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # skip to the content
        for text in texts:
            _tab_to_field(page)
            page.keyboard.type(text)
        _tab_to(page, button, "BUTTON")
        page.keyboard.press("Enter")
        page.locator("main").get_by_text(told).first.wait_for()


def _tab_to_field(page: "Page") -> None:
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('main :is(input, select)')"):
            return


def _is_reached(page: "Page", element: str) -> None:
    """The keyboard stands there. Asked by a locator: the pages let nobody evaluate text as a program."""
    page.locator(f"{element}:focus").wait_for(state="attached")


def _tab_to(page: "Page", text: str, element: str = "A") -> None:
    """Go on with the tabulator until something with this text is reached; it is seen to be."""
    for _ in range(90):
        page.keyboard.press("Tab")
        found = page.evaluate("document.activeElement.tagName + document.activeElement.textContent.trim()")
        if found.startswith(f"{element}{text}"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"{text} is out of reach of the keyboard")
