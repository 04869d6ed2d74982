"""Reports and policies on their pages: made, compared, taken away; tried, confirmed by number, executed."""

import json
import re

import pytest

from emulator.manager import inventory
from emulator.manager.jobs import control
from tests.manager_pages import PAK, ManagerBrowser, udi
from tests.unit.transports.manager_web.pages.conftest import Served


@pytest.fixture
def reports(bench: Served, browser: ManagerBrowser) -> ManagerBrowser:
    """Two reports about the devices, between which one was deleted and one was added."""
    browser.send("/reports", kind="devices", group="", level="", state="", text="")
    inventory.delete_devices(bench[0].context(), [udi(0)])
    inventory.add_devices(bench[0].context(), [udi(500)])
    bench[0].now += 86_400_000
    browser.send("/reports", kind="devices", group="", level="", state="", text="")
    return browser


def test_a_report_is_shown_with_its_figures_and_taken_away(reports: ManagerBrowser) -> None:
    shown = reports.show("/reports/2").text
    assert "100 of 120 rows" in shown
    assert '<th scope="row">advsecurity</th><td class="number">119</td>' in shown
    assert "120 rows" in reports.show("/reports/2?rows=all").text
    assert reports.show("/reports/2/file/csv").text.count("\r\n") == 121
    assert len(json.loads(reports.show("/reports/2/file/json").text)["rows"]) == 120
    assert reports.show("/reports/2/file/html").headers["Content-Disposition"].endswith('"report-2-devices.html"')
    assert [reports.show(f"/reports/{path}").status_code for path in ("3", "x", "2/file/pdf")] == [404] * 3


@pytest.mark.heavy
def test_a_report_is_compared_with_an_earlier_one(reports: ManagerBrowser) -> None:
    changes = reports.show("/reports/2/changes?earlier=1").text
    for told in ("<dt>New</dt><dd>1</dd>", "<dt>Gone</dt><dd>1</dd>", "<dt>Changed</dt><dd>0</dd>", str(udi(500))):
        assert told in changes
    day = re.search(r"Report 1 of ([\d-]+) ", reports.show("/reports/1").text)
    assert day is not None
    assert "since <a" in reports.show(f"/reports/2/changes?since={day[1]}").text
    for since in ("1960-01-01", "March"):
        assert 'id="since-problem"' in reports.show(f"/reports/2/changes?since={since}").text
    assert reports.show("/reports/2/file/csv?earlier=1").text.count("\r\n") == 3
    assert reports.show("/reports/1/changes").status_code == 422


def test_a_report_about_no_devices_takes_no_filter(browser: ManagerBrowser) -> None:
    refused = browser.send("/reports", kind="trail", group="north", level="", state="", text="")
    assert (refused.status_code, 'id="kind-problem"' in refused.text) == (422, True)


def test_a_policy_is_tried_confirmed_and_executed_once(bench: Served, browser: ManagerBrowser) -> None:
    given = {"text": "", "level": "", "group": "north", "reload": "yes", "save": "yes"}
    assert 'id="skus-problem"' in browser.send("/policies", name="north-ais", skus="", **given).text
    shown = browser.send("/policies", name="north-ais", skus="L-880-*", **given).text
    assert "<dt>Devices of the filter</dt><dd>40</dd>" in shown
    assert "<dt>Licenses</dt><dd>40, one debit each</dd>" in shown
    assert 'id="typed-problem"' in browser.send("/policies/north-ais", act="execute", typed="39").text
    inventory.delete_devices(bench[0].context(), [udi(0)])
    moved = browser.send("/policies/north-ais", act="execute", count="40", typed="40")
    assert "The records changed: it is 39 license(s) now." in moved.text
    assert "Job 1: deploy" in browser.send("/policies/north-ais", act="execute", typed="39").text
    job = control.show_job(bench[0].context(), 1)
    assert (f'"pak":"{PAK}"' in job.arguments, '"reload":true,"save":true' in job.arguments) == (True, True)
    again = browser.send("/policies/north-ais", act="execute", typed="39")
    assert "wait until it is over" in again.text
    assert "deleted; its jobs stay" in browser.send("/policies/north-ais", act="delete").text


def test_a_policy_that_gives_nothing_says_so(browser: ManagerBrowser) -> None:
    browser.send("/policies", name="none", skus="X-*", text="", level="", group="north")
    done = browser.send("/policies/none", act="execute", count="0")
    assert "There is nothing to do now: each device has its license, or no PAK has one left." in done.text
