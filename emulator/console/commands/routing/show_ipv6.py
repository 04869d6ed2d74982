"""`show ipv6 interface`, whole, brief and of one interface; `show ipv6 route` and its parts."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from ipaddress import IPv6Network

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.routing.ipv6 import (
    Route6,
    routes6,
    show_ipv6_interface,
    show_ipv6_interface_brief,
    show_ipv6_route,
)
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Block
from emulator.router.network.addressing import vrf_of
from emulator.router.network.routes import vrfs
from emulator.router.network.views import interface_views

_PARTS = {"bgp": "", "connected": "C", "eigrp": "", "local": "L", "ospf": "", "rip": "", "static": "S"}
_ROUTES = {
    "<prefix>": "IPv6 name, address or prefix",
    **{word: f"{word.capitalize()} routes" for word in _PARTS},
    "interface": "Routes of an interface",
    "interface <interface>": "Interface",
    "updated": "Show when routes were last updated",
}
HELP = {
    "show ipv6 route": "Show IPv6 route table entries",
    "show ipv6 route vrf": "Display routes from a VPN Routing/Forwarding instance",
    "show ipv6 route vrf <vrf>": "VPN Routing/Forwarding instance name",
    **{f"show ipv6 route {words}": text for words, text in _ROUTES.items()},
    **{f"show ipv6 route vrf <vrf> {words}": text for words, text in _ROUTES.items()},
    "show": "Show running system information",
    "show ipv6": "IPv6 information",
    "show ipv6 interface": "IPv6 interface status and configuration",
    "show ipv6 interface <interface>": "Interface",
    "show ipv6 interface brief": "Brief summary of IPv6 status and configuration",
}


def interfaces(session: Session, *, interface: str | None) -> Handler:
    configuration = session.router.configuration
    routing = "ipv6 unicast-routing" in configuration.lines
    for view in interface_views(session.router):
        if interface in {None, view.name}:
            yield Say(show_ipv6_interface(view, configuration.sections, routing=routing))


def brief(session: Session) -> Handler:
    sections = session.router.configuration.sections
    for view in interface_views(session.router):
        yield Say(show_ipv6_interface_brief(view, sections.get(f"interface {view.name}", Block())))


def _table(session: Session, vrf: str | None) -> list[Route6]:
    router = session.router
    views = (view for view in interface_views(router) if vrf_of(router, view.name) == (vrf or ""))
    return routes6(views, router.configuration, vrf or "")


RouteChoice = Callable[[list[Route6]], list[Route6]]


def _in_table(session: Session, vrf: str | None, wanted: RouteChoice, updated: str = "") -> Handler:
    """Show the wanted routes of a table; a VRF that is not there is told."""
    if vrf and vrf not in vrfs(session.router):
        yield Say(wording("route.no_vrf", vrf=vrf))
        return
    yield Say(show_ipv6_route(wanted(_table(session, vrf)), vrf or "", updated))


def route(session: Session, *, codes: str, vrf: str | None) -> Handler:
    yield from _in_table(session, vrf, lambda table: [each for each in table if each.code in codes])


def updated(session: Session, *, vrf: str | None) -> Handler:
    """Show the routes with the time since which they stand: that of the boot (I)."""
    shown = session.router.wall_time()
    since = shown.local - timedelta(milliseconds=session.router.uptime())
    yield from _in_table(session, vrf, lambda table: table, f"{since:%H:%M:%S %d %B %Y}")


def route_to(session: Session, *, prefix: str, vrf: str | None) -> Handler:
    wanted = IPv6Network(prefix, strict=False)
    fitting = [each for each in _table(session, vrf) if wanted.subnet_of(each.network)]
    longest = max((each.network.prefixlen for each in fitting), default=None)
    if longest is None and vrf in {None, *vrfs(session.router)}:
        yield Say(wording("route.no_route"))
        return
    yield from _in_table(session, vrf, lambda _: [each for each in fitting if each.network.prefixlen == longest])


def route_at(session: Session, *, interface: str, vrf: str | None) -> Handler:
    yield from _in_table(session, vrf, lambda table: [each for each in table if interface in each.via.split(", ")])


_SHOW = partial(Command, modes=(EXEC,), piped=True, when=feature("ipv6"), output="show_ipv6", basis="R",
                source="IOS IPv6 command reference, recalled")  # fmt: skip
_VRF = "[vrf <vrf:Word>]"
COMMANDS = (
    _SHOW("show ipv6 interface [<interface:Interface>]", run=interfaces),
    _SHOW("show ipv6 interface brief", run=brief),
    _SHOW(f"show ipv6 route {_VRF}", run=partial(route, codes="CLS")),
    *(_SHOW(f"show ipv6 route {_VRF} {word}", run=partial(route, codes=codes)) for word, codes in _PARTS.items()),
    _SHOW(f"show ipv6 route {_VRF} updated", run=updated),
    _SHOW(f"show ipv6 route {_VRF} interface <interface:Interface>", run=route_at),
    _SHOW(f"show ipv6 route {_VRF} {{<prefix:Prefix6> | <prefix:IPv6Address>}}", run=route_to),
)
