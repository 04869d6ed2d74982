"""BGP of a router whose neighbors never answer: its own networks, and each neighbor's idle session (R: forms)."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network
from math import log2

from emulator.console.render.routing.ip_protocols import group_of, remote_systems
from emulator.console.render.routing.ip_route import classful
from emulator.console.wording import text_file, wording
from emulator.router.configuration import Block, Section
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
    systems = remote_systems(section)
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
    for name in (address, group_of(section, address)):
        prefix = f"neighbor {name} description "
        for line in section.lines.values():
            if line.startswith(prefix):
                return f" Description: {line.removeprefix(prefix)}\n"
    return ""


def show_bgp_detail(networks: Sequence[IPv4Network], router_id: str) -> str:
    """Screen of `show bgp all detail`: the entry of each announced network."""
    return "".join(show_bgp_entry(networks, each.network_address, router_id) for each in networks) + "\n"


def show_cluster_ids(section: Section, router_id: str) -> str:
    """Screen of `show bgp all cluster-ids`: the router's own cluster, and no other."""
    configured = section.word("bgp cluster-id")
    return wording("bgp.clusters", used=configured or router_id, configured=configured or UNSET)


HALF_LIFE, REUSE, SUPPRESS = 15, 750, 2000
"""Minutes and penalties of route dampening."""


def show_dampening(section: Section) -> str:
    """Screen of `show ip bgp all dampening parameters`.

    The largest penalty is the one that falls to the limit of reuse within the longest suppression; the decay time is
    what it takes to fall to the limit of suppression, in tens of seconds (R: agrees with a capture of the defaults).
    """
    words = next((line.split() for line in section.lines.values() if line.split()[:2] == ["bgp", "dampening"]), None)
    if words is None:
        return wording("bgp.dampening_off")
    numbers = [int(word) for word in words[2:] if word.isdecimal()]
    half_life = numbers[0] if numbers else HALF_LIFE
    reuse, suppress, longest = numbers[1:4] if len(numbers) == 4 else (REUSE, SUPPRESS, 4 * half_life)
    largest = int(reuse * 2 ** (longest / half_life))
    decay = int(half_life * 60 * log2(max(largest / suppress, 1))) // 10 * 10
    return wording(
        "bgp.dampening", half_life=half_life, reuse=reuse, suppress=suppress, longest=longest, largest=largest,
        decay=decay, default="" if numbers else " (DEFAULT)",
    )  # fmt: skip


SESSION_BITS = {
    "remote-as": 0x1,
    "ebgp-multihop": 0x8,
    "timers": 0x20,
    "update-source": 0x80,
    "description": 0x100,
    "password": 0x400,
    "shutdown": 0x2000,
}
"""Bits by which IOS names the commands of a template of sessions (R: the first, the timers, source and description
after the command reference; I: the others)."""


def show_templates(section: Section, kind: str, name: str | None) -> str:
    """Screen of `show ip bgp template`: the templates of a kind, or the one that is named."""
    start = f"template {kind} "
    found = [key.removeprefix(start) for key in section.sections if key.startswith(start)]
    texts = (
        _template(section.sections[start + each], kind, each, index) for index, each in enumerate(found, start=1)
        if name in {None, each}
    )  # fmt: skip
    return "\n".join(texts)


def _template(block: Block, kind: str, name: str, index: int) -> str:
    lines = [line for line in block.lines.values() if not line.startswith("inherit ")]
    bits = sum({SESSION_BITS.get(line.split()[0], 0) for line in lines})
    return wording(
        f"bgp.{kind.removeprefix('peer-')}_template",
        name=name,
        index=index,
        bits=bits,
        lines="".join(f"{' ' if kind == 'peer-session' else '  '}{_hidden(line)}\n" for line in lines),
    )


def _hidden(line: str) -> str:
    return "password is configured" if line.startswith("password ") else line
