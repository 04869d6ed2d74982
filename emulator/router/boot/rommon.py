"""ROMMON's memory: variables, aliases and the lines typed; `sync` puts the first two into NVRAM.

C: that variables are set by `NAME=value` and written by `sync`. R: the aliases that ROMMON has from the start, that
`PS1` is the prompt, and that its `!` stands for the number of the line. Left out: the variables in which ROMMON and
IOS keep notes for each other (`?`, `RET_2_RTS`, `BOOT`).
"""

from emulator.router.state import Environment, RommonState, RouterState

PROMPT = "PS1"
FACTORY_VARIABLES = {PROMPT: "rommon ! > "}
FACTORY_ALIASES = {"r": "repeat", "h": "history", "?": "help", "b": "boot", "ls": "dir", "i": "reset", "k": "stack"}

HISTORY = 16
"""Number of lines that ROMMON remembers (I)."""


def new_monitor(saved: Environment | None) -> RommonState:
    """Build ROMMON's memory as it comes up: with the content of NVRAM."""
    if saved is None:
        return RommonState(Environment(dict(FACTORY_VARIABLES), dict(FACTORY_ALIASES)))
    return RommonState(Environment(dict(saved.variables), dict(saved.aliases)))


def sync(state: RouterState, monitor: RommonState) -> None:
    """Write the environment to NVRAM."""
    kept = monitor.environment
    state.environment = Environment(dict(kept.variables), dict(kept.aliases))


def prompt(monitor: RommonState) -> str:
    """Prompt of the line that is typed next."""
    shown = monitor.environment.variables.get(PROMPT, FACTORY_VARIABLES[PROMPT])
    return shown.replace("!", str(monitor.line))


def expanded(monitor: RommonState, text: str) -> str:
    """Line with the alias that it begins with replaced; an alias of an alias is not looked up."""
    first, blank, rest = text.strip().partition(" ")
    return monitor.environment.aliases.get(first, first) + blank + rest


def note(monitor: RommonState, text: str) -> None:
    """Count and remember a typed line."""
    monitor.line += 1
    monitor.history.append(text.strip())
    del monitor.history[:-HISTORY]


def recalled(monitor: RommonState, which: str | None) -> str | None:
    """Line that `repeat` means: by its number, by its beginning, or the last one; None where there is none.

    The line that asks for it is the newest and never meant.
    """
    first = monitor.line - len(monitor.history)
    earlier = [(first + place, text) for place, text in enumerate(monitor.history[:-1])]
    earlier = [(number, text) for number, text in earlier if not expanded(monitor, text).startswith("repeat")]
    if which is not None and which.isascii() and which.isdigit():
        return next((text for number, text in earlier if number == int(which)), None)
    return next((text for _, text in reversed(earlier) if text.startswith(which or "")), None)
