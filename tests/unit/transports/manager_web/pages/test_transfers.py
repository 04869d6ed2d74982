"""The wizards of rehost and RMA: what is named, checked, confirmed, left and found again; and acts on licenses."""

import pytest
from msgspec.structs import replace

from emulator.manager.entities import Rehost, RehostStep
from emulator.manager.job_records import ItemState, JobItem, JobState
from emulator.manager.jobs import control
from tests.fakes.devices import FakeDevice
from tests.manager_pages import ManagerBrowser, udi
from tests.unit.manager.conftest import Bench
from tests.unit.transports.manager_web.pages.conftest import Served

R1, R2 = str(udi(1)), str(udi(2))
CASE = f"/rehost/case?source={R1}&target={R2}"


def buy(bench: Bench, number: int) -> None:
    """Let a device be read with a license that was bought for it."""
    with bench.database.writing() as records:
        found = records.devices.find(udi(number))
        assert found is not None
        assert found.reading is not None
        own, trial = found.reading.licenses
        bought = replace(own, feature="advipservices", state="Active, Not in Use")
        records.devices.keep(replace(found, reading=replace(found.reading, licenses=(own, bought, trial))))


def end(bench: Bench, number: int, *, failed: str = "") -> None:
    """Let a job be over, with the license installed or a failure."""
    job = control.show_job(bench.context(), number)
    state = ItemState.FAILED if failed else ItemState.DONE
    with bench.database.writing() as records:
        records.jobs.add_items(number, [R2])
        records.jobs.keep_items(number, [JobItem(R2, state, "unreachable" if failed else "installed", failed)])
        counts = {"done": 0, "failed": 1} if failed else {"done": 1, "failed": 0}
        records.jobs.keep(replace(job, state=JobState.DONE, total=1, ended=1, **counts))


def test_a_rehost_is_checked_confirmed_left_and_gone_on_with(bench: Served, browser: ManagerBrowser) -> None:
    for source, target, field in ((R1, R1, "target"), (R1, str(udi(900)), "target"), ("x", R2, "source")):
        assert f'id="{field}-problem"' in browser.send("/rehost", source=source, target=target).text
    assert "<dt>Moves</dt><dd>nothing, by the records</dd>" in browser.send("/rehost", source=R1, target=R2).text
    buy(bench[0], 1)
    assert "<dt>Moves</dt><dd>advipservices</dd>" in browser.send("/rehost", source=R1, target=R2).text
    assert 'id="typed-problem"' in browser.send(CASE, typed="FTX1").text
    assert "Waits to begin." in browser.send(CASE, typed=R1.partition(":")[2].lower(), accept="yes").text
    assert '"accept":true' in control.show_job(bench[0].context(), 1).arguments
    browser.log_in()
    assert "Waits to begin." in browser.show(CASE).text
    end(bench[0], 1, failed="no route to host")
    with bench[0].database.writing() as records:
        records.rehosts.keep(Rehost(udi(1), udi(2), 1, 2, RehostStep.REVOKED, b"x", b"y"))
    assert "Unreachable: no route to host. The steps that were done are kept" in browser.show(f"{CASE}&job=1").text
    found = browser.show(CASE).text
    assert ("Continue transfer" in found, 'name="typed"' in found) == (True, False)
    assert "revoked on the source" in browser.show("/rehost").text
    assert "Waits to begin." in browser.send(CASE).text
    with bench[0].database.writing() as records:
        records.rehosts.keep(Rehost(udi(1), udi(2), 1, 2, RehostStep.INSTALLED, b"x", b"y"))
    end(bench[0], 2)
    assert "The licenses are on" in browser.show(f"{CASE}&job=2").text
    assert "/rehost/case?source=" in browser.show("/jobs/2").text


def test_a_failure_is_reported_once_it_is_confirmed(bench: Served, browser: ManagerBrowser) -> None:
    given = {"failed": R1, "replacement": R2}
    assert 'id="contract-problem"' in browser.send("/rma", **given, contract="").text
    assert '<dt>Contract</dt><dd class="code">SC-1</dd>' in browser.send("/rma", **given, contract="SC-1").text
    case = f"/rma/case?failed={R1}&replacement={R2}&contract=SC-1"
    assert 'id="typed-problem"' in browser.send(case, typed="").text
    assert "Waits to begin." in browser.send(case, typed=R1.partition(":")[2]).text
    end(bench[0], 1, failed="there is no such contract")
    assert "To report it again is safe" in browser.show(f"{case}&job=1").text
    assert "Waits to begin." in browser.send(case, typed=R1.partition(":")[2]).text
    end(bench[0], 2)
    assert "See device" in browser.show(f"{case}&job=2").text


@pytest.mark.parametrize(("act", "given", "kept"), [
    ("resend", {"accept": "yes"}, '"accept":true'),
    ("annotate", {"feature": "advsecurity", "comment": "branch 1"}, '"comment":"branch 1"'),
    ("clear", {"feature": "advipservices", "typed": "2"}, '"feature":"advipservices"'),
])  # fmt: skip
def test_licenses_are_sent_again_annotated_and_cleared(
    bench: Served, browser: ManagerBrowser, act: str, given: dict[str, str], kept: str
) -> None:
    browser.send("/devices", "/devices/ticked", act=act, ticked=[R1, R2])
    if act == "annotate":
        wrong = browser.send("/devices/act", feature="advsecurity", comment="x" * 100)
        assert 'id="comment-problem"' in wrong.text
    if act == "clear":
        assert 'id="typed-problem"' in browser.send("/devices/act", feature="advipservices", typed="1").text
        assert 'id="feature-problem"' in browser.send("/devices/act", typed="2").text
    assert f"Job 1: {act}" in browser.send("/devices/act", **given).text
    assert kept in control.show_job(bench[0].context(), 1).arguments


def test_devices_are_compared_with_the_portal_and_a_capture(bench: Served, browser: ManagerBrowser) -> None:
    browser.send("/devices", "/devices/ticked", act="drift", ticked=[R1, R2])
    assert "Job 1: drift" in browser.send("/devices/act").text
    assert 'id="file-problem"' in browser.send("/drift").text
    wrong = browser.send("/drift", pasted="R1#show clock")
    assert 'id="pasted-problem"' in wrong.text
    assert "The capture shows no <code>show version</code>" in wrong.text
    shown = FakeDevice(pid=R1.partition(":")[0], serial=R1.partition(":")[2]).screen("show license udi")
    pasted = (
        f"R1#show license udi\n{shown}R1#show license\nIndex 1 Feature: advsecurity\n\tLicense Type: Permanent\nR1#"
    )
    assert "Job 2: drift" in browser.send("/drift", pasted=pasted).text


def test_a_license_file_is_installed(bench: Served, browser: ManagerBrowser) -> None:
    assert 'id="file-problem"' in browser.send("/install", udi=R1).text
    token = {"form_token": browser.show("/install").text.split('form_token" value="')[1].split('"')[0], "form_key": "k"}
    for device, name, told in (
        (str(udi(900)), "a.lic", "udi-problem"),
        (R1, "a b.lic", "file-problem"),
        (R1, "a.lic", "Job 1"),
    ):
        answer = browser.client.post("/install", data=token | {"udi": device}, files={"file": (name, b"license")})
        assert told in answer.text
    assert '"content":"bGljZW5zZQ=="' in control.show_job(bench[0].context(), 1).arguments
