"""`show ipv6 interface`, whole, brief and of one interface."""

from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.ipv6 import show_ipv6_interface, show_ipv6_interface_brief
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Block
from emulator.router.network.views import interface_views

HELP = {
    "show": "Show running system information",
    "show ipv6": "IPv6 information",
    "show ipv6 interface": "IPv6 interface status and configuration",
    "show ipv6 interface <interface>": "Interface",
    "show ipv6 interface brief": "Brief summary of IPv6 status and configuration",
}


def interfaces(session: Session, *, interface: str | None) -> Handler:
    configuration = session.router.configuration
    routing = "ipv6 unicast-routing" in configuration.lines
    for view in interface_views(session.router):
        if interface in {None, view.name}:
            section = configuration.sections.get(f"interface {view.name}", Block())
            yield Say(show_ipv6_interface(view, section, routing=routing))


def brief(session: Session) -> Handler:
    sections = session.router.configuration.sections
    for view in interface_views(session.router):
        yield Say(show_ipv6_interface_brief(view, sections.get(f"interface {view.name}", Block())))


_SHOW = partial(Command, modes=(EXEC,), piped=True, when=feature("ipv6"), output="show_ipv6", basis="R",
                source="IOS IPv6 command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show ipv6 interface [<interface:Interface>]", run=interfaces),
    _SHOW("show ipv6 interface brief", run=brief),
)
