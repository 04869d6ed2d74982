"""The two papers of a rehost.

A *permission ticket* comes from the portal and tells one device which lines to revoke and which grace-period lines to
put in their place (C: FAQ glossary); it takes effect once, and run again it yields the same answer (C: the MIB's
regenerateLastRehostTicket). A *rehost ticket* is that answer: the device's signed word that the lines are gone.
"""

import msgspec

from emulator.licensing.lines import LicenseLine
from emulator.licensing.udi import Udi


class PermissionTicket(msgspec.Struct, frozen=True):
    """The portal's leave to revoke.

    Attributes:
        revoke: ids of the license lines that must go.
        features: their features, for the dialogue.
        grant: grace-period lines for the source device.
    """

    id: str
    source: Udi
    revoke: tuple[str, ...]
    features: tuple[str, ...]
    grant: tuple[LicenseLine, ...]


class RehostTicket(msgspec.Struct, frozen=True):
    """The device's proof that a permission ticket was carried out."""

    permission: str
    source: Udi
    revoked: tuple[str, ...]
