"""`debug license`, and taking it back.

C: the syntax. R: `undebug all` and its answer. I: what is said when a topic is switched.
"""

from functools import partial

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.system.debug import show_debugging
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

_TOPICS = {
    "license": "License debugging",
    "license agent": "License agent debugging",
    "license agent all": "All license agent debugging",
    "license agent error": "License agent errors",
    "license core": "License core debugging",
    "license core all": "All license core debugging",
    "license core errors": "License core errors",
    "license core events": "License core events",
    "license errors": "License errors",
    "license events": "License events",
    "license ipc": "License inter-process communication",
}
_VERBS = {
    "debug": "Debugging functions (see also 'undebug')",
    "no": "Disable debugging functions",
    "undebug": "Disable debugging functions (see also 'debug')",
}
HELP = {
    **_VERBS,
    **{f"{verb} {topic}": text for verb in ("debug", "undebug") for topic, text in _TOPICS.items()},
    "debug all": "Disable all debugging",
    "undebug all": "Disable all debugging",
    "show": "Show running system information",
    "show debugging": "State of each debugging option",
}


def switch(session: Session, *, what: str, group: str = "", on: bool) -> Handler:
    topic = f"{group} {what}".strip()
    running = session.router.running
    running.debugging = sorted({*running.debugging, topic} if on else {*running.debugging} - {topic})
    yield Say(wording("debug.on" if on else "debug.off", topic=topic))


def all_off(session: Session) -> Handler:
    session.router.running.debugging = []
    yield Say(wording("debug.all_off"))


def show(session: Session) -> Handler:
    yield Say(show_debugging(session.router.running.debugging))


def _commands(verb: str, *, on: bool) -> tuple[Command, ...]:
    lines = (
        ("agent", "agent <what:all|error>"),
        ("core", "core <what:all|errors|events>"),
        ("", "<what:errors|events|ipc>"),
    )
    return tuple(
        Command(f"{verb} license {line}", modes=(EXEC,), privilege=PRIVILEGED, run=partial(switch, group=group, on=on),
                output="debug_license", source=_SOURCE, basis="C")
        for group, line in lines
    )  # fmt: skip


_SOURCE = "Software Activation command reference, contents"
COMMANDS = (
    *_commands("debug", on=True),
    *_commands("no debug", on=False),
    *_commands("undebug", on=False),
    Command("{undebug all | no debug all}", modes=(EXEC,), privilege=PRIVILEGED, run=all_off, output="debug_license",
            source="IOS debug command reference, recalled", basis="R"),
    Command("show debugging", modes=(EXEC,), privilege=PRIVILEGED, run=show, piped=True, output="debug_license",
            source="IOS debug command reference, recalled", basis="R"),
)  # fmt: skip
