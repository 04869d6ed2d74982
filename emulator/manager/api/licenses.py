"""Calls about PAKs and licenses; what reaches a device or the portal is a job."""

from typing import Annotated

import msgspec

from emulator.kernel.errors import Refused
from emulator.kernel.time import parse_duration
from emulator.licensing.udi import parse_udi
from emulator.manager import paks
from emulator.manager.api.call import (
    CallInput,
    Changed,
    DeviceName,
    ManagerCall,
    MomentText,
    Nothing,
    PartOf,
    RowCount,
    RowOffset,
    SearchWord,
    ShortName,
)
from emulator.manager.applicability import RehostableLicense, list_rehostable
from emulator.manager.context import ManagerContext
from emulator.manager.entities import KnownPak, ObtainedLicense, Rehost
from emulator.manager.expiry import ExpiringLicense, expiring
from emulator.manager.moments import moment
from emulator.manager.store.devices import DeviceFilter
from emulator.manager.transfer import list_rehosts


class InventoryPak(msgspec.Struct, frozen=True):
    """A PAK as the portal told it last: devices that it was bought for, those that are left, families that it fits."""

    code: str
    sku: str
    feature: str
    quantity: int
    left: int
    refreshed: MomentText
    families: tuple[str, ...]


class ListInventoryPaks(CallInput, frozen=True):
    """PAKs of a folder, or all."""

    folder: SearchWord = ""


class NamePak(CallInput, frozen=True):
    code: ShortName


class HeldLicense(msgspec.Struct, frozen=True):
    """A license that was obtained; `deployed` is empty until it was seen on its device."""

    id: str
    udi: str
    pak: str
    feature: str
    file: str
    obtained: MomentText
    deployed: MomentText


class FindLicenses(CallInput, frozen=True):
    """Licenses that a PAK paid for; of one device; `undeployed`: those alone that are not on their devices yet."""

    pak: SearchWord = ""
    udi: SearchWord = ""
    undeployed: bool = False
    offset: RowOffset = 0
    limit: RowCount = 100


class ListExpiring(CallInput, frozen=True):
    """Licenses with at most so much left, such as `60d`, of the devices of a group or of all."""

    within: Annotated[str, msgspec.Meta(max_length=20, examples=["60d"])] = "60d"
    group: SearchWord = ""


class RehostView(msgspec.Struct, frozen=True):
    """A rehost: its devices, the last of its steps that was done, and what the source gave up, as far as known."""

    source: str
    target: str
    step: str
    begun: MomentText
    changed: MomentText
    features: tuple[str, ...]


class FindRehostable(CallInput, frozen=True):
    udi: DeviceName


class ExpiringView(msgspec.Struct, frozen=True):
    """A license that runs out: `left` seconds of use were left when the device was read."""

    udi: str
    feature: str
    type: str
    in_use: bool
    left: int
    seen: MomentText


def _paks(context: ManagerContext, asked: ListInventoryPaks) -> PartOf[InventoryPak]:
    found = tuple(map(_pak, paks.list_paks(context, asked.folder)))
    return PartOf(found, len(found))


def _pak(pak: KnownPak) -> InventoryPak:
    refreshed = moment(pak.refreshed)
    return InventoryPak(pak.code, pak.sku, pak.feature, pak.quantity, pak.left, refreshed, pak.families)


def _read_pak(context: ManagerContext, asked: NamePak) -> InventoryPak:
    return _pak(paks.find_pak(context, asked.code))


def _delete_pak(context: ManagerContext, asked: NamePak) -> Changed:
    paks.delete_pak(context, asked.code)
    return Changed(1)


def _held(each: ObtainedLicense) -> HeldLicense:
    obtained, deployed = moment(each.obtained), moment(each.deployed)
    return HeldLicense(each.id, str(each.udi), each.pak, each.feature, each.file, obtained, deployed)


def _licenses(context: ManagerContext, asked: FindLicenses) -> PartOf[HeldLicense]:
    found, total = paks.list_licenses(
        context, pak=asked.pak, udi=asked.udi, undeployed=asked.undeployed, offset=asked.offset, limit=asked.limit
    )
    return PartOf(tuple(map(_held, found)), total, asked.offset)


def _undeployed(context: ManagerContext, _: Nothing) -> PartOf[HeldLicense]:
    found = tuple(map(_held, paks.list_undeployed(context)))
    return PartOf(found, len(found))


def _rehosts(context: ManagerContext, _: Nothing) -> PartOf[RehostView]:
    def view(each: Rehost) -> RehostView:
        features = tuple(feature for feature, _ in each.paks)
        begun, changed = moment(each.begun), moment(each.changed)
        return RehostView(str(each.source), str(each.target), str(each.step), begun, changed, features)

    found = tuple(map(view, list_rehosts(context)))
    return PartOf(found, len(found))


def _rehostable(context: ManagerContext, asked: FindRehostable) -> PartOf[RehostableLicense]:
    found = tuple(list_rehostable(context, parse_udi(asked.udi)))
    return PartOf(found, len(found))


def _expiring(context: ManagerContext, asked: ListExpiring) -> PartOf[ExpiringView]:
    def view(each: ExpiringLicense) -> ExpiringView:
        left, seen = each.left // 1000, moment(each.seen)
        return ExpiringView(str(each.udi), each.feature, each.type, each.in_use, left, seen)

    try:
        within = parse_duration(asked.within)
    except ValueError as error:
        raise Refused(str(error)) from None
    found = tuple(map(view, expiring(context, DeviceFilter(group=asked.group), within)))
    return PartOf(found, len(found))


LIST_PAKS = ManagerCall(
    "list_paks", "GET", "/paks", "PAKs, and what is left on them", ListInventoryPaks, PartOf[InventoryPak], _paks
)
READ_PAK = ManagerCall("read_pak", "GET", "/paks/{code}", "A PAK", NamePak, InventoryPak, _read_pak)
LIST_LICENSES = ManagerCall(
    "list_licenses", "GET", "/licenses", "Licenses that were obtained, by device", FindLicenses, PartOf[HeldLicense],
    _licenses,
)  # fmt: skip
DELETE_PAK = ManagerCall(
    "delete_pak", "DELETE", "/paks/{code}", "Delete a PAK; its licenses stay", NamePak, Changed, _delete_pak
)
LIST_UNDEPLOYED = ManagerCall(
    "list_undeployed", "GET", "/licenses/undeployed", "Licenses that were obtained and not seen on their devices yet",
    Nothing, PartOf[HeldLicense], _undeployed,
)  # fmt: skip
LIST_REHOSTS = ManagerCall(
    "list_rehosts", "GET", "/rehosts", "Rehosts and how far they are", Nothing, PartOf[RehostView], _rehosts
)
LIST_REHOSTABLE = ManagerCall(
    "list_rehostable", "GET", "/rehostable/{udi}", "What a device could give up for another one, with the SKUs",
    FindRehostable, PartOf[RehostableLicense], _rehostable,
)  # fmt: skip
LIST_EXPIRING = ManagerCall(
    "list_expiring", "GET", "/licenses/expiring", "Licenses that run out, those in use first", ListExpiring,
    PartOf[ExpiringView], _expiring,
)  # fmt: skip

CALLS = (
    LIST_PAKS, READ_PAK, DELETE_PAK, LIST_LICENSES, LIST_UNDEPLOYED, LIST_REHOSTS, LIST_REHOSTABLE, LIST_EXPIRING,
)  # fmt: skip
