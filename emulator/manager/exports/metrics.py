"""Figures of the fleet for Prometheus, in its text format 0.0.4: gauges of what the records have now.

C: the format is that of its documentation: a line of help and one of type for each metric, and label values with
backslash, quotation mark and line end escaped. No UDI and no PAK is in it, so the series do not grow with the fleet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from emulator.kernel.time import DAY
from emulator.manager.context import ManagerContext
from emulator.manager.entities import InstalledLicense, KnownPak, ManagedDevice
from emulator.manager.expiry import period_left
from emulator.manager.reports.subjects import in_use, state_of
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter

HORIZONS = (7, 14, 30, 60)
"""Days within which ends of licenses in use are counted."""

Labels = tuple[tuple[str, str], ...]
"""Names and values of the labels of one series."""


def metrics(context: ManagerContext) -> str:
    """Write the figures.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        devices = records.devices.choose(DeviceFilter())
        paks = records.licenses.paks()
        undeployed = len(records.licenses.undeployed())
    lines = [
        *_gauge("devices", "Devices under management by state.", _count_devices(devices)),
        *_gauge("licenses", "Licenses on devices by feature and type, as last read.", _count_licenses(devices)),
        *_gauge("expiring_licenses", "Licenses in use by the days within which they end.", _count_ends(devices)),
        *_gauge("undeployed_licenses", "Licenses obtained and not on their devices.", {(): undeployed}),
        *_gauge(
            "pak_licenses_left", "Licenses left on PAKs by SKU.",
            _left(paks),
        ),
    ]  # fmt: skip
    seen = [each.seen for each in devices if each.seen is not None]
    if seen:
        oldest = max(context.now() - min(seen), 0) / 1000
        lines += _gauge("oldest_reading_age_seconds", "Age of the oldest reading of a device.", {(): oldest})
    return "\n".join(lines) + "\n"


def _count_devices(devices: Iterable[ManagedDevice]) -> Mapping[Labels, int]:
    return Counter(
        (("state", state_of(each)), ("level", each.reading.level if each.reading else "")) for each in devices
    )


def _count_licenses(devices: Iterable[ManagedDevice]) -> Mapping[Labels, int]:
    return Counter((("feature", held.feature), ("type", held.type)) for _, held in _held(devices))


def _count_ends(devices: Iterable[ManagedDevice]) -> Mapping[Labels, int]:
    counts: dict[Labels, int] = {(("days", str(days)),): 0 for days in HORIZONS}
    for _, held in _held(devices):
        left = period_left(held.left)
        if left is None or not in_use(held):
            continue
        for days in HORIZONS:
            counts[("days", str(days)),] += left <= days * DAY
    return counts


def _left(paks: Iterable[KnownPak]) -> Mapping[Labels, int]:
    counts: Counter[Labels] = Counter()
    for each in paks:
        counts[("sku", each.sku), ("feature", each.feature)] += each.left
    return counts


def _held(devices: Iterable[ManagedDevice]) -> Iterator[tuple[ManagedDevice, InstalledLicense]]:
    for device in devices:
        for held in device.reading.licenses if device.reading else ():
            yield device, held


def _gauge(name: str, told: str, series: Mapping[Labels, float]) -> Iterator[str]:
    full = f"isrtwin_manager_{name}"
    yield f"# HELP {full} {told}"
    yield f"# TYPE {full} gauge"
    for labels, value in sorted(series.items()):
        written = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels)
        yield f"{full}{{{written}}} {value:g}" if written else f"{full} {value:g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
