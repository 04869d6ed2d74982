"""Who asks: the community or user of a message."""

from typing import Literal

import msgspec

from emulator.snmp.requests import Version

Security = Literal["noauth", "auth", "priv"]
"""Levels of version 3: nothing, authenticated, and encrypted as well."""


class Principal(msgspec.Struct, frozen=True, omit_defaults=True):
    """The sender of a request.

    Attributes:
        name: the community, or the user of version 3.
        peer: the address of the manager.
        security: the level of a message of version 3.
    """

    version: Version
    name: str
    peer: str
    security: Security = "noauth"
