"""The traffic of a router's own that its interfaces count: echoes and their answers.

I: the lab's hosts send nothing of themselves, so nothing else is counted; a frame has the bytes of its packet and the
18 of Ethernet around it, and rates and load stay as they are.
"""

from ipaddress import IPv4Address

from msgspec.structs import replace

from emulator.router.interface_counters import InterfaceRecord
from emulator.router.network.host import Host
from emulator.router.network.routes import has_address, lookup, routes

FRAME = 18
"""Bytes of a frame beside its packet."""

MOST_STEPS = 8
"""Routes to routes that are followed at most."""


def egress(router: Host, address: IPv4Address) -> str | None:
    """Name the interface by which packets to an address leave; None: there is no way, or it is the router's own."""
    if has_address(router, str(address)):
        return None
    table, hop = routes(router), address
    for _ in range(MOST_STEPS):
        route = lookup(table, hop)
        if route is None:
            return None
        if route.interface or route.hop is None:
            return route.interface or None
        hop = route.hop
    return None


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
