"""Debug lines of the packets that a router sends and receives: `debug ip packet`, `debug ip icmp`.

R: the lines, as public logs of 15.x show them; I: which release began to name the topology. Only echoes of the router
itself are packets here, for the lab's hosts send nothing of themselves.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address

from emulator.router.device import Router
from emulator.router.network.traffic import Fate, egress
from emulator.router.network.views import interface_view

PACKETS, DETAILS, MESSAGES = "ip packet", "ip packet detail", "ip icmp"
TOPICS = {
    PACKETS: "IP packet debugging is on",
    DETAILS: "IP packet debugging is on (detailed)",
    MESSAGES: "ICMP packet debugging is on",
}
"""Topics, and what `show debugging` says of each."""

TOPOLOGY_SINCE = (15,)
ECHO, REPLY = "    ICMP type=8, code=0", "    ICMP type=0, code=0"

ENDS = {
    Fate.ANSWERED: "sending",
    Fate.LOST: "sending",
    Fate.RESOLVED: "encapsulation failed",
    Fate.UNRESOLVED: "encapsulation failed",
    Fate.UNROUTABLE: "unroutable",
}
"""Words at the end of the line of an echo."""


def packet_lines(router: Router, address: str, source: str, size: int, outcome: Fate) -> Iterator[str]:
    """Lines about an echo and its answer, as far as they are asked for."""
    topics = {topic for topic in router.running.debugging if topic in TOPICS}
    if not topics:
        return
    name = egress(router, IPv4Address(address)) or ""
    own = source or (interface_view(router, name).address if name else None) or address
    detailed = DETAILS in topics
    if detailed or PACKETS in topics:
        yield f"IP: s={own} (local), d={address}{f' ({name})' if name else ''}, len {size}, {ENDS[outcome]}"
        if detailed:
            yield ECHO
    if outcome is not Fate.ANSWERED:
        return
    if detailed or PACKETS in topics:
        yield f"IP: s={address} ({name or 'local'}), d={own}{f' ({name})' if name else ''}, len {size}, rcvd 3"
        if detailed:
            yield REPLY
    if MESSAGES in topics:
        release = tuple(int(part) for part in router.manifest.release.split("."))
        topology = ", topology BASE, dscp 0 topoid 0" if release >= TOPOLOGY_SINCE else ""
        yield f"ICMP: echo reply rcvd, src {address}, dst {own}{topology}"
