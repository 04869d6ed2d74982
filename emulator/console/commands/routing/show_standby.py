"""`show standby`, `show glbp`: the groups of first-hop redundancy."""

from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.routing import hsrp
from emulator.console.render.routing.glbp import show_glbp, show_glbp_brief
from emulator.console.session.screens import show_screen
from emulator.grammar import Command
from emulator.router.device import Router
from emulator.router.network.views import interface_views

HELP = {
    "show": "Show running system information",
    "show glbp": "GLBP information",
    "show glbp brief": "Brief output",
    "show standby": "Hot Standby Router Protocol (HSRP) information",
    "show standby all": "Include groups in disabled state",
    "show standby brief": "Brief output",
    "show standby delay": "Group initialization delay",
    "show standby internal": "Internal HSRP information",
}


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
    _SHOW("show glbp", run=partial(show_screen, screen=show_glbp)),
    _SHOW("show glbp brief", run=partial(show_screen, screen=show_glbp_brief)),
    _SHOW("show standby", run=partial(show_screen, screen=_enabled)),
    _SHOW("show standby all", run=partial(show_screen, screen=_all)),
    _SHOW("show standby brief", run=partial(show_screen, screen=_brief)),
    _SHOW("show standby delay", run=partial(show_screen, screen=_delay)),
    _SHOW("show standby internal", run=partial(show_screen, screen=_internal)),
)
