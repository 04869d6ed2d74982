"""The fleet for other tools: NetBox's forms, a calendar, and figures for Prometheus."""

import csv
import io

from icalendar import Calendar

from emulator.kernel.time import DAY
from emulator.manager.entities import DeviceReading, ManagedDevice
from emulator.manager.exports.calendar import expiry_calendar
from emulator.manager.exports.metrics import metrics
from emulator.manager.exports.netbox import NetboxTable, netbox_csv
from emulator.manager.store.devices import DeviceFilter
from tests.unit.manager.conftest import Bench
from tests.unit.manager.reports.test_reports import IAD, R2, fleet

ALL = DeviceFilter()

REQUIRED = {
    NetboxTable.DEVICE_TYPES: {"manufacturer", "model", "slug", "u_height"},
    NetboxTable.DEVICES: {"role", "manufacturer", "device_type", "status", "site"},
    NetboxTable.LICENSES: {"manufacturer", "name"},
    NetboxTable.ASSIGNMENTS: {"license", "vendor"},
    NetboxTable.CONTRACTS: {"vendor", "contract_id"},
    NetboxTable.COVERED: {"contract"},
}
"""Columns without which the forms of NetBox 4 and netbox-lifecycle refuse a table (C: their sources)."""


def test_tables_for_netbox_name_what_they_refer_to(bench: Bench) -> None:
    fleet(bench)
    with bench.database.writing() as records:
        for udi in (IAD, R2):
            records.devices.keep_contract(udi, "900000000001")
    tables = {
        table: list(csv.DictReader(io.StringIO(netbox_csv(bench.context(), table, ALL, site="HQ", role="Edge"))))
        for table in NetboxTable
    }
    devices = tables[NetboxTable.DEVICES]
    assert [(row["name"], row["serial"], row["status"]) for row in devices] == [
        ("R1", "FTX1405YDC7", "active"), ("'=cmd()", "FTX1405YDC8", "active"),
        ("R3", "FTX1405YDC9", "failed"), ("R4", "FTX1405YDCA", "active"),
    ]  # fmt: skip
    assert {row["device_type"] for row in devices} == {row["model"] for row in tables[NetboxTable.DEVICE_TYPES]}
    assert all(needed <= rows[0].keys() for table, rows in tables.items() for needed in [REQUIRED[table]])
    assignments = tables[NetboxTable.ASSIGNMENTS]
    assert {row["license"] for row in assignments} == {row["name"] for row in tables[NetboxTable.LICENSES]}
    assert tables[NetboxTable.CONTRACTS] == [{"vendor": "Cisco", "contract_id": "900000000001"}]
    assert tables[NetboxTable.COVERED] == [
        {"contract": "900000000001", "device": name} for name in ("'=cmd()", "R4")
    ]  # fmt: skip
    assert {row["device"] for row in assignments} == {row["name"] for row in devices}
    assert [row["description"] for row in assignments if row["device"] == "R4"] == [
        "Evaluation, Active, In Use, ends 1970-02-13 at the earliest", "Evaluation, Active, Not in Use, 3 days left",
    ]  # fmt: skip


def test_devices_of_one_host_name_are_named_by_their_serial_numbers(bench: Bench) -> None:
    fleet(bench)
    with bench.database.writing() as records:
        records.devices.keep(ManagedDevice(R2, 1, reading=DeviceReading(R2, "R3")))
    names = [
        row["name"]
        for row in csv.DictReader(io.StringIO(netbox_csv(bench.context(), NetboxTable.DEVICES, ALL, site="", role="")))
    ]
    assert names == ["R1", "FTX1405YDC8", "FTX1405YDC9", "R4"]


def test_the_calendar_has_an_event_for_each_license_in_use_that_keeps_its_identifier(bench: Bench) -> None:
    fleet(bench)
    first = expiry_calendar(bench.context(), ALL, 14 * DAY)
    events = Calendar.from_ical(first).walk("VEVENT")
    assert [(str(each["summary"]), str(each.decoded("dtstart"))) for each in events][1:] == [
        (f"{IAD}: advipservices ends", "1970-02-13")
    ]
    with bench.database.writing() as records:
        device = records.devices.find(IAD)
        assert device is not None
        records.devices.keep(ManagedDevice(IAD, 1, seen=(device.seen or 0) + DAY, reading=device.reading))
    later = Calendar.from_ical(expiry_calendar(bench.context(), ALL, 14 * DAY)).walk("VEVENT")
    assert str(later[1]["uid"]) == str(events[1]["uid"])
    assert str(later[1].decoded("dtstart")) == "1970-02-14"


def test_figures_for_prometheus_count_the_fleet_without_naming_devices_or_paks(bench: Bench) -> None:
    fleet(bench)
    bench.now += 90_000
    lines = metrics(bench.context()).splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        'isrtwin_manager_devices{state="other hardware",level="none"} 1',
        'isrtwin_manager_devices{state="read",level="advipservices"} 2',
        'isrtwin_manager_devices{state="reload pending",level="advsecurity"} 1',
        'isrtwin_manager_licenses{feature="advipservices",type="Evaluation"} 4',
        'isrtwin_manager_licenses{feature="advsecurity",type="Permanent"} 2',
        'isrtwin_manager_expiring_licenses{days="14"} 2',
        'isrtwin_manager_expiring_licenses{days="30"} 2',
        'isrtwin_manager_expiring_licenses{days="60"} 3',
        'isrtwin_manager_expiring_licenses{days="7"} 2',
        "isrtwin_manager_undeployed_licenses 1",
        'isrtwin_manager_pak_licenses_left{sku="L-880-AIS=",feature="advipservices"} 1',
        "isrtwin_manager_oldest_reading_age_seconds 90",
    ]
    assert "FTX" not in "".join(lines)
