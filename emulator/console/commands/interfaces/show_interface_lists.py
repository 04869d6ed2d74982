"""`show interfaces description|status|rate-limit` and `show ip interface`."""

from emulator.console.modes import EXEC
from emulator.console.render.interface_lists import show_description, show_status
from emulator.console.render.interfaces.ip_interface import show_ip_interface
from emulator.console.render.interfaces.rate_limits import show_rate_limits
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.network.views import interface_views

HELP = {
    "show": "Show running system information",
    "show interfaces": "Interface status and configuration",
    "show interfaces description": "Show interface description",
    "show interfaces rate-limit": "Show interface rate-limit info",
    "show interfaces status": "Show interface line status",
    "show ip": "IP information",
    "show ip interface": "IP interface status and configuration",
    "show ip interface <interface>": "Interface",
    "show ip interface <kind>": "Interface type",
    "show ip interface <kind> <number>": "Interface number",
}


def description(session: Session) -> Handler:
    yield Say(show_description(interface_views(session.router)))


def status(session: Session) -> Handler:
    yield Say(show_status(interface_views(session.router), session.router.configuration))


def ip_interface(session: Session, *, interface: str | None) -> Handler:
    sections = session.router.configuration.sections
    for view in interface_views(session.router):
        if interface in {None, view.name}:
            yield Say(show_ip_interface(view, sections))


def ip_interface_in_words(session: Session, *, kind: str, number: int) -> Handler:
    yield from ip_interface(session, interface=f"{kind}{number}")


def rate_limits(session: Session) -> Handler:
    yield Say(show_rate_limits(session.router))


_SOURCE = "IOS interface and IP addressing command references, recalled"
COMMANDS = (
    Command("show interfaces description", modes=(EXEC,), run=description, piped=True,
            output="show_interfaces_description", source=_SOURCE, basis="R"),
    Command("show interfaces rate-limit", modes=(EXEC,), run=rate_limits, piped=True, output="show_rate_limits",
            source=_SOURCE, basis="R"),
    Command("show interfaces status", modes=(EXEC,), run=status, piped=True, output="show_interfaces_status",
            source=_SOURCE, basis="R"),
    Command("show ip interface [<interface:Interface>]", modes=(EXEC,), run=ip_interface, piped=True,
            output="show_ip_interface", source=_SOURCE, basis="R"),
    Command("show ip interface <kind:InterfaceKind> <number:InterfaceNumber>", modes=(EXEC,),
            run=ip_interface_in_words, piped=True, output="show_ip_interface", source=_SOURCE, basis="R"),
)  # fmt: skip
