"""Sample lines of the configuration language: for every row something that can be typed, and the way to its mode."""

from functools import cache

from emulator.console.arguments.types import TYPES
from emulator.console.configuration.conditions import kind_of
from emulator.console.configuration.rows import Row
from emulator.console.configuration.tables import table, table_modes
from emulator.console.modes import tree_of
from emulator.grammar import ArgumentType, Number
from emulator.grammar.notation import Flat, expand
from emulator.grammar.phrase import Phrase
from emulator.hardware.platform import Platform
from emulator.router.device import Router

SAMPLES = {
    "Word": "alpha", "HostName": "alpha", "Line": "alpha beta", "Address": "192.0.2.1", "Mac": "0011.2233.4455",
    "EngineId": "800000090300001122334455",
    "Prefix": "10.0.0.0/8", "Pvc": "0/35", "IPv6Address": "2001:DB8::1", "Prefix6": "2001:DB8::/32",
    "UdpPort": "domain", "OspfArea": "7",
    "Severity": "errors", "SeverityNumber": "3",
    "Interface": "Vlan1", "Time": "10:00:00", "Hours": "-5",
    "BootStartMarker": "boot-start-marker", "BootEndMarker": "boot-end-marker", "VersionWord": "version",
    "DomainLookupWord": "domain-lookup", "DomainNameWord": "domain-name",
    "UdiWord": "udi", "CaWord": "ca", "MaskOrLength": "255.255.255.0", "NetworkLength": "/24",
}  # fmt: skip
BY_NAME = {"network": "10.7.7.0", "mask": "255.255.255.0", "wildcard": "0.0.0.255"}
"""Addresses that fit together, by the names of their arguments."""
MADE = {
    "tunnel": "Tunnel7", "dialer": "Dialer7", "loopback": "Loopback7", "bvi": "BVI7", "vlan": "Vlan1",
    "virtual-template": "Virtual-Template7", "virtual-ppp": "Virtual-PPP7",
}  # fmt: skip


def rows() -> list[tuple[str, Row]]:
    """Every line of every table."""
    return [
        (mode, row) for mode in table_modes() if tree_of(mode) == mode
        for row in table(mode).rows if isinstance(row, Row) and row.line
    ]  # fmt: skip


def sample(type_: ArgumentType) -> str:
    """A value of a type."""
    if isinstance(type_, Number):
        return str(max(type_.low, min(type_.high, 7)))
    if isinstance(type_, Phrase):
        return _PHRASES[next(name for name in _PHRASES if TYPES[name] is type_)]
    return SAMPLES[next(name for name in SAMPLES if TYPES[name] is type_)]


_PHRASES = {
    "StandardEntry": "permit 192.0.2.0 0.0.0.255",
    "ExtendedEntry": "permit tcp any host 192.0.2.1 eq www established log",
    "Route": "192.0.2.9 250 name backup track 7",
    "NatHow": "interface Vlan1 overload",
    "NatStatic": "tcp 192.0.2.1 80 interface Vlan1 8080",
    "NatOutside": "198.51.100.5 192.168.1.5 add-route",
    "Methods": "group tacacs+ local",
    "Transforms": "esp-aes 256 esp-sha-hmac",
    "GroupViews": "read alpha",
    "CommunityAccess": "RO 7",
    "NtpHow": "minpoll 8",
    "TunnelSource": "Vlan1",
    "Service": "tcp eq www",
    "SshCiphers": "aes256-ctr aes128-ctr",
    "SshMacs": "hmac-sha2-256 hmac-sha1",
    "SshHostKeys": "ssh-rsa",
    "SshKeyExchanges": "diffie-hellman-group14-sha1",
    "SshMethods": "publickey password",
    "Ciphers2": "aes-cbc-256 3des",
    "Hashes2": "sha256 sha1",
    "Groups2": "14 2",
    "Transports": "telnet ssh",
    "TimestampOptions": "msec localtime",
}


def typed(flat: Flat) -> str:
    return " ".join(token.label if token.type is None else _sample_of(token.name, token.type) for token in flat)


def _sample_of(name: str, type_: ArgumentType) -> str:
    return BY_NAME[name] if type_ is TYPES["Address"] and name in BY_NAME else sample(type_)


def flats(row: Row) -> list[Flat]:
    return expand(row.line, TYPES)


@cache
def _entrances() -> dict[str, tuple[str, Row]]:
    found: dict[str, tuple[str, Row]] = {}
    for mode, row in rows():
        if row.enters:
            found.setdefault(row.enters, (mode, row))
    return found


def way(router: Router, mode: str, row: Row) -> list[str] | None:
    """The lines that lead from configuration mode to a section where a row exists; None: this router has none."""
    if mode == "config":
        return []
    if mode == "config-if":
        name = interface_for(router.platform, row)
        return None if name is None else [f"interface {name}"]
    if mode == "config-vlan":
        return ["vlan 7"]
    if mode == "config-router":
        return [next(f"router {kind} 7".replace("rip 7", "rip") for kind in row.kinds or ("rip",))]
    if mode == "config-router-af":
        return ["router rip", "address-family ipv4 vrf alpha"]
    if mode == "config-line":
        return [{"con": "line console 0", "aux": "line aux 0"}.get((row.kinds or ("vty",))[0], "line vty 0 4")]
    above, entrance = _entrances()[mode]
    if entrance.feature and not router.has_feature(entrance.feature):
        return None
    before = way(router, above, entrance)
    return None if before is None else [*before, typed(flats(entrance)[0])]


def interface_for(platform: Platform, row: Row) -> str | None:
    """An interface on which a row exists."""
    names = [each.name for each in platform.interfaces]
    routed = [each.name for each in platform.interfaces if each.kind in {"routed", "ethernet", "atm"}]
    names += [*(f"{name}.7" for name in routed), *MADE.values()]
    for name in names:
        kind = kind_of(platform, f"interface {name}")
        if (not row.kinds or kind in row.kinds) and kind not in row.unless and (row.kinds or kind == "vlan"):
            return name
    return None
