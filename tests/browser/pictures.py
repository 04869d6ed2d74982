"""Takes the pictures of the pages that stand under `docs/portal`: `python -m tests.browser.pictures`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.stage import chromium, log_in, served, tab
from tests.browser.world import console, served_world
from tests.unit.transports.portal.lab import R1, R2, R3, Portal, credential, password_of
from tests.unit.transports.web_console.place import Place

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parent.parent.parent / "docs" / "portal"
DAY = 86_400_000
TOUCH = {"is_mobile": True, "has_touch": True}


def fill(portal: Portal) -> dict[str, str]:
    """A portal in which some days of work were done; the pages to show, by the names of their pictures."""
    service = portal.service
    service.accounts.add("ann", password_of("ann"), 0, by="lab", address="ann@branches.example")
    service.order("L-880-AIS=", 50, 0, by="lab", owner="ann", why="Branch roll-out, first half")
    service.order("SL-880-AIS=", 5, 0, by="lab")
    pak, order = next(
        (each.code, each.order) for each in service.queries.paks(by="lab").items if each.sku == "L-880-AIS="
    )
    portal.now += DAY
    service.register(pak, [R1], portal.now, by="ann", why="Branch 1")
    service.claim(R3, portal.now, by="ann", credential=credential(R3))
    service.demo(R3, "advipservices", portal.now, by="ann")
    service.accounts.new_token("lab", "nightly script", portal.now, by="lab", entropy=b"1" * 32)
    portal.now += 2 * DAY
    service.permission(R1, portal.now, by="ann", target=R2, credential=credential(R1), why="Branch 1 moves")
    ticket = service.queries.rehosts(by="lab").items[0].ticket
    letter = next(each.number for each in service.outbox.mailbox(portal.now, by="lab").items if str(R1) in each.subject)
    return pages(pak, order, ticket, letter)


def take(browser: "Browser", address: str, portal: Portal) -> None:
    """All pages in light, some of them in dark and on a phone."""
    shown = fill(portal)
    with tab(browser, address, viewport={"width": 1200, "height": 800}) as page:
        page.goto("/log-in")
        shoot(page, "log-in")
        log_in(page)
        shoot(page, "overview")
        for name, path in shown.items():
            page.goto(path)
            shoot(page, name)
        _rma(page, portal.service.contract(R1, by="lab").number)
        shoot(page, "rma-confirm")
        _mistakes(page, shown["register"])
        shoot(page, "registered")
        page.goto("/rma")
        for label, text in (("Failed device", "CISCO881-K9:FTX1405YDC"), ("Replacement", "CISCO881-K9:FTX14O5YDC9")):
            page.get_by_label(label).fill(text)
        page.get_by_role("button", name="Continue").click()
        page.locator(".errors").wait_for()
        shoot(page, "mistake")
        page.goto("/account")
        page.get_by_role("link", name="Revoke nightly script").click()
        shoot(page, "revoke-token")
    dark: dict[str, Any] = {"color_scheme": "dark", "viewport": {"width": 1200, "height": 800}}
    with tab(browser, address, **dark) as page:
        log_in(page)
        shoot(page, "overview-dark")
        page.goto(f"/devices/{R1}")
        shoot(page, "device-dark")
    phone: dict[str, Any] = {"viewport": {"width": 375, "height": 720}, "device_scale_factor": 2, **TOUCH}
    with tab(browser, address, **phone) as page:
        log_in(page)
        shoot(page, "overview-phone")
        page.goto(shown["pak"])
        shoot(page, "pak-phone")


def pages(pak: str, order: str, ticket: str, letter: int) -> dict[str, str]:
    """Each page with its picture's name."""
    return {
        "orders": "/orders",
        "order": "/orders/new",
        "paks": "/paks",
        "pak": f"/paks/{pak}",
        "lost-pak": f"/lost-pak?number={order}",
        "register": f"/register?pak={pak}",
        "devices": "/devices",
        "device": f"/devices/{R1}",
        "demo": f"/demo?udi={R3}",
        "extension": "/extension",
        "resend": "/resend",
        "rma": "/rma",
        "rehost": f"/rehost?source={R1}&target={R2}",
        "rehost-choose": f"/rehost/choose?source={R1}&target={R2}",
        "rehost-case": f"/rehost/{ticket}",
        "mail": "/mail",
        "letter": f"/mail/{letter}",
        "audit": "/audit",
        "account": "/account",
        "accounts": "/accounts",
        "account-change": "/accounts/ann",
    }


def _rma(page: "Page", contract: str) -> None:
    """An RMA that waits for its confirmation."""
    page.goto(f"/rma?failed={R1}&replacement={R2}")
    page.get_by_label("Service contract").fill(contract)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Confirm the replacement").wait_for()


def _mistakes(page: "Page", address: str) -> None:
    """A list with a wrong row, whose good ones are registered."""
    page.goto(address)
    page.get_by_label("Devices", exact=True).fill(f"{R1}\n{R2}\nCISCO881-K9:FTX14O5YDC9\n{R3}\n")
    page.get_by_label("Register valid rows").check()
    page.get_by_role("button", name="Register").click()
    page.get_by_text("issued.").wait_for()


def shoot(page: "Page", name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def take_consoles(browser: "Browser", here: Place) -> None:
    """A console in light, in dark and on a phone, and the list of routers."""
    screens: dict[str, dict[str, Any]] = {
        "console": {},
        "console-dark": {"color_scheme": "dark"},
        "console-phone": {"viewport": {"width": 375, "height": 720}, "device_scale_factor": 2, **TOUCH},
    }
    for name, options in screens.items():
        with console(browser, here, "/console/R1/vty", **options) as page:
            page.locator("[data-pane]").click()
            for prompt, answer in (("Username:", "admin"), ("Password:", "lab"), ("R1#", "show license feature")):
                page.locator("[data-prompt]", has_text=prompt).wait_for()
                page.keyboard.type(answer)
                page.keyboard.press("Enter")
            page.locator("[data-prompt]", has_text="R1#").wait_for()
            page.keyboard.type("show lic")
            page.screenshot(path=PICTURES / f"{name}.png", full_page=name != "console-phone")
            if name == "console":
                page.goto("/world")
                shoot(page, "routers")
                _put_away(page, here)
                shoot(page, "files")


def _put_away(page: "Page", here: Place) -> None:
    """A demo license of R1 that is put on the lab's TFTP server from its letter."""
    page.goto(f"/demo?udi={here.world.routers['R1'].state.udi}")
    page.get_by_role("button", name="Get demo license").click()
    page.get_by_role("button", name="Put on lab TFTP").click()
    page.get_by_text("is on the lab's TFTP server").wait_for()
    page.goto("/files")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with served() as (portal, address), chromium() as browser:
        take(browser, address, portal)
    with served_world("R1") as here, chromium() as browser:
        take_consoles(browser, here)


if __name__ == "__main__":
    main()
