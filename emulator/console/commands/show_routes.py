"""`show ip route`, `show ip protocols`, and what the routing protocols have to tell.

R: forms. No other router speaks to this one, so a protocol that is configured has no neighbour and learns nothing;
one that is not configured is not there. Which of them exist is a matter of the level.
"""

from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.ip_protocols import show_bgp_summary, show_ip_protocols
from emulator.console.render.ip_route import show_ip_route
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.hardware.platform import SWITCHED
from emulator.kernel.effects import Handler, Say
from emulator.router.network.routes import DEFAULT, routes
from emulator.router.network.views import interface_views

HELP = {
    "show": "Show running system information",
    "show ip": "IP information",
    "show ip bgp": "BGP information",
    "show ip bgp summary": "Summary of BGP neighbor status",
    "show ip eigrp": "Show IPv4 EIGRP",
    "show ip eigrp neighbors": "Show EIGRP neighbors",
    "show ip ospf": "OSPF information",
    "show ip ospf neighbor": "Neighbor list",
    "show ip protocols": "IP routing protocol process parameters and statistics",
    "show ip route": "IP routing table",
    "show ip route connected": "Connected",
    "show ip route static": "Static routes",
}


def route(session: Session, *, codes: str) -> Handler:
    router = session.router
    table = [each for each in routes(router) if each.code in codes]
    yield Say(show_ip_route(table, router.manifest.release))


def protocols(session: Session) -> Handler:
    views = interface_views(session.router)
    routed = [view.name for view in views if view.kind not in SWITCHED]
    yield Say(show_ip_protocols(session.router.configuration, routed))


def _processes(session: Session, protocol: str) -> list[str]:
    return [key.split()[2] for key in session.router.configuration.sections if key.startswith(f"router {protocol} ")]


def ospf_neighbor(_session: Session) -> Handler:
    yield Say("")


def eigrp_neighbors(session: Session) -> Handler:
    yield Say("".join(wording("show.eigrp_neighbors", number=number) for number in _processes(session, "eigrp")))


def bgp_summary(session: Session) -> Handler:
    numbers = _processes(session, "bgp")
    if not numbers:
        yield Say(wording("show.bgp_not_active"))
        return
    yield Say(show_bgp_summary(numbers[0], session.router.configuration, router_id(session)))


def router_id(session: Session) -> str:
    """Router ID: the highest address of an interface that is up (R)."""
    found = [each.network.network_address for each in routes(session.router) if each.code == "L"]
    return str(max(found, default=DEFAULT.network_address))


_SOURCE = "IOS routing command references, recalled"
COMMANDS = (
    Command("show ip bgp summary", modes=(EXEC,), run=bgp_summary, piped=True, when=feature("bgp"),
            output="show_routing_protocols", source=_SOURCE, basis="R"),
    Command("show ip eigrp neighbors", modes=(EXEC,), run=eigrp_neighbors, piped=True, when=feature("eigrp"),
            output="show_routing_protocols", source=_SOURCE, basis="R"),
    Command("show ip ospf neighbor", modes=(EXEC,), run=ospf_neighbor, piped=True, when=feature("ospf"),
            output="show_routing_protocols", source=_SOURCE, basis="R"),
    Command("show ip protocols", modes=(EXEC,), run=protocols, piped=True, output="show_routing_protocols",
            source=_SOURCE, basis="R"),
    Command("show ip route", modes=(EXEC,), run=partial(route, codes="CLS"), piped=True, output="show_ip_route",
            source=_SOURCE, basis="R"),
    Command("show ip route connected", modes=(EXEC,), run=partial(route, codes="CL"), piped=True,
            output="show_ip_route", source=_SOURCE, basis="R"),
    Command("show ip route static", modes=(EXEC,), run=partial(route, codes="S"), piped=True, output="show_ip_route",
            source=_SOURCE, basis="R"),
)  # fmt: skip
