"""`banner`: several lines between two characters of the typist's choice.

R: the text begins on the line of the command or behind it, goes on until that character stands anywhere in a line,
and is printed between two `^C`. What stands behind the closing character is dropped. Left out: the tokens `$(…)`.
"""

from functools import partial

from emulator.console.commands.configure.config_global import put, remove
from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Handler, Say

KINDS = {
    "exec": "Set EXEC process creation banner",
    "incoming": "Set incoming terminal line banner",
    "login": "Set login banner",
    "motd": "Set Message of the Day banner",
}
SHOWN = "^C"
"""Delimiter as it is printed, and as it may stand in a configuration that was printed."""

_LINES = {"banner": "Define a login banner", **{f"banner {kind}": text for kind, text in KINDS.items()}}
HELP = {
    **_LINES,
    **{f"banner {kind} <text>": "c banner-text c, where 'c' is a delimiting character" for kind in KINDS},
    "no": "Negate a command or set its defaults",
    "default": "Set a command to its defaults",
}


def banner(session: Session, *, kind: str, text: str) -> Handler:
    """Take lines until the delimiter comes again."""
    delimiter = SHOWN if text.startswith(SHOWN) else text[0]
    key, rest = f"banner {kind}", text.removeprefix(delimiter)
    lines = [rest]
    if delimiter not in rest and session.interactive:
        yield Say(wording("config.banner_text", delimiter=delimiter))
    while delimiter not in lines[-1]:
        lines.append((yield Ask("")))
    lines[-1] = lines[-1].partition(delimiter)[0]
    body = "\n".join(lines)
    put(session, key=key, line=f"{key} {SHOWN}{body}{SHOWN}")


_SOURCE = "IOS terminal services command reference"
COMMANDS = (
    *(
        Command(f"banner {kind} <text:Line>", modes=(CONFIG,), run=partial(banner, kind=kind), source=_SOURCE,
                basis="R")
        for kind in KINDS
    ),
    *(
        Command(f"{word} banner {kind}", modes=(CONFIG,), run=partial(remove, key=f"banner {kind}"), source=_SOURCE,
                basis="R")
        for word in ("no", "default")
        for kind in KINDS
    ),
)  # fmt: skip
