"""`show interfaces` as tables: `accounting`, `counters`, `stats`, `summary`, `switchport`, `trunk`, whole or of one."""

from collections.abc import Callable
from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.interface_lists import show_description, show_status
from emulator.console.render.interfaces import interface_tables
from emulator.console.render.interfaces.vlans import vlans
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Block
from emulator.router.network.views import InterfaceView, interface_views

InterfaceTable = Callable[[Session, list[InterfaceView]], str]

_WORDS = {
    "accounting": "Show interface accounting",
    "counters": "Show interface counters",
    "stats": "Show interface packets & octets, in & out, by switching path",
    "summary": "Show interface summary",
    "switchport": "Show interface switchport information",
    "trunk": "Show interface trunk information",
    "description": "Show interface description",
    "status": "Show interface line status",
}
_OF_ALL = ("accounting", "counters", "stats", "summary", "switchport", "trunk")
HELP = {
    "show": "Show running system information",
    "show interfaces": "Interface status and configuration",
    **{f"show interfaces {word}": _WORDS[word] for word in _OF_ALL},
    "show interfaces <interface>": "Interface",
    **{f"show interfaces <interface> {word}": text for word, text in _WORDS.items()},
}


def accounting(session: Session, views: list[InterfaceView]) -> str:
    records = session.router.running.interfaces
    return "".join(interface_tables.show_accounting(view, records) for view in views)


def counters(session: Session, views: list[InterfaceView]) -> str:
    return interface_tables.show_port_counters(views, session.router.running.interfaces)


def stats(session: Session, views: list[InterfaceView]) -> str:
    records = session.router.running.interfaces
    return "".join(interface_tables.show_stats(view, records) for view in views)


def summary(session: Session, views: list[InterfaceView]) -> str:
    return interface_tables.show_summary(views, session.router.running.interfaces)


def switchport(session: Session, views: list[InterfaceView]) -> str:
    sections = session.router.configuration.sections
    ports = interface_tables.switch_ports(views)
    blocks = (interface_tables.show_switchport(port, sections.get(f"interface {port.name}", Block())) for port in ports)
    return "\n".join(blocks)


def trunk(session: Session, views: list[InterfaceView]) -> str:
    active = list(vlans(session.router))
    return interface_tables.show_trunks(views, session.router.configuration.sections, active)


def description(_session: Session, views: list[InterfaceView]) -> str:
    return show_description(views)


def status(session: Session, views: list[InterfaceView]) -> str:
    return show_status(views, session.router.configuration)


TABLES: dict[str, InterfaceTable] = {
    "accounting": accounting,
    "counters": counters,
    "stats": stats,
    "summary": summary,
    "switchport": switchport,
    "trunk": trunk,
    "description": description,
    "status": status,
}


def of_all(session: Session, *, table: InterfaceTable) -> Handler:
    yield Say(table(session, interface_views(session.router)))


def of_one(session: Session, *, interface: str, table: InterfaceTable) -> Handler:
    yield Say(table(session, [view for view in interface_views(session.router) if view.name == interface]))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_interface_tables", basis="R",
                source="IOS interface and LAN switching command references, recalled")  # fmt: skip
COMMANDS = (
    *(_SHOW(f"show interfaces {word}", run=partial(of_all, table=TABLES[word])) for word in _OF_ALL),
    *(_SHOW(f"show interfaces <interface:ShownInterface> {word}", run=partial(of_one, table=table))
      for word, table in TABLES.items()),
)  # fmt: skip
