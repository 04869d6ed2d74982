"""Applicability: the devices that a SKU fits, and what of a device could be moved to another one.

C: both are calls of the first license manager. I: they are told by the records, and no device or portal is asked. What
moves are licenses that were bought, permanent ones and subscriptions; those from the factory stay (R), and so does what
the portal issued and the device was not seen to have. The SKU is told where its PAK is in the inventory.
"""

from collections.abc import Sequence

import msgspec

from emulator.kernel.errors import UnknownName
from emulator.licensing.types import TYPES
from emulator.licensing.udi import Udi
from emulator.manager.context import ManagerContext
from emulator.manager.discovery import check_groups
from emulator.manager.entities import InstalledLicense, ManagedDevice
from emulator.manager.inventory import show_device
from emulator.manager.products import factory_levels, families_of, product_ids
from emulator.manager.roles import ManagerAction
from emulator.manager.store.devices import DeviceFilter

MOVABLE = frozenset(rule.title for rule in TYPES.values() if rule.movable)
"""Types of licenses that can move, in the words of devices."""


class RehostableLicense(msgspec.Struct, frozen=True):
    """License that a device could give up; `sku` is empty where no PAK of the inventory paid for it."""

    feature: str
    type: str
    sku: str = ""


def list_applicable(
    context: ManagerContext, sku: str, chosen: DeviceFilter, *, offset: int = 0, limit: int | None = None
) -> tuple[Sequence[ManagedDevice], int]:
    """Return a part of the devices of a choice that a SKU of the inventory fits, by UDI, and the number of all of them.

    Raises:
        NotAllowed: the user may not read devices.
        UnknownName: no PAK of the inventory is of that SKU, or there is no such group.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        paks = {pak.sku: pak for pak in records.licenses.paks()}
        if sku not in paks:
            raise UnknownName("SKU", sku, paks)
        check_groups(records, [chosen.group])
        pids = product_ids(families_of(paks[sku]))
        devices = records.devices.choose(chosen, pids=pids, offset=offset, limit=limit)
        return devices, records.devices.count(chosen, pids=pids)


def list_rehostable(context: ManagerContext, udi: Udi) -> list[RehostableLicense]:
    """List the licenses that a device could give up for another one, by feature.

    Raises:
        NotAllowed: the user may not deploy licenses.
        UnknownName: there is no such device.
    """
    context.require(ManagerAction.DEPLOY)
    device, _ = show_device(context, udi)
    with context.database.reading() as records:
        skus = {pak.code: pak.sku for pak in records.licenses.paks()}
        bought = {each.feature: skus.get(each.pak, "") for each in records.licenses.licenses_of([udi])}
    found = {each.feature: each.type for each in movable(device)}
    return [RehostableLicense(feature, kind, bought.get(feature, "")) for feature, kind in sorted(found.items())]


def movable(device: ManagedDevice) -> list[InstalledLicense]:
    """Return the licenses that a device was seen to have and that can move."""
    own = factory_levels(device.udi.pid)
    licenses = device.reading.licenses if device.reading is not None else ()
    return [each for each in licenses if each.type in MOVABLE and each.feature not in own]
