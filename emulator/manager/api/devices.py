"""Calls about devices, their groups, and the log-ins that are tried at them."""

from typing import Annotated

import msgspec

from emulator.licensing.udi import parse_udi
from emulator.manager import inventory
from emulator.manager.api.call import (
    CallInput,
    Changed,
    DeviceName,
    DeviceNames,
    ManagerCall,
    MomentText,
    Nothing,
    PartOf,
    RowCount,
    RowOffset,
    SearchWord,
    ShortName,
    udis_of,
)
from emulator.manager.applicability import list_applicable
from emulator.manager.context import ManagerContext
from emulator.manager.device_keys import list_keys, trust_keys
from emulator.manager.entities import CredentialSet, DeviceGroup, DeviceKey, InstalledLicense, ManagedDevice
from emulator.manager.explanation import ExplainedFact, explain_device
from emulator.manager.moments import moment
from emulator.manager.store.devices import DeviceFilter
from emulator.manager.transport_order import parse_transports


class FindDevices(CallInput, frozen=True):
    """Devices of a group, with a text in UDI, host name or address, at a level; faulty ones; pending ones.

    `sort`: `udi`, `hostname`, `address`, `level`, `next_level` or `seen`, with a minus before it the other way round.
    """

    group: SearchWord = ""
    text: SearchWord = ""
    level: SearchWord = ""
    faulty: bool = False
    pending: bool = False
    sort: Annotated[str, msgspec.Meta(max_length=20, examples=["-seen"])] = "udi"
    offset: RowOffset = 0
    limit: RowCount = 100


class FindApplicable(CallInput, frozen=True):
    """Devices that a SKU fits, of a group or of all; `sku` is that of a PAK of the inventory."""

    sku: ShortName
    group: SearchWord = ""
    offset: RowOffset = 0
    limit: RowCount = 100


class ListedDevice(msgspec.Struct, frozen=True):
    """A device with its last known state.

    `successor` answers at its address now (RMA candidate); `replaced_by` has its licenses since it failed (RMA).
    """

    udi: str
    address: str
    hostname: str
    release: str
    level: str
    level_type: str
    next_level: str
    seen: MomentText
    fault: str
    detail: str
    successor: str
    replaced_by: str


class ReadDevice(CallInput, frozen=True):
    udi: DeviceName


class DeviceKeyView(msgspec.Struct, frozen=True):
    """Fingerprint of the SSH host key or certificate of a device, of its first sight; `other` is shown since then."""

    transport: str
    key: str
    seen: MomentText
    other: str
    other_seen: MomentText


class DeviceDetail(ListedDevice, frozen=True):
    """A device with all that is known of it; `contract` is the number of its service contract."""

    contract: str
    transport: str
    credentials: str
    added: MomentText
    tried: MomentText
    image: str
    groups: tuple[str, ...]
    licenses: tuple[InstalledLicense, ...]
    keys: tuple[DeviceKeyView, ...]


class ExplanationView(msgspec.Struct, frozen=True):
    """Facts by which a device runs its level, each with who told it, and what could be done now."""

    udi: str
    level: str
    next_level: str
    chain: tuple[ExplainedFact, ...]
    next_steps: tuple[str, ...]


class ReadHistory(CallInput, frozen=True):
    udi: DeviceName
    offset: RowOffset = 0
    limit: RowCount = 100


class HistoryEntry(msgspec.Struct, frozen=True):
    """Act at a device: when, who, which, and how it ended."""

    at: MomentText
    by: str
    act: str
    outcome: str


class AddDevices(CallInput, frozen=True):
    udis: DeviceNames
    group: SearchWord = ""


class AddedDevices(msgspec.Struct, frozen=True):
    """The devices that were not known before."""

    new: tuple[str, ...]


class NameDevices(CallInput, frozen=True):
    udis: DeviceNames


class GroupView(msgspec.Struct, frozen=True):
    """A group: the credential sets and transports that are tried at its devices, in this order, and their number."""

    name: str
    credentials: tuple[str, ...]
    devices: int
    transports: tuple[str, ...] = ()


class KeepGroup(CallInput, frozen=True):
    """`transports`, in the order in which they are tried: `ssh`, `telnet:2023`, `https/lic-agent`; none: SSH."""

    name: ShortName
    credentials: tuple[ShortName, ...] = ()
    transports: tuple[ShortName, ...] = ()


class NameGroup(CallInput, frozen=True):
    name: ShortName


class RenameGroup(CallInput, frozen=True):
    """`new`: the name that the group gets."""

    name: ShortName
    new: ShortName


class ChangeMembers(CallInput, frozen=True):
    name: ShortName
    udis: DeviceNames


class CredentialView(msgspec.Struct, frozen=True):
    """A credential set without its passwords."""

    name: str
    user: str


class KeepCredentials(CallInput, frozen=True):
    """`enable` is the password of privileged mode, empty where none is needed."""

    name: ShortName
    user: ShortName
    password: str
    enable: str = ""


def _filter(asked: FindDevices) -> DeviceFilter:
    return DeviceFilter(asked.group, asked.text, asked.level, asked.faulty, asked.pending)


def row_of(device: ManagedDevice) -> ListedDevice:
    """Show a device in a list."""
    reading = device.reading
    return ListedDevice(
        str(device.udi),
        str(device.address or ""),
        reading.hostname if reading else "",
        reading.release if reading else "",
        reading.level if reading else "",
        reading.level_type if reading else "",
        reading.next_level if reading else "",
        moment(device.seen),
        str(device.fault or ""),
        device.detail,
        str(device.successor or ""),
        str(device.replaced_by or ""),
    )


def _list(context: ManagerContext, asked: FindDevices) -> PartOf[ListedDevice]:
    found, total = inventory.list_devices(
        context, _filter(asked), offset=asked.offset, limit=asked.limit, sort=asked.sort
    )
    return PartOf(tuple(map(row_of, found)), total, asked.offset)


def _applicable(context: ManagerContext, asked: FindApplicable) -> PartOf[ListedDevice]:
    found, total = list_applicable(
        context, asked.sku, DeviceFilter(asked.group), offset=asked.offset, limit=asked.limit
    )
    return PartOf(tuple(map(row_of, found)), total, asked.offset)


def _read(context: ManagerContext, asked: ReadDevice) -> DeviceDetail:
    device, groups = inventory.show_device(context, parse_udi(asked.udi))
    reading = device.reading
    return DeviceDetail(
        **msgspec.structs.asdict(row_of(device)),
        contract=device.contract,
        transport=str(device.transport or ""),
        credentials=device.credentials,
        added=moment(device.added),
        tried=moment(device.tried),
        image=reading.image if reading else "",
        groups=tuple(groups),
        licenses=reading.licenses if reading else (),
        keys=tuple(map(_key, list_keys(context, device.udi))),
    )


def _key(each: DeviceKey) -> DeviceKeyView:
    return DeviceKeyView(each.transport, each.key, moment(each.seen), each.other, moment(each.other_seen))


def _trust(context: ManagerContext, asked: NameDevices) -> Changed:
    return Changed(trust_keys(context, udis_of(asked.udis)))


def _explanation(context: ManagerContext, asked: ReadDevice) -> ExplanationView:
    found = explain_device(context, parse_udi(asked.udi))
    return ExplanationView(str(found.udi), found.level, found.next_level, found.chain, found.next_steps)


def _history(context: ManagerContext, asked: ReadHistory) -> PartOf[HistoryEntry]:
    found, total = inventory.device_history(context, parse_udi(asked.udi), offset=asked.offset, limit=asked.limit)
    rows = tuple(HistoryEntry(moment(each.at), each.by, each.act, each.outcome) for each in found)
    return PartOf(rows, total, asked.offset)


def _add(context: ManagerContext, asked: AddDevices) -> AddedDevices:
    return AddedDevices(tuple(map(str, inventory.add_devices(context, udis_of(asked.udis), asked.group))))


def _delete(context: ManagerContext, asked: NameDevices) -> Changed:
    return Changed(inventory.delete_devices(context, udis_of(asked.udis)))


def _groups(context: ManagerContext, _: Nothing) -> PartOf[GroupView]:
    found = [
        GroupView(group.name, group.credentials, count, tuple(map(str, group.transports)))
        for group, count in inventory.list_groups(context)
    ]
    return PartOf(tuple(found), len(found))


def _keep_group(context: ManagerContext, asked: KeepGroup) -> Changed:
    inventory.keep_group(context, DeviceGroup(asked.name, asked.credentials, parse_transports(asked.transports)))
    return Changed(1)


def _rename_group(context: ManagerContext, asked: RenameGroup) -> Changed:
    inventory.rename_group(context, asked.name, asked.new)
    return Changed(1)


def _delete_group(context: ManagerContext, asked: NameGroup) -> Changed:
    inventory.delete_group(context, asked.name)
    return Changed(1)


def _join(context: ManagerContext, asked: ChangeMembers) -> Changed:
    inventory.change_members(context, asked.name, udis := udis_of(asked.udis), join=True)
    return Changed(len(udis))


def _leave(context: ManagerContext, asked: ChangeMembers) -> Changed:
    inventory.change_members(context, asked.name, udis := udis_of(asked.udis), join=False)
    return Changed(len(udis))


def _credentials(context: ManagerContext, _: Nothing) -> PartOf[CredentialView]:
    found = [CredentialView(name, user) for name, user in inventory.list_credentials(context)]
    return PartOf(tuple(found), len(found))


def _keep_credentials(context: ManagerContext, asked: KeepCredentials) -> Changed:
    inventory.keep_credentials(context, CredentialSet(asked.name, asked.user, asked.password, asked.enable))
    return Changed(1)


def _delete_credentials(context: ManagerContext, asked: NameGroup) -> Changed:
    inventory.delete_credentials(context, asked.name)
    return Changed(1)


LIST_DEVICES = ManagerCall(
    "list_devices", "GET", "/devices", "Devices by UDI, with their last known state", FindDevices, PartOf[ListedDevice],
    _list,
)  # fmt: skip
LIST_APPLICABLE = ManagerCall(
    "list_applicable", "GET", "/skus/{sku}/devices", "Devices that a SKU fits", FindApplicable, PartOf[ListedDevice],
    _applicable,
)  # fmt: skip
READ_DEVICE = ManagerCall(
    "read_device", "GET", "/devices/{udi}", "A device with its licenses", ReadDevice, DeviceDetail, _read
)
READ_EXPLANATION = ManagerCall(
    "read_explanation", "GET", "/explanations/{udi}", "Why a device runs its level, and what to do next", ReadDevice,
    ExplanationView, _explanation,
)  # fmt: skip
READ_HISTORY = ManagerCall(
    "read_history", "GET", "/history/{udi}", "What was done to a device, the latest first", ReadHistory,
    PartOf[HistoryEntry], _history,
)  # fmt: skip
ADD_DEVICES = ManagerCall(
    "add_devices", "POST", "/devices", "Add devices by UDI alone, without reaching them", AddDevices, AddedDevices, _add
)
DELETE_DEVICES = ManagerCall(
    "delete_devices", "POST", "/devices/deletions", "Delete devices; their licenses stay", NameDevices, Changed, _delete
)
TRUST_KEYS = ManagerCall(
    "trust_keys",
    "POST",
    "/devices/keys",
    "Take the keys that devices show now for theirs",
    NameDevices,
    Changed,
    _trust,
)
LIST_GROUPS = ManagerCall("list_groups", "GET", "/groups", "Groups of devices", Nothing, PartOf[GroupView], _groups)
KEEP_GROUP = ManagerCall("keep_group", "POST", "/groups", "Add a group, or change it", KeepGroup, Changed, _keep_group)
RENAME_GROUP = ManagerCall(
    "rename_group", "POST", "/groups/{name}/name", "Give a group another name; its policies go with it", RenameGroup,
    Changed, _rename_group,
)  # fmt: skip
DELETE_GROUP = ManagerCall(
    "delete_group", "DELETE", "/groups/{name}", "Delete a group; its devices stay", NameGroup, Changed, _delete_group
)
JOIN_GROUP = ManagerCall(
    "join_group", "POST", "/groups/{name}/members", "Put devices into a group", ChangeMembers, Changed, _join
)
LEAVE_GROUP = ManagerCall(
    "leave_group", "POST", "/groups/{name}/removals", "Take devices out of a group", ChangeMembers, Changed, _leave
)
LIST_CREDENTIALS = ManagerCall(
    "list_credentials", "GET", "/credentials", "Credential sets, without passwords", Nothing, PartOf[CredentialView],
    _credentials,
)  # fmt: skip
KEEP_CREDENTIALS = ManagerCall(
    "keep_credentials", "POST", "/credentials", "Add a credential set, or replace it", KeepCredentials, Changed,
    _keep_credentials,
)  # fmt: skip
DELETE_CREDENTIALS = ManagerCall(
    "delete_credentials", "DELETE", "/credentials/{name}", "Delete a credential set", NameGroup, Changed,
    _delete_credentials,
)  # fmt: skip

CALLS = (
    LIST_DEVICES, LIST_APPLICABLE, READ_DEVICE, READ_EXPLANATION, READ_HISTORY, ADD_DEVICES, DELETE_DEVICES, TRUST_KEYS,
    LIST_GROUPS, KEEP_GROUP, RENAME_GROUP, DELETE_GROUP, JOIN_GROUP, LEAVE_GROUP, LIST_CREDENTIALS, KEEP_CREDENTIALS,
    DELETE_CREDENTIALS,
)  # fmt: skip
