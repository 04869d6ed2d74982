"""Products as the manager knows them: which devices the licenses of a PAK fit, and which licenses a device came with.

C: a SKU has the platforms that it is for, which the portal tells with a PAK. The product tables tell the family of a
PID. Where the portal was not asked for the families yet, the name of the SKU tells those of IADs, which fit no others
(C).
"""

from collections.abc import Collection
from typing import get_args

from emulator.hardware.platform import Families, shipped_platforms
from emulator.kernel.errors import UnknownName
from emulator.licensing.families import Family
from emulator.licensing.udi import Udi
from emulator.manager.entities import KnownPak

IADS = "iad880"
"""Family whose SKUs are named for it (C)."""


def families_of(pak: KnownPak) -> tuple[str, ...]:
    """Return the router families that the licenses of a PAK fit."""
    if pak.families:
        return pak.families
    of_iads = IADS in pak.sku.lower()
    return tuple(each for each in get_args(Family) if (each == IADS) == of_iads)


def product_ids(families: Collection[str]) -> list[str]:
    """List the PIDs of router families, in order."""
    return sorted(pid for pid, family in Families(shipped_platforms()).items() if family in families)


def family_of(udi: Udi) -> str:
    """Return the router family of a device; empty for an unknown product."""
    return Families(shipped_platforms()).get(udi.pid, "")


def fits(pak: KnownPak, udi: Udi) -> bool:
    """Tell whether the licenses of a PAK fit a device."""
    return family_of(udi) in families_of(pak)


def factory_levels(pid: str) -> tuple[str, ...]:
    """Return the features that devices of a product have licenses for from the factory; none for an unknown one."""
    try:
        return shipped_platforms().get(pid).factory_levels
    except UnknownName:
        return ()
