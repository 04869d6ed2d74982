"""`show ipv6 protocols`, `show ipv6 rip`, `show ipv6 static`: what follows from the configuration."""

from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.routing.ipv6 import routes6, show_ipv6_static
from emulator.console.render.routing.ipv6_protocols import show_ipv6_protocols, show_ipv6_rip, show_ipv6_rip_database
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.network.addressing import vrf_of
from emulator.router.network.routes import vrfs
from emulator.router.network.routing_interfaces import router_id
from emulator.router.network.views import interface_names, interface_views

HELP = {
    "show": "Show running system information",
    "show ipv6": "IPv6 information",
    "show ipv6 protocols": "IPv6 Routing Protocols",
    "show ipv6 protocols vrf": "Select VPN Routing/Forwarding instance",
    "show ipv6 protocols vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ipv6 rip": "RIP routing protocol status",
    "show ipv6 rip database": "RIP database",
    "show ipv6 static": "IPv6 static routes",
    "show ipv6 static detail": "Detailed information",
    "show ipv6 static vrf": "Select VPN Routing/Forwarding instance",
    "show ipv6 static vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ipv6 static vrf <vrf> detail": "Detailed information",
}
APPLICATIONS_SINCE = (15, 3)


def protocols(session: Session, *, vrf: str | None) -> Handler:
    """Show the processes; in a VRF none runs, only what is built in."""
    router = session.router
    renewed = tuple(int(part) for part in router.manifest.release.split(".")) >= APPLICATIONS_SINCE
    sections = {} if vrf else router.configuration.sections
    names = interface_names(router)
    yield Say(show_ipv6_protocols(sections, names, str(router_id(router)), renewed=renewed))


def rip(session: Session) -> Handler:
    router = session.router
    yield Say(show_ipv6_rip(router.configuration.sections, interface_names(router), router.uptime()))


def rip_database(session: Session) -> Handler:
    yield Say(show_ipv6_rip_database(session.router.configuration.sections))


def static(session: Session, *, vrf: str | None, detailed: bool) -> Handler:
    router = session.router
    if vrf and vrf not in vrfs(router):
        yield Say(wording("route.no_vrf", vrf=vrf))
        return
    views = [view for view in interface_views(router) if vrf_of(router, view.name) == (vrf or "")]
    table = routes6(views, router.configuration, vrf or "")
    yield Say(show_ipv6_static(router.configuration, table, vrf or "", detailed=detailed))


_SHOW = partial(Command, modes=(EXEC,), piped=True, when=feature("ipv6"), output="show_ipv6_protocols", basis="R",
                source="IOS IPv6 command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show ipv6 protocols [vrf <vrf:Word>]", run=protocols),
    _SHOW("show ipv6 rip", run=rip),
    _SHOW("show ipv6 rip database", run=rip_database),
    _SHOW("show ipv6 static [vrf <vrf:Word>]", run=partial(static, detailed=False)),
    _SHOW("show ipv6 static [vrf <vrf:Word>] detail", run=partial(static, detailed=True)),
)
