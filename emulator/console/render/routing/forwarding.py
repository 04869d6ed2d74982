"""`show ip cef` and `show adjacency`: how packets are forwarded, as the routing and ARP tables have it.

R: columns, entries and flags of `show ip cef`, with and without `detail`, and of `show adjacency` (captures of a
CISCO2811 and of an IOS switch in the tests of ntc-templates). I: reference counts of adjacencies, for they count what a
router does inside.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

import msgspec

from emulator.router.device import Router
from emulator.router.network.routes import DEFAULT, Route, egress_of, routes

DROPPED = ("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4")
RECEIVED = ("0.0.0.0/32", "224.0.0.0/24", "255.255.255.255/32")
"""Prefixes that every table has (R)."""

COLUMNS = f"{'Prefix':<21s}{'Next Hop':<21s}Interface\n"
RESOLVED, GLEANED = 8, 7
"""References to an adjacency that forwards to a neighbor, and to one that is used by nothing else (I)."""


class ForwardingEntry(msgspec.Struct, frozen=True):
    """A prefix, what is done with its packets (`drop`, `receive`, `attached`, a next hop), and by which interface."""

    prefix: IPv4Network
    what: str
    interface: str = ""
    flags: str = ""


def forwarding_entries(router: Router, vrf: str = "") -> list[ForwardingEntry]:
    """List the entries of the forwarding table of a VRF, or of the global one, by prefix."""
    table = routes(router, vrf)
    found = [ForwardingEntry(IPv4Network(each), "drop") for each in DROPPED]
    found += [ForwardingEntry(IPv4Network(each), "receive", flags="receive") for each in RECEIVED]
    for route in table:
        found += _of_route(route, table)
    if not any(route.network == DEFAULT for route in table):
        found.append(ForwardingEntry(DEFAULT, "no route"))
    connected = {each.prefix for each in found}
    for neighbour in router.running.neighbours if not vrf else ():
        prefix = IPv4Network(f"{neighbour.address}/32")
        if prefix not in connected and neighbour.hardware:
            found.append(ForwardingEntry(prefix, "attached", neighbour.interface, "attached"))
    return sorted(found, key=lambda each: (int(each.prefix.network_address), each.prefix.prefixlen))


def _of_route(route: Route, table: list[Route]) -> Iterator[ForwardingEntry]:
    if route.code == "S":
        what = "attached" if route.hop is None else str(route.hop)
        yield ForwardingEntry(route.network, what, egress_of(route, table))
        return
    if route.code == "C":
        flags = "attached, connected, cover dependents, need deagg"
        yield ForwardingEntry(route.network, "attached", route.interface, flags)
        for address in (route.network.network_address, route.network.broadcast_address):
            if route.network.prefixlen < 31:
                yield ForwardingEntry(IPv4Network((address, 32)), "receive", route.interface, "receive")
    else:
        yield ForwardingEntry(route.network, "receive", route.interface, "receive, source eligible")


def show_ip_cef(router: Router, vrf: str = "") -> str:
    """Table of the prefixes."""
    rows = (
        f"{each.prefix!s:<21s}{each.what:<21s}{each.interface}".rstrip() for each in forwarding_entries(router, vrf)
    )
    return COLUMNS + "".join(f"{row}\n" for row in rows)


def show_ip_cef_in_detail(router: Router, vrf: str = "") -> str:
    """Head of the table, and each prefix with its flags."""
    entries = forwarding_entries(router, vrf)
    forwarded = sum(1 for each in entries if each.what != "drop")
    return (
        "IPv4 CEF is enabled and running\n"
        f"VRF {vrf or 'Default'}\n"
        f" {len(entries)} prefixes ({forwarded}/{len(entries) - forwarded} fwd/non-fwd)\n"
        " Table id 0x0\n"
        f" Database epoch:        0 ({len(entries)} entries at this epoch)\n\n"
    ) + "".join(_in_detail(each) for each in entries)


def _in_detail(entry: ForwardingEntry) -> str:
    head = f"{entry.prefix}, epoch 0{f', flags {entry.flags}' if entry.flags else ''}\n"
    match entry.what:
        case "drop" | "no route":
            return f"{head}  Special source: drop\n  drop\n" if entry.what == "drop" else f"{head}  no route\n"
        case "receive" if entry.interface:
            return f"{head}  Interface source: {entry.interface}\n  receive for {entry.interface}\n"
        case "receive":
            return f"{head}  Special source: receive\n  receive\n"
        case "attached":
            return f"{head}  attached to {entry.interface}\n"
    return f"{head}  nexthop {entry.what} {entry.interface}\n"


def show_adjacency(router: Router) -> str:
    """The neighbors whose hardware address is known."""
    hops = {route.hop for route in routes(router)}
    rows = "".join(
        f"IP       {each.interface:<26s}{each.address}({RESOLVED if IPv4Address(each.address) in hops else GLEANED})\n"
        for each in router.running.neighbours
        if each.hardware and each.learned is not None
    )
    return f"{'Protocol':<9s}{'Interface':<26s}Address\n{rows}"
