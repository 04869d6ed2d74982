"""The life of a console line as a table, and what a front end is told of it: the prompt and the modes entered.

Dark without power, busy while the router boots, a question where there is no configuration, closed until RETURN, a
log-in where the configuration asks for one, open at a prompt, or ROMMON's.
"""

from enum import StrEnum
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from emulator.console.modes import prompt as prompt_text
from emulator.hardware.board import BoardPhase
from emulator.kernel.effects import Ask, AskKey
from emulator.kernel.errors import as_on_a_line
from emulator.router.state import RouterState


class LinePhase(StrEnum):
    DARK = "dark"
    BOOTING = "booting"
    DIALOG = "dialog"
    CLOSED = "closed"
    LOGIN = "login"
    OPEN = "open"
    ROMMON = "rommon"


TRANSITIONS: dict[LinePhase, frozenset[LinePhase]] = {
    LinePhase.DARK: frozenset({LinePhase.BOOTING}),
    LinePhase.BOOTING: frozenset(
        {LinePhase.DIALOG, LinePhase.CLOSED, LinePhase.ROMMON, LinePhase.DARK, LinePhase.BOOTING}
    ),
    LinePhase.DIALOG: frozenset({LinePhase.CLOSED, LinePhase.ROMMON, LinePhase.DARK, LinePhase.BOOTING}),
    LinePhase.CLOSED: frozenset({LinePhase.LOGIN, LinePhase.OPEN, LinePhase.ROMMON, LinePhase.DARK, LinePhase.BOOTING}),
    LinePhase.LOGIN: frozenset({LinePhase.OPEN, LinePhase.CLOSED, LinePhase.ROMMON, LinePhase.DARK, LinePhase.BOOTING}),
    LinePhase.OPEN: frozenset({LinePhase.CLOSED, LinePhase.ROMMON, LinePhase.DARK, LinePhase.BOOTING}),
    LinePhase.ROMMON: frozenset(
        {LinePhase.DIALOG, LinePhase.CLOSED, LinePhase.OPEN, LinePhase.DARK, LinePhase.BOOTING}
    ),
}
"""Phases to which each phase may lead; anything else is a mistake in the program."""


_BY_BOARD = {
    BoardPhase.OFF: LinePhase.DARK,
    BoardPhase.BOOTING: LinePhase.BOOTING,
    BoardPhase.RUNNING: LinePhase.CLOSED,
    BoardPhase.ROMMON: LinePhase.ROMMON,
}


def restored_phase(router: RouterState) -> LinePhase:
    """Phase of a line in a restored world: closed, as after a dropped connection, or asking once more."""
    asks = router.running is not None and not router.running.dialog_answered
    phase = _BY_BOARD[router.board.phase]
    return LinePhase.DIALOG if phase is LinePhase.CLOSED and asks else phase


class PromptKind(StrEnum):
    NONE = "none"
    """State without input: no power, or a command is running."""
    RETURN = "return"
    """State in which only RETURN has an effect."""
    COMMAND = "command"
    QUESTION = "question"
    KEY = "key"


ASKED = frozenset({PromptKind.COMMAND, PromptKind.QUESTION, PromptKind.KEY})
"""Kinds of a prompt at which something is typed, and a message stands behind it."""


class Prompt(msgspec.Struct, frozen=True):
    """The text before the cursor, and the kind of input that is expected there."""

    text: str
    kind: PromptKind
    hidden: bool = False
    erase: bool = False
    """Removal of the prompt from the screen once it is answered, as `--More--` does."""
    ends: bool = False
    """True if Ctrl-Z ends a line too: the text is submitted with that character at its end."""
    escapes: bool = False
    """True if Ctrl-^ x leaves what is connected to: the character of Ctrl-^ is submitted alone."""


AT_COMMANDS = frozenset({LinePhase.OPEN, LinePhase.ROMMON})
"""Phases in which a command is expected, unless one runs."""

NO_PROMPT = Prompt("", PromptKind.NONE)


def on_a_line(prompt: Prompt) -> Prompt:
    """Show the control characters in a prompt as a line prints them."""
    return prompt if prompt.text.isprintable() else replace(prompt, text=as_on_a_line(prompt.text))


@lru_cache(4096)
def command_prompt(hostname: str, mode: str, privilege: int) -> Prompt:
    """Return the prompt of a mode; kept, since every line that is typed asks for it several times."""
    return on_a_line(Prompt(prompt_text(hostname, mode, privilege), PromptKind.COMMAND))


def prompt_of(question: Ask | AskKey | None) -> Prompt:
    """Prompt of a question; without one, that of a command that runs."""
    match question:
        case None:
            return NO_PROMPT
        case Ask(prompt=text, hidden=hidden, ends=ends, escapes=escapes):
            return Prompt(text, PromptKind.QUESTION, hidden, ends=ends, escapes=escapes)
        case AskKey(prompt=text, erase=erase, escapes=escapes):
            return Prompt(text, PromptKind.KEY, erase=erase, escapes=escapes)


def reply_of(question: Ask | AskKey, text: str) -> str:
    """Answer to a question that a typed text is: the text, or the one key, with RETURN as a line feed."""
    return (text[:1] or "\n") if isinstance(question, AskKey) else text


class Frame(msgspec.Struct, frozen=True):
    """A mode that was entered, and the section of the configuration that it edits; in a range the `others` too."""

    mode: str
    section: str = ""
    others: tuple[str, ...] = ()
