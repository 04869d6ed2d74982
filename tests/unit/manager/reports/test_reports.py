"""Reports: their rows, who may make and read them, comparison with an earlier one, CSV, JSON and page."""

import csv
import io
from xml.etree import ElementTree

import pytest

from emulator.kernel.errors import Refused
from emulator.licensing.udi import Udi
from emulator.manager import inventory
from emulator.manager.entities import (
    DeviceAddress,
    DeviceFault,
    DeviceReading,
    InstalledLicense,
    KnownPak,
    ManagedDevice,
    ManagerUser,
    ObtainedLicense,
)
from emulator.manager.errors import NotAllowed
from emulator.manager.report_entities import ReportKind
from emulator.manager.reports import formats
from emulator.manager.reports.page import report_page
from emulator.manager.reports.subjects import SUBJECTS
from emulator.manager.reports.use_cases import (
    compare_reports,
    delete_report,
    list_reports,
    make_report,
    show_report,
)
from emulator.manager.roles import ManagerRole
from emulator.manager.store.devices import DeviceFilter
from tests.unit.manager.conftest import HOUR, Bench

R1, R2, R3 = (Udi("CISCO881-K9", f"FTX1405YDC{last}") for last in "789")
IAD = Udi("IAD881F-K9", "FTX1405YDCA")
ALL = DeviceFilter()
DAY = 24 * HOUR


def evaluation(left: str, state: str = "Active, In Use") -> InstalledLicense:
    return InstalledLicense("advipservices", "Evaluation", state, "Evaluation License Storage", left)


PERMANENT = InstalledLicense("advsecurity", "Permanent", "Active, In Use", "Primary License Storage", "Life time")


def fleet(bench: Bench) -> None:
    """Four devices: one that reloads to another level, one in evaluation, one of other hardware, and an IAD."""
    seen = bench.now
    reading = DeviceReading(R1, "R1", "15.0(1)M4", "flash:x", "advsecurity", "Permanent", "advipservices", (PERMANENT,))
    trial = DeviceReading(R2, "=cmd()", "15.0(1)M4", "flash:x", "advipservices", "Evaluation", "advipservices",
                          (PERMANENT, evaluation("8 weeks 4 days")))  # fmt: skip
    spent = DeviceReading(R3, "R3", licenses=(evaluation("0 seconds"),), level="none", next_level="none")
    iad = DeviceReading(IAD, "R4", level="advipservices", next_level="advipservices",
                        licenses=(evaluation("2 days"), evaluation("3 days", "Active, Not in Use")))  # fmt: skip
    with bench.database.writing() as records:
        records.devices.keep(ManagedDevice(R1, 1, DeviceAddress("192.0.2.1"), seen=seen, reading=reading))
        records.devices.keep(ManagedDevice(R2, 1, DeviceAddress("192.0.2.2"), seen=seen, reading=trial))
        records.devices.keep(
            ManagedDevice(R3, 1, seen=seen, reading=spent, fault=DeviceFault.OTHER_DEVICE, successor=IAD)
        )
        records.devices.keep(ManagedDevice(IAD, 1, seen=seen, reading=iad))
        records.licenses.keep_pak(KnownPak("D4Y22SMARGQ", "L-880-AIS=", "advipservices", 5, 1, seen))
        for number, (udi, deployed) in enumerate(((R1, None), (R2, seen))):
            license_ = ObtainedLicense(f"L{number}", udi, "D4Y22SMARGQ", "advipservices", "f.lic", b"x", seen, deployed)
            records.licenses.keep_license(license_)


WANTED: dict[ReportKind, list[tuple[str, ...]]] = {
    ReportKind.DEVICES: [
        (str(R1), "192.0.2.1", "R1", "15.0(1)M4", "advsecurity", "advipservices", "reload pending"),
        (str(R2), "192.0.2.2", "=cmd()", "15.0(1)M4", "advipservices", "advipservices", "read"),
        (str(R3), "", "R3", "", "none", "none", "other hardware"),
        (str(IAD), "", "R4", "", "advipservices", "advipservices", "read"),
    ],
    ReportKind.PAKS: [("D4Y22SMARGQ", "L-880-AIS=", "advipservices", "5", "4", "1")],
    ReportKind.RUNNING_OUT: [
        (str(IAD), "advipservices", "Evaluation", "yes", "2d"),
        (str(R2), "advipservices", "Evaluation", "yes", "60d"),
        (str(IAD), "advipservices", "Evaluation", "no", "3d"),
    ],
    ReportKind.EXPIRED: [(str(R3), "advipservices", "Evaluation", "yes", "none")],
    ReportKind.UNDEPLOYED: [(str(R1), "advipservices", "L0", "D4Y22SMARGQ", "f.lic")],
    ReportKind.RELOAD: [(str(R1), "R1", "advsecurity", "advipservices", "no license shown")],
    ReportKind.FORECAST: [
        ("1970-02-13T16:00:00Z", str(IAD), "advipservices", "Evaluation", "2d", "no PAK"),
        ("1970-04-12T16:00:00Z", str(R2), "advipservices", "Evaluation", "60d", "PAK D4Y22SMARGQ"),
    ],
    ReportKind.DISCREPANCIES: [
        (str(R1), "advipservices", "not deployed", "license L0 was obtained and waits"),
        (str(R2), "advipservices", "license lost",
         "license L1 was there on 1970-02-11T16:00:00Z; `manager resend` brings it back"),
        (str(R3), "", "other hardware", f"{IAD} answers at its address"),
    ],
}  # fmt: skip
"""Rows of each subject, as far as they are not an instant at the end."""


@pytest.mark.parametrize("kind", WANTED)
def test_a_report_has_the_rows_of_its_subject(bench: Bench, kind: ReportKind) -> None:
    fleet(bench)
    report = make_report(bench.context(), kind, ALL)
    assert [row[: len(wanted)] for row, wanted in zip(report.rows, WANTED[kind], strict=True)] == WANTED[kind]
    assert show_report(bench.context(), report.head.number) == report
    assert next(csv.reader(io.StringIO(formats.report_csv(report)))) == [each.title for each in report.columns]


def test_every_subject_makes_a_report_of_an_empty_fleet_and_has_a_chart(bench: Bench) -> None:
    assert set(SUBJECTS) == set(ReportKind)
    for kind in ReportKind:
        assert len(make_report(bench.context(), kind, ALL).columns) > SUBJECTS[kind].chart_place
    assert [each.kind for each in list_reports(bench.context())] == list(reversed(ReportKind))


def test_a_report_tells_what_changed_since_an_earlier_one_of_the_same_devices(bench: Bench) -> None:
    fleet(bench)
    make_report(bench.context(), ReportKind.DEVICES, ALL)
    march = bench.now
    bench.now += DAY
    make_report(bench.context(), ReportKind.DEVICES, DeviceFilter(text="R1"))
    inventory.delete_devices(bench.context(), [R3])
    inventory.add_devices(bench.context(), [Udi("CISCO881-K9", "FTX1405YDCB")])
    with bench.database.writing() as records:
        before = records.devices.find(R1)
        assert before is not None
        assert before.reading is not None
        after = DeviceReading(R1, "R1", "15.0(1)M4", "flash:x", "advipservices", "Permanent", "advipservices")
        records.devices.keep(ManagedDevice(R1, 1, before.address, seen=bench.now, reading=after))
        unchanged = records.devices.find(R2)
        assert unchanged is not None
        records.devices.keep(ManagedDevice(R2, 1, unchanged.address, seen=bench.now, reading=unchanged.reading))
    make_report(bench.context(), ReportKind.DEVICES, ALL)
    later, found = compare_reports(bench.context(), 3)
    assert (found.earlier.number, [row[0] for row in found.added], [row[0] for row in found.gone]) == (
        1, ["CISCO881-K9:FTX1405YDCB"], [str(R3)],
    )  # fmt: skip
    assert [(each.before[4], each.after[4], each.after[6]) for each in found.changed] == [
        ("advsecurity", "advipservices", "read")
    ]
    assert compare_reports(bench.context(), 3, since=march)[1] == found
    assert formats.comparison_csv(later, found).count("\r\n") == 5
    assert "Since report 1 of" in report_page(later, found)
    for arguments, told in {
        (3, 2): "the reports are about different devices (report 2: text R1; report 3: all)",
        (2, None): "there is no earlier report to compare report 2 with; "
        "one of the same kind and the same choice of devices is needed",
        (9, None): "there is no report 9; `manager report list` shows those that are kept",
    }.items():
        with pytest.raises(Refused) as caught:
            compare_reports(bench.context(), *arguments)
        assert str(caught.value) == told
    with pytest.raises(Refused, match="no report of that time or before to compare report 3 with"):
        compare_reports(bench.context(), 3, since=march - 1)


def test_administrators_make_reports_and_all_read_them_but_for_the_audit_trail(bench: Bench) -> None:
    inventory.keep_user(bench.context(), ManagerUser("ann", ManagerRole.REPORT))
    trail = make_report(bench.context(), ReportKind.TRAIL, ALL).head.number
    devices = make_report(bench.context(), ReportKind.DEVICES, ALL).head.number
    reader = bench.context("ann")
    assert show_report(reader, devices).rows == ()
    for act in (lambda: make_report(reader, ReportKind.DEVICES, ALL), lambda: delete_report(reader, devices)):
        with pytest.raises(NotAllowed, match="may not make reports"):
            act()
    with pytest.raises(NotAllowed, match="may not read the audit trail"):
        show_report(reader, trail)
    with pytest.raises(Refused, match="the report 'trail' is not about devices; leave the filter out"):
        make_report(bench.context(), ReportKind.TRAIL, DeviceFilter(text="R1"))
    delete_report(bench.context(), devices)
    assert make_report(bench.context(), ReportKind.DEVICES, ALL).head.number == devices + 1


def test_no_cell_of_a_report_is_a_formula_or_markup(bench: Bench) -> None:
    fleet(bench)
    with bench.database.writing() as records:
        hostile = DeviceReading(R1, "<b>&R1", level="<script>alert(1)</script>", next_level="x")
        records.devices.keep(ManagedDevice(R1, 1, reading=hostile))
    report = make_report(bench.context(), ReportKind.DEVICES, ALL)
    assert '"\'=cmd()"' in formats.report_csv(report)
    page = report_page(report)
    assert "<script>" not in page
    assert "&lt;b&gt;&amp;R1" in page
    chart = ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])
    title = chart.find("title")
    assert title is not None
    assert title.text == "advipservices: 2; <script>alert(1)</script>: 1; none: 1"
    assert len(chart.findall("rect")) == 3
