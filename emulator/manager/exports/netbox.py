"""CSV for the import forms of NetBox, and of its plugin netbox-lifecycle for licenses.

C: the columns are those of the forms `DeviceImportForm` (NetBox), `LicenseImportForm`, `LicenseAssignmentImportForm`,
`SupportContractImportForm` and `SupportContractAssignmentImportForm` (netbox-lifecycle), and `DeviceTypeImportForm`
(NetBox), which refuses a table without heights; objects are named by name, device types by model. I: one rack unit, not
of full depth; a device is named by its host name where that is its alone, and otherwise by its serial number. Contracts
are those that the portal told when the devices were compared with it (`drift`).
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from emulator.kernel.spreadsheet import harmless
from emulator.manager.context import ManagerContext
from emulator.manager.discovery import check_groups
from emulator.manager.entities import DeviceFault, InstalledLicense, ManagedDevice
from emulator.manager.expiry import period_left
from emulator.manager.reports.subjects import date, in_use
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter

MAKER = "Cisco"


class NetboxTable(StrEnum):
    """Table of NetBox, in the order in which they are imported."""

    DEVICE_TYPES = "device-types"
    DEVICES = "devices"
    LICENSES = "licenses"
    ASSIGNMENTS = "license-assignments"
    CONTRACTS = "contracts"
    COVERED = "contract-assignments"


class _Named(msgspec.Struct, frozen=True):
    """Device with its name in NetBox."""

    device: ManagedDevice
    name: str


def netbox_csv(context: ManagerContext, table: NetboxTable, chosen: DeviceFilter, *, site: str, role: str) -> str:
    """Write a table of devices for NetBox.

    Args:
        context: on whose behalf.
        table: which one.
        chosen: the devices.
        site: name of their site in NetBox.
        role: name of their role in NetBox.

    Raises:
        NotAllowed: the user may not read devices.
        UnknownName: there is no such group.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        check_groups(records, [chosen.group])
        devices = records.devices.choose(chosen)
    heading, rows = _TABLES[table]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    for row in rows(_named(devices), site, role):
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()


def _named(devices: Sequence[ManagedDevice]) -> list[_Named]:
    names = Counter(each.reading.hostname for each in devices if each.reading)
    return [
        _Named(each, each.reading.hostname)
        if each.reading and each.reading.hostname and names[each.reading.hostname] == 1
        else _Named(each, each.udi.serial)
        for each in devices
    ]


def _device_types(named: Iterable[_Named], _: str, __: str) -> Iterator[Sequence[str]]:
    for pid in sorted({each.device.udi.pid for each in named}):
        slug = "".join(character if character.isalnum() else "-" for character in pid.lower())
        yield MAKER, pid, f"cisco-{slug}", pid, "1", "false"


def _devices(named: Iterable[_Named], site: str, role: str) -> Iterator[Sequence[str]]:
    for each in named:
        udi, runs = each.device.udi, _known_of(each.device)
        yield each.name, role, MAKER, udi.pid, udi.serial, _status(each.device), site, runs


def _known_of(device: ManagedDevice) -> str:
    """Tell what is known of a device, in words."""
    if device.replaced_by is not None:
        return f"failed, replaced by {device.replaced_by}"
    reading = device.reading
    return f"runs {reading.level}, {reading.release}, read {date(device.seen)}" if reading else "never read"


def _status(device: ManagedDevice) -> str:
    """Status in NetBox's words (C): a device that was never read is only in the inventory."""
    if device.replaced_by is not None:
        return "decommissioning"
    if device.reading is None:
        return "inventory"
    if device.successor is not None:
        return "failed"
    return "offline" if device.fault in {DeviceFault.UNREACHABLE, DeviceFault.SILENT} else "active"


def _licenses(named: Iterable[_Named], _: str, __: str) -> Iterator[Sequence[str]]:
    held = {each.feature for each in _held(named)}
    yield from ((MAKER, feature, "IOS software activation") for feature in sorted(held))


def _assignments(named: Iterable[_Named], _: str, __: str) -> Iterator[Sequence[str]]:
    for each in named:
        for license_ in each.device.reading.licenses if each.device.reading else ():
            ends = _end(each.device, license_)
            yield license_.feature, MAKER, each.name, "1", f"{license_.type}, {license_.state}{ends}"


def _contracts(named: Iterable[_Named], _: str, __: str) -> Iterator[Sequence[str]]:
    yield from ((MAKER, number) for number in sorted({each.device.contract for each in named} - {""}))


def _covered(named: Iterable[_Named], _: str, __: str) -> Iterator[Sequence[str]]:
    yield from ((each.device.contract, each.name) for each in named if each.device.contract)


def _held(named: Iterable[_Named]) -> Iterator[InstalledLicense]:
    for each in named:
        yield from each.device.reading.licenses if each.device.reading else ()


def _end(device: ManagedDevice, license_: InstalledLicense) -> str:
    left = period_left(license_.left)
    if left is None or device.seen is None:
        return ""
    if not in_use(license_):
        return f", {license_.left} left"
    return f", ends {date(device.seen + left)[:10]} at the earliest"


_TABLES: Mapping[
    NetboxTable, tuple[Sequence[str], Callable[[Iterable[_Named], str, str], Iterable[Sequence[str]]]]
] = {
    NetboxTable.DEVICE_TYPES: (
        ("manufacturer", "model", "slug", "part_number", "u_height", "is_full_depth"), _device_types,
    ),
    NetboxTable.DEVICES: (
        ("name", "role", "manufacturer", "device_type", "serial", "status", "site", "comments"), _devices,
    ),
    NetboxTable.LICENSES: (("manufacturer", "name", "description"), _licenses),
    NetboxTable.ASSIGNMENTS: (("license", "vendor", "device", "quantity", "description"), _assignments),
    NetboxTable.CONTRACTS: (("vendor", "contract_id"), _contracts),
    NetboxTable.COVERED: (("contract", "device"), _covered),
}  # fmt: skip
