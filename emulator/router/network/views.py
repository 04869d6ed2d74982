"""Facts about each interface: the view that screens, SNMP and the bench share.

Status and line protocol follow from cables and configuration (`link_state.py`); interfaces that the configuration makes
are up while it does not hold them down, a tunnel's and a dialer's protocol apart, which need a far end (I). Where an
address came from: C for `NVRAM` and `unset` on an 881, R for `manual` and `DHCP`. C: the list is by name.
"""

import re
from functools import lru_cache

import msgspec

from emulator.hardware.platform import Platform
from emulator.hardware.ports import kind_of_interface
from emulator.router.configuration import GIVEN_ADDRESSES, Block, Section
from emulator.router.interface_counters import InterfaceRecord, Neighbour
from emulator.router.link_state import VLAN
from emulator.router.network.host import Host
from emulator.router.network.wan import is_wan_up

ADMINISTRATIVELY_DOWN = "administratively down"
UNSET, SAVED, TYPED = "unset", "NVRAM", "manual"
LEASES = {"ip address dhcp": "DHCP", "ip address negotiated": "IPCP", "ip address pool": "manual"}

UNNUMBERED = "ip unnumbered "
"""Beginning of the line that lends the address of another interface."""

SECONDARY = "ip secondary "
"""Prefix of the keys of secondary addresses."""

PSEUDOWIRE = "Virtual-PPP"
"""Interface that is up while its pseudowire leads to the provider (I)."""

FAR_END = "Tunnel"
"""Interface whose protocol is down until the far end answers."""

PATTERN = "Virtual-Template"
"""Interface that only others are cloned from: never up itself (C2: `show protocols` in a command reference)."""

_NAME = re.compile(r"(?P<kind>[A-Za-z-]+)(?P<numbers>[\d/.:]*)")


class InterfaceView(msgspec.Struct, frozen=True):
    """An interface, ready to be shown.

    Attributes:
        kind: one of `ports.toml`.
        status, protocol: as IOS words them.
        address: None: it has none.
        prefix: the length of its network's prefix.
        method: the origin of the address.
        hardware: its MAC address.
        others: its secondary addresses, each with the length of its prefix.
        lender: the interface whose address `ip unnumbered` lets it use; empty without that line.
        lent: that address; None while the lender has none.
        asks: protocol by which it asks for an address, `DHCP` or `IPCP`; empty if it does not.
    """

    name: str
    kind: str
    status: str
    protocol: str
    address: str | None
    prefix: int | None
    method: str
    description: str
    hardware: str
    others: tuple[tuple[str, int], ...] = ()
    lender: str = ""
    lent: str | None = None
    asks: str = ""

    @property
    def speaks_as(self) -> str | None:
        """Address of the packets that it sends: its own, or the one that it is lent."""
        return self.address or self.lent

    @property
    def is_up(self) -> bool:
        """Tell whether the link is up."""
        return self.status.startswith("up")


def interface_names(router: Host) -> list[str]:
    """List all interfaces by name (C): the board's, those of the configuration, and those that exist by themselves."""
    configured = [
        key.removeprefix("interface ") for key in router.configuration.sections if key.startswith("interface ")
    ]
    board = [name for port in router.platform.interfaces for name in (port.name, *port.channels)]
    names = [*board, *configured, *router.running.interfaces]
    order = {name: rank for rank, name in enumerate(router.state.unit.port_order)}
    return sorted(dict.fromkeys(names), key=lambda name: (order.get(name, len(order)), *name_rank(name)))


@lru_cache(maxsize=1024)
def name_rank(name: str) -> tuple[str, tuple[int, ...]]:
    """Sort key of a name, by kind and number."""
    match = _NAME.match(name)
    if match is None:
        return name, ()
    return match["kind"], tuple(int(part) for part in re.findall(r"\d+", match["numbers"]))


def interface_views(router: Host) -> list[InterfaceView]:
    """List every interface, in the order of names."""
    return [interface_view(router, name) for name in interface_names(router)]


def own_addresses(router: Host, name: str) -> list[str]:
    """List the addresses of an interface, whether it is up or not."""
    section = router.configuration.sections.get(f"interface {name}")
    first, _ = _address(section, router.running.interfaces.get(name, InterfaceRecord()))
    return [each for each in (first, *(other for other, _ in _others(section))) if each is not None]


def interface_view(router: Host, name: str) -> InterfaceView:
    """Return the view of one interface."""
    record = router.running.interfaces.get(name, InterfaceRecord())
    section = router.configuration.sections.get(f"interface {name}")
    address, prefix = _address(section, record)
    lender = lender_of(section)
    stands = derived_standing(router, name)
    if record.stands is not None and record.stands_for == stands:
        stands = record.stands
    return InterfaceView(
        name,
        kind_of_interface(router.platform, name),
        *stands,
        address,
        prefix,
        _method(router, name, record, address),
        section.lines.get("description", "").removeprefix("description ") if section else "",
        hardware_address(router, name),
        _others(section),
        lender,
        _lent(router, lender),
        _asked_by(section),
    )


def derived_standing(router: Host, name: str) -> tuple[str, str]:
    """Status and line protocol as they follow from cables and configuration."""
    port = next((each for each in router.platform.interfaces if each.name == name), None)
    section = router.configuration.sections.get(f"interface {name}")
    parent = name.partition(".")[0]
    if ":" in name:
        return (ADMINISTRATIVELY_DOWN if _is_shut_with(router, name) else "down"), "down"
    if port is not None:
        if router.links.is_shut(port):
            return ADMINISTRATIVELY_DOWN, "down"
        state = "up" if router.links.is_up(port) else "down"
        return state, state
    if section is not None and section.lines.get("shutdown") == "shutdown":
        return ADMINISTRATIVELY_DOWN, "down"
    if parent != name:
        return derived_standing(router, parent)
    if name.startswith(VLAN):
        state = "up" if router.links.carries(name.removeprefix(VLAN)) else "down"
        return state, state
    if name.startswith(PSEUDOWIRE):
        state = "up" if section is not None and "pseudowire" in section.sections and is_wan_up(router) else "down"
        return state, state
    if name.startswith(PATTERN):
        return "down", "down"
    return ("up", "down") if name.startswith(FAR_END) else ("up", "up")


def _is_shut_with(router: Host, channel: str) -> bool:
    """Tell whether a channel is held down together with its interface; else it is down until there is a call (R)."""
    name = channel.partition(":")[0]
    return any(each.name == name and router.links.is_shut(each) for each in router.platform.interfaces)


def arp_table(router: Host) -> list[Neighbour]:
    """List the router's own addresses on interfaces that are up, and its neighbors; a captured table has both."""
    neighbours = router.running.neighbours
    if any(each.learned is None for each in neighbours):
        return neighbours
    views = (view for view in interface_views(router) if view.address and view.protocol.startswith("up"))
    own = ((view, address) for view in views for address in (view.address or "", *(each for each, _ in view.others)))
    return [*(Neighbour(address, view.hardware, view.name) for view, address in own), *neighbours]


def hardware_address(router: Host, name: str) -> str:
    """MAC address of an interface."""
    return dotted(int(router.state.mac.replace(".", ""), 16) + address_offset(router.platform, name))


def address_offset(platform: Platform, name: str) -> int:
    """Offset of an interface's address in the chassis's: the board's in their order, a part as its whole, the LAN as
    its first port (I)."""
    ports = [port.name for port in platform.interfaces if port.kind != "vlan"]
    whole = name.partition(".")[0].partition(":")[0]
    return ports.index(whole) if whole in ports else 0


def dotted(address: int) -> str:
    """Format a MAC address as IOS writes it."""
    text = f"{address:012x}"
    return ".".join(text[start : start + 4] for start in (0, 4, 8))


def _address(section: Section | None, record: InterfaceRecord) -> tuple[str | None, int | None]:
    words = section.lines.get("ip address", "").split() if section else []
    if len(words) >= 4 and words[2].count(".") == 3:
        return words[2], mask_length(words[3])
    if record.address:
        address, _, length = record.address.partition("/")
        return address, int(length) if length else None
    return None, None


def lender_of(section: Block | None) -> str:
    """Name the interface whose address `ip unnumbered` lets another use; empty without that line."""
    line = section.lines.get("ip address", "") if section else ""
    return line.removeprefix(UNNUMBERED) if line.startswith(UNNUMBERED) else ""


def _asked_by(section: Block | None) -> str:
    line = section.lines.get("ip address", "") if section else ""
    return next((LEASES[each] for each in GIVEN_ADDRESSES if line.startswith(each)), "")


def _lent(router: Host, lender: str) -> str | None:
    record = router.running.interfaces.get(lender, InterfaceRecord())
    return _address(router.configuration.sections.get(f"interface {lender}"), record)[0] if lender else None


def _others(section: Section | None) -> tuple[tuple[str, int], ...]:
    if section is None:
        return ()
    words = [line.split() for key, line in section.lines.items() if key.startswith(SECONDARY)]
    return tuple((each[2], mask_length(each[3])) for each in words)


def mask_length(mask: str) -> int:
    """Length of a mask: `255.255.255.240` is 28."""
    return sum(bin(int(part)).count("1") for part in mask.split(".") if part.isdecimal())


def _method(router: Host, name: str, record: InterfaceRecord, address: str | None) -> str:
    if record.method and record.method_for == (address or ""):
        return record.method
    section = router.configuration.sections.get(f"interface {name}")
    line = section.lines.get("ip address", "") if section else ""
    for beginning, method in LEASES.items():
        if line.startswith(beginning):
            return method
    if address is None:
        return UNSET
    startup = router.state.startup
    saved = startup is not None and f" {line}" in startup.text.splitlines()
    return SAVED if saved else TYPED
