"""ROMMON's environment: monitor variables, aliases, and the lines typed.

C: `NAME=value` sets without a word, `sync` writes to NVRAM. R: the listings, and what `repeat` takes.
"""

from emulator.console.modes import ROMMON
from emulator.console.render.system import rommon as screens
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.boot.rommon import recalled, sync

HELP = {
    "<assignment>": "set a monitor variable",
    "alias": "set and display aliases command",
    "alias <assignment>": "Name and command",
    "history": "monitor command history",
    "repeat": "repeat a monitor command",
    "repeat <which>": "Its number, or how it begins",
    "set": "display the monitor variables",
    "sync": "write monitor environment to NVRAM",
    "unalias": "unset a monitor variable",
    "unalias <name>": "Alias",
    "unset": "unset a monitor variable",
    "unset <name>": "Variable",
}


def assign(session: Session, *, assignment: tuple[str, str]) -> None:
    name, value = assignment
    session.router.monitor.environment.variables[name] = value


def show_variables(session: Session) -> Handler:
    yield Say(screens.assignments(session.router.monitor.environment.variables))


def unset(session: Session, *, name: str) -> None:
    session.router.monitor.environment.variables.pop(name, None)


def write_environment(session: Session) -> None:
    sync(session.router.state, session.router.monitor)


def show_aliases(session: Session) -> Handler:
    yield Say(screens.assignments(session.router.monitor.environment.aliases))


def alias(session: Session, *, assignment: tuple[str, str]) -> None:
    name, value = assignment
    session.router.monitor.environment.aliases[name] = value


def unalias(session: Session, *, name: str) -> None:
    session.router.monitor.environment.aliases.pop(name, None)


def show_history(session: Session) -> Handler:
    yield Say(screens.history(session.router.monitor))


def repeat(session: Session, *, which: str | None) -> Handler:
    text = recalled(session.router.monitor, which)
    if text is None:
        yield Say(wording("rommon.nothing_to_repeat"))
        return
    yield Say(f"{text}\n")
    handler = session.interpret(text)
    if handler is not None:
        yield from handler


_SOURCE = "help of a VG204XM; ROM monitor appendix of the 800 series guides"
MODES = (ROMMON,)
COMMANDS = (
    Command("<assignment:Assignment>", modes=MODES, run=assign, source=_SOURCE, basis="C"),
    Command("set", modes=MODES, run=show_variables, output="rommon_variables", source=_SOURCE, basis="R"),
    Command("unset <name:Word>", modes=MODES, run=unset, source=_SOURCE, basis="R"),
    Command("sync", modes=MODES, run=write_environment, source=_SOURCE, basis="C"),
    Command("alias", modes=MODES, run=show_aliases, output="rommon_variables", source=_SOURCE, basis="R"),
    Command("alias <assignment:Assignment>", modes=MODES, run=alias, source=_SOURCE, basis="R"),
    Command("unalias <name:Word>", modes=MODES, run=unalias, source=_SOURCE, basis="R"),
    Command("history", modes=MODES, run=show_history, output="rommon_variables", source=_SOURCE, basis="R"),
    Command("repeat [<which:Word>]", modes=MODES, run=repeat, output="rommon_variables", source=_SOURCE, basis="R"),
)
