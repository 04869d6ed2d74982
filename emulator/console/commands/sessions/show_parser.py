"""`show parser dump` and `show parser statistics`: the commands that the parser knows, and what it has read.

R: their forms, after an example of the configuration fundamentals command reference. The commands are those that this
router would take, in the notation of the reference page. I: nothing is cached, and a line is read in a millisecond.
"""

from collections.abc import Iterator
from functools import partial

from emulator.console.modes import CONFIG, EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command, describe
from emulator.kernel.effects import Handler, Say

MODES = {"exec": EXEC, "configure": CONFIG}

HELP = {
    "show": "Show running system information",
    "show parser": "Show parser commands",
    "show parser dump": "Display commands of a mode",
    "show parser dump configure": "Global configuration mode",
    "show parser dump exec": "Exec mode",
    "show parser statistics": "Display parser statistics",
}


def dump(session: Session, *, name: str) -> Handler:
    yield Say(f"Mode Name :{name}\n" + "".join(_lines(session, MODES[name])))


def _lines(session: Session, mode: str) -> Iterator[str]:
    for each in describe(session.grammar, mode):
        if each.when(session):
            yield f"{each.privilege} {each.line}\n"


def statistics(session: Session) -> Handler:
    yield Say(wording("parser.statistics", commands=session.router.running.commands_read))


_SHOW = partial(Command, modes=(EXEC,), privilege=PRIVILEGED, piped=True, output="show_parser", basis="R",
                source="IOS configuration fundamentals command reference, recalled")  # fmt: skip
COMMANDS = (
    *(_SHOW(f"show parser dump {name}", run=partial(dump, name=name)) for name in MODES),
    _SHOW("show parser statistics", run=statistics),
)
