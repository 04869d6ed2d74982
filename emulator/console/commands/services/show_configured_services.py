"""Shows of services that the configuration alone tells of: HTTP server, TACACS+, VRRP, VLAN trunks, ISDN, groups."""

from collections.abc import Callable
from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.services import configured_services as screens
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command, Condition
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Configuration
from emulator.router.device import Router

HELP = {
    "show": "Show running system information",
    "show dmvpn": "Display information about DMVPN sessions",
    "show hosts": "IP domain-name, lookup style, nameservers, and host table",
    "show hosts summary": "Summary of the host table",
    "show ip": "IP information",
    "show ip flow": "NetFlow switching",
    "show ip flow top-talkers": "Display top talkers",
    "show ip http": "HTTP information",
    "show ip http server": "HTTP server information",
    "show ip http server status": "HTTP server status",
    "show ipv6": "IPv6 information",
    "show ipv6 access-list": "Summary of access lists",
    "show ipv6 access-list <name>": "Name of an access list",
    "show isdn": "ISDN information",
    "show isdn status": "Show ISDN Line Status",
    "show object-group": "List object groups",
    "show object-group <name>": "Name of an object group",
    "show policy-map": "Show QoS Policy Map",
    "show policy-map <name>": "policy-map name",
    "show tacacs": "Shows tacacs+ server statistics",
    "show vlans": "Virtual LANs Information",
    "show vrrp": "VRRP information",
    "show vrrp all": "Include groups in disabled state",
    "show vrrp brief": "Brief output",
    "show vrrp brief all": "Include groups in disabled state",
}


WITH_ISDN = Condition(
    "ISDN interface", lambda session: any(port.name.startswith("BRI") for port in session.router.platform.interfaces)
)


def of_router(session: Session, *, screen: Callable[[Router], str]) -> Handler:
    yield Say(screen(session.router))


def of_configuration(session: Session, *, screen: Callable[[Configuration], str]) -> Handler:
    yield Say(screen(session.router.configuration))


def named(session: Session, *, name: str | None, screen: Callable[[Configuration, str | None], str]) -> Handler:
    yield Say(screen(session.router.configuration, name))


def talkers(session: Session) -> Handler:
    """Show the busiest flows: none, for no packet is forwarded."""
    configured = "ip flow-top-talkers" in session.router.configuration.sections
    yield Say(wording("show.top_talkers" if configured else "show.no_top_talkers"))


def dmvpn(_session: Session) -> Handler:
    """Show the legend alone, for no tunnel has a peer."""
    yield Say(wording("show.dmvpn"))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_configured_services", basis="R",
                source="IOS command references, recalled; tests of ntc-templates")  # fmt: skip
COMMANDS = (
    _SHOW("show dmvpn", run=dmvpn, when=feature("ipsec")),
    _SHOW("show hosts summary", run=partial(of_router, screen=screens.show_hosts_summary)),
    _SHOW("show ip flow top-talkers", run=talkers),
    _SHOW("show ip http server status", run=partial(of_configuration, screen=screens.show_http_status)),
    _SHOW(
        "show ipv6 access-list [<name:Word>]",
        run=partial(named, screen=screens.show_ipv6_access_lists),
        when=feature("ipv6"),
    ),
    _SHOW("show isdn status", run=partial(of_router, screen=screens.show_isdn_status), when=WITH_ISDN),
    _SHOW("show object-group [<name:Word>]", run=partial(named, screen=screens.show_object_groups)),
    _SHOW("show policy-map [<name:Word>]", run=partial(named, screen=screens.show_policy_maps)),
    _SHOW("show tacacs", run=partial(of_configuration, screen=screens.show_tacacs)),
    _SHOW("show vlans", run=partial(of_router, screen=screens.show_vlan_trunks)),
    _SHOW("show vrrp [all]", run=partial(of_router, screen=screens.show_vrrp)),
    _SHOW("show vrrp brief [all]", run=partial(of_router, screen=screens.show_vrrp_brief)),
)
