"""`show ip route`: the legend, the gateway of last resort, and the routes under their classful networks.

R: the form of 15.x, the legend by release; a network of one length only is headed `is subnetted` and its routes are
printed without it.
"""

from collections.abc import Callable
from ipaddress import IPv4Network
from itertools import groupby

from emulator.router.network.routes import DEFAULT, Route

_CODES = (
    "Codes: {local}C - connected, S - static, R - RIP, M - mobile, B - BGP\n"
    "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area \n"
    "       N1 - OSPF NSSA external type 1, N2 - OSPF NSSA external type 2\n"
    "       E1 - OSPF external type 1, E2 - OSPF external type 2\n"
    "       i - IS-IS, su - IS-IS summary, L1 - IS-IS level-1, L2 - IS-IS level-2\n"
    "       ia - IS-IS inter area, * - candidate default, U - per-user static route\n"
)
_PERIODIC = "       o - ODR, P - periodic downloaded static route"
_NHRP = f"{_PERIODIC}, H - NHRP, l - LISP\n"
_OVERRIDE = "       + - replicated route, % - next hop override\n"
_TAILS = (
    ((15, 4), f"{_NHRP}       a - application route\n{_OVERRIDE}"),
    ((15, 2), f"{_NHRP}{_OVERRIDE}"),
    ((15, 0), f"{_PERIODIC}, + - replicated route\n"),
    ((0, 0), f"{_PERIODIC}\n"),
)
"""The end of the legend, from which release on."""


def show_ip_route(table: list[Route], release: str, vrf: str = "") -> str:
    """Screen of `show ip route`, of the global table or of a VRF's."""
    numbers = tuple(int(part) for part in release.split("."))
    tail = next(text for since, text in _TAILS if numbers >= since)
    codes = _CODES.format(local="L - local, " if numbers >= (15,) else "")
    default = next((route for route in table if route.network == DEFAULT), None)
    body = "".join(
        _group(network, list(group)) for network, group in groupby(table, key=lambda route: classful(route.network))
    )
    title = f"\nRouting Table: {vrf}\n" if vrf else ""
    return f"{title}{codes}{tail}\n{_gateway(default)}\n\n{body}"


def _gateway(default: Route | None) -> str:
    if default is None:
        return "Gateway of last resort is not set"
    return f"Gateway of last resort is {default.hop or DEFAULT.network_address} to network 0.0.0.0"


def classful(network: IPv4Network) -> IPv4Network:
    """Classful network that a network is in; the network itself where it is none or larger."""
    if network == DEFAULT:
        return DEFAULT
    first = network.network_address.packed[0]
    natural = 8 if first < 128 else 16 if first < 192 else 24
    return network.supernet(new_prefix=natural) if network.prefixlen > natural else network


def _group(natural: IPv4Network, group: list[Route]) -> str:
    networks = {route.network for route in group}
    if networks == {natural}:
        return _entries(group, "     ", 16, lambda route: str(route.network))
    lengths = {network.prefixlen for network in networks}
    if len(lengths) == 1:
        (length,) = lengths
        head = f"      {natural.network_address}/{length} is subnetted, {len(networks)} subnets\n"
        return head + _entries(group, "        ", 19, lambda route: str(route.network.network_address))
    head = f"      {natural} is variably subnetted, {len(networks)} subnets, {len(lengths)} masks\n"
    return head + _entries(group, "        ", 19, lambda route: str(route.network))


def _entries(group: list[Route], gap: str, indent: int, shown: Callable[[Route], str]) -> str:
    lines: list[str] = []
    for (code, network), same in groupby(group, key=lambda route: (route.code, route.network)):
        mark = "*" if network == DEFAULT else " "
        for number, route in enumerate(same):
            before = f"{code}{mark}{gap[1:]}{shown(route)}" if number == 0 else " " * (indent - 1)
            lines.append(f"{before} {_way(route)}\n")
    return "".join(lines)


def _way(route: Route) -> str:
    if route.hop is None:
        return f"is directly connected, {route.interface}"
    return f"[{route.distance}/0] via {route.hop}" + (f", {route.interface}" if route.interface else "")
