"""Getting about: configuration mode, the clock, help, leaving the EXEC.

C: the dialog of leaving the line, captured on a 1941 of the same train.
"""

from emulator.console.modes import ALL_CONFIG, CONFIG, EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import AskKey, Handler, Say, Wait

HELP = {
    "exit": "Exit from the EXEC",
    "logout": "Exit from the EXEC",
    "quit": "Exit from the EXEC",
    "configure": "Enter configuration mode",
    "configure terminal": "Configure from the terminal",
    "show": "Show running system information",
    "show clock": "Display the system clock",
    "do": "To run exec commands in config mode",
    "do <line>": "Exec Command",
    "help": "Description of the interactive help system",
}

HELP_TEXT = (
    "Help may be requested at any point in a command by entering\n"
    "a question mark '?'.  If nothing matches, the help list will\n"
    "be empty and you must backup until entering a '?' shows the\n"
    "available options.\n"
    "Two styles of help are provided:\n"
    "1. Full help is available when you are ready to enter a\n"
    "   command argument (e.g. 'show ?') and describes each possible\n"
    "   argument.\n"
    "2. Partial help is provided when an abbreviated argument is entered\n"
    "   and you want to know what arguments match the input\n"
    "   (e.g. 'show pr?'.)\n\n"
)


def leave_exec(session: Session) -> Handler:
    """Leave the EXEC; connections that are open are told, and closed if that is confirmed (R)."""
    if session.exec.connections:
        if (yield AskKey(wording("exit.connections"))) not in {"\n", "y", "Y"}:
            return
        yield Say("".join(wording("exit.closing", host=each.host) for each in session.exec.connections))
    yield Wait(0)
    session.line.close()


def configure(session: Session) -> Handler:
    yield Say(wording("config.entered"))
    session.exec.enter(CONFIG)


def show_clock(session: Session) -> Handler:
    calendar = session.router.running.calendar
    shown = session.router.wall_time()
    local = shown.local
    mark = "" if calendar.is_set else "*"
    milliseconds = local.microsecond // 1000
    yield Say(f"{mark}{local:%H:%M:%S}.{milliseconds:03d} {shown.zone} {local:%a %b} {local.day} {local:%Y}\n")


def do(session: Session, *, line: str) -> Handler:
    handler = session.interpret_exec(line)
    if handler is not None:
        yield from handler


def show_help(_session: Session) -> Handler:
    yield Say(HELP_TEXT)


_SOURCE = "IOS configuration fundamentals command reference; captures of a CISCO1941"
COMMANDS = (
    Command("{exit | logout | quit}", modes=(EXEC,), run=leave_exec, output="exit", source=_SOURCE, basis="C"),
    Command("configure terminal", modes=(EXEC,), privilege=PRIVILEGED, run=configure, source=_SOURCE, basis="C"),
    Command("show clock", modes=(EXEC,), run=show_clock, piped=True, output="show_clock", source=_SOURCE, basis="C"),
    Command("do <line:Line>", modes=ALL_CONFIG, run=do, source=_SOURCE, basis="R"),
    Command("help", modes=(EXEC, *ALL_CONFIG), run=show_help, output="help", source=_SOURCE, basis="C"),
)
