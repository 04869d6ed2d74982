"""The two documents of a rehost.

A *permission ticket* comes from the portal and tells one device which lines to revoke and which grace-period lines to
put in their place (C: FAQ glossary); it takes effect once, and run again it yields the same answer (C: the MIB's
regenerateLastRehostTicket). A *rehost ticket* is that answer: the device's signed word that the lines are gone. It
brings back a number that only the device could read in the permission ticket (I).
"""

import msgspec

from emulator.licensing.lines import LicenseLine
from emulator.licensing.udi import Udi


class PermissionTicket(msgspec.Struct, frozen=True):
    """The portal's permission to revoke licenses.

    Attributes:
        revoke: ids of the license lines that must go.
        features: their features, for the dialog.
        grant: grace-period lines for the source device.
        target: the device that was named when the ticket was first asked for, if one was. The rehost ticket is taken
            for whichever device it is handed in for (C: that is where the target is asked for).
        issued: the date, ISO 8601.
        nonce: the word that the rehost ticket must bring back.
        recipient: the public half of the key that opens the protected part, in hexadecimal digits.
    """

    id: str
    source: Udi
    revoke: tuple[str, ...]
    features: tuple[str, ...]
    grant: tuple[LicenseLine, ...]
    target: Udi | None = None
    issued: str = ""
    nonce: str = ""
    recipient: str = ""


class RehostTicket(msgspec.Struct, frozen=True):
    """The device's proof that it carried out a permission ticket.

    Attributes:
        nonce: out of the protected part of the permission ticket.
    """

    permission: str
    source: Udi
    revoked: tuple[str, ...]
    nonce: str = ""
