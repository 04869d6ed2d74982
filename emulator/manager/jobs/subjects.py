"""Subjects of jobs: what each kind has to do, found when the job begins.

Each function raises `UnknownName` where the arguments name what is not there, and `Refused` where they are malformed.
"""

import re
from collections.abc import Mapping

from emulator.kernel.errors import Refused, UnknownName, printable
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.captured import captured_devices
from emulator.manager.device_acts import check_comment, check_feature
from emulator.manager.discovery import DiscoveryTarget, check_groups
from emulator.manager.inventory import nearby
from emulator.manager.jobs.arguments import (
    AnnotateJob,
    Chosen,
    ClearJob,
    DeployHeldJob,
    DiscoverJob,
    DriftJob,
    EvaluateJob,
    InstallJob,
    ObtainJob,
    RefreshPaksJob,
    RehostJob,
    ReplaceJob,
)
from emulator.manager.store.records import ManagerRecords
from emulator.manager.targets import SeedRow, parse_ranges, read_seed_file
from emulator.manager.transport_order import parse_transports


def chosen_devices(records: ManagerRecords, wanted: Chosen, *, reachable: bool = True) -> list[str]:
    """List the devices of a choice; with `reachable`, those of a filter that have an address."""
    if wanted.udis:
        for text in wanted.udis:
            udi = _udi(text)
            if records.devices.find(udi) is None:
                raise UnknownName("device", text, nearby(records, udi))
        return list(dict.fromkeys(wanted.udis))
    check_groups(records, [wanted.filter.group])
    devices = records.devices.choose(wanted.filter)
    return [str(each.udi) for each in devices if each.address is not None or not reachable]


def _udi(text: str) -> Udi:
    try:
        return parse_udi(text)
    except ValueError as error:
        raise Refused(printable(str(error))) from None


def unreached_devices(records: ManagerRecords, wanted: ObtainJob) -> list[str]:
    """List devices that need not be reached."""
    return chosen_devices(records, wanted, reachable=False)


def addresses(records: ManagerRecords, wanted: DiscoverJob) -> list[str]:
    """List the addresses of a discovery."""
    check_groups(records, [wanted.group, *(target.group for target in discovery_targets(wanted).values())])
    known = [name for name, _ in records.credential_users()]
    for name in wanted.credentials:
        if name not in known:
            raise UnknownName("credential set", name, known)
    parse_transports(wanted.transports)
    found = list(discovery_targets(wanted))
    if not found:
        raise Refused("name a range of addresses, or a seed file with an address")
    return found


def discovery_targets(wanted: DiscoverJob) -> Mapping[str, DiscoveryTarget]:
    """Return what a discovery looks at, by address."""
    found = {str(each): DiscoveryTarget(each, group=wanted.group) for each in parse_ranges(wanted.ranges, wanted.port)}
    for row in read_seed_file(wanted.seed_file, wanted.port) if wanted.seed_file else ():
        if isinstance(row, SeedRow) and row.address is not None:
            found.setdefault(str(row.address), DiscoveryTarget(row.address, row.udi, row.group or wanted.group))
    return found


def devices_with_held_licenses(records: ManagerRecords, wanted: DeployHeldJob) -> list[str]:
    """List the chosen devices for which a license waits."""
    held = {str(each.udi) for each in records.licenses.undeployed()}
    return [udi for udi in chosen_devices(records, wanted) if udi in held]


def pak_codes(records: ManagerRecords, wanted: RefreshPaksJob) -> list[str]:
    """List the PAKs that are asked for, or all of the inventory."""
    return list(wanted.paks) or [each.code for each in records.licenses.paks()]


def device_of_install(records: ManagerRecords, wanted: InstallJob) -> list[str]:
    """List the one device that a file is for."""
    if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,62}", wanted.name):
        raise Refused(f"'{printable(wanted.name)}' is no name for a file in the flash of a device")
    return chosen_devices(records, Chosen(udis=(wanted.udi,)))


def rehost_target(records: ManagerRecords, wanted: RehostJob) -> list[str]:
    """List the device that gets the licenses of another one."""
    return chosen_devices(records, Chosen(udis=(wanted.source, wanted.target)))[1:]


def replacement_device(records: ManagerRecords, wanted: ReplaceJob) -> list[str]:
    """List the device that replaces another one."""
    return chosen_devices(records, Chosen(udis=(wanted.failed, wanted.replacement)))[1:]


def devices_to_annotate(records: ManagerRecords, wanted: AnnotateJob) -> list[str]:
    """List the devices whose license gets a comment."""
    check_comment(wanted.feature, wanted.comment)
    return chosen_devices(records, wanted)


def devices_to_evaluate(records: ManagerRecords, wanted: EvaluateJob) -> list[str]:
    """List the devices on which an evaluation is begun."""
    check_feature(wanted.level)
    return chosen_devices(records, wanted)


def devices_to_compare(records: ManagerRecords, wanted: DriftJob) -> list[str]:
    """List the chosen devices, or those of the captures."""
    if not wanted.captures:
        return chosen_devices(records, wanted, reachable=False)
    return chosen_devices(records, Chosen(udis=tuple(map(str, captured_devices(wanted.captures)))))


def devices_to_clear(records: ManagerRecords, wanted: ClearJob) -> list[str]:
    """List the devices that a license is taken off."""
    check_feature(wanted.feature)
    return chosen_devices(records, wanted)
