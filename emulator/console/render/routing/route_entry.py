"""`show ip route` of one address, and the summary of a table (R: forms and bytes a route, by release)."""

from collections import Counter
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network

from emulator.console.render.routing.ip_route import classful
from emulator.console.wording import wording
from emulator.router.network.routes import DEFAULT, LEASED_DISTANCE, Route, lookup

REPLICATES_SINCE = (15,)
ROUTE_BYTES = {True: (96, 304, 734), False: (72, 136, 1172)}
"""Overhead and memory of a route, and memory of a network that has subnets; by whether routes can be replicated."""

SOURCES = {"connected": "CL", "static": "S"}


def show_route_entry(table: Sequence[Route], address: IPv4Address, mask: IPv4Address | None = None) -> str:
    """Screen of the route to an address, or to exactly one network; the default route is none (R)."""
    if mask is not None:
        network = IPv4Network((address, str(mask)), strict=False)
        found = [each for each in table if each.network == network]
    else:
        longest = lookup([each for each in table if each.network != DEFAULT or int(address) == 0], address)
        found = [] if longest is None else [each for each in table if each.network == longest.network]
    if not found:
        natural = classful(IPv4Network((address, 32)))
        subnets = any(each.network != DEFAULT and each.network.subnet_of(natural) for each in table)
        return wording("route.no_subnet" if subnets else "route.no_network")
    return _entry(found)


def _entry(same: Sequence[Route]) -> str:
    first = same[0]
    supernet = ", supernet" if classful(first.network) == first.network and first.network == DEFAULT else ""
    known = f'  Known via "{"static" if first.code == "S" else "connected"}", distance {first.distance}, metric 0'
    if first.code != "S":
        known += f" (connected{', via interface' if first.code == 'C' else ''})"
    elif first.hop is None:
        known += " (connected)"
    if first.network == DEFAULT:
        known += ", candidate default path"
    blocks = (f"  {'*' if number == 0 else ' '} {_way(each)}\n{SHARE}" for number, each in enumerate(same))
    head = f"Routing entry for {first.network}{supernet}\n{known}\n  Routing Descriptor Blocks:\n"
    return head + "".join(blocks)


SHARE = "      Route metric is 0, traffic share count is 1\n"


def _way(route: Route) -> str:
    if route.hop is None:
        return f"directly connected, via {route.interface}"
    return f"{route.hop}, via {route.interface}" if route.interface else str(route.hop)


def show_route_summary(table: Sequence[Route], release: str, vrf: str = "") -> str:
    """Screen of `show ip route summary`."""
    replicates = tuple(int(part) for part in release.split(".")) >= REPLICATES_SINCE
    overhead, memory, internal = ROUTE_BYTES[replicates]
    rows, networks, subnets = [], 0, 0
    for source, codes in SOURCES.items():
        whole, parts = _counted(table, codes)
        rows.append(_row(source, (whole, parts), (overhead, memory), replicates=replicates))
        networks, subnets = networks + whole, subnets + parts
    divided = len({classful(each.network) for each in table if _is_subnet(each)})
    gap = " " * (36 if replicates else 24)
    rows.append(f"{'internal':<16s}{divided:<12d}{gap}{divided * internal}\n")
    size = (networks + subnets) * memory + divided * internal
    total = (f"{networks + divided:<12d}{subnets:<12d}{'0           ' if replicates else ''}"
             f"{(networks + subnets) * overhead:<12d}{size}\n")  # fmt: skip
    name, number = (vrf, "0x1") if vrf else ("default", "0x0")
    head = f"IP routing table name is {name} ({number})\nIP routing table maximum-paths is 32\n"
    columns = ("Networks", "Subnets", *(("Replicates",) if replicates else ()), "Overhead", "Memory (bytes)")
    titles = f"{'Route Source':<16s}{''.join(f'{each:<12s}' for each in columns[:-1])}{columns[-1]}\n"
    return head + titles + "".join(rows) + f"{'Total':<16s}{total}"


def _row(source: str, counts: tuple[int, int], sizes: tuple[int, int], *, replicates: bool) -> str:
    number = sum(counts)
    cells = (*counts, *((0,) if replicates else ()), number * sizes[0])
    return f"{source:<16s}{''.join(f'{each:<12d}' for each in cells)}{number * sizes[1]}\n"


def _counted(table: Sequence[Route], codes: str) -> tuple[int, int]:
    counted = Counter(_is_subnet(each) for each in table if each.code in codes)
    return counted[False], counted[True]


def _is_subnet(route: Route) -> bool:
    return classful(route.network) != route.network


STATIC_HEAD = """Codes: M - Manual static, A - AAA download, N - IP NAT, D - DHCP,
       G - GPRS, V - Crypto VPN, C - CASA, P - Channel interface processor,
       B - BootP, S - Service selection gateway
       DN - Default Network, T - Tracking object
       L - TL1, E - OER, I - iEdge
       D1 - Dot1x Vlan Network, K - MWAM Route
       PP - PPP default route, MR - MRIPv6, SS - SSLVPN
       H - IPe Host, ID - IPe Domain Broadcast
       U - User GPRS, TE - MPLS Traffic-eng, LI - LIIN
       IR - ICMP Redirect
Codes in []: A - active, N - non-active, B - BFD-tracked, D - Not Tracked, P - permanent

Static local RIB for {table}{blank}

"""


def show_static_routes(static: Sequence[Route], table: str = "default") -> str:
    """Screen of `show ip static route`: the static routes that are active."""
    rows = (
        f"{'D' if each.distance == LEASED_DISTANCE else 'M'}  {each.network} [{each.distance}/0] via "
        f"{' '.join(str(part) for part in (each.interface, each.hop) if part)} [A]\n"
        for each in static
    )
    return STATIC_HEAD.format(table=table, blank=" ") + "".join(rows)
