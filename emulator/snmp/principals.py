"""Principals: the community or user that a message comes from."""

import msgspec

from emulator.router.network.snmp_groups import Security
from emulator.snmp.requests import Version


class Principal(msgspec.Struct, frozen=True, omit_defaults=True):
    """The sender of a request.

    Attributes:
        name: the community, or the user of version 3.
        peer: the address of the manager.
        security: the level of a message of version 3.
        context: the context that it names; empty: that of the router itself.
    """

    version: Version
    name: str
    peer: str
    security: Security = "noauth"
    context: str = ""
