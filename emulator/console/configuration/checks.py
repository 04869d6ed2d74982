"""Checks of a line before the device takes it, which may refuse it or add a notice; by the name that the line's row
gives.

It is asked only where somebody types: a configuration that is read was taken by a device before. R: all forms; the
order (the kind of interface, the address, the mask, other interfaces) is I, as is that an address or route which is
not there is told of when it is taken back. R: an interface that is held down takes an address that overlaps, and
cannot be opened with it. A secondary address may come before the primary one, as they are printed in that order. Left
out: that an interface loses its addresses when it changes its VRF.
"""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface
from typing import Any

from emulator.console.configuration.conditions import is_since, kind_of
from emulator.console.configuration.editor import Editor
from emulator.console.configuration.notices import NOTICES
from emulator.console.configuration.verdict import CheckRule, Verdict
from emulator.console.wording import wording
from emulator.hardware.platform import SWITCHED
from emulator.router.configuration import Section
from emulator.router.line_settings import FEWEST_VTY, tty_numbers
from emulator.router.network.addressing import (
    addresses_of,
    assigned,
    is_held_down,
    is_host,
    is_network,
    mask_length,
    overlapping,
    vrf_of,
)
from emulator.router.network.views import SECONDARY

POINT_TO_POINT = 31
GATEWAY_MISSED_SINCE = "15.1"
"""First release that warns of a default route without a gateway (R; seen on 15.1 and later, the first one is I)."""
DOTS = 3
"""Number of dots in an address, which no interface has in its name."""
LAN = frozenset({"routed", "ethernet", "vlan", "bvi", "wlan-ap"})
"""Kinds of interface on which many hosts may be, and their parts."""


def _address(session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    """The primary address."""
    address, mask, block = arguments.get("address"), arguments.get("mask"), session.block
    if address is None or mask is None:
        return None
    if not word:
        return _fitting(session, address, mask)
    if block.lines.get("ip address") != f"ip address {address} {mask}":
        return Verdict(wording("config.invalid_address"))
    if any(key.startswith(SECONDARY) for key in block.lines):
        return Verdict(wording("config.secondary_first"))
    return None


def _secondary(session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    address, mask = arguments["address"], arguments["mask"]
    if word:
        there = session.block.lines.get(f"{SECONDARY}{address}", "").startswith(f"ip address {address} {mask} ")
        return None if there else Verdict(wording("config.invalid_address"))
    if session.block.word("ip address").startswith(f"{address} "):
        return Verdict(wording("config.secondary_is_primary"))
    return _fitting(session, address, mask)


def _layer(session: Editor, word: str, _arguments: dict[str, Any]) -> Verdict | None:
    """Tell whether the interface can have an address at all."""
    kind, name = kind_of(session.router.platform, session.subject), _name(session)
    if word:
        return None
    if kind in SWITCHED:
        return Verdict(wording("config.no_address_on_switch_port"))
    if "." in name and _parent(session) in LAN and "encapsulation dot1Q" not in session.block.lines:
        return Verdict(wording("config.no_encapsulation"))
    return None


def _fitting(session: Editor, address: str, mask: str) -> Verdict | None:
    refused = _layer(session, "", {})
    if refused is not None:
        return refused
    if not is_host(address):
        return Verdict(wording("config.not_a_host", address=address))
    length = mask_length(mask)
    if length is None:
        return Verdict(wording("config.broken_mask", mask=f"{int(IPv4Address(mask)):X}", address=address))
    if not _leaves_room(session, address, length):
        return Verdict(wording("config.bad_mask", length=length, address=address))
    overlap = _overlap(session, IPv4Interface((address, length)))
    if overlap:
        return Verdict(overlap, refused=not is_held_down(session.router, _name(session)))
    if length == POINT_TO_POINT and _parent(session) in LAN:
        return Verdict(wording("config.point_to_point_mask"), refused=False)
    return None


def _leaves_room(session: Editor, address: str, length: int) -> bool:
    """An address is neither the first nor the last of its network, unless that has two or, off a LAN, is itself."""
    host = int(IPv4Address(address)) & ((1 << (32 - length)) - 1)
    if length >= POINT_TO_POINT:
        return length == POINT_TO_POINT or _parent(session) not in LAN
    return length > 0 and host not in {0, (1 << (32 - length)) - 1}


def _overlap(session: Editor, address: IPv4Interface) -> str:
    other = overlapping(session.router, _name(session), address.network)
    if other is None:
        return ""
    key = "config.overlaps"
    if other.secondary:
        same = other.address.network == address.network
        key = "config.is_secondary" if same else "config.overlaps_secondary"
    return wording(key, network=address.network.network_address, interface=other.interface)


def _opening(session: Editor, word: str, _arguments: dict[str, Any]) -> Verdict | None:
    """`no shutdown` of an interface that was given a network of another."""
    section = session.block
    if word != "no" or not isinstance(section, Section):
        return None
    name = _name(session)
    told = next(filter(None, (_overlap(session, each.address) for each in addresses_of(section, name))), "")
    return Verdict(told + wording("config.incorrect_assignment", interface=name)) if told else None


def _route(session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    """A static route, of a VRF or not."""
    if word:
        return None if _is_there(session) else Verdict(wording("config.no_such_route"))
    if not is_network(arguments["network"], arguments["mask"]):
        return Verdict(wording("config.inconsistent"))
    hop = next((word for word in arguments["route"].split()[:2] if word.count(".") == DOTS), None)
    if hop is not None and not is_host(hop):
        return Verdict(wording("config.bad_next_hop"))
    if hop is not None and hop in _own_addresses(session, arguments.get("vrf") or ""):
        return Verdict(wording("config.own_next_hop"))
    if hop is None and _is_default(arguments) and is_since(session.router.manifest, GATEWAY_MISSED_SINCE):
        return Verdict(wording("config.no_gateway"), refused=False)
    return None


def _is_default(arguments: dict[str, Any]) -> bool:
    """Tell whether a route is the default one, out of an interface (R: whatever its kind)."""
    return mask_length(arguments["mask"]) == 0 and not arguments["route"].startswith("dhcp")


def _is_there(session: Editor) -> bool:
    key = session.spelled.partition(" ")[2]
    return any(each == key or each.startswith(key + " ") for each in session.block.lines)


def _own_addresses(session: Editor, vrf: str) -> Iterator[str]:
    router = session.router
    return (str(each.address.ip) for each in assigned(router) if vrf_of(router, each.interface) == vrf)


def _bgp_network(_session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    if word or is_network(arguments["network"], arguments["mask"]):
        return None
    return Verdict(wording("config.bgp_network"))


def _login(session: Editor, word: str, _arguments: dict[str, Any]) -> Verdict | None:
    """C: each line of the section that has no password to ask for is named; the setting is taken."""
    if word or "password" in session.block.lines or "aaa new-model" in session.router.configuration.lines:
        return None
    numbers = tty_numbers(session.router.configuration, session.subject)
    return Verdict("".join(wording("config.login_disabled", number=number) for number in numbers), refused=False)


def _terminal_lines(_session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    """R: the first five virtual terminal lines stay. I: a range does not run backwards."""
    first, last = arguments["first"], arguments.get("last")
    if last is not None and int(last) < int(first):
        return Verdict(wording("lines.bad_number", number=last))
    if word and int(first) < FEWEST_VTY:
        return Verdict(wording("config.last_vty", count=FEWEST_VTY))
    return None


LONGEST_HOST_NAME = 63
LEGAL_HOST_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?")


def _host_name(_session: Editor, word: str, arguments: dict[str, Any]) -> Verdict | None:
    """R: a name that is too long is refused; one with other characters than a host's is taken with a warning."""
    name = arguments.get("name")
    if word or name is None:
        return None
    if len(name) > LONGEST_HOST_NAME:
        return Verdict(wording("hostname.too_long", most=LONGEST_HOST_NAME))
    return None if LEGAL_HOST_NAME.fullmatch(name) else Verdict(wording("hostname.illegal"), refused=False)


def _neighbor(session: Editor, word: str, _arguments: dict[str, Any]) -> Verdict | None:
    """A neighbor alone says nothing to BGP, but is taken back with all that was said of it."""
    is_bgp = session.subject.startswith("router bgp ")
    return Verdict(wording("parser.incomplete")) if is_bgp and not word else None


CHECKS: dict[str, CheckRule] = {
    "address": CheckRule(_address, ("address", "mask")),
    "secondary": CheckRule(_secondary, ("address", "mask"), ("address", "mask")),
    "layer": CheckRule(_layer),
    "opening": CheckRule(_opening),
    "route": CheckRule(_route, ("network", "mask", "route")),
    "neighbor": CheckRule(_neighbor),
    "bgp network": CheckRule(_bgp_network, ("network", "mask")),
    "login": CheckRule(_login),
    "host name": CheckRule(_host_name, ("name",)),
    "terminal lines": CheckRule(_terminal_lines, ("first",), ("first",)),
    **NOTICES,
}


def _name(session: Editor) -> str:
    return session.subject.removeprefix("interface ").partition(" ")[0]


def _parent(session: Editor) -> str:
    """The kind of the interface, or of the one that it is a part of."""
    return kind_of(session.router.platform, f"interface {_name(session).partition('.')[0]}")
