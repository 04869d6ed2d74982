"""The wizards of the license manager in Chromium: most by keyboard alone, a policy by mouse."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from emulator.manager import inventory
from emulator.manager.entities import CredentialSet, DeviceAddress
from tests.browser.manager_stage import log_in_as, run_jobs, served_manager
from tests.browser.stage import tab
from tests.fakes.devices import FakeBackEnd, FakeDevice, FakeNetwork
from tests.manager_pages import PAK, device, udi
from tests.unit.manager.conftest import Bench

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

R1, R2 = udi(1), udi(2)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, browser: "Browser") -> "Iterator[tuple[Bench, Page]]":
    """A manager of 6 devices, of which two answer, and an Admin who is logged in."""
    folder: Path = tmp_path_factory.mktemp("manager")
    with served_manager(folder, 6) as (bench, address), tab(browser, address) as page:
        inventory.keep_credentials(bench.context(), CredentialSet("lab", "admin", "lab"))
        bench.network = FakeNetwork(
            d1=FakeDevice(pid=R1.pid, serial=R1.serial, licensed="advipservices"),
            d2=FakeDevice(pid=R2.pid, serial=R2.serial),
        )
        with bench.database.writing() as records:
            for number in (1, 2):
                at = DeviceAddress(f"192.0.2.{number}")
                records.devices.keep(replace(device(number, bench.now), address=at))
        log_in_as(page, "admin")
        yield bench, page


def test_licenses_are_transferred_by_keyboard_alone(stage: "tuple[Bench, Page]") -> None:
    """The portal is down at first: the wizard is left, found in the list, and gone on with."""
    bench, page = stage
    back_end, keys = FakeBackEnd(), page.keyboard
    page.goto(f"/devices/{R1}")
    page.get_by_role("link", name="Transfer licenses", exact=True).last.focus()
    keys.press("Enter")
    page.locator("#target").focus()
    keys.type("CISCO881-K9:FTX1405ZZZZ")
    keys.press("Enter")
    page.locator("#target:focus").wait_for()  # the field that is wrong
    keys.press("Control+A")
    keys.type(str(R2))
    keys.press("Enter")
    page.get_by_text("No device reloads.").wait_for()
    page.locator("#typed").focus()
    keys.type(R1.serial)
    keys.press("Enter")
    page.get_by_role("heading", name="Under way").wait_for()
    back_end.down = "permission"
    run_jobs(bench, back_end)
    page.get_by_text("continue when the cause is gone").wait_for()
    page.goto("/rehost")
    page.get_by_role("link", name="Continue").focus()
    keys.press("Enter")
    page.locator("#typed").focus()
    keys.type(R1.serial)
    keys.press("Enter")
    page.get_by_role("heading", name="Under way").wait_for()
    run_jobs(bench, back_end)
    page.get_by_text("60 days of use left").wait_for()
    assert (bench.network.at(1).revoked, bench.network.at(2).installs) == (1, 1)


def test_a_policy_is_kept_tried_and_executed_by_mouse(stage: "tuple[Bench, Page]") -> None:
    _, page = stage
    page.goto("/policies")
    page.get_by_label("Name", exact=True).fill("north-ais")
    page.get_by_role("combobox", name="SKUs").fill("L-880-*")
    page.get_by_label("Group").select_option("north")
    page.get_by_role("button", name="Save policy").click()
    page.get_by_role("heading", name="What it would do now").wait_for()
    page.get_by_role("button", name="Deploy 2 licenses").click()
    page.get_by_role("heading", name="Job 3: deploy").wait_for()
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("paused").first.wait_for()
    page.goto("/policies/north-ais")
    page.get_by_text("Delete policy…").click()
    page.get_by_role("button", name="Delete policy").click()
    page.get_by_text("No policies yet.").wait_for()


def test_a_list_is_typed_by_keyboard_alone_and_kept_as_it_is_left(stage: "tuple[Bench, Page]") -> None:
    _, page = stage
    keys = page.keyboard
    page.goto("/udis/printed")
    listed = page.locator("pre").inner_text()
    page.goto("/udis")
    page.locator("#typed").focus()
    keys.insert_text(listed.replace("FTX14050003", "FTX14O50003"))
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    page.get_by_role("heading", name="Rows to correct").wait_for()
    page.goto("/udis")
    page.get_by_text("This is as you left it.").wait_for()
    assert "FTX14O50003" in page.locator("#typed").input_value()


def test_folders_and_access_lists_are_kept_by_keyboard_alone(stage: "tuple[Bench, Page]") -> None:
    """Mistakes are told beside their field, which has the focus."""
    _, page = stage
    keys = page.keyboard
    page.goto("/folders")
    page.locator("#name").focus()
    keys.type("spare")
    keys.press("Tab")
    keys.type("NOSUCHPAK")
    keys.press("Tab")
    keys.press("Enter")  # the first button of a form
    page.locator("#paks:focus").wait_for()
    keys.press("Control+A")
    keys.type(PAK)
    for _ in range(2):
        keys.press("Tab")
    keys.press("Enter")
    page.get_by_text(f"Folder spare saved, with {PAK} in it.").wait_for()
    page.goto("/access")
    page.locator("#about").focus()
    keys.type("Folder")
    keys.press("Tab")
    keys.type("spare")
    keys.press("Tab")
    keys.type("nobody")
    keys.press("Tab")
    keys.press("Enter")
    page.locator("#users:focus").wait_for()
    keys.press("Control+A")
    keys.type("pakmgr")
    keys.press("Tab")
    keys.press("Enter")
    page.get_by_text("spare is seen by pakmgr and by Admins.").wait_for()
    page.get_by_role("link", name="Change the list of spare").focus()
    keys.press("Enter")
    assert (page.locator("#subject").input_value(), page.locator("#users").input_value()) == ("spare", "pakmgr")
    page.get_by_text("Delete the list of spare…").focus()
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Enter")
    page.get_by_text("No access lists: every user sees everything.").wait_for()


def test_an_evaluation_is_begun_by_keyboard_alone(stage: "tuple[Bench, Page]") -> None:
    bench, page = stage
    keys, trial = page.keyboard, bench.network.at(2)
    trial.evaluation = "Active, Not in Use, EULA not accepted"
    trial.licensed = trial.next_level = "advsecurity"
    page.goto(f"/devices/{R2}")
    page.get_by_role("button", name="Begin evaluation").focus()
    keys.press("Enter")
    page.locator("#level").focus()
    keys.type("advipservices")
    page.locator("#accept").focus()
    keys.press("Space")
    keys.press("Enter")
    page.get_by_role("heading", name="evaluate").wait_for()
    run_jobs(bench, FakeBackEnd())
    page.get_by_text("started").first.wait_for()
    assert trial.next_level == "advipservices"
