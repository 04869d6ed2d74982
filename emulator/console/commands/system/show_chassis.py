"""`show rom-monitor`, `show diag`, `show platform`, `show bootvar`."""

from collections.abc import Callable
from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.system.chassis import show_bootvar, show_diag, show_platform, show_rom_monitor
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router

HELP = {
    "show": "Show running system information",
    "show bootvar": "Boot and related environment variable",
    "show diag": "Show diagnostic information for port adapters/modules",
    "show platform": "Show platform information",
    "show rom-monitor": "ROM Monitor information",
}


def show(session: Session, *, render: Callable[[Router], str]) -> Handler:
    yield Say(render(session.router))


_RECALLED = "IOS configuration fundamentals command reference, recalled"
COMMANDS = (
    Command("show bootvar", modes=(EXEC,), run=partial(show, render=show_bootvar), piped=True, output="show_bootvar",
            source=_RECALLED, basis="R"),
    Command("show diag", modes=(EXEC,), run=partial(show, render=show_diag), piped=True, output="show_diag",
            source=_RECALLED, basis="R"),
    Command("show platform", modes=(EXEC,), run=partial(show, render=show_platform), piped=True,
            output="show_platform", source="the form of later families", basis="I"),
    Command("show rom-monitor", modes=(EXEC,), run=partial(show, render=show_rom_monitor), piped=True,
            output="show_rom_monitor", source="IOS command reference, sample of an 1800; recalled", basis="R"),
)  # fmt: skip
