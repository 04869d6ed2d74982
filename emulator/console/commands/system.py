"""Getting about at EXEC: privilege, configuration mode, the clock, the screen, leaving, and `reload`.

C: the dialogues of `reload` and of leaving the line, captured on a 1941 of the same train.
"""

from emulator.console.grammar import Command
from emulator.console.modes import ALL_CONFIG, CONFIG, EXEC, PRIVILEGED, USER
from emulator.console.render.running_config import configuration_text
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Ask, AskKey, Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.keys.passwords import matches

HELP = {
    "enable": "Turn on privileged commands",
    "disable": "Turn off privileged commands",
    "exit": "Exit from the EXEC",
    "logout": "Exit from the EXEC",
    "end": "Exit from configure mode",
    "configure": "Enter configuration mode",
    "configure terminal": "Configure from the terminal",
    "reload": "Halt and perform a cold restart",
    "show": "Show running system information",
    "show clock": "Display the system clock",
    "show history": "Display the session command history",
    "show privilege": "Show current privilege level",
    "terminal": "Set terminal line parameters",
    "terminal length": "Set number of lines on a screen",
    "terminal length <lines>": "Number of lines on screen (0 for no pausing)",
    "terminal no": "Negate a command or set its defaults",
    "terminal no length": "Set number of lines on a screen",
    "do": "To run exec commands in config mode",
    "do <line>": "Exec Command",
    "help": "Description of the interactive help system",
}

TRIES = 3
RELOAD_DELAY = SECOND

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


def enable(session: Session) -> Handler:
    if session.line.privilege < PRIVILEGED:
        hashed = session.router.configuration.word("enable secret").removeprefix("5 ")
        for _ in range(TRIES if hashed else 0):
            answer = yield Ask("Password: ", hidden=True)
            if matches(answer, hashed):
                break
        else:
            if hashed:
                yield Say(wording("console.bad_secrets"))
                return
    session.line.privilege = PRIVILEGED


def disable(session: Session) -> None:
    session.line.privilege = USER


def leave_exec(session: Session) -> Handler:
    yield Wait(0)
    session.line.close()


def leave_mode(session: Session) -> None:
    session.line.leave()


def end(session: Session) -> None:
    session.line.leave_configuration()


def configure(session: Session) -> Handler:
    yield Say(wording("config.entered"))
    session.line.enter(CONFIG)


def reload(session: Session) -> Handler:
    router = session.router
    if router.running.changed:
        while True:
            answer = yield Ask(wording("reload.save"))
            word = answer.strip().lower()
            if word in {"yes", "y"}:
                yield Say(wording("nvram.building"))
                router.save_startup(configuration_text(router))
                yield Say(wording("nvram.ok"))
                break
            if word in {"no", "n"}:
                break
            yield Say(wording("console.dialog_yes_or_no"))
    key = yield AskKey(wording("reload.confirm"))
    if key not in {"\n", "y", "Y"}:
        return
    yield Say("\n")
    router.request_reload("console")
    yield Wait(RELOAD_DELAY)
    router.reset()


def show_clock(session: Session) -> Handler:
    calendar = session.router.running.calendar
    local = session.router.wall_time().local
    mark = "" if calendar.is_set else "*"
    milliseconds = local.microsecond // 1000
    yield Say(f"{mark}{local:%H:%M:%S}.{milliseconds:03d} {calendar.zone} {local:%a %b} {local.day} {local:%Y}\n")


def show_history(session: Session) -> Handler:
    yield Say("".join(f"  {line}\n" for line in session.line.history))


def show_privilege(session: Session) -> Handler:
    yield Say(f"Current privilege level is {session.line.privilege}\n")


def set_length(session: Session, *, lines: int) -> None:
    session.line.length = lines


def default_length(session: Session) -> None:
    session.line.length = session.line.default_length


def do(session: Session, *, line: str) -> Handler:
    handler = session.interpret_exec(line)
    if handler is not None:
        yield from handler


def show_help(_session: Session) -> Handler:
    yield Say(HELP_TEXT)


_SOURCE = "IOS configuration fundamentals command reference; captures of a CISCO1941"
COMMANDS = (
    Command("enable", modes=(EXEC,), run=enable, source=_SOURCE, basis="C"),
    Command("disable", modes=(EXEC,), run=disable, source=_SOURCE, basis="R"),
    Command("{exit | logout}", modes=(EXEC,), run=leave_exec, output="exit", source=_SOURCE, basis="C"),
    Command("exit", modes=ALL_CONFIG, run=leave_mode, source=_SOURCE, basis="C"),
    Command("end", modes=ALL_CONFIG, run=end, source=_SOURCE, basis="C"),
    Command("configure terminal", modes=(EXEC,), privilege=PRIVILEGED, run=configure, source=_SOURCE, basis="C"),
    Command("reload", modes=(EXEC,), privilege=PRIVILEGED, run=reload, output="reload", source=_SOURCE, basis="C"),
    Command("show clock", modes=(EXEC,), run=show_clock, piped=True, output="show_clock", source=_SOURCE, basis="C"),
    Command("show history", modes=(EXEC,), run=show_history, piped=True, source=_SOURCE, basis="R"),
    Command("show privilege", modes=(EXEC,), run=show_privilege, piped=True, source=_SOURCE, basis="R"),
    Command("terminal length <lines:Lines>", modes=(EXEC,), run=set_length, source=_SOURCE, basis="C"),
    Command("terminal no length", modes=(EXEC,), run=default_length, source=_SOURCE, basis="R"),
    Command("do <line:Line>", modes=ALL_CONFIG, run=do, source=_SOURCE, basis="R"),
    Command("help", modes=(EXEC, *ALL_CONFIG), run=show_help, output="help", source=_SOURCE, basis="C"),
)
