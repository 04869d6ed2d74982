"""The pages of the license manager in Chromium: on every screen, and the deployment wizard by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from emulator.manager import access, inventory
from emulator.manager.access_entities import Listed, UserAccessList
from emulator.manager.entities import CredentialSet, DeviceAddress
from emulator.manager.exchange.bundles import write_bundle
from emulator.manager.exchange.pairs import keep_pair
from emulator.manager.policies import keep_policy
from emulator.manager.report_entities import ReportKind
from emulator.manager.reports.use_cases import make_report
from emulator.manager.store.devices import DeviceFilter, LicensePolicy
from emulator.transports.manager_web.all_pages import manager_pages
from tests.browser.accessible import SCREENS, violations
from tests.browser.manager_stage import log_in_as, run_jobs, served_manager
from tests.browser.measured import misplaced
from tests.browser.stage import tab
from tests.fakes.devices import FakeBackEnd, FakeDevice, FakeNetwork
from tests.manager_pages import PAK, device, udi
from tests.unit.manager.conftest import Bench

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LOST = "ip route 0.0.0.0 0.0.0.0 192.0.2.1"
R2 = udi(2)


@pytest.fixture
def stage(tmp_path: Path, browser: "Browser") -> "Iterator[tuple[Bench, Page]]":
    """A manager of 60 devices, of which one answers, and an Admin who is logged in."""
    with served_manager(tmp_path, 60) as (bench, address), tab(browser, address) as page:
        inventory.keep_credentials(bench.context(), CredentialSet("lab", "admin", "lab"))
        bench.network = FakeNetwork(d1=FakeDevice(pid=R2.pid, serial=R2.serial, unsaved=(LOST,)))
        with bench.database.writing() as records:
            records.devices.keep(replace(device(2, bench.now), address=DeviceAddress("192.0.2.1")))
        log_in_as(page, "admin")
        yield bench, page


def test_every_page_is_accessible_and_fits(stage: "tuple[Bench, Page]") -> None:
    bench, page = stage
    page.goto("/deploy")
    page.get_by_role("combobox", name="PAK").fill(PAK)
    page.get_by_role("textbox", name="Devices").fill(f"{udi(1)}\n{R2}")
    page.get_by_role("button", name="Check").click()
    page.get_by_text("Devices are being read").wait_for()
    run_jobs(bench, FakeBackEnd())
    page.get_by_role("heading", name="What would happen").wait_for()
    page.wait_for_load_state()
    menu = [route.path for route in manager_pages() if route.menu is not None]
    others = ("/jobs/1", "/deploy/1", "/account", "/go?udi=CISCO881-K9:FTX1405ZZZZ")
    paths = (*menu, f"/devices/{R2}", f"/paks/{PAK}", *others)
    assert [told for path in paths for told in violations(page, path)] == []
    details = _furnish_details(bench)
    assert [told for path in details for told in violations(page, path, SCREENS[2:])] == []
    places = ("/devices", "/jobs/1", "/deploy/1", *details[:3])
    assert [told for path in places for told in misplaced(page, path)] == []


def _furnish_details(bench: Bench) -> tuple[str, ...]:
    """Pages of things that are made here: reports, a policy, a pair, transfers, and users."""
    context = bench.context()
    for _ in range(2):
        make_report(context, ReportKind.DEVICES, DeviceFilter())
        inventory.delete_devices(context, [udi(0)])
    keep_policy(context, LicensePolicy("north-ais", "L-880-*", DeviceFilter(group="north"), reload=True))
    keep_pair(context, "outside", "5f" * 32)
    write_bundle(context, "outside", DeviceFilter())
    access.keep_folder(context, "spare")
    access.change_folder(context, "spare", [PAK], put=True)
    access.keep_access(context, UserAccessList(Listed.GROUP, "north", ("reportmgr",)))
    devices = f"source={udi(1)}&target={R2}"
    return (
        "/reports/2", f"/rehost/case?{devices}", "/exchange/pairs/outside", "/reports/2/changes?earlier=1",
        "/policies/north-ais", f"/rma/case?failed={udi(3)}&replacement={R2}&contract=SC-1", "/users/admin",
        "/udis/printed", "/folders", "/access", "/paks?folder=spare",
    )  # fmt: skip


def test_a_license_is_deployed_by_keyboard_alone(stage: "tuple[Bench, Page]") -> None:
    bench, page = stage
    back_end, keys = FakeBackEnd(), page.keyboard
    page.goto(f"/devices/{R2}")
    _press(page, "Deploy license")
    page.get_by_role("heading", name="Deploy licenses").wait_for()
    assert page.get_by_role("textbox", name="Devices").input_value() == str(R2)  # chosen before, and found again
    page.get_by_role("combobox", name="PAK").focus()
    keys.type(PAK)
    page.get_by_label("Reload the devices then").focus()
    keys.press("Space")
    _press(page, "Check")
    page.get_by_text("Devices are being read").wait_for()
    run_jobs(bench, back_end)
    page.get_by_text(LOST).wait_for()  # shown without being asked for
    _press(page, "Deploy on 1 device")
    page.locator("#typed:focus").wait_for()  # the field that is wrong
    keys.type("1")
    keys.press("Enter")
    page.get_by_role("heading", name="Job 2: deploy").wait_for()
    run_jobs(bench, back_end)
    page.get_by_role("cell", name="installed", exact=True).wait_for()
    assert bench.network.at(1).installs == 1
    page.goto(f"/devices/{R2}")
    page.get_by_text("deploy: advipservices installed").wait_for()


def test_a_row_is_ticked_and_a_whole_filter_is_counted(stage: "tuple[Bench, Page]") -> None:
    _, page = stage
    page.goto("/devices?group=north")
    boxes = page.locator("tbody input[type=checkbox]")
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    boxes.nth(4).focus()
    page.keyboard.press("Shift+Space")
    page.get_by_text("5 on this page.").wait_for()
    _press(page, "Poll")
    page.get_by_role("heading", name="Poll: 5 devices").wait_for()
    page.goto("/devices")
    page.get_by_label("Select all 60").check()
    _press(page, "Poll")
    page.get_by_role("heading", name="Poll: 60 devices").wait_for()


def _press(page: "Page", name: str) -> None:
    """Press a button by its focus and a key, as who has no mouse does."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
