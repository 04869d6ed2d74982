"""`show class-map`, `show policy-map` of interfaces, of the control plane and of the firewall."""

from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.services import inspection, traffic_policy
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show class-map": "Show QoS Class Map",
    "show class-map <name>": "class-map name",
    "show class-map type": "type of the class-map",
    "show class-map type inspect": "Inspect class-map",
    "show class-map type inspect <name>": "class-map name",
    "show ip": "IP information",
    "show ip inspect": "CBAC (Context Based Access Control) information",
    "show ip inspect all": "Inspection all available information",
    "show ip inspect config": "Inspection configuration",
    "show ip inspect interfaces": "Inspection interfaces",
    "show ip ips": "IPS (Intrusion Prevention System) information",
    "show ip ips configuration": "IPS configuration",
    "show ip nbar": "Network-Based Application Recognition",
    "show ip nbar protocol-discovery": "Protocol Discovery statistics",
    "show parameter-map": "parameter-map information",
    "show parameter-map type": "type of the parameter-map",
    "show parameter-map type inspect": "Inspect parameter-map",
    "show parameter-map type inspect <name>": "parameter-map name",
    "show policy-map": "Show QoS Policy Map",
    "show policy-map control-plane": "Show Control Plane policy",
    "show policy-map interface": "Show QoS Policy Map for an interface",
    "show policy-map interface <interface>": "Interface",
    "show policy-map type": "type of the policy-map",
    "show policy-map type inspect": "Inspect policy-map",
    "show policy-map type inspect <name>": "policy-map name",
    "show policy-map type inspect zone-pair": "Zone-pair",
    "show policy-map type inspect zone-pair <pair>": "Name of the zone-pair",
    "show policy-map type inspect zone-pair <pair> sessions": "Show the sessions",
    "show policy-map type inspect zone-pair sessions": "Show the sessions",
}


def class_maps(session: Session, *, name: str | None, kind: str) -> Handler:
    yield Say(traffic_policy.show_class_maps(session.router.configuration, kind, name))


def at_interfaces(session: Session, *, interface: str | None) -> Handler:
    yield Say(traffic_policy.show_policy_interfaces(session.router.configuration, interface))


def control_plane(session: Session) -> Handler:
    yield Say(traffic_policy.show_control_plane(session.router.configuration))


def inspect_policies(session: Session, *, name: str | None) -> Handler:
    yield Say(traffic_policy.show_inspect_policies(session.router.configuration, name))


def zone_pairs(session: Session, *, pair: str | None, sessions: bool) -> Handler:
    configuration = session.router.configuration
    yield Say(traffic_policy.show_zone_pair_policies(configuration, sessions=sessions, wanted=pair))


def all_sessions(session: Session) -> Handler:
    yield Say(traffic_policy.show_zone_pair_policies(session.router.configuration, sessions=True))


def rules(session: Session, *, parts: tuple[str, ...]) -> Handler:
    yield Say(inspection.show_inspection(session.router.configuration, parts))


def parameter_maps(session: Session, *, name: str | None) -> Handler:
    yield Say(inspection.show_parameter_maps(session.router.configuration, name))


def discovery(session: Session) -> Handler:
    yield Say(inspection.show_protocol_discovery(session.router.configuration))


def prevention(session: Session) -> Handler:
    yield Say(inspection.show_intrusion_prevention(session.router.configuration))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_traffic_policies", basis="R",
                source="IOS QoS and security command references, recalled; public outputs")  # fmt: skip
COMMANDS = (
    _SHOW("show class-map [<name:Word>]", run=partial(class_maps, kind="")),
    _SHOW("show class-map type inspect [<name:Word>]", run=partial(class_maps, kind=traffic_policy.INSPECT)),
    _SHOW("show ip inspect all", run=partial(rules, parts=inspection.ALL)),
    _SHOW("show ip inspect config", run=partial(rules, parts=("rules",))),
    _SHOW("show ip inspect interfaces", run=partial(rules, parts=("interfaces",))),
    _SHOW("show ip ips configuration", run=prevention, when=feature("ips")),
    _SHOW("show ip nbar protocol-discovery", run=discovery),
    _SHOW("show parameter-map type inspect [<name:Word>]", run=parameter_maps),
    _SHOW("show policy-map control-plane", run=control_plane),
    _SHOW("show policy-map interface [<interface:Interface>]", run=at_interfaces),
    _SHOW("show policy-map type inspect [<name:Word>]", run=inspect_policies),
    _SHOW("show policy-map type inspect zone-pair [<pair:Word>]", run=partial(zone_pairs, sessions=False)),
    _SHOW("show policy-map type inspect zone-pair <pair:Word> sessions", run=partial(zone_pairs, sessions=True)),
    _SHOW("show policy-map type inspect zone-pair sessions", run=all_sessions),
)
