"""Subjects of reports: one row of the table each, with its columns and the function that reads its rows.

C: the audit trail is a subject that takes no filter. I: the others; that periods are those of use, as the device told
them when it was read, follows from what `show license detail` shows (C).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from emulator.kernel.time import Duration, format_duration
from emulator.manager.entities import InstalledLicense, ManagedDevice
from emulator.manager.expiry import period_left
from emulator.manager.products import fits
from emulator.manager.report_entities import ReportColumn, ReportKind, ReportRow
from emulator.manager.store.devices import DeviceFilter
from emulator.manager.store.records import ManagerRecords

MOST_TRAIL = 100_000
"""Entries of the audit trail that one report has, the latest ones."""

PERMANENT = "Permanent"
"""Type of a license that does not run out, in the words of the device."""


class ReportSubject(msgspec.Struct, frozen=True):
    """Subject of a report; `filtered` tells whether it is about chosen devices."""

    title: str
    columns: tuple[ReportColumn, ...]
    chart: str
    rows: Callable[[ManagerRecords, DeviceFilter], Iterable[ReportRow]]
    filtered: bool = True

    @property
    def chart_place(self) -> int:
        """Place of the column whose values are counted in the chart."""
        return [each.title for each in self.columns].index(self.chart)


def date(at: int | None) -> str:
    """Format an instant as ISO 8601 in UTC, to the second; empty for none."""
    return "" if at is None else datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def state_of(device: ManagedDevice) -> str:
    """Return the state of a device in words: what is wrong with it comes before what is well."""
    if device.replaced_by is not None:
        return "replaced"
    if device.successor is not None:
        return "other hardware"
    if device.fault is not None:
        return str(device.fault)
    if device.reading is None:
        return "never read"
    if device.reading.level != device.reading.next_level:
        return "reload pending"
    return "read"


def in_use(license_: InstalledLicense) -> bool:
    """Tell whether the clock of a license runs."""
    return "In Use" in license_.state and "Not in Use" not in license_.state


def _devices(records: ManagerRecords, chosen: DeviceFilter) -> Iterator[ReportRow]:
    for each in records.devices.choose(chosen):
        reading = each.reading
        known = (reading.hostname, reading.release, reading.level, reading.next_level) if reading else ("",) * 4
        yield str(each.udi), str(each.address or ""), *known, state_of(each), date(each.seen)


def _licenses(records: ManagerRecords, chosen: DeviceFilter) -> Iterator[ReportRow]:
    for device in records.devices.choose(chosen):
        for each in device.reading.licenses if device.reading else ():
            yield str(device.udi), each.feature, each.type, each.state, each.store, each.count, each.left


def _paks(records: ManagerRecords, _: DeviceFilter) -> Iterator[ReportRow]:
    for each in records.licenses.paks():
        used = each.quantity - each.left
        yield each.code, each.sku, each.feature, str(each.quantity), str(used), str(each.left), date(each.refreshed)


def _undeployed(records: ManagerRecords, chosen: DeviceFilter) -> Iterator[ReportRow]:
    wanted = {each.udi for each in records.devices.choose(chosen)}
    for each in records.licenses.undeployed():
        if each.udi in wanted or chosen == DeviceFilter():
            yield str(each.udi), each.feature, each.id, each.pak, each.file, date(each.obtained)


class _Ending(msgspec.Struct, frozen=True):
    """License that runs out, and the earliest instant of its end, which one that is not in use does not have."""

    device: ManagedDevice
    license_: InstalledLicense
    left: Duration
    ends: int | None


def _endings(records: ManagerRecords, chosen: DeviceFilter) -> list[_Ending]:
    """Licenses that run out: those in use by their ends, then the others by what is left of their use."""
    found = []
    for device in records.devices.choose(chosen):
        for each in device.reading.licenses if device.reading and device.seen is not None else ():
            if (left := period_left(each.left)) is not None and device.seen is not None:
                found.append(_Ending(device, each, left, device.seen + left if in_use(each) else None))
    return sorted(
        found,
        key=lambda each: (each.ends is None, each.ends or 0, each.left, each.device.udi, each.license_.feature),
    )


def _ending_row(each: _Ending) -> ReportRow:
    device, held = each.device, each.license_
    left = format_duration(each.left) if each.left else "none"
    used = "yes" if each.ends is not None else "no"
    return str(device.udi), held.feature, held.type, used, left, date(device.seen)


def _running_out(records: ManagerRecords, chosen: DeviceFilter) -> Iterator[ReportRow]:
    return (_ending_row(each) for each in _endings(records, chosen) if each.left)


def _expired(records: ManagerRecords, chosen: DeviceFilter) -> Iterator[ReportRow]:
    return (_ending_row(each) for each in _endings(records, chosen) if not each.left)


def _forecast(records: ManagerRecords, chosen: DeviceFilter) -> Iterator[ReportRow]:
    """Ends in their order, each with the PAK that covers it; a permanent license of the feature needs none."""
    left = {each.code: each.left for each in records.licenses.paks()}
    paks = records.licenses.paks()
    for each in _endings(records, chosen):
        if each.ends is None or not each.left:
            continue
        reading = each.device.reading
        feature = each.license_.feature
        if reading and any(held.feature == feature and held.type == PERMANENT for held in reading.licenses):
            cover = "permanent license"
        else:
            fitting = (pak for pak in paks if left[pak.code] and pak.feature == feature and fits(pak, each.device.udi))
            pak = next(fitting, None)
            cover = "no PAK" if pak is None else f"PAK {pak.code}"
            if pak is not None:
                left[pak.code] -= 1
        yield date(each.ends), str(each.device.udi), feature, each.license_.type, format_duration(each.left), cover


def _discrepancies(records: ManagerRecords, chosen: DeviceFilter) -> Iterator[ReportRow]:
    """List the differences between the manager's records and what the device says."""
    for device in records.devices.choose(chosen):
        if device.successor is not None:
            yield str(device.udi), "", "other hardware", f"{device.successor} answers at its address"
        if device.reading is None:
            continue
        held = {each.feature for each in device.reading.licenses if each.type == PERMANENT}
        for each in records.licenses.licenses_of([device.udi]):
            if each.deployed is not None and each.feature not in held:
                told = f"license {each.id} was there on {date(each.deployed)}; `manager resend` brings it back"
                yield str(device.udi), each.feature, "license lost", told
            elif each.deployed is None and each.feature not in held:
                yield str(device.udi), each.feature, "not deployed", f"license {each.id} was obtained and waits"
        if device.reading.level and device.reading.level_type == PERMANENT and device.reading.level not in held:
            told = f"it runs {device.reading.level} as permanent, and its licenses do not have it"
            yield str(device.udi), device.reading.level, "level without a license", told


def _reload(records: ManagerRecords, chosen: DeviceFilter) -> Iterator[ReportRow]:
    for device in records.devices.choose(msgspec.structs.replace(chosen, pending=True)):
        assert device.reading is not None
        now, after = device.reading.level, device.reading.next_level
        of_next = [each for each in device.reading.licenses if each.feature == after]
        why = ", ".join(dict.fromkeys(each.type for each in of_next)) or "no license shown"
        yield str(device.udi), device.reading.hostname, now, after, why, date(device.seen)


def _trail(records: ManagerRecords, _: DeviceFilter) -> Iterator[ReportRow]:
    for each in records.trail(limit=MOST_TRAIL):
        yield date(each.at), each.by, each.act, each.subject, each.outcome


_UDI = ReportColumn("UDI", key=True)
_FEATURE = ReportColumn("Feature", key=True)
_SEEN = ReportColumn("Read", passing=True)


def _columns(*titles: str) -> tuple[ReportColumn, ...]:
    return tuple(ReportColumn(each) for each in titles)


_ENDING = (_UDI, _FEATURE, ReportColumn("Type", key=True), ReportColumn("In use"), ReportColumn("Left", passing=True),
           _SEEN)  # fmt: skip

SUBJECTS: Mapping[ReportKind, ReportSubject] = {
    ReportKind.DEVICES: ReportSubject(
        "Devices", (_UDI, *_columns("Address", "Name", "Release", "Level", "Next boot", "State"), _SEEN), "Level",
        _devices,
    ),
    ReportKind.LICENSES: ReportSubject(
        "Licenses by device",
        (_UDI, _FEATURE, ReportColumn("Type", key=True), ReportColumn("State"), ReportColumn("Store", key=True),
         ReportColumn("Count"), ReportColumn("Left", passing=True)),
        "Feature", _licenses,
    ),
    ReportKind.PAKS: ReportSubject(
        "PAK use",
        (ReportColumn("PAK", key=True), *_columns("SKU", "Feature"), ReportColumn("Quantity", figures=True),
         ReportColumn("Used", figures=True), ReportColumn("Left", figures=True), ReportColumn("Asked", passing=True)),
        "SKU", _paks, filtered=False,
    ),
    ReportKind.RUNNING_OUT: ReportSubject("Licenses that run out", _ENDING, "Type", _running_out),
    ReportKind.EXPIRED: ReportSubject("Expired licenses", _ENDING, "Feature", _expired),
    ReportKind.UNDEPLOYED: ReportSubject(
        "Licenses obtained and not deployed",
        (_UDI, _FEATURE, ReportColumn("License", key=True), *_columns("PAK", "File", "Obtained")), "PAK", _undeployed,
    ),
    ReportKind.DISCREPANCIES: ReportSubject(
        "Discrepancies between records and devices", (_UDI, _FEATURE, ReportColumn("Kind", key=True),
                                                      ReportColumn("Detail")), "Kind", _discrepancies,
    ),
    ReportKind.RELOAD: ReportSubject(
        "Devices that a reload brings to another level", (_UDI, *_columns("Name", "Level", "Next boot", "By"), _SEEN),
        "Next boot", _reload,
    ),
    ReportKind.FORECAST: ReportSubject(
        "Forecast of expiries",
        (ReportColumn("Ends at the earliest", passing=True), _UDI, _FEATURE, ReportColumn("Type"),
         ReportColumn("Left", passing=True), ReportColumn("Cover")), "Cover", _forecast,
    ),
    ReportKind.TRAIL: ReportSubject(
        "Audit trail", tuple(ReportColumn(each, key=True) for each in ("At", "By", "Act", "Subject", "Outcome")), "Act",
        _trail, filtered=False,
    ),
}  # fmt: skip
"""Subjects by their kind."""
