"""Shows of what the configuration makes and that have a command of their own: pools, maps, views, flows, applets."""

from collections.abc import Callable
from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.services import configured_access, configured_lists, embedded, netflow
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.grammar import ALWAYS, Command, Condition
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Configuration
from emulator.router.device import Router

HELP = {
    "show": "Show running system information",
    "show aaa": "Show AAA values",
    "show aaa method-lists": "Show method lists",
    "show aaa method-lists all": "Show all method lists",
    "show backup": "Backup status",
    "show bridge": "Bridge Forwarding/Filtering Database",
    "show dialer": "Dialer parameters and statistics",
    "show event": "Embedded event related commands",
    "show event manager": "Event manager",
    "show event manager policy": "Event Manager Policy",
    "show event manager policy registered": "Event Manager Policy Registered Policies",
    "show flow": "Flow information",
    "show flow exporter": "Show information about exporters",
    "show flow monitor": "Show information about monitors",
    "show flow record": "Show information about records",
    "show ip": "IP information",
    "show ip as-path-access-list": "List AS path access lists",
    "show ip cache": "IP fast-switching route cache",
    "show ip cache flow": "Flow cache entries",
    "show ip community-list": "List community-list",
    "show ip ddns": "Dynamic DNS",
    "show ip ddns update": "DDNS updates",
    "show ip ddns update method": "DDNS update methods",
    "show ip dns": "Show DNS information",
    "show ip dns view": "Show DNS view",
    "show ip dns view-list": "Show DNS view-list",
    "show ip flow": "NetFlow switching",
    "show ip flow export": "Display export Statistics",
    "show ip flow interface": "Display flow configuration on interfaces",
    "show ip local": "IP local options",
    "show ip local policy": "Local policy routing",
    "show ip local pool": "IP local pool information",
    "show ip policy": "Policy routing",
    "show ip port-map": "Port to Application Mapping (PAM) information",
    "show ipv6": "IPv6 information",
    "show ipv6 dhcp": "IPv6 DHCP server and client",
    "show ipv6 dhcp pool": "IPv6 DHCP pools",
    "show kron": "Kron Subsystem",
    "show kron schedule": "Show Kron Schedule",
    "show logging": "Show the contents of logging buffers",
    "show logging count": "Show counts of each logging message",
    "show login": "Display Secure Login Configurations and State",
    "show monitor": "Configured session information",
    "show monitor session": "SPAN session information",
    "show monitor session all": "Show all SPAN sessions in the system",
    "show parser": "Show parser commands",
    "show parser view": "Show parser view info",
    "show parser view all": "Show all views",
    "show secure": "Show secure image and configuration archive",
    "show secure bootset": "Show secure image and configuration archive",
    "show sntp": "Simple network time protocol",
    "show storm-control": "Show storm control configuration",
    "show time-range": "Time range",
    "show time-range <name>": "Time range name",
    "show webvpn": "WebVPN information",
    "show webvpn context": "Contexts",
    "show webvpn gateway": "Gateways",
}


def of_configuration(session: Session, *, screen: Callable[[Configuration], str]) -> Handler:
    yield Say(screen(session.router.configuration))


def time_ranges(session: Session, *, name: str | None) -> Handler:
    yield Say(configured_access.show_time_ranges(session.router, name))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_configured_lists", basis="R",
                source="IOS command references, recalled; public outputs")  # fmt: skip


def _configured(
    line: str, screen: Callable[[Configuration], str], when: Condition = ALWAYS, privilege: int = 1
) -> Command:
    return _SHOW(line, run=partial(of_configuration, screen=screen), when=when, privilege=privilege)


def _of_router(line: str, screen: Callable[[Router], str], privilege: int = 1) -> Command:
    return _SHOW(line, run=partial(show_screen, screen=screen), privilege=privilege)


COMMANDS = (
    _configured("show aaa method-lists all", configured_access.show_method_lists, privilege=PRIVILEGED),
    _configured("show backup", configured_lists.show_backups),
    _of_router("show bridge", configured_lists.show_bridges),
    _of_router("show dialer", configured_lists.show_dialers),
    _of_router("show event manager policy registered", embedded.show_policies, PRIVILEGED),
    _configured("show flow exporter", netflow.show_exporters),
    _configured("show flow monitor", netflow.show_monitors),
    _configured("show flow record", netflow.show_records),
    _configured("show ip as-path-access-list", configured_lists.show_path_lists, feature("bgp")),
    _configured("show ip cache flow", netflow.show_flow_cache),
    _configured("show ip community-list", configured_lists.show_community_lists, feature("bgp")),
    _configured("show ip ddns update method", configured_lists.show_update_methods),
    _of_router("show ip dns view", configured_lists.show_dns_view),
    _configured("show ip dns view-list", configured_lists.show_dns_view_lists),
    _configured("show ip flow export", netflow.show_flow_export),
    _configured("show ip flow interface", configured_lists.show_flow_interfaces),
    _configured("show ip local policy", configured_lists.show_local_policy),
    _configured("show ip local pool", configured_lists.show_local_pools),
    _configured("show ip policy", configured_lists.show_policy_routing),
    _configured("show ip port-map", configured_lists.show_port_map),
    _configured("show ipv6 dhcp pool", configured_lists.show_dhcpv6_pools, feature("ipv6")),
    _of_router("show kron schedule", embedded.show_schedule, PRIVILEGED),
    _of_router("show logging count", embedded.show_message_counts),
    _configured("show login", configured_access.show_login, privilege=PRIVILEGED),
    _configured("show monitor session all", configured_lists.show_monitor_sessions, feature("switching")),
    _configured("show parser view", configured_access.show_view, privilege=PRIVILEGED),
    _configured("show parser view all", configured_access.show_views, privilege=PRIVILEGED),
    _of_router("show secure bootset", configured_lists.show_boot_set, PRIVILEGED),
    _configured("show sntp", configured_lists.show_sntp),
    _configured("show storm-control", configured_lists.show_storm_control, feature("switching")),
    _configured("show webvpn context", configured_lists.show_contexts, feature("sslvpn")),
    _configured("show webvpn gateway", configured_lists.show_gateways, feature("sslvpn")),
    _SHOW("show time-range [<name:Word>]", run=time_ranges),
)
