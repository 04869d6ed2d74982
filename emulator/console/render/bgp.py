"""BGP of a router whose neighbours never answer: its own networks, and each neighbour's idle session (R: forms)."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network

from emulator.console.render.ip_protocols import remote_systems
from emulator.console.render.ip_route import classful
from emulator.console.wording import text_file, wording
from emulator.router.configuration import Section
from emulator.router.network.routes import Route

UNSET = IPv4Address(0)
TABLE_HEAD = "   Network          Next Hop            Metric LocPrf Weight Path\n"


def own_networks(section: Section, table: Sequence[Route]) -> list[IPv4Network]:
    """List the networks that the process announces: those of `network` lines that the routing table has."""
    known = {route.network for route in table}
    found = []
    for line in section.lines.values():
        words = line.split()
        if words[:1] == ["network"] and words[1:]:
            mask = words[3] if words[2:3] == ["mask"] else ""
            network = IPv4Network((words[1], mask)) if mask else classful(IPv4Network(words[1]))
            if network in known:
                found.append(network)
    return sorted(found)


def show_bgp_table(networks: Sequence[IPv4Network], router_id: str) -> str:
    """Screen of `show ip bgp`; nothing where nothing is announced."""
    if not networks:
        return ""
    rows = "".join(f"*>  {_shown(each):<17s}{UNSET}{'0':>19s}{'32768 i':>15s}\n" for each in networks)
    return wording("bgp.legend", version=len(networks) + 1, router_id=router_id) + TABLE_HEAD + rows


def _shown(network: IPv4Network) -> str:
    return str(network.network_address) if classful(network) == network else str(network)


def show_bgp_entry(networks: Sequence[IPv4Network], address: IPv4Address, router_id: str) -> str:
    """Screen of `show ip bgp A.B.C.D`: the longest announced network that the address is in."""
    fitting = [each for each in networks if address in each]
    if not fitting:
        return wording("route.no_network")
    network = max(fitting, key=lambda each: each.prefixlen)
    return wording("bgp.entry", network=network, version=networks.index(network) + 2, router_id=router_id)


def show_bgp_neighbors(section: Section, address: str | None = None) -> str:
    """Blocks of `show ip bgp neighbors`, of all or of one."""
    number = section.header.split()[-1]
    systems = remote_systems(section.lines.values())
    if address is not None and address not in systems:
        return wording("bgp.no_neighbor")
    blocks = (
        text_file(
            "bgp_neighbor",
            address=each,
            system=system,
            link="internal" if system == number else "external",
            description=_description(section, each),
        )
        for each, system in systems.items()
        if address in {None, each}
    )
    return "\n".join(blocks)


def _description(section: Section, address: str) -> str:
    prefix = f"neighbor {address} description "
    text = next((line.removeprefix(prefix) for line in section.lines.values() if line.startswith(prefix)), "")
    return f" Description: {text}\n" if text else ""
