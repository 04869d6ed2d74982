"""Reachability of a host from a router, and what is missing where there is none: power, cable, address, route, name,
site.

No packets are forwarded: a way is there if the interface that the route names is up and somebody with that address is
behind it. I: the provider carries whatever a customer sends, from whatever address; the way back is not looked at.
"""

from enum import StrEnum
from ipaddress import IPv4Address

import msgspec

from emulator.router.network.host import Host
from emulator.router.network.names import ask_name_server, looks_up, name_servers, own_address
from emulator.router.network.routes import has_address, lookup, routes
from emulator.router.network.views import interface_names, interface_view
from emulator.router.network.wan import faces_provider, is_untouched, is_wan_up, wan_port
from emulator.storage.urls import host_and_port


class Lack(StrEnum):
    """The obstacles on the path to a host, in the order in which they are checked."""

    POWER = "IOS is not running"
    CABLE = "no cable"
    SHUT = "shut down"
    LEASE = "no lease yet"
    ADDRESS = "no IP address"
    ROUTE = "no route"
    SITE = "no Internet at the site"
    LOOKUP = "names are not looked up"
    NAME_SERVER = "no name server that answers"
    NAME = "unknown name"
    HOST = "nobody has that address"


class Obstacle(msgspec.Struct, frozen=True):
    """The first obstacle on a path; `at` is the interface, name or address concerned."""

    lack: Lack
    at: str


def obstacle_to(router: Host, host: str) -> Obstacle | None:
    """Find the obstacle to a host of the lab or the Internet, by name or address; None: it can be reached."""
    if router.state.running is None:
        return Obstacle(Lack.POWER, router.name)
    found = resolve(router, host_and_port(host)[0])
    return found if isinstance(found, Obstacle) else obstacle_on_way(router, found)


def obstacle_to_service(router: Host, host: str) -> Obstacle | None:
    """Find the obstacle to a service on the Internet; its carrier finds out whether the service answers.

    Over a WAN port without configuration only the provider's line and the site are required.
    """
    if router.state.running is None:
        return Obstacle(Lack.POWER, router.name)
    if is_untouched(router):
        port = wan_port(router)
        if port.name not in router.state.cables:
            return Obstacle(Lack.CABLE, port.name)
        return None if router.state.online else Obstacle(Lack.SITE, router.name)
    found = resolve(router, host)
    if isinstance(found, Obstacle):
        return None if found.lack is Lack.NAME else found
    obstacle = obstacle_on_way(router, found)
    return None if obstacle is not None and obstacle.lack is Lack.HOST else obstacle


def resolve(router: Host, name: str) -> IPv4Address | Obstacle:
    """Resolve a host: an address, a name of an `ip host` line, or one that a name server knows."""
    try:
        return IPv4Address(name)
    except ValueError:
        configuration = router.configuration
    if (own := own_address(configuration, name)) is not None:
        return own
    if not looks_up(configuration):
        return Obstacle(Lack.LOOKUP, name)
    if (obstacle := _obstacle_to_name_servers(router, name)) is not None:
        return obstacle
    return ask_name_server(router, name) or Obstacle(Lack.NAME, name)


def _obstacle_to_name_servers(router: Host, name: str) -> Obstacle | None:
    """Find the obstacle to every name server; where none is known, that of the WAN port comes first."""
    servers = name_servers(router)
    if not servers:
        return _at_port(router) or Obstacle(Lack.NAME_SERVER, name)
    obstacles = [obstacle_on_way(router, server) for server in servers]
    first = obstacles[0]
    if first is None or None in obstacles:
        return None
    return Obstacle(Lack.NAME_SERVER, str(servers[0])) if first.lack is Lack.HOST else first


def obstacle_on_way(router: Host, address: IPv4Address) -> Obstacle | None:
    """Find the obstacle on the path to an address; None: it can be reached."""
    if has_address(router, str(address)):
        return None
    out = way_out(router, address)
    if out is None:
        return _at_port(router) or Obstacle(Lack.ROUTE, str(address))
    if faces_provider(router, out):
        if not is_wan_up(router):
            return _at_port(router)
        if not router.state.online:
            return Obstacle(Lack.SITE, router.name)
    behind = router.context.network.answers(router.name, str(address), provider=faces_provider(router, out))
    return None if behind else Obstacle(Lack.HOST, str(address))


def way_to(router: Host, host: str) -> str | None:
    """Interface by which packets to a host leave, given its name or address; None: there is no path."""
    found = resolve(router, host)
    return None if isinstance(found, Obstacle) else way_out(router, found)


def way_out(router: Host, address: IPv4Address) -> str | None:
    """Interface by which packets to an address leave; None: no route."""
    table = routes(router)
    route = lookup(table, address)
    if route is not None and not route.interface and route.hop is not None:
        route = lookup([each for each in table if each.interface], route.hop)
    return route.interface or None if route is not None else None


def _at_port(router: Host) -> Obstacle | None:
    """Find the obstacle at the WAN port: cable, configuration, address; None without one."""
    port = wan_port(router)
    if port.name not in router.state.cables and port.rule.cabled:
        return Obstacle(Lack.CABLE, port.name)
    if router.links.is_shut(port):
        return Obstacle(Lack.SHUT, port.name)
    asking = dict(router.configuration.asking_for_address())
    facing = [name for name in interface_names(router) if faces_provider(router, name)]
    if any(interface_view(router, name).address is not None for name in facing):
        return None
    asked = next((name for name in facing if name in asking), None)
    if asked is None:
        return Obstacle(Lack.ADDRESS, port.name)
    return Obstacle(Lack.LEASE, asked) if router.state.online else Obstacle(Lack.SITE, router.name)
