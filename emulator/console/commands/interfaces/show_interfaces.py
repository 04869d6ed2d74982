"""`show interfaces`, `show ip interface brief`, `show arp`: interfaces, their addresses, their neighbors."""

from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.interfaces.arp import show_arp
from emulator.console.render.interfaces.interfaces import show_interfaces
from emulator.console.render.interfaces.ip_interface_brief import show_ip_interface_brief
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.network.views import arp_table, interface_views

HELP = {
    "show": "Show running system information",
    "show arp": "ARP table",
    "show interfaces": "Interface status and configuration",
    "show interfaces <interface>": "Interface",
    "show ip": "IP information",
    "show ip arp": "IP ARP table",
    "show ip interface": "IP interface status and configuration",
    "show ip interface brief": "Brief summary of IP status and configuration",
    "show ip interface brief <interface>": "Interface",
    "show interfaces <kind>": "Interface type",
    "show interfaces <kind> <number>": "Interface number",
}


def interfaces(session: Session, *, interface: str | None) -> Handler:
    router = session.router
    views, records, units = interface_views(router), router.running.interfaces, router.state.unit.ports
    sections = router.configuration.sections
    yield Say(show_interfaces(views, records, units, sections, router.now, interface))


def interfaces_in_words(session: Session, *, kind: str, number: int) -> Handler:
    yield from interfaces(session, interface=f"{kind}{number}")


def brief(session: Session, *, interface: str | None) -> Handler:
    views = interface_views(session.router)
    yield Say(show_ip_interface_brief([view for view in views if interface in {None, view.name}]))


def arp(session: Session) -> Handler:
    yield Say(show_arp(arp_table(session.router), session.router.now))


_SOURCE = "captures of 881s"
COMMANDS = (
    Command("show arp", modes=(EXEC,), run=arp, piped=True, output="show_arp",
            source="IOS IP addressing command reference, recalled", basis="R"),
    Command("show interfaces [<interface:ShownInterface>]", modes=(EXEC,), run=interfaces, piped=True,
            output="show_interfaces", source=_SOURCE, basis="C"),
    Command("show interfaces <kind:InterfaceKind> <number:InterfaceNumber>", modes=(EXEC,), run=interfaces_in_words,
            piped=True, output="show_interfaces_made", source=_SOURCE, basis="C"),
    Command("show ip arp", modes=(EXEC,), run=arp, piped=True, output="show_arp",
            source="IOS IP addressing command reference, recalled", basis="R"),
    Command("show ip interface brief", modes=(EXEC,), run=partial(brief, interface=None), piped=True,
            output="show_ip_interface_brief", source=_SOURCE, basis="C"),
    Command("show ip interface brief <interface:Interface>", modes=(EXEC,), run=brief, piped=True,
            output="show_interfaces_made", source=_SOURCE, basis="C"),
)  # fmt: skip
