"""`show ip igmp|pim interface`, `show ipv6 mld|pim interface`, `show ip multicast`, `show ip rpf`, SSM mappings."""

from functools import partial
from ipaddress import IPv4Address

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.routing import multicast
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Block
from emulator.router.device import Router
from emulator.router.network.addressing import vrf_of
from emulator.router.network.routes import Route, lookup, routes
from emulator.router.network.views import InterfaceView, interface_views

_VRF = "[vrf <vrf:Word>]"


def _in_each_vrf(protocol: str, texts: dict[str, str]) -> dict[str, str]:
    """Help of a protocol's words, in a VRF and outside of any."""
    start = f"show {protocol}"
    return {
        f"{start} vrf": "Select VPN Routing/Forwarding instance",
        f"{start} vrf <vrf>": "VPN Routing/Forwarding instance name",
        **{f"{start}{vrf} {words}": text for vrf in ("", " vrf <vrf>") for words, text in texts.items()},
    }


HELP = {
    "show": "Show running system information",
    "show ip": "IP information",
    "show ip igmp": "IGMP information",
    **_in_each_vrf(
        "ip igmp",
        {
            "interface": "IGMP interface information",
            "interface <interface>": "Interface",
            "ssm-mapping": "IGMP SSM mapping status",
            "ssm-mapping <group>": "IP group address",
        },
    ),
    "show ip multicast": "Multicast global information",
    "show ip multicast vrf": "Select VPN Routing/Forwarding instance",
    "show ip multicast vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ip pim": "PIM information",
    **_in_each_vrf(
        "ip pim",
        {
            "interface": "PIM interface information",
            "interface detail": "Detailed information",
            "interface df": "PIM designated forwarder information",
        },
    ),
    "show ip rpf": "Display RPF information for multicast source",
    **_in_each_vrf("ip rpf", {"<source>": "IP name or address of source"}),
    "show ipv6": "IPv6 information",
    "show ipv6 mld": "IPv6 Multicast Listener Discovery information",
    **_in_each_vrf(
        "ipv6 mld",
        {
            "interface": "MLD interface information",
            "interface <interface>": "Interface",
            "ssm-map": "SSM mapping information",
            "ssm-map <group>": "IPv6 group address",
        },
    ),
    "show ipv6 pim": "PIM information",
    **_in_each_vrf("ipv6 pim", {"interface": "PIM interface information"}),
}


def _interfaces(router: Router, vrf: str | None) -> list[tuple[InterfaceView, Block]]:
    sections = router.configuration.sections
    views = (view for view in interface_views(router) if vrf_of(router, view.name) == (vrf or ""))
    return [(view, sections.get(f"interface {view.name}", Block())) for view in views]


def _routing(router: Router, vrf: str | None) -> bool:
    line = f"ip multicast-routing vrf {vrf}" if vrf else "ip multicast-routing"
    return line in router.configuration.lines


def igmp(session: Session, *, vrf: str | None, interface: str | None) -> Handler:
    router = session.router
    found = _interfaces(router, vrf)
    yield Say(multicast.show_igmp_interface(found, interface, routing=_routing(router, vrf)))


def mapping(_session: Session, *, vrf: str | None, group: object) -> Handler:
    """Show the sources of a group: no mapping is configured."""
    del vrf
    yield Say(wording("igmp.no_mapping", group=str(group).upper()))


def state(session: Session, *, vrf: str | None) -> Handler:
    router = session.router
    yield Say(multicast.show_multicast(router.configuration.lines.values(), routing=_routing(router, vrf)))


def pim(session: Session, *, vrf: str | None) -> Handler:
    yield Say(multicast.show_pim_interface(_interfaces(session.router, vrf)))


def pim_detail(session: Session, *, vrf: str | None) -> Handler:
    router = session.router
    yield Say(multicast.show_pim_interface_detail(_interfaces(router, vrf), router.uptime()))


def forwarders(_session: Session, *, vrf: str | None) -> Handler:
    """Show the designated forwarders of bidirectional PIM: none is elected."""
    del vrf
    yield Say(wording("pim.no_forwarder"))


def rpf(session: Session, *, vrf: str | None, source: str) -> Handler:
    router, address = session.router, IPv4Address(source)
    table = routes(router, vrf or "")
    route = lookup(table, address)
    running = {view.name: view for view, block in _interfaces(router, vrf) if multicast.mode_of(block)}
    view = running.get(_leaves_by(table, route)) if _routing(router, vrf) else None
    yield Say(multicast.show_rpf(address, route, view))


def _leaves_by(table: list[Route], route: Route | None) -> str:
    """Interface by which a route leaves: its own, or that of the route to its next hop."""
    if route is not None and not route.interface and route.hop is not None:
        route = lookup([each for each in table if each.code == "C"], route.hop)
    return route.interface if route is not None else ""


def _routing6(router: Router) -> bool:
    return "ipv6 multicast-routing" in router.configuration.lines


def mld(session: Session, *, vrf: str | None, interface: str | None) -> Handler:
    router = session.router
    yield Say(multicast.show_mld_interface(_interfaces(router, vrf), interface, routing=_routing6(router)))


def pim6(session: Session, *, vrf: str | None) -> Handler:
    router = session.router
    yield Say(multicast.show_pim6_interface(_interfaces(router, vrf), routing=_routing6(router)))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_multicast_interfaces", basis="R",
                source="IOS IP multicast command reference, recalled")  # fmt: skip
_SHOW4, _SHOW6 = partial(_SHOW, when=feature("multicast")), partial(_SHOW, when=feature("ipv6"))
COMMANDS = (
    _SHOW4(f"show ip igmp {_VRF} interface [<interface:Interface>]", run=igmp),
    _SHOW4(f"show ip igmp {_VRF} ssm-mapping <group:Address>", run=mapping),
    _SHOW4(f"show ip multicast {_VRF}", run=state),
    _SHOW4(f"show ip pim {_VRF} interface", run=pim),
    _SHOW4(f"show ip pim {_VRF} interface detail", run=pim_detail),
    _SHOW4(f"show ip pim {_VRF} interface df", run=forwarders),
    _SHOW4(f"show ip rpf {_VRF} <source:Address>", run=rpf),
    _SHOW6(f"show ipv6 mld {_VRF} interface [<interface:Interface>]", run=mld),
    _SHOW6(f"show ipv6 mld {_VRF} ssm-map <group:IPv6Address>", run=mapping),
    _SHOW6(f"show ipv6 pim {_VRF} interface", run=pim6),
)
