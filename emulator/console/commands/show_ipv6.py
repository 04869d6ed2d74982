"""`show ipv6 interface`, whole, brief and of one interface; `show ipv6 route` and its parts."""

from functools import partial
from ipaddress import IPv6Network

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.ipv6 import routes6, show_ipv6_interface, show_ipv6_interface_brief, show_ipv6_route
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Block
from emulator.router.network.views import interface_views

_PARTS = {"bgp": "", "connected": "C", "eigrp": "", "local": "L", "ospf": "", "rip": "", "static": "S"}
HELP = {
    "show ipv6 route": "Show IPv6 route table entries",
    "show ipv6 route <prefix>": "IPv6 name, address or prefix",
    **{f"show ipv6 route {word}": f"{word.capitalize()} routes" for word in _PARTS},
    "show ipv6 route interface": "Routes of an interface",
    "show ipv6 route interface <interface>": "Interface",
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
            section = configuration.sections.get(f"interface {view.name}", Block())
            yield Say(show_ipv6_interface(view, section, routing=routing))


def brief(session: Session) -> Handler:
    sections = session.router.configuration.sections
    for view in interface_views(session.router):
        yield Say(show_ipv6_interface_brief(view, sections.get(f"interface {view.name}", Block())))


def route(session: Session, *, codes: str) -> Handler:
    table = routes6(interface_views(session.router), session.router.configuration)
    yield Say(show_ipv6_route([each for each in table if each.code in codes]))


def route_to(session: Session, *, prefix: str) -> Handler:
    table = routes6(interface_views(session.router), session.router.configuration)
    wanted = IPv6Network(prefix, strict=False)
    fitting = [each for each in table if wanted.subnet_of(each.network)]
    longest = max((each.network.prefixlen for each in fitting), default=None)
    if longest is None:
        yield Say(wording("route.no_route"))
        return
    yield Say(show_ipv6_route([each for each in fitting if each.network.prefixlen == longest]))


def route_at(session: Session, *, interface: str) -> Handler:
    table = routes6(interface_views(session.router), session.router.configuration)
    yield Say(show_ipv6_route([each for each in table if interface in each.via.split(", ")]))


_SHOW = partial(Command, modes=(EXEC,), piped=True, when=feature("ipv6"), output="show_ipv6", basis="R",
                source="IOS IPv6 command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show ipv6 interface [<interface:Interface>]", run=interfaces),
    _SHOW("show ipv6 interface brief", run=brief),
    _SHOW("show ipv6 route", run=partial(route, codes="CLS")),
    *(_SHOW(f"show ipv6 route {word}", run=partial(route, codes=codes)) for word, codes in _PARTS.items()),
    _SHOW("show ipv6 route interface <interface:Interface>", run=route_at),
    _SHOW("show ipv6 route {<prefix:Prefix6> | <prefix:IPv6Address>}", run=route_to),
)
