"""`show crypto session`, `show crypto pki certificates`, `show dot1x`, `show authentication sessions`."""

from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.security import security
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.console.wording import wording
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
    "show dot1x all count": "Show count of 802.1x sessions",
    "show dot1x all details": "Show detailed information of 802.1x for all interfaces",
    "show dot1x all statistics": "Show 802.1x statistics for all interfaces",
    "show authentication": "Shows Auth Manager registrations or sessions",
    "show authentication sessions": "Show Auth Manager sessions",
    "show authentication sessions interface": "Interface",
    "show authentication sessions interface <interface>": "Interface",
    "show crypto pki": "Show PKI",
    "show crypto pki certificates": "Show certificates",
    "show crypto pki certificates <trustpoint>": "Trustpoint name",
}


def _sessions(router: Router) -> str:
    return security.show_crypto_sessions(router.configuration)


def _dot1x(router: Router) -> str:
    return security.show_dot1x(router.configuration)


def _dot1x_summary(router: Router) -> str:
    return security.show_dot1x_summary(router.configuration, interface_views(router))


def _dot1x_details(router: Router) -> str:
    return security.show_dot1x_details(router.configuration, interface_views(router))


def _dot1x_statistics(router: Router) -> str:
    return security.show_dot1x_statistics(router.configuration, interface_views(router))


def _dot1x_count(_router: Router) -> str:
    return wording("dot1x.count")


def certificates(session: Session, *, trustpoint: str | None) -> Handler:
    yield Say(security.show_certificates(session.router.configuration, trustpoint))


def authentications(_session: Session, *, interface: str | None) -> Handler:
    """Show the sessions of ports that authenticate: no client is there."""
    yield Say(wording("authentication.none" if interface is None else "authentication.none_here"))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_security", basis="R",
                source="IOS security command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show crypto session [detail]", run=partial(show_screen, screen=_sessions), when=feature("ipsec")),
    _SHOW("show dot1x [all]", run=partial(show_screen, screen=_dot1x), when=feature("dot1x")),
    _SHOW("show dot1x all summary", run=partial(show_screen, screen=_dot1x_summary), when=feature("dot1x")),
    _SHOW("show dot1x all count", run=partial(show_screen, screen=_dot1x_count), when=feature("dot1x")),
    _SHOW("show dot1x all details", run=partial(show_screen, screen=_dot1x_details), when=feature("dot1x")),
    _SHOW("show dot1x all statistics", run=partial(show_screen, screen=_dot1x_statistics), when=feature("dot1x")),
    _SHOW("show authentication sessions [interface <interface:Interface>]", run=authentications, when=feature("dot1x")),
    _SHOW("show crypto pki certificates [<trustpoint:Word>]", run=certificates),
)
