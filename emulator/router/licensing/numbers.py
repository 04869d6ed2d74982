"""Numbers by which managers name license stores and licenses.

I: the stores in their order, from 1; a license has one more than its store index, those of the image's own begin after
the largest store. C: a number names one license of the device.
"""

from emulator.licensing.changes import EXPANDED_CAPACITY
from emulator.licensing.store import StoredLicense, StoreName

STORES = (StoreName.PRIMARY, StoreName.BUILT_IN)
"""Stores by their numbers, from 1; the first is the default store."""

DEVICE = 1
"""Number of the device itself in ENTITY-MIB."""


def store_number(stored: StoredLicense) -> int:
    """Number of the store that a license is in."""
    return STORES.index(stored.store) + 1


def license_number(stored: StoredLicense) -> int:
    """Number of a license on its device."""
    before = 0 if stored.store is StoreName.PRIMARY else EXPANDED_CAPACITY
    return before + stored.index + 1
