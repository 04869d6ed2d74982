"""`isrtwin manager`: a fleet of devices on the command line."""

import asyncio
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from emulator.cli.manager_access import ACCESS_ACTS
from emulator.cli.manager_exchange import EXCHANGE_ACTS
from emulator.cli.manager_exports import EXPORT_ACTS
from emulator.cli.manager_licenses import LICENSE_ACTS
from emulator.cli.manager_reports import RECORD_ACTS
from emulator.cli.manager_serve import SERVE_ACTS
from emulator.cli.manager_tables import (
    age,
    device_lines,
    device_plain,
    devices_csv,
    in_words,
    key_lines,
    say_table,
    tally,
)
from emulator.cli.manager_values import (
    asked_secret,
    chosen_devices,
    device_named,
    file_content,
    file_text,
    listed_names,
)
from emulator.cli.output import complain, say, say_json, show
from emulator.kernel.errors import DataFileError, Refused
from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.udi_lists import LARGEST_LIST, ListedUdi, read_udi_list, write_udi_list
from emulator.licensing.udi import Udi
from emulator.manager import inventory, passwords
from emulator.manager.applicability import list_applicable
from emulator.manager.context import ManagerContext
from emulator.manager.device_keys import list_keys, trust_keys
from emulator.manager.discovery import DiscoveryTarget, Finding, FoundDevice, discover
from emulator.manager.entities import CredentialSet, DeviceFault, DeviceGroup, ManagedDevice, ManagerUser
from emulator.manager.explanation import explain_device
from emulator.manager.moments import moment
from emulator.manager.polling import poll
from emulator.manager.printed_list import TypedRow, read_printed_list, write_printed_list
from emulator.manager.roles import ManagerRole
from emulator.manager.store.devices import DeviceFilter
from emulator.manager.targets import SeedRow, WrongRow, parse_ranges, read_seed_file
from emulator.manager.transport_order import USUAL_ORDER, parse_transports
from emulator.runtime.extras import needs_serve
from emulator.runtime.license_manager import AT_ONCE, manager_folder, opened_manager

LARGEST_SEED_FILE = 16 * 1024 * 1024
"""Largest seed file that is read, in bytes."""


def run(options: Namespace) -> int:
    """Carry out one act."""
    folder = manager_folder(options.manager)
    at_once = getattr(options, "jobs", AT_ONCE)
    begins = _begins(options)
    with (
        needs_serve(),
        opened_manager(
            folder, database=options.manager_database, user=options.user, at_once=at_once, begins=begins
        ) as context,
    ):
        return ACTS[options.act](context, options)


def _begins(options: Namespace) -> bool:
    """Tell whether an act makes a manager where there is none; what it needs for that is looked at first."""
    if options.act == "add":
        for text in options.udis:
            device_named(text)
        if options.xml is not None:
            _listed(options.xml)
        return bool(options.udis or options.xml or options.typed) and not options.dry_run
    return options.act not in {"access", "folder", "pair"} and getattr(options, "verb", "") == "keep"


# --- devices at addresses ----------------------------------------------------------------------------------------


def _discover(context: ManagerContext, options: Namespace) -> int:
    """1 where a row of the seed file is wrong, or a device that is named in it could not be read."""
    targets = [DiscoveryTarget(address, group=options.group) for address in parse_ranges(options.ranges, options.port)]
    rows = _seed_rows(options) if options.seed_file is not None else []
    if not targets and options.seed_file is None:
        raise Refused("name a range of addresses or --seed-file")
    wrong = [each for each in rows if isinstance(each, WrongRow)]
    good = [each for each in rows if isinstance(each, SeedRow)]
    by_range = {target.address for target in targets}
    targets += [
        DiscoveryTarget(each.address, each.udi, each.group or options.group)
        for each in good
        if each.address is not None and each.address not in by_range
    ]
    added: list[Udi] = []
    unreached: dict[str, list[Udi]] = {}
    for each in good:
        if each.address is None and each.udi is not None:
            unreached.setdefault(each.group or options.group, []).append(each.udi)
    for group in sorted(unreached):
        added += inventory.add_devices(context, unreached[group], group)
    sets, by = listed_names(options.credentials), listed_names(options.transports)
    outcomes = asyncio.run(discover(context, targets, credentials=sets, transports=by)) if targets else []
    if options.json:
        say_json(
            {
                "outcomes": [in_words(each) for each in outcomes],
                "added": [str(udi) for udi in added],
                "wrong_rows": wrong,
            }
        )
    else:
        for row in wrong:
            complain(f"{options.seed_file}: {row}")
        _say_outcomes(outcomes, by_range)
        if added:
            say(f"{len(added)} device(s) added by UDI alone")
    named = [each for each in outcomes if each.finding is Finding.FAILED and each.address not in by_range]
    return 1 if wrong or named else 0


def _say_outcomes(outcomes: Iterable[FoundDevice], by_range: Iterable[object]) -> None:
    """Tell what was found; addresses of a range where nothing answers are only counted."""
    shown, silent = [], 0
    for each in outcomes:
        if each.fault is DeviceFault.UNREACHABLE and each.address in by_range:
            silent += 1
            continue
        told = str(each.fault) if each.fault is not None else str(each.finding)
        shown.append((str(each.address), "" if each.udi is None else str(each.udi), told, each.detail))
    say_table(("ADDRESS", "UDI", "FOUND", ""), shown)
    if silent:
        say(f"{silent} address(es) of the range without a device")


def _seed_rows(options: Namespace) -> list[SeedRow | WrongRow]:
    file: Path = options.seed_file
    try:
        return read_seed_file(file_text(file, LARGEST_SEED_FILE), options.port)
    except Refused as error:
        raise DataFileError(str(file), None, str(error)) from None


def _poll(context: ManagerContext, options: Namespace) -> int:
    """1 where a device could not be read."""
    outcomes = asyncio.run(poll(context, chosen_devices(options)))
    failed = [each for each in outcomes if each.fault is not None]
    if options.json:
        say_json([in_words(each) for each in outcomes])
    else:
        for each in outcomes:
            for change in each.changes:
                say(f"{each.udi}: {change}")
        say_table(("UDI", "FAULT", ""), [(str(each.udi), str(each.fault), each.detail) for each in failed])
        say(f"{len(outcomes) - len(failed)} device(s) read{tally(each.fault for each in failed)}")
    return 1 if failed else 0


# --- inventory ---------------------------------------------------------------------------------------------------


def _devices(context: ManagerContext, options: Namespace) -> int:
    part = {"offset": options.offset, "limit": options.limit}
    if options.sku:
        devices, total = list_applicable(context, options.sku, chosen_devices(options), **part)
    else:
        devices, total = inventory.list_devices(context, chosen_devices(options), **part)
    if options.csv:
        show(devices_csv(devices))
        return 0
    if options.json:
        say_json({"total": total, "devices": [device_plain(each) for each in devices]})
        return 0
    now = context.now()
    heading = ("UDI", "ADDRESS", "NAME", "LEVEL", "NEXT", "SEEN", "FAULT")
    rows = []
    for each in devices:
        reading = each.reading
        told = _trouble(each)
        known = (reading.hostname, reading.level, reading.next_level) if reading else ("", "", "")
        rows.append((str(each.udi), str(each.address or "-"), *known, age(each.seen, now), told))
    say_table(heading, rows)
    if total > len(devices):
        say(f"{len(devices)} of {total} devices; --offset and --limit show others")
    return 0


def _trouble(device: ManagedDevice) -> str:
    if device.replaced_by is not None:
        return f"replaced by {device.replaced_by}"
    return f"RMA candidate: {device.successor}" if device.successor else str(device.fault or "")


def _device(context: ManagerContext, options: Namespace) -> int:
    device, groups = inventory.show_device(context, device_named(options.udi))
    keys = list_keys(context, device.udi)
    if options.json:
        say_json({**device_plain(device), "groups": groups, "keys": msgspec.to_builtins(keys)})
    else:
        for line in (*device_lines(device, groups, context.now()), *key_lines(keys)):
            say(line)
    return 0


def _trust(context: ManagerContext, options: Namespace) -> int:
    """1 where no device showed another key."""
    trusted = trust_keys(context, [device_named(text) for text in options.udis])
    say(f"{trusted} device(s) have other keys now")
    return 0 if trusted else 1


def _explain(context: ManagerContext, options: Namespace) -> int:
    found = explain_device(context, device_named(options.udi))
    if options.json:
        say_json({**msgspec.to_builtins(found), "udi": str(found.udi)})
        return 0
    for each in found.chain:
        say(f"{each.fact}  [{each.told_by}]")
    for step in found.next_steps:
        say(f"Next: {step}")
    return 0


def _add(context: ManagerContext, options: Namespace) -> int:
    """1 where an entry of the list is wrong; the others are added."""
    udis, wrong = [device_named(text) for text in options.udis], 0
    if options.xml is not None:
        for entry in _listed(options.xml):
            if entry.udi is None:
                complain(f"{options.xml}:{entry.line}: {entry.problem}")
                wrong += 1
            else:
                udis.append(entry.udi)
    if options.typed is not None:
        for row in _typed(options.typed):
            if row.udi is None:
                complain(f"{options.typed}:{row.row}: {row.problem}")
                wrong += 1
            else:
                udis.append(row.udi)
    if not options.udis and options.xml is None and options.typed is None:
        raise Refused("name a device, --xml or --typed")
    if options.dry_run:
        known = {str(each.udi) for each in inventory.list_devices(context, DeviceFilter())[0]}
        new = [udi for udi in dict.fromkeys(udis) if str(udi) not in known]
        say("\n".join(f"would be added: {udi}" for udi in new) or "nothing would be added")
    else:
        say(f"{len(inventory.add_devices(context, udis, options.group))} of {len(set(udis))} device(s) are new")
    return 1 if wrong else 0


def _listed(file: Path) -> list[ListedUdi]:
    try:
        return read_udi_list(file_content(file, LARGEST_LIST))
    except InvalidDocument as error:
        raise DataFileError(str(file), None, error.reason) from None


def _typed(file: Path) -> list[TypedRow]:
    try:
        return read_printed_list(file_text(file, LARGEST_SEED_FILE))
    except Refused as error:
        raise DataFileError(str(file), None, str(error)) from None


def _delete(context: ManagerContext, options: Namespace) -> int:
    """1 where a device is not known."""
    udis = [device_named(text) for text in options.udis]
    deleted = inventory.delete_devices(context, udis)
    say(f"{deleted} device(s) deleted")
    return 0 if deleted == len(set(udis)) else 1


def _udis(context: ManagerContext, options: Namespace) -> int:
    devices, _ = inventory.list_devices(context, chosen_devices(options))
    udis = [each.udi for each in devices]
    show(write_printed_list(udis) if options.on_paper else write_udi_list(udis).decode("ascii"))
    return 0


# --- groups, credentials, users, audit trail ---------------------------------------------------------------------


def _group(context: ManagerContext, options: Namespace) -> int:
    match options.verb:
        case "keep":
            inventory.keep_group(
                context,
                DeviceGroup(
                    options.name, listed_names(options.credentials), parse_transports(listed_names(options.transports))
                ),
            )
        case "rename":
            inventory.rename_group(context, options.name, options.new)
        case "delete":
            inventory.delete_group(context, options.name)
        case "join" | "leave":
            udis = [device_named(text) for text in options.udis]
            inventory.change_members(context, options.name, udis, join=options.verb == "join")
        case _:
            rows = inventory.list_groups(context)
            say_table(
                ("GROUP", "DEVICES", "CREDENTIALS", "TRANSPORTS"),
                [
                    (
                        group.name,
                        str(count),
                        ", ".join(group.credentials) or "all",
                        ", ".join(map(str, group.transports or USUAL_ORDER)),
                    )
                    for group, count in rows
                ],
            )
    return 0


def _credentials(context: ManagerContext, options: Namespace) -> int:
    match options.verb:
        case "keep":
            password = asked_secret(f"Password of {options.device_user}: ")
            enable = asked_secret("Password of privileged mode: ") if options.enable else ""
            inventory.keep_credentials(context, CredentialSet(options.name, options.device_user, password, enable))
        case "delete":
            inventory.delete_credentials(context, options.name)
        case _:
            say_table(("CREDENTIALS", "USER"), inventory.list_credentials(context))
    return 0


def _user(context: ManagerContext, options: Namespace) -> int:
    match options.verb:
        case "keep":
            inventory.keep_user(context, ManagerUser(options.name, ManagerRole(options.role)))
        case "password":
            passwords.keep_password(context, options.name, asked_secret(f"Password of {options.name}: "))
        case "delete":
            inventory.delete_user(context, options.name)
        case _:
            say_table(("USER", "ROLE"), [(each.name, str(each.role)) for each in inventory.list_users(context)])
    return 0


def _trail(context: ManagerContext, options: Namespace) -> int:
    entries = inventory.read_trail(context, limit=options.limit, text=options.text)
    if options.json:
        say_json([{**msgspec.to_builtins(each), "at": moment(each.at)} for each in entries])
    else:
        say_table(
            ("AT", "BY", "ACT", "SUBJECT", "OUTCOME"),
            [(moment(each.at), each.by, each.act, each.subject, each.outcome) for each in entries],
        )
    return 0


ACTS: Mapping[str, Callable[[ManagerContext, Namespace], int]] = {
    "add": _add,
    "credentials": _credentials,
    "delete": _delete,
    "device": _device,
    "explain": _explain,
    "devices": _devices,
    "discover": _discover,
    "group": _group,
    "poll": _poll,
    "trail": _trail,
    "trust": _trust,
    "udis": _udis,
    "user": _user,
    **ACCESS_ACTS,
    **EXCHANGE_ACTS,
    **EXPORT_ACTS,
    **LICENSE_ACTS,
    **RECORD_ACTS,
    **SERVE_ACTS,
}
