"""The terminal of a session: its size, the lines typed, whether messages are shown there. R: forms and texts."""

from emulator.console.line.exec_state import DEFAULT_WIDTH, HISTORY
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "terminal": "Set terminal line parameters",
    "terminal history": "Enable and control the command history function",
    "terminal history size": "Set history buffer size",
    "terminal history size <size>": "Size of history buffer",
    "terminal length": "Set number of lines on a screen",
    "terminal length <lines>": "Number of lines on screen (0 for no pausing)",
    "terminal monitor": "Copy debug output to the current terminal line",
    "terminal no": "Negate a command or set its defaults",
    "terminal no history": "Enable and control the command history function",
    "terminal no history size": "Set history buffer size",
    "terminal no length": "Set number of lines on a screen",
    "terminal no monitor": "Copy debug output to the current terminal line",
    "terminal no width": "Set width of the display terminal",
    "terminal width": "Set width of the display terminal",
    "terminal width <columns>": "Number of characters on a screen line",
    "show": "Show running system information",
    "show history": "Display the session command history",
}


def set_length(session: Session, *, lines: int) -> None:
    session.exec.length = lines


def default_length(session: Session) -> None:
    session.exec.length = session.exec.default_length


def set_width(session: Session, *, columns: int) -> None:
    session.exec.width = columns


def default_width(session: Session) -> None:
    session.exec.width = DEFAULT_WIDTH


def monitor(session: Session) -> Handler:
    """Show messages in this session; the console shows them anyway, subject to `logging console` (R)."""
    if not session.line.kind.hangs_up:
        yield Say(wording("console.monitors"))
    session.exec.monitor = True


def no_monitor(session: Session) -> None:
    session.exec.monitor = False


def size_history(session: Session, *, size: int) -> None:
    session.exec.history_size = size


def default_history(session: Session) -> None:
    session.exec.history_size = HISTORY


def no_history(session: Session) -> None:
    session.exec.history_size = 0
    session.exec.forget_typed()


def history(session: Session) -> Handler:
    yield Say("".join(f"  {line}\n" for line in session.line.history))


_SOURCE = "IOS terminal services command reference, recalled"
COMMANDS = (
    Command("terminal length <lines:Lines>", modes=(EXEC,), run=set_length, basis="C",
            source="captures of an 881"),
    Command("terminal no length", modes=(EXEC,), run=default_length, source=_SOURCE, basis="R"),
    Command("terminal width <columns:Lines>", modes=(EXEC,), run=set_width, basis="C", source="captures of an 881"),
    Command("terminal no width", modes=(EXEC,), run=default_width, source=_SOURCE, basis="R"),
    Command("terminal monitor", modes=(EXEC,), privilege=PRIVILEGED, run=monitor, output="show_terminal",
            source=_SOURCE, basis="R"),
    Command("terminal no monitor", modes=(EXEC,), privilege=PRIVILEGED, run=no_monitor, source=_SOURCE, basis="R"),
    Command("terminal history", modes=(EXEC,), run=default_history, source=_SOURCE, basis="R"),
    Command("terminal history size <size:HistorySize>", modes=(EXEC,), run=size_history, source=_SOURCE, basis="R"),
    Command("terminal no history", modes=(EXEC,), run=no_history, source=_SOURCE, basis="R"),
    Command("terminal no history size", modes=(EXEC,), run=default_history, source=_SOURCE, basis="R"),
    Command("show history", modes=(EXEC,), run=history, piped=True, output="show_history", source=_SOURCE, basis="R"),
)  # fmt: skip
