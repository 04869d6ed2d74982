"""`show tcp brief`, `show ip sockets`, `show udp`, `show control-plane host open-ports`: the sockets of the router."""

from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.services.open_ports import show_open_ports
from emulator.console.render.services.sockets import show_sockets, show_tcp_brief
from emulator.console.session.screens import show_screen
from emulator.grammar import Command

HELP = {
    "show": "Show running system information",
    "show control-plane": "Control Plane information",
    "show control-plane host": "Control Plane host path",
    "show control-plane host open-ports": "Open ports on the router",
    "show ip": "IP information",
    "show ip sockets": "Open IP sockets",
    "show tcp": "Status of TCP connections",
    "show tcp brief": "Brief display",
    "show tcp brief all": "Include listening endpoints",
    "show udp": "UDP statistics",
}

_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_sockets", basis="R",
                source="IOS IP application services command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show control-plane host open-ports", run=partial(show_screen, screen=show_open_ports)),
    _SHOW("show ip sockets", run=partial(show_screen, screen=show_sockets)),
    _SHOW("show tcp brief", run=partial(show_screen, screen=partial(show_tcp_brief, every=False))),
    _SHOW("show tcp brief all", run=partial(show_screen, screen=partial(show_tcp_brief, every=True))),
    _SHOW("show udp", run=partial(show_screen, screen=show_sockets)),
)
