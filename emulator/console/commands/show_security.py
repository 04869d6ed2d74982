"""`show crypto session`, `show dot1x`, `show standby`: peers, ports and groups of the configuration."""

from collections.abc import Callable
from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render import security
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router
from emulator.router.network.views import interface_views

HELP = {
    "show": "Show running system information",
    "show crypto": "Encryption module",
    "show crypto session": "Show crypto sessions (tunnels)",
    "show crypto session detail": "Detailed information on session(s)",
    "show dot1x": "Dot1x information",
    "show dot1x all": "Show 802.1x information for all interfaces",
    "show dot1x all summary": "Show summary of 802.1x status for all interfaces",
    "show standby": "Hot Standby Router Protocol (HSRP) information",
    "show standby brief": "Brief output",
    "show standby delay": "Group initialization delay",
}


def show(session: Session, *, screen: Callable[[Router], str]) -> Handler:
    yield Say(screen(session.router))


def _sessions(router: Router) -> str:
    return security.show_crypto_sessions(router.configuration)


def _dot1x(router: Router) -> str:
    return security.show_dot1x(router.configuration)


def _dot1x_summary(router: Router) -> str:
    return security.show_dot1x_summary(router.configuration, interface_views(router))


def _standby(router: Router) -> str:
    return security.show_standby_brief(router.configuration, interface_views(router))


def _delay(router: Router) -> str:
    return security.show_standby_delay(router.configuration)


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_security", basis="R",
                source="IOS security and first hop redundancy command references, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show crypto session [detail]", run=partial(show, screen=_sessions), when=feature("ipsec")),
    _SHOW("show dot1x [all]", run=partial(show, screen=_dot1x), when=feature("dot1x")),
    _SHOW("show dot1x all summary", run=partial(show, screen=_dot1x_summary), when=feature("dot1x")),
    _SHOW("show standby brief", run=partial(show, screen=_standby)),
    _SHOW("show standby delay", run=partial(show, screen=_delay)),
)
