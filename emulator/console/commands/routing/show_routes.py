"""`show ip route`, `show ip protocols`, and what the routing protocols have to tell.

R: forms. No other router speaks to this one, so a protocol that is configured has no neighbor and learns nothing;
one that is not configured is not there. Which of them exist is a matter of the level.
"""

from functools import partial
from ipaddress import IPv4Address, IPv4Network

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.routing.ip_protocols import show_bgp_summary, show_ip_protocols
from emulator.console.render.routing.ip_route import show_ip_route
from emulator.console.render.routing.rip import show_rip_database
from emulator.console.render.routing.route_entry import show_route_entry, show_route_summary, show_static_routes
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import ALWAYS, Command
from emulator.hardware.platform import SWITCHED
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Section
from emulator.router.network.addressing import vrf_of
from emulator.router.network.routes import routes, vrfs
from emulator.router.network.routing_interfaces import network_interfaces, processes, router_id
from emulator.router.network.views import interface_views

_ENTRY = {
    "summary": "Summary of all routes",
    "<address>": "Network to display information about or hostname",
    "<address> <mask>": "Network mask",
    "rip": "Routing Information Protocol (RIP)",
    "ospf": "Open Shortest Path First (OSPF)",
    "eigrp": "Enhanced Interior Gateway Routing Protocol (EIGRP)",
    "bgp": "Border Gateway Protocol (BGP)",
}
HELP = {
    "clear": "Reset functions",
    "clear ip": "IP",
    "clear ip route": "Delete route table entries",
    "clear ip route *": "Delete all routes",
    "clear ip route <address>": "Destination network route to delete",
    "clear ip route <address> <mask>": "Mask",
    "show": "Show running system information",
    "show ip": "IP information",
    "show ip bgp": "BGP information",
    "show ip bgp summary": "Summary of BGP neighbor status",
    "show ip ospf": "OSPF information",
    "show ip ospf neighbor": "Neighbor list",
    "show ip protocols": "IP routing protocol process parameters and statistics",
    "show ip route": "IP routing table",
    "show ip route connected": "Connected",
    "show ip route static": "Static routes",
    **{
        f"{start} {words}": text
        for start in ("show ip route", "show ip route vrf <vrf>")
        for words, text in _ENTRY.items()
    },
    "show ip route vrf": "Display routes from a VPN Routing/Forwarding instance",
    "show ip route vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ip route vrf <vrf> connected": "Connected",
    "show ip route vrf <vrf> static": "Static routes",
    "show ip protocols vrf": "Select VPN Routing/Forwarding instance",
    "show ip protocols vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ip rip": "IP RIP show commands",
    "show ip rip database": "IPv4 RIP database",
    "show ip rip database vrf": "Select VPN Routing/Forwarding instance",
    "show ip rip database vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ip static route vrf": "Select VPN Routing/Forwarding instance",
    "show ip static route vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ip static": "Show static routes",
    "show ip static route": "Static local RIB",
}


def clear(_session: Session, **_which: str | None) -> None:
    """Delete routes; those of interfaces and of the configuration come back at once (R), and there are no others."""


def route(session: Session, *, codes: str) -> Handler:
    yield from route_of_vrf(session, vrf="", codes=codes)


def route_of_vrf(session: Session, *, vrf: str, codes: str) -> Handler:
    router = session.router
    if vrf and vrf not in vrfs(router):
        yield Say(wording("route.no_vrf", vrf=vrf))
        return
    table = [each for each in routes(router, vrf) if each.code in codes]
    yield Say(show_ip_route(table, router.manifest.release, vrf))


def entry(session: Session, *, address: str, mask: str | None) -> Handler:
    yield from entry_of_vrf(session, vrf="", address=address, mask=mask)


def entry_of_vrf(session: Session, *, vrf: str, address: str, mask: str | None) -> Handler:
    router = session.router
    if vrf and vrf not in vrfs(router):
        yield Say(wording("route.no_vrf", vrf=vrf))
        return
    try:
        wanted = None if mask is None else IPv4Network(f"0.0.0.0/{mask}").netmask
    except ValueError:
        yield Say(wording("route.bad_mask"))
        return
    table = routes(router, vrf)
    title = f"\nRouting Table: {vrf}\n" if vrf else ""
    yield Say(title + show_route_entry(table, IPv4Address(address), wanted))


def summary(session: Session) -> Handler:
    yield from summary_of_vrf(session, vrf="")


def summary_of_vrf(session: Session, *, vrf: str) -> Handler:
    router = session.router
    if vrf and vrf not in vrfs(router):
        yield Say(wording("route.no_vrf", vrf=vrf))
        return
    yield Say(show_route_summary(routes(router, vrf), router.manifest.release, vrf))


def static_route(session: Session, *, vrf: str | None) -> Handler:
    router = session.router
    if vrf and vrf not in vrfs(router):
        yield Say(wording("route.no_vrf", vrf=vrf))
        return
    yield Say(show_static_routes([each for each in routes(router, vrf or "") if each.code == "S"], vrf or "default"))


def protocols(session: Session, *, vrf: str | None) -> Handler:
    router = session.router
    if vrf and vrf not in vrfs(router):
        yield Say(wording("route.no_vrf", vrf=vrf))
        return
    views = interface_views(router)
    routed = [view.name for view in views if view.kind not in SWITCHED and vrf_of(router, view.name) == (vrf or "")]
    yield Say(show_ip_protocols(router.configuration, routed, vrf or ""))


def rip_database(session: Session, *, vrf: str | None) -> Handler:
    router = session.router
    process = router.configuration.sections.get("router rip", Section())
    if vrf:
        process = process.sections.get(f"address-family ipv4 vrf {vrf}", Section())
    yield Say(show_rip_database(network_interfaces(router, process, vrf or "")))


def ospf_neighbor(_session: Session) -> Handler:
    yield Say("")


def bgp_summary(session: Session) -> Handler:
    numbers = list(processes(session.router, "bgp"))
    if not numbers:
        yield Say(wording("show.bgp_not_active"))
        return
    yield Say(show_bgp_summary(numbers[0], session.router.configuration, str(router_id(session.router))))


_SOURCE = "IOS routing command references, recalled"
_ROUTE = partial(Command, modes=(EXEC,), piped=True, output="show_ip_route_entry", source=_SOURCE, basis="R")
_PROTOCOLS = tuple((name, "", feature(name)) for name in ("rip", "ospf", "eigrp", "bgp"))
"""Protocols that a table can be asked for; none of them learns a route here."""

COMMANDS = (
    *(Command(f"clear ip route {which}", modes=(EXEC,), privilege=PRIVILEGED, run=clear, source=_SOURCE, basis="R")
      for which in ("*", "<address:Address> [<mask:Address>]")),
    Command("show ip bgp summary", modes=(EXEC,), run=bgp_summary, piped=True, when=feature("bgp"),
            output="show_routing_protocols", source=_SOURCE, basis="R"),
    Command("show ip ospf neighbor", modes=(EXEC,), run=ospf_neighbor, piped=True, when=feature("ospf"),
            output="show_routing_protocols", source=_SOURCE, basis="R"),
    Command("show ip protocols [vrf <vrf:Word>]", modes=(EXEC,), run=protocols, piped=True,
            output="show_routing_protocols",
            source=_SOURCE, basis="R"),
    Command("show ip route", modes=(EXEC,), run=partial(route, codes="CLS"), piped=True, output="show_ip_route",
            source=_SOURCE, basis="R"),
    Command("show ip route connected", modes=(EXEC,), run=partial(route, codes="CL"), piped=True,
            output="show_ip_route", source=_SOURCE, basis="R"),
    Command("show ip route static", modes=(EXEC,), run=partial(route, codes="S"), piped=True, output="show_ip_route",
            source=_SOURCE, basis="R"),
    *(_ROUTE(f"show ip route {name}", run=partial(route, codes=codes), when=when) for name, codes, when in _PROTOCOLS),
    _ROUTE("show ip route <address:Address> [<mask:Address>]", run=entry),
    _ROUTE("show ip route summary", run=summary),
    _ROUTE("show ip route vrf <vrf:Word>", run=partial(route_of_vrf, codes="CLS"), when=feature("vrf")),
    *(_ROUTE(f"show ip route vrf <vrf:Word> {name}", run=partial(route_of_vrf, codes=codes), when=when & feature("vrf"))
      for name, codes, when in (("connected", "CL", ALWAYS), ("static", "S", ALWAYS), *_PROTOCOLS)),
    _ROUTE("show ip route vrf <vrf:Word> <address:Address> [<mask:Address>]", run=entry_of_vrf, when=feature("vrf")),
    _ROUTE("show ip route vrf <vrf:Word> summary", run=summary_of_vrf, when=feature("vrf")),
    Command("show ip rip database [vrf <vrf:Word>]", modes=(EXEC,), run=rip_database, piped=True,
            output="show_ip_rip_database", source=_SOURCE, basis="R"),
    _ROUTE("show ip static route [vrf <vrf:Word>]", run=static_route),
)  # fmt: skip
