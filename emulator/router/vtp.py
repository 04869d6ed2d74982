"""VTP of the switch inside: what stands beside the configuration, in the VLAN file of the flash.

In server mode the VLANs are in a file of their own and not in the configuration (C), so of a captured router only
their number is known.
"""

import msgspec


class VtpState(msgspec.Struct, frozen=True, omit_defaults=True):
    """Part of `show vtp status` that does not follow from the configuration.

    Attributes:
        most: VLANs that it supports; None: as many as its family and level.
        other_vlans: VLANs that only the VLAN file has.
        digest: of the domain's data; the one of an empty domain (R).
        modified: who changed the data last, and when.
    """

    version: str = "2"
    revision: int = 0
    most: int | None = None
    other_vlans: int = 0
    mode: str = "Server"
    domain: str = ""
    pruning: str = "Disabled"
    v2: str = "Disabled"
    traps: str = "Disabled"
    digest: str = "0xBF 0x86 0x94 0x45 0xFC 0xDF 0xB5 0x70"
    modified: str = "0.0.0.0 at 0-0-00 00:00:00"
