"""Each wizard from its first page to the license file, in the system's Chromium."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.stage import log_in, tab
from tests.unit.transports.portal.lab import R1, R2, Portal, credential

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser


def saved(page: "Page", link: "Locator", tmp_path: Path) -> Path:
    """The file behind a link, as the browser saves it."""
    with page.expect_download() as started:
        link.click()
    name = started.value.suggested_filename
    assert "/" not in name
    started.value.save_as(tmp_path / name)
    return tmp_path / name


def features(portal: Portal, file: Path) -> list[str]:
    return portal.features(file.read_bytes())


def ordered(page: "Page") -> str:
    """Order one upgrade, and read its PAK in the mail."""
    page.get_by_role("link", name="Place order").first.click()
    page.get_by_label("Product").select_option("L-880-AIS=")
    page.get_by_role("button", name="Place order").click()
    page.get_by_role("heading", name="Product authorization key").wait_for()
    text = page.locator("pre").inner_text()
    return text.split("(PAK): ")[1].split()[0]


def test_from_the_order_to_the_license_file(portal: Portal, page: "Page", tmp_path: Path) -> None:
    pak = ordered(page)
    page.get_by_role("link", name="Orders and PAKs").click()
    page.get_by_role("link", name="Register a PAK").click()
    page.get_by_label("PAK", exact=True).fill(pak)
    page.get_by_label("Devices", exact=True).fill(str(R1))
    page.get_by_text("1 row.").wait_for()
    page.get_by_role("button", name="Register").click()
    page.get_by_text("1 license issued.").wait_for()
    file = saved(page, page.locator("a[href^='/licenses/']"), tmp_path)
    assert file.name.startswith(R1.serial)
    assert features(portal, file) == ["advipservices"]


def test_five_thousand_devices_from_a_file_with_progress(portal: Portal, page: "Page", tmp_path: Path) -> None:
    rows = [f"CISCO881-K9,FTX1405{number:04d}" for number in range(5000)]
    for number in range(37):
        rows[number * 100] = f"CISCO881-K9,WRONG{number}"
    (tmp_path / "devices.csv").write_text("\n".join(["PID,SN", *rows]))
    page.goto(f"/register?pak={portal.pak(5000)}")
    page.get_by_label("Or a file of them").set_input_files(tmp_path / "devices.csv")
    page.get_by_label("Register valid rows").check()
    page.get_by_role("button", name="Register").click()
    page.get_by_role("progressbar").wait_for()
    page.get_by_text("4963 licenses issued.").wait_for(timeout=60_000)
    page.get_by_text("37 rows were passed over.").wait_for()
    assert page.get_by_role("table").first.get_by_role("row").count() == 38
    file = saved(page, page.get_by_role("link", name="Download CSV"), tmp_path)
    assert len(file.read_text().splitlines()) == 5001


def test_rehost_on_a_phone(portal: Portal, stage: tuple[Portal, str], browser: "Browser", tmp_path: Path) -> None:
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    for udi in (R1, R2):
        (tmp_path / f"{udi.serial}.xml").write_bytes(credential(udi))
    with tab(browser, stage[1], viewport={"width": 375, "height": 720}, has_touch=True, is_mobile=True) as page:
        log_in(page)
        _fits(page)
        page.goto(f"/rehost?source={R1}")
        page.get_by_label("To", exact=True).fill(str(R2))
        page.get_by_role("button", name="Continue").tap()
        assert page.get_by_label("L-880-AIS=").is_checked()
        page.get_by_label("Credential of the source").set_input_files(tmp_path / f"{R1.serial}.xml")
        _fits(page)
        page.get_by_role("button", name="Get permission ticket").tap()
        page.get_by_text("was issued and mailed").wait_for()
        _fits(page)
        permission = saved(page, page.locator("a[href^='/tickets/']"), tmp_path)
        (tmp_path / "rehost.xml").write_bytes(portal.answered(permission.read_bytes()))
        page.goto("/rehost")
        _fits(page)
        page.locator("th a[href^='/rehost/']").tap()
        page.get_by_label("Rehost ticket").set_input_files(tmp_path / "rehost.xml")
        page.get_by_label("To", exact=True).fill(str(R2))
        page.get_by_label("Credential of the target").set_input_files(tmp_path / f"{R2.serial}.xml")
        page.get_by_role("button", name="Get license file").tap()
        file = saved(page, page.get_by_role("link", name="Download"), tmp_path)
        assert file.name.startswith(R2.serial)
        assert features(portal, file) == ["advipservices"]
        for address in (
            "/",
            "/paks",
            "/orders",
            "/devices",
            f"/devices/{R1}",
            "/mail",
            "/audit",
            "/accounts",
            "/accounts/lab",
            "/account",
        ):
            page.goto(address)
            _fits(page)


def test_a_long_note_without_a_blank_stays_on_the_screen(
    portal: Portal, stage: tuple[Portal, str], browser: "Browser"
) -> None:
    note = "https://tickets.example/" + "0123456789" * 30
    portal.service.demo(R1, "advipservices", 0, by="lab", why=note)
    portal.service.order("L-880-AIS=", 1, 0, by="lab", why=note)
    for size in ({"width": 375, "height": 720}, {"width": 1200, "height": 800}):
        with tab(browser, stage[1], viewport=size) as page:
            log_in(page)
            for address in (f"/devices/{R1}", "/audit", f"/rma?failed={note}", f"/lost-pak?number={note}"):
                page.goto(address)
                _fits(page)
            page.goto(f"/devices/{R1}")
            [cell, *_] = page.locator("td.note").all()
            box, sheet = cell.bounding_box(), page.locator("section.sheet").last.bounding_box()
            assert box is not None
            assert sheet is not None
            assert cell.inner_text().strip() == note
            assert sheet["x"] <= box["x"]
            assert box["x"] + box["width"] <= sheet["x"] + sheet["width"]
            assert box["width"] >= 90, "it is no column of single letters"


def test_the_last_operator_and_an_account_that_there_is(portal: Portal, page: "Page") -> None:
    page.goto("/accounts")
    page.get_by_label("User name").fill("lab")
    page.get_by_label("Password", exact=True).fill("another one")
    page.get_by_label("Your own password").fill("lab")
    page.get_by_role("button", name="Create account").click()
    page.locator("#user-problem").get_by_text("There is an account 'lab' already").wait_for()
    page.goto("/accounts/lab")
    page.get_by_label("Role").select_option("customer")
    page.get_by_label("Your own password").fill("lab")
    page.get_by_role("button", name="Save").click()
    page.locator("#role-problem").get_by_text("is the last operator").wait_for()
    page.goto("/nothing/at/all")
    page.get_by_role("link", name="Records").wait_for()
    assert portal.service.accounts.logs_in("lab", "lab")


def test_a_customer_moves_a_license_of_a_device_that_nobody_owns(
    portal: Portal, stage: tuple[Portal, str], browser: "Browser", tmp_path: Path
) -> None:
    portal.service.register(portal.pak(), [R1], 0, by="lab")
    portal.account("ann")
    (tmp_path / "credential.xml").write_bytes(credential(R1))
    with tab(browser, stage[1], viewport={"width": 375, "height": 720}) as page:
        log_in(page, "ann")
        page.goto("/devices")
        page.get_by_label("Device", exact=True).fill(str(R1))
        page.get_by_label("Credential").set_input_files(tmp_path / "credential.xml")
        _fits(page)
        page.get_by_role("button", name="Add device").click()
        page.get_by_text("is among your devices").wait_for()
        page.goto(f"/rehost/choose?source={R1}&target={R2}")
        page.get_by_label("Credential of the source").set_input_files(tmp_path / "credential.xml")
        page.get_by_role("button", name="Get permission ticket").click()
        page.get_by_text("was issued and mailed to ann@customer.example").wait_for()
        _fits(page)
        page.goto("/rehost")
        page.locator("th a[href^='/rehost/']").click()
        page.get_by_text("waiting for the rehost ticket").wait_for()
        page.goto("/orders/new")
        page.get_by_label("Product").select_option("SL-880-AIS=")
        page.get_by_role("button", name="Place order").click()
        page.get_by_text("in the mail, arrives 2010-03-06").wait_for()
        _fits(page)
        page.goto("/paks")
        page.get_by_text("in the mail, arrives 2010-03-06").wait_for()
        _fits(page)


def _fits(page: "Page") -> None:
    """Check that nothing lies beside the screen, and that what is tapped is large enough."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    for box in page.locator("button:visible, .button:visible").all():
        size = box.bounding_box()
        assert size is None or size["height"] >= 24, box.inner_text()


def test_without_a_script_everything_works(
    portal: Portal, stage: tuple[Portal, str], browser: "Browser", tmp_path: Path
) -> None:
    with tab(browser, stage[1], java_script_enabled=False) as page:
        log_in(page)
        assert ordered(page) == portal.service.queries.paks(by="lab").items[0].code
        rows = [f"CISCO881-K9:FTX1405{number:04d}" for number in range(200)]
        pak = portal.pak(300)
        page.goto("/register")
        page.get_by_label("PAK", exact=True).fill(pak)
        page.get_by_label("Devices", exact=True).fill("\n".join(rows))
        page.get_by_role("button", name="Register").click()
        page.get_by_text("200 licenses issued.").wait_for(timeout=30_000)
        page.goto("/demo")
        page.get_by_label("Device", exact=True).fill(str(R1))
        page.get_by_label("Feature").select_option("advipservices")
        page.get_by_role("button", name="Get demo license").click()
        file = saved(page, page.get_by_role("link", name="Download"), tmp_path)
        assert features(portal, file) == ["advipservices"]
        page.goto("/resend")
        page.get_by_label("Device", exact=True).fill("nonsense")
        page.get_by_role("button", name="Send licenses again").click()
        page.locator("#udi:focus").wait_for(state="attached")
        page.locator("#udi-problem").get_by_text("'nonsense' is not a UDI").wait_for()
        page.get_by_label("Device", exact=True).fill(str(R1))
        page.get_by_role("button", name="Send licenses again").click()
        page.get_by_text("mailed again").wait_for()
        page.get_by_role("button", name="Log out").click()
        page.get_by_text("You are logged out.").wait_for()


def test_account_and_token(portal: Portal, page: "Page") -> None:
    page.get_by_role("link", name="Records").click()
    page.get_by_role("link", name="Accounts").click()
    page.get_by_label("User name").fill("ann")
    page.get_by_label("Password", exact=True).fill("ann's secret")
    page.get_by_label("Your own password").fill("lab")
    page.get_by_role("button", name="Create account").click()
    page.get_by_text("The account ann is open, as customer.").wait_for()
    page.get_by_role("link", name="lab", exact=True).click()
    page.get_by_label("Name of a new token").fill("nightly script")
    page.get_by_label("Your password").fill("lab")
    page.get_by_role("button", name="Create token").click()
    secret = page.locator("#secret").inner_text()
    account = portal.service.accounts.token_account(secret)
    assert account is not None
    assert account.name == "lab"


def test_a_form_is_carried_out_once_even_without_a_script(
    portal: Portal, stage: tuple[Portal, str], browser: "Browser"
) -> None:
    with tab(browser, stage[1], java_script_enabled=False) as page:
        log_in(page)
        page.goto("/orders/new")
        page.get_by_role("button", name="Place order").dblclick()
        page.get_by_role("heading", name="Product authorization key").wait_for()
        page.wait_for_load_state()
    assert portal.service.queries.orders(by="lab").total == 1


def test_a_form_is_sent_once_however_often_it_is_clicked(portal: Portal, page: "Page") -> None:
    page.goto("/orders/new")
    page.get_by_role("button", name="Place order").dblclick()
    page.get_by_role("heading", name="Product authorization key").wait_for()
    assert portal.service.queries.orders(by="lab").total == 1
