"""The pages of the manager: who comes in, what each shows, what many devices are asked for, and what is refused."""

import re

from msgspec.structs import replace

from emulator.manager import inventory
from emulator.manager.job_records import ItemState, JobItem, JobState
from emulator.manager.jobs import control
from emulator.transports.manager_web.all_pages import manager_pages
from tests.manager_pages import PAK, ManagerBrowser, udi
from tests.unit.transports.manager_web.pages.conftest import Served


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_who_is_not_logged_in_is_led_to_the_log_in_and_back(bench: Served) -> None:
    _, browser = bench
    assert heading(browser.show("/devices?level=advsecurity").text) == "Log in"
    wrong = browser.log_in(password="wrong one")
    assert (wrong.status_code, "The user name or the password is wrong." in wrong.text) == (422, True)
    assert heading(browser.log_in().text) == "Today"
    assert heading(browser.send("/", "/log-out").text) == "Log in"


def test_every_page_of_the_menu_has_its_title(browser: ManagerBrowser) -> None:
    menu = {route.path: route.menu.title for route in manager_pages() if route.menu}
    assert {path: heading(browser.show(path).text) for path in menu} == menu


def test_today_tells_what_needs_a_person(browser: ManagerBrowser) -> None:
    text = browser.show("/").text
    assert "What needs you (3)" in text
    assert "1 license obtained and not on the devices" in text
    assert "24 devices: next boot at another level" in text
    assert "17 devices: the last reading failed" in text


def test_devices_are_filtered_sorted_and_paged(browser: ManagerBrowser) -> None:
    def listed(query: str) -> list[str]:
        return re.findall(r'name="ticked" value="([^"]+)"', browser.show(f"/devices?{query}").text)

    assert len(listed("")) == 50
    assert listed("sort=hostname")[0] == str(udi(0))
    assert listed("sort=-hostname")[0] == str(udi(119))
    assert listed("text=branch-00077") == [str(udi(77))]
    assert len(listed("group=north")) == 40
    assert len(listed("state=pending")) == 24
    assert len(listed("offset=100")) == 20
    assert browser.show("/devices?state=x").status_code == 422
    assert browser.show("/devices?sort=x").status_code == 404


def test_a_view_is_saved_for_its_user(browser: ManagerBrowser) -> None:
    browser.send("/devices?level=advsecurity&sort=-seen&offset=50", "/devices/views", view="Old ones")
    assert '<a href="/devices?level=advsecurity&amp;sort=-seen">Old ones</a>' in browser.show("/devices").text
    browser.log_in("reportmgr")
    assert "Old ones" not in browser.show("/devices").text


def test_a_bulk_act_is_for_the_whole_filter_as_it_was_shown(bench: Served, browser: ManagerBrowser) -> None:
    """Not for the 50 rows that are seen, and not for what comes under the filter after it was shown."""
    chosen = browser.send("/devices?level=advsecurity", "/devices/ticked", act="poll", all="yes")
    assert heading(chosen.text) == "Poll: 120 devices"
    [shown] = re.findall(r'name="list" value="([0-9a-f]{64})"', chosen.text)
    assert "Type 120, the number of the devices." in browser.send("/devices/act", typed="119").text
    inventory.delete_devices(bench[0].context(), [udi(0)])
    changed = browser.send("/devices/act", typed="120", list=shown)
    assert changed.status_code == 422
    assert "The list has changed since it was shown: it has 119 devices now. Look at it again." in changed.text
    assert heading(browser.send("/devices/act", typed="119").text) == "Job 1: poll"
    assert f'"{udi(0)}"' not in control.show_job(bench[0].context(), 1).arguments


def test_ticked_devices_alone_are_polled(bench: Served, browser: ManagerBrowser) -> None:
    ticked = [str(udi(1)), str(udi(2))]
    assert heading(browser.send("/devices", "/devices/ticked", act="poll", ticked=ticked).text) == "Poll: 2 devices"
    assert heading(browser.send("/devices/act").text) == "Job 1: poll"
    assert f'"udis":["{ticked[0]}","{ticked[1]}"]' in control.show_job(bench[0].context(), 1).arguments
    assert browser.show("/devices/act").status_code == 404
    assert browser.show("/jobs/1/progress").json() == {
        "done": 0, "total": 0, "told": "Waits to begin.", "finished": False
    }  # fmt: skip
    assert "paused" in browser.send("/jobs/1", act="pause").text


def test_deleting_asks_for_the_number_however_few(bench: Served, browser: ManagerBrowser) -> None:
    browser.send("/devices", "/devices/ticked", act="delete", ticked=[str(udi(1))])
    assert browser.send("/devices/act").status_code == 422
    assert "1 device deleted." in browser.send("/devices/act", typed="1").text
    assert bench[0].trail()[-1][1:3] == ("delete", str(udi(1)))


def test_a_deployment_is_checked_before_it_is_confirmed(bench: Served, browser: ManagerBrowser) -> None:
    wrong = browser.send("/deploy", pak=PAK, udis="CISCO881-K9:FTX1405\n", reload="yes")
    assert (wrong.status_code, "Row 1: " in wrong.text) == (422, True)
    text = "\n".join(str(udi(number)) for number in (1, 2, 3, 4))
    assert "Devices are being read" in browser.send("/deploy", pak=PAK, udis=text, reload="yes").text
    context = bench[0].context()
    job = control.show_job(context, 1)
    with bench[0].database.writing() as records:
        records.jobs.add_items(1, text.splitlines())
        lost = "1 debit, reload, loses unsaved lines: ip route 0.0.0.0 0.0.0.0 192.0.2.1"
        ready = ("licensed already", "reload")
        outcomes = (("to install", "1 debit, reload"), ("licensed already", ""), ("to install", lost), ready)
        items = [JobItem(each, ItemState.DONE, *told) for each, told in zip(text.splitlines(), outcomes, strict=True)]
        records.jobs.keep_items(1, items)
        records.jobs.keep(replace(job, state=JobState.DONE, total=4, ended=1))
    shown = browser.show("/deploy/1").text
    assert "<dt>Debits</dt><dd>2 of 49 left" in shown
    assert "ip route 0.0.0.0 0.0.0.0 192.0.2.1" in shown
    assert "<dt>Licensed, waiting for a reload</dt><dd>1</dd>" in shown
    assert browser.send("/deploy/1", typed="2", how="deploy").status_code == 422
    assert heading(browser.send("/deploy/1", typed="3", how="deploy", save="yes").text) == "Job 2: deploy"
    asked = control.show_job(context, 2).arguments
    assert f'"udis":["{udi(1)}","{udi(3)}","{udi(4)}"]' in asked
    assert '"reload":true,"save":true' in asked


def test_a_deployment_goes_to_a_filter_of_the_list(bench: Served, browser: ManagerBrowser) -> None:
    begun = browser.send("/devices?level=advsecurity", "/devices/ticked", act="deploy", all="yes")
    assert "the 120 of the list that you filtered (level advsecurity)" in " ".join(begun.text.split())
    browser.send("/deploy", pak=PAK)
    asked = control.show_job(bench[0].context(), 1).arguments
    assert '"udis":[]' in asked
    assert '"level":"advsecurity"' in asked
    assert "the 120 of the list" not in " ".join(browser.show("/deploy").text.split())


def test_an_evaluation_is_looked_at_before_it_is_begun(bench: Served, browser: ManagerBrowser) -> None:
    browser.send("/devices", "/devices/ticked", act="evaluate", ticked=[str(udi(1))])
    assert "Type the level." in browser.send("/devices/act", dry_run="yes").text
    for number, look in ((1, "yes"), (2, "")):
        sent = browser.send("/devices/act", level="advipservices", accept="yes", dry_run=look)
        assert heading(sent.text) == f"Job {number}: evaluate"
        dry = "true" if look else "false"
        assert f'"accept":true,"reload":false,"dry_run":{dry}' in control.show_job(bench[0].context(), number).arguments
    assert browser.show("/devices/act").status_code == 404


def test_other_tools_find_a_device_by_its_udi(browser: ManagerBrowser) -> None:
    assert heading(browser.show(f"/go?udi={udi(5)}").text) == str(udi(5))
    assert heading(browser.show("/go?udi=CISCO881-K9:FTX1405ZZZZ").text) == "Unknown device"
    assert browser.show("/go?udi=nonsense").status_code == 422
    assert browser.show("/devices/nonsense").status_code == 404


def test_a_paks_page_and_a_devices_page_name_each_other(browser: ManagerBrowser) -> None:
    shown = browser.show(f"/paks/{PAK}").text.replace("%3A", ":")
    assert f"/devices/{udi(1)}" in shown
    assert re.search(r"<dt>Fits</dt><dd>[1-9]\d* devices? here</dd>", shown)
    assert f"/paks/{PAK}" in browser.show(f"/devices/{udi(1)}").text


def test_the_own_password_is_changed_with_the_old_one(browser: ManagerBrowser) -> None:
    new = {"password": "another one", "repeated": "another one"}
    assert "This is not your password." in browser.send("/account", own_password="wrong one", **new).text
    assert "The password is changed." in browser.send("/account", own_password="correct horse", **new).text
    assert heading(browser.log_in(password="another one").text) == "Today"


def test_a_deleted_user_is_out_at_once(bench: Served, browser: ManagerBrowser) -> None:
    inventory.delete_user(bench[0].context(), "admin")
    assert heading(browser.show("/").text) == "Log in"
