"""Devices of the manager in words: tables, ages, one device line by line, and the same as plain data for JSON."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from emulator.cli.output import say
from emulator.kernel.spreadsheet import harmless
from emulator.kernel.time import DAY, HOUR, MINUTE
from emulator.manager.clearing import ClearedDevice
from emulator.manager.deployment import DeploymentPlan, DeploymentRow, DeploymentStep, summary
from emulator.manager.discovery import FoundDevice
from emulator.manager.drift import DeviceDrift
from emulator.manager.entities import DeviceFault, DeviceKey, DeviceReading, ManagedDevice
from emulator.manager.evaluation import EvaluationRow
from emulator.manager.expiry import ExpiringLicense
from emulator.manager.license_files import InstalledFile
from emulator.manager.moments import moment
from emulator.manager.polling import PolledDevice

CSV_HEADING = (
    "udi", "address", "hostname", "release", "level", "next_level", "licenses", "seen", "fault", "successor",
    "replaced_by",
)  # fmt: skip
"""Columns of the CSV of devices."""


def say_table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows below a heading, in columns; nothing for no row."""
    if not rows:
        return
    shown = [heading, *rows]
    widths = [max(len(row[column]) for row in shown) for column in range(len(heading))]
    for row in shown:
        say("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


def age(at: int | None, now: int) -> str:
    """Time since a moment, in its largest unit; `never` for none."""
    if at is None:
        return "never"
    passed = max(now - at, 0)
    for unit, letter in ((DAY, "d"), (HOUR, "h"), (MINUTE, "m")):
        if passed >= unit:
            return f"{passed // unit}{letter} ago"
    return "now"


def tally(faults: Iterable[DeviceFault | None]) -> str:
    """Count failures by kind, to stand behind a sentence; empty for none."""
    counts: dict[str, int] = {}
    for fault in faults:
        counts[str(fault)] = counts.get(str(fault), 0) + 1
    return "".join(f", {count} {name}" for name, count in sorted(counts.items()))


def device_lines(device: ManagedDevice, groups: Sequence[str], now: int) -> Iterator[str]:
    """Show one device: how it is reached, its last known state with its age, and its licenses."""
    yield str(device.udi)
    reading = device.reading
    facts = {
        "address": str(device.address or "none: known by its UDI alone"),
        "groups": ", ".join(groups),
        "reached by": f"{device.transport}, credentials {device.credentials}" if device.transport else "",
        "added": moment(device.added),
        "last read": f"{moment(device.seen)} ({age(device.seen, now)})" if device.seen is not None else "never",
        "last attempt": f"{device.fault}: {device.detail} ({moment(device.tried)})" if device.fault else "",
        "RMA candidate": f"{device.successor} answers at its address" if device.successor else "",
        "replaced by": f"{device.replaced_by}, which has its licenses (RMA)" if device.replaced_by else "",
        "contract": device.contract,
        "host name": reading.hostname if reading else "",
        "release": ", ".join(filter(None, (reading.release, reading.image))) if reading else "",
        "level": f"{reading.level}, {reading.level_type}" if reading and reading.level else "",
        "after a reload": reading.next_level if reading else "",
    }
    for name, text in facts.items():
        if text:
            yield f"  {name + ':':<15} {text}"
    for each in reading.licenses if reading else ():
        left = f", {each.left} left" if each.left else ""
        yield f"  license:        {each.feature}, {each.type}, {each.state}{left} ({each.store})"


def key_lines(keys: Sequence[DeviceKey]) -> Iterator[str]:
    """Show the keys of a device, and those that it shows in their place."""
    for each in keys:
        yield f"  {f'key of {each.transport}:':<15} {each.key} (since {moment(each.seen)})"
        if each.other:
            yield f"  shows now:      {each.other} (since {moment(each.other_seen)}); `trust` takes it for its key"


def device_plain(device: ManagedDevice) -> dict[str, object]:
    """Return one device as plain data; moments are ISO 8601, addresses and UDIs are texts."""
    plain: dict[str, object] = msgspec.to_builtins(device)
    plain.update(
        udi=str(device.udi),
        address=None if device.address is None else str(device.address),
        added=moment(device.added),
        tried=moment(device.tried) or None,
        seen=moment(device.seen) or None,
        successor=None if device.successor is None else str(device.successor),
        replaced_by=None if device.replaced_by is None else str(device.replaced_by),
    )
    if device.reading is not None:
        plain["reading"] = {**msgspec.to_builtins(device.reading), "udi": str(device.reading.udi)}
    return plain


def in_words(
    outcome: FoundDevice
    | PolledDevice
    | DeploymentRow
    | InstalledFile
    | ExpiringLicense
    | ClearedDevice
    | DeviceDrift
    | EvaluationRow,
) -> dict[str, object]:
    """Return the outcome for one device as plain data; addresses and UDIs are texts."""
    plain: dict[str, object] = msgspec.to_builtins(outcome)
    return {**plain, **{name: str(getattr(outcome, name)) for name in ("address", "udi") if plain.get(name)}}


def plan_lines(plan: DeploymentPlan, *, save: bool) -> Iterator[str]:
    """Tell before a deployment what it will do, and what a failure half way leaves."""
    pak, left = plan.pak, plan.pak.left - plan.debits
    yield f"PAK {pak.code}: {pak.sku}, {pak.feature}; {plan.debits} debit(s), {pak.left} left before and {left} after"
    for row in plan.rows:
        if row.step is DeploymentStep.INSTALL:
            debit = "1 debit" if row.debit else "no debit, it is paid for"
            then = "reload" if row.reload else "active from its next reload"
            yield f"  {row.udi}  install {pak.feature}, {debit}, {then}"
        else:
            told = f": {row.detail}" if row.detail else ", reload" if row.reload else ""
            yield f"  {row.udi}  {row.fault or row.step}{told}"
        if row.vanishing and not save:
            yield f"    unsaved and lost by the reload, unless --save is given: {len(row.vanishing)} line(s)"
            yield from (f"      {line}" for line in row.vanishing)
    yield summary(plan.rows)
    yield "A failure half way leaves licenses here or on their devices; the same command completes it, at no new debit."


def devices_csv(devices: Iterable[ManagedDevice]) -> str:
    """Write devices as CSV (RFC 4180), one a row below a heading; no spreadsheet computes a cell."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(CSV_HEADING)
    for each in devices:
        reading = each.reading or DeviceReading(each.udi)
        licenses = "; ".join(f"{held.feature}, {held.type}" for held in reading.licenses)
        cells = (
            each.udi, each.address or "", reading.hostname, reading.release, reading.level, reading.next_level,
            licenses, moment(each.seen), each.fault or "", each.successor or "", each.replaced_by or "",
        )  # fmt: skip
        writer.writerow([harmless(str(cell)) for cell in cells])
    return text.getvalue()
