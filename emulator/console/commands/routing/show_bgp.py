"""`show ip bgp` and `show bgp`: the table, one entry, the neighbors, the summary.

R: forms. Neighbors never answer, so the table has only what the router itself announces.
"""

from collections.abc import Callable
from functools import partial
from ipaddress import IPv4Address

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.routing import bgp
from emulator.console.render.routing.ip_protocols import show_bgp_summary
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Section
from emulator.router.network.routes import routes
from emulator.router.network.routing_interfaces import router_id

_STARTS = ("show bgp all", "show bgp ipv4 unicast", "show bgp ipv4 unicast all", "show ip bgp", "show ip bgp all",
           "show ip bgp ipv4 unicast")  # fmt: skip
_TEMPLATES = {"peer-policy": "Display peer-policy templates", "peer-session": "Display peer-session templates"}
HELP = {
    "show bgp all cluster-ids": "Display the list of cluster-ids",
    "show bgp all detail": "Detailed information of all prefixes",
    "show ip bgp all dampening": "Display detailed information about dampening",
    "show ip bgp all dampening parameters": "Display details of configured dampening parameters",
    "show ip bgp template": "Display peer-policy/peer-session templates",
    **{f"show ip bgp template {kind}": text for kind, text in _TEMPLATES.items()},
    **{f"show ip bgp template {kind} <name>": "Name of the template" for kind in _TEMPLATES},
    "show": "Show running system information",
    "show bgp": "BGP information",
    "show bgp all": "All address families",
    "show bgp ipv4": "Address family",
    "show bgp ipv4 unicast": "Address Family modifier",
    "show bgp ipv4 unicast <address>": "Network in the BGP routing table to display",
    "show bgp ipv4 unicast all": "Display information about all",
    "show bgp summary": "Summary of BGP neighbor status",
    "show ip": "IP information",
    "show ip bgp": "BGP information",
    "show ip bgp <address>": "Network in the BGP routing table to display",
    "show ip bgp all": "All address families",
    "show ip bgp ipv4": "Address family",
    "show ip bgp ipv4 unicast": "Address Family modifier",
    **{f"{start} summary": "Summary of BGP neighbor status" for start in _STARTS if start != "show ip bgp"},
    **{f"{start} neighbors": "Detailed information on TCP and BGP neighbor connections" for start in _STARTS},
    **{f"{start} neighbors <neighbor>": "Neighbor to display information about" for start in _STARTS},
}

BgpScreen = Callable[[Session, Section], str]


def _process(session: Session) -> Section | None:
    sections = session.router.configuration.sections
    return next((section for key, section in sections.items() if key.startswith("router bgp ")), None)


def show(session: Session, *, screen: BgpScreen, titled: bool) -> Handler:
    """Show a screen of the process; `titled` with the address family above it."""
    process = _process(session)
    if process is None:
        yield Say(wording("show.bgp_not_active"))
        return
    yield Say((wording("bgp.family") if titled else "") + screen(session, process))


def entry(session: Session, *, address: str) -> Handler:
    process = _process(session)
    if process is None:
        yield Say(wording("show.bgp_not_active"))
        return
    networks = bgp.own_networks(process, routes(session.router))
    yield Say(bgp.show_bgp_entry(networks, IPv4Address(address), identifier(session, process)))


def neighbor(session: Session, *, neighbor: str | None, titled: bool) -> Handler:
    yield from show(session, screen=lambda _, process: bgp.show_bgp_neighbors(process, neighbor), titled=titled)


def identifier(session: Session, process: Section) -> str:
    """Router ID of the process."""
    return process.word("bgp router-id") or str(router_id(session.router))


def _table(session: Session, process: Section) -> str:
    networks = bgp.own_networks(process, routes(session.router))
    return bgp.show_bgp_table(networks, identifier(session, process))


def _summary(session: Session, process: Section) -> str:
    number = process.header.split()[-1]
    return show_bgp_summary(number, session.router.configuration, str(router_id(session.router)))


def _detail(session: Session, process: Section) -> str:
    networks = bgp.own_networks(process, routes(session.router))
    return bgp.show_bgp_detail(networks, identifier(session, process))


def _clusters(session: Session, process: Section) -> str:
    return bgp.show_cluster_ids(process, identifier(session, process))


def _dampening(_session: Session, process: Section) -> str:
    return bgp.show_dampening(process)


def templates(session: Session, *, kind: str, name: str | None) -> Handler:
    yield from show(session, screen=lambda _, process: bgp.show_templates(process, kind, name), titled=False)


_SHOW = partial(Command, modes=(EXEC,), piped=True, when=feature("bgp"), output="show_bgp", basis="R",
                source="IOS IP routing: BGP command reference, recalled")  # fmt: skip
_TITLED = ("show bgp all", "show ip bgp all", "show bgp ipv4 unicast all")
COMMANDS = (
    *(_SHOW(line, run=partial(show, screen=_table, titled=False)) for line in ("show ip bgp", "show bgp ipv4 unicast")),
    *(_SHOW(line, run=partial(show, screen=_table, titled=True))
      for line in ("show bgp all", "show bgp ipv4 unicast all")),
    _SHOW("show ip bgp <address:Address>", run=entry),
    _SHOW("show bgp ipv4 unicast <address:Address>", run=entry),
    _SHOW("show bgp summary", run=partial(show, screen=_summary, titled=False)),
    *(_SHOW(f"{start} summary", run=partial(show, screen=_summary, titled=start in _TITLED))
      for start in _STARTS if start != "show ip bgp"),
    *(_SHOW(f"{start} neighbors [<neighbor:Address>]", run=partial(neighbor, titled=start in _TITLED))
      for start in _STARTS),
    _SHOW("show bgp all cluster-ids", run=partial(show, screen=_clusters, titled=False)),
    _SHOW("show bgp all detail", run=partial(show, screen=_detail, titled=True)),
    _SHOW("show ip bgp all dampening parameters", run=partial(show, screen=_dampening, titled=False)),
    *(_SHOW(f"show ip bgp template {kind} [<name:Word>]", run=partial(templates, kind=kind)) for kind in _TEMPLATES),
)  # fmt: skip
