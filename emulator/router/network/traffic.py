"""The traffic of a router's own that its interfaces count: echoes and their answers.

I: the lab's hosts send nothing of themselves, so nothing else is counted; a frame has the bytes of its packet and the
18 of Ethernet around it, and rates and load stay as they are.
"""

from enum import Enum
from ipaddress import IPv4Address

from msgspec.structs import replace

from emulator.router.interface_counters import InterfaceRecord
from emulator.router.network.host import Host
from emulator.router.network.routes import egress_of, has_address, lookup, routes

FRAME = 18
"""Bytes of a frame beside its packet."""


def egress(router: Host, address: IPv4Address) -> str | None:
    """Name the interface by which packets to an address leave; None: there is no way, or it is the router's own."""
    if has_address(router, str(address)):
        return None
    table = routes(router)
    route = lookup(table, address)
    return None if route is None else egress_of(route, table) or None


class Fate(Enum):
    """The outcome of an echo."""

    ANSWERED = "an answer came"
    LOST = "no answer came"
    RESOLVED = "the hardware address of its next hop had to be asked for"
    UNRESOLVED = "its next hop has no hardware address"
    UNROUTABLE = "there is no route"


def fate(router: Host, address: str, *, answered: bool, asked: bool) -> Fate:
    """Find the outcome of an echo; `asked`: the hardware address of its next hop was learned for it."""
    if answered:
        return Fate.ANSWERED
    if asked:
        return Fate.RESOLVED
    host = IPv4Address(address)
    if has_address(router, address):
        return Fate.LOST
    route = lookup(routes(router), host)
    if route is None:
        return Fate.UNROUTABLE
    known = any(each.address == address and each.hardware for each in router.running.neighbours)
    return Fate.UNRESOLVED if route.code == "C" and not known else Fate.LOST


def count_echo(router: Host, outcome: Fate) -> None:
    """Count an echo among the packets of IP, and what ARP did for it."""
    ip = router.running.ip
    match outcome:
        case Fate.ANSWERED:
            ip.echoes_sent += 1
            ip.replies_received += 1
        case Fate.LOST:
            ip.echoes_sent += 1
        case Fate.UNROUTABLE:
            ip.unroutable += 1
        case Fate.RESOLVED | Fate.UNRESOLVED:
            ip.unresolved += 1
            ip.arp_requests += 1
            ip.arp_replies += outcome is Fate.RESOLVED


def count_packets(router: Host, address: str, size: int, *, answered: bool) -> None:
    """Count a packet to an address, and one of the same size that answers it.

    Args:
        address: of a host.
        size: bytes of either packet.
        answered: whether it came back.
    """
    name = egress(router, IPv4Address(address))
    if name is None:
        return
    record = router.running.interfaces.get(name, InterfaceRecord())
    old, octets = record.counters, size + FRAME
    counters = replace(old, packets_output=old.packets_output + 1, bytes_output=old.bytes_output + octets)
    changed = replace(record, counters=counters, last_output=router.now)
    if answered:
        counters = replace(counters, packets_input=old.packets_input + 1, bytes_input=old.bytes_input + octets)
        changed = replace(changed, counters=counters, last_input=router.now)
    router.running.interfaces[name] = changed
