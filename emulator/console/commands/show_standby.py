"""`show standby`: the groups of first-hop redundancy."""

from collections.abc import Callable
from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render import hsrp
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router
from emulator.router.network.views import interface_views

HELP = {
    "show": "Show running system information",
    "show standby": "Hot Standby Router Protocol (HSRP) information",
    "show standby all": "Include groups in disabled state",
    "show standby brief": "Brief output",
    "show standby delay": "Group initialization delay",
    "show standby internal": "Internal HSRP information",
}


def show(session: Session, *, screen: Callable[[Router], str]) -> Handler:
    yield Say(screen(session.router))


def _groups(router: Router) -> list[hsrp.StandbyGroup]:
    return list(hsrp.groups(router.configuration, interface_views(router)))


def _enabled(router: Router) -> str:
    return hsrp.show_standby([each for each in _groups(router) if each.virtual != "unknown"], router.uptime())


def _all(router: Router) -> str:
    return hsrp.show_standby(_groups(router), router.uptime())


def _brief(router: Router) -> str:
    return hsrp.show_standby_brief(_groups(router))


def _internal(router: Router) -> str:
    return hsrp.show_standby_internal(_groups(router))


def _delay(router: Router) -> str:
    return hsrp.show_standby_delay(router.configuration)


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_standby", basis="R",
                source="IOS first hop redundancy command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show standby", run=partial(show, screen=_enabled)),
    _SHOW("show standby all", run=partial(show, screen=_all)),
    _SHOW("show standby brief", run=partial(show, screen=_brief)),
    _SHOW("show standby delay", run=partial(show, screen=_delay)),
    _SHOW("show standby internal", run=partial(show, screen=_internal)),
)
