"""`show ip protocols` and `show ip bgp summary` of a router without a neighbor (R: forms)."""

from collections.abc import Iterator, Sequence

from emulator.router.configuration import Block, Configuration
from emulator.router.network.routing_interfaces import routing_sections

_DISTANCES = {
    "ospf": "110",
    "eigrp": "internal 90 external 170",
    "rip": "120",
    "bgp": "external 20 internal 200 local 200",
}


def show_ip_protocols(configuration: Configuration, names: Sequence[str], vrf: str = "") -> str:
    """A block for each process of a VRF, or of none; `names` of its interfaces, of which it tells the passive ones."""
    head = "*** IP Routing is NSF aware ***\n\n"
    blocks = (_process(*each, names) for each in _sections(configuration, vrf))
    return head + "".join(f"{line}\n" for block in blocks for line in block)


def passive_interfaces(section: Block, names: Sequence[str]) -> list[str]:
    """Interfaces on which a process sends nothing."""
    alone = {name for name in names if f"passive-interface {name}" in section.lines}
    if "passive-interface default" in section.lines:
        return [name for name in names if name not in alone]
    return [name for name in names if name in alone]


def _sections(configuration: Configuration, vrf: str) -> Iterator[tuple[str, str, Block]]:
    """Processes with their lines: those of the process, or of its address family of the VRF."""
    for protocol, number, section in routing_sections(configuration):
        family = section.sections.get(f"address-family ipv4 vrf {vrf}") if vrf else section
        if family is not None:
            yield protocol, number, family


def _process(protocol: str, number: str, section: Block, names: Sequence[str]) -> Iterator[str]:
    yield f'Routing Protocol is "{f"{protocol} {number}".strip()}"'
    yield "  Outgoing update filter list for all interfaces is not set"
    yield "  Incoming update filter list for all interfaces is not set"
    networks = [line.removeprefix("network ") for line in section.lines.values() if line.startswith("network ")]
    if protocol != "bgp":
        yield "  Maximum path: 4"
        yield "  Routing for Networks:"
        yield from (f"    {network}" for network in networks)
        passive = passive_interfaces(section, names)
        if passive:
            yield "  Passive Interface(s):"
            yield from (f"    {name}" for name in passive)
    else:
        yield "  IGP synchronization is disabled"
        yield "  Automatic route summarization is disabled"
        yield "  Neighbor(s):"
        yield "    Address          FiltIn FiltOut DistIn DistOut Weight RouteMap"
        yield from (f"    {address}" for address in remote_systems(section))
        yield "  Maximum path: 1"
    yield "  Routing Information Sources:"
    yield "    Gateway         Distance      Last Update"
    yield (
        f"  Distance: {_DISTANCES.get(protocol, '120')}"
        if protocol in {"eigrp", "bgp"}
        else (f"  Distance: (default is {_DISTANCES.get(protocol, '120')})")
    )
    yield ""


def show_bgp_summary(number: str, configuration: Configuration, router_id: str) -> str:
    """Screen of `show ip bgp summary`: every neighbor is tried and never answers."""
    section = configuration.sections[f"router bgp {number}"]
    identifier = section.word("bgp router-id") or router_id
    head = (
        f"BGP router identifier {identifier}, local AS number {number}\n"
        "BGP table version is 1, main routing table version 1\n\n"
        "Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd\n"
    )
    systems = remote_systems(section)
    return head + "".join(
        f"{address:<15s} 4 {system:>12s} {0:7d} {0:7d} {1:8d} {0:4d} {0:4d} never    Idle\n"
        for address, system in systems.items()
    )


def remote_systems(process: Block) -> dict[str, str]:
    """Autonomous systems of the neighbors by address, their own or that of their group or of the template they inherit.

    A group is no neighbor.
    """
    words = [line.split() for line in process.lines.values() if line.startswith("neighbor ")]
    groups = {each[1] for each in words if each[2:] == ["peer-group"]}
    said = {each[1]: each[3] for each in words if each[2:3] == ["remote-as"] and each[3:]}
    found = {name: system for name, system in said.items() if name not in groups}
    for each in words:
        if each[2:3] == ["peer-group"] and each[3:] and each[3] in said:
            found.setdefault(each[1], said[each[3]])
        if each[2:4] == ["inherit", "peer-session"] and each[4:]:
            template = process.sections.get(f"template peer-session {each[4]}", Block())
            if system := template.word("remote-as"):
                found.setdefault(each[1], system)
    return found


def group_of(process: Block, neighbor: str) -> str:
    """Name of the group that a neighbor is in; empty for none."""
    prefix = f"neighbor {neighbor} peer-group "
    return next((line.removeprefix(prefix) for line in process.lines.values() if line.startswith(prefix)), "")
