"""The routing table: networks on interfaces that are up, the router's own addresses, and static routes.

R: an interface of a VRF has its routes in that VRF's table and in no other; a local route for every address from 15.0
on, except where the network is the address; a static route holds while its interface is up or its next hop lies on a
network that is connected, or where it is permanent; and while the object that it tracks is up; of several to one
network those with the lowest distance hold, and a network that is connected needs none. Left out: routes that a
protocol would learn, for nobody else speaks one here.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network
from itertools import chain

import msgspec

from emulator.router.configuration import Section
from emulator.router.network.addressing import vrf_of
from emulator.router.network.host import Host
from emulator.router.network.views import (
    InterfaceView,
    interface_names,
    interface_view,
    interface_views,
    own_addresses,
)

DEFAULT = IPv4Network("0.0.0.0/0")
STATIC_DISTANCE = 1
LEASED_DISTANCE = 254

MOST_STEPS = 8
"""Routes to routes that are followed at most."""


class Route(msgspec.Struct, frozen=True):
    """A route.

    Attributes:
        code: `C`, `L`, `S`.
        hop: the next router; None: directly connected.
        interface: the outgoing interface, if one was named.
    """

    code: str
    network: IPv4Network
    hop: IPv4Address | None = None
    interface: str = ""
    distance: int = 0


def vrfs(router: Host) -> dict[str, Section]:
    """List the VRFs of the configuration by name."""
    kinds = ("ip vrf ", "vrf definition ")
    sections = router.configuration.sections
    found = {key.removeprefix(kind): sections[key] for kind in kinds for key in sections if key.startswith(kind)}
    return dict(sorted(found.items()))


def routes(router: Host, vrf: str = "") -> list[Route]:
    """List the routes that hold in a VRF, or globally, by network, the shorter prefix first."""
    views = (view for view in interface_views(router) if view.protocol.startswith("up"))
    up = [view for view in views if vrf_of(router, view.name) == vrf]
    found = list(_connected(up, local=_numbers(router) >= (15,)))
    names = {view.name for view in up}
    connected = {route.network for route in found}
    static = chain(_static(router, found, names, vrf), _leased(router, names))
    found += [route for route in _best(static) if route.network not in connected]
    return sorted(found, key=lambda route: (int(route.network.network_address), route.network.prefixlen, route.code))


def lookup(table: list[Route], address: IPv4Address) -> Route | None:
    """Find the route to an address: the longest prefix that it lies in; None without one."""
    fitting = [route for route in table if address in route.network]
    return max(fitting, key=lambda route: route.network.prefixlen, default=None)


def egress_of(route: Route, table: list[Route]) -> str:
    """Name the interface by which packets of a route leave; empty where its next hop is not reached."""
    for _ in range(MOST_STEPS):
        if route.interface or route.hop is None:
            return route.interface
        following = lookup(table, route.hop)
        if following is None:
            return ""
        route = following
    return ""


def _connected(views: list[InterfaceView], *, local: bool) -> Iterator[Route]:
    for view in views:
        if view.address is None or view.prefix is None:
            continue
        for text, prefix in ((view.address, view.prefix), *view.others):
            address = _address(text)
            if address is None:
                continue
            yield Route("C", IPv4Network((address, prefix), strict=False), interface=view.name)
            if local and prefix < 32:
                yield Route("L", IPv4Network((address, 32)), interface=view.name)


def _static(router: Host, connected: list[Route], up: set[str], vrf: str) -> Iterator[Route]:
    for line in router.configuration.lines.values():
        words = line.split()
        if words[:2] != ["ip", "route"]:
            continue
        table = words[3] if words[2:3] == ["vrf"] and words[3:] else ""
        words = words[:2] + words[4:] if table else words
        if table != vrf or len(words) < 5:
            continue
        try:
            network = IPv4Network((words[2], words[3]))
        except ValueError:
            continue
        rest = words[4:]
        interface = rest.pop(0) if _address(rest[0]) is None else ""
        hop = _address(rest[0]) if rest else None
        options = rest[1 if hop else 0 :]
        distance = int(options.pop(0)) if options and options[0].isdecimal() else STATIC_DISTANCE
        reached = interface in up if interface else hop is not None and lookup(connected, hop) is not None
        stays = reached or interface == "Null0" or "permanent" in _options(options)
        if stays and _is_tracked_up(router, options):
            yield Route("S", network, hop, interface, distance)


def _options(words: list[str]) -> dict[str, str]:
    """Options behind the distance, with their values; `permanent` has none."""
    found, rest = {}, iter(words)
    for word in rest:
        found[word] = "" if word == "permanent" else next(rest, "")
    return found


def _is_tracked_up(router: Host, options: list[str]) -> bool:
    """Tell whether the object that a static route hangs on is up, if it hangs on one."""
    number = _options(options).get("track")
    return number is None or int(number) in router.objects_up


def _leased(router: Host, up: set[str]) -> Iterator[Route]:
    """The default route that comes with a lease (R)."""
    for name, lease in router.running.leases.items():
        if name in up:
            yield Route("S", DEFAULT, lease.next_hop, distance=LEASED_DISTANCE)


def _best(static: Iterator[Route]) -> list[Route]:
    found = list(static)
    lowest: dict[IPv4Network, int] = {}
    for route in found:
        lowest[route.network] = min(route.distance, lowest.get(route.network, route.distance))
    return [route for route in found if route.distance == lowest[route.network]]


def _address(text: str) -> IPv4Address | None:
    try:
        return IPv4Address(text)
    except ValueError:
        return None


def _numbers(router: Host) -> tuple[int, ...]:
    return tuple(int(part) for part in router.manifest.release.split("."))


def has_address(router: Host, address: str) -> bool:
    """Tell whether an interface that is up has an address."""
    return router.state.running is not None and any(
        address in own_addresses(router, name) and interface_view(router, name).protocol.startswith("up")
        for name in interface_names(router)
    )


def source_address(router: Host, address: str) -> str:
    """Address of the router from which an address is reached; empty where no route leads there."""
    table = routes(router)
    route = lookup(table, IPv4Address(address))
    if route is not None and not route.interface and route.hop is not None:
        route = lookup(table, route.hop)
    views = interface_views(router) if route is not None else []
    return next((view.speaks_as or "" for view in views if route is not None and view.name == route.interface), "")


def client_address(router: Host, protocol: str, address: str) -> str:
    """Address of the router as a client of a protocol: that of `ip PROTOCOL source-interface`, else of the way out."""
    chosen = router.configuration.word(f"ip {protocol} source-interface")
    own = interface_view(router, chosen).speaks_as if chosen else None
    return own or source_address(router, address)
