"""The lines of a router as its configuration has them: how many, under which numbers, and what is set on each.

R: con 0 is line 0 and aux 0 line 1; the five virtual terminal lines that are always there, and those that are
configured beyond, come behind them and behind the lines of modules (`line 2`). R: `speed` at con 0 counts before the
speed of the register. Without `transport input` a line takes every protocol. A section may stand for several virtual
terminal lines; of two that name one line the narrower counts.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from emulator.hardware.register import speed as register_speed
from emulator.kernel.time import MINUTE, SECOND, Duration
from emulator.router.configuration import Block, Configuration

FEWEST_VTY = 5
EXEC_TIMEOUT: Duration = 10 * MINUTE
"""Idle time of a line unless `exec-timeout` says otherwise, in milliseconds (R)."""

LOGIN_TIMEOUT: Duration = 30 * SECOND
"""Time limit of a log-in unless `timeout login response` says otherwise, in milliseconds (R)."""

LOGOUT_WARNING: Duration = 20 * SECOND
"""Notice of an absolute time-out unless `logout-warning` says otherwise, in milliseconds (R)."""

SESSION_LIMIT = 10
"""Number of connections that may be opened from a line unless `session-limit` says otherwise (R)."""

REVERSE_PORTS = (2000, 4000, 6000)
"""TCP ports less the number of the line that they lead to: Telnet, raw, and Telnet in binary (R)."""

_CONSOLE_SPEED = re.compile(r"^line con 0\n(?: .*\n)*? speed (\d{3,6})$", re.MULTILINE)

_VTY = "line vty "
AUXILIARY_NUMBER = 1
"""Absolute number of aux 0."""


def line_block(configuration: Configuration, kind: str, number: int) -> Block:
    """Settings of a line: `con`, `aux`, `vty` or `tty`, and its number among its kind."""
    if kind == "tty":
        return configuration.sections.get(f"line {number}", Block())
    if kind != "vty":
        return configuration.sections.get(f"line {kind} {number}", Block())
    found = [(last - first, key) for key, first, last in vty_sections(configuration) if first <= number <= last]
    return configuration.sections[min(found)[1]] if found else Block()


def vty_sections(configuration: Configuration) -> Iterator[tuple[str, int, int]]:
    """Yield the sections of virtual terminal lines: key, first and last number."""
    for key in configuration.sections:
        if key.startswith(_VTY):
            yield key, *vty_range(key)


@lru_cache(64)
def vty_range(key: str) -> tuple[int, int]:
    """First and last line that a key such as `line vty 0 4` names."""
    words = key.removeprefix(_VTY).split()
    return int(words[0]), int(words[-1])


def vty_count(configuration: Configuration) -> int:
    """Number of virtual terminal lines."""
    return max(FEWEST_VTY, *(last + 1 for _, _, last in vty_sections(configuration)), 0)


def module_lines(configuration: Configuration) -> list[int]:
    """List the lines of modules, by their absolute numbers."""
    numbers = (key.removeprefix("line ") for key in configuration.sections if key.startswith("line "))
    return sorted(int(number) for number in numbers if number.isdecimal())


def first_vty(configuration: Configuration) -> int:
    """Absolute number of vty 0."""
    return max([AUXILIARY_NUMBER, *module_lines(configuration)]) + 1


def tty_numbers(configuration: Configuration, key: str) -> range:
    """Absolute numbers of the lines that a section stands for: `line con 0`, `line vty 0 4`, `line 2`."""
    if key.startswith(_VTY):
        first, last = vty_range(key)
        return range(first_vty(configuration) + first, first_vty(configuration) + last + 1)
    kind = key.split()[1]
    number = {"con": 0, "aux": AUXILIARY_NUMBER}[kind] if not kind.isdecimal() else int(kind)
    return range(number, number + 1)


def console_speed(configuration: Configuration | None, register: int) -> int:
    """Speed of con 0, in baud: what a running configuration says, else the configuration register."""
    configured = "" if configuration is None else line_block(configuration, "con", 0).word("speed")
    return int(configured) if configured.isdecimal() else register_speed(register)


def saved_console_speed(text: str, register: int) -> int:
    """Speed of con 0 once a saved configuration is read, in baud."""
    match = _CONSOLE_SPEED.search(text)
    return int(match[1]) if match else register_speed(register)


def exec_timeout(block: Block) -> Duration:
    """Time that the line may idle, in milliseconds; 0: for ever."""
    words = block.lines.get("exec-timeout", "").split()
    minutes, seconds = ([*words[1:], "0", "0"] if len(words) > 1 else ["10", "0"])[:2]
    return int(minutes) * MINUTE + int(seconds) * SECOND if (minutes + seconds).isdecimal() else EXEC_TIMEOUT


def starts_exec(block: Block) -> bool:
    """Tell whether a session may begin at the line (`no exec`)."""
    return block.lines.get("exec") != "no exec"


def session_timeout(block: Block) -> Duration:
    """Time that connections from the line may idle, in milliseconds; 0: for ever."""
    minutes = block.word("session-timeout").partition(" ")[0]
    return int(minutes) * MINUTE if minutes.isdecimal() else 0


def absolute_timeout(block: Block) -> Duration:
    """Time that a session at the line may last in all, in milliseconds; 0: for ever."""
    minutes = block.word("absolute-timeout")
    return int(minutes) * MINUTE if minutes.isdecimal() else 0


def logout_warning(block: Block) -> Duration:
    """Notice that a user is given before the absolute time-out, in milliseconds."""
    seconds = block.word("logout-warning")
    return int(seconds) * SECOND if seconds.isdecimal() else LOGOUT_WARNING


def login_timeout(block: Block) -> Duration:
    """Time limit for an answer of a log-in, in milliseconds; 0: for ever."""
    seconds = block.word("timeout login response")
    return int(seconds) * SECOND if seconds.isdecimal() else LOGIN_TIMEOUT


def session_limit(block: Block) -> int:
    """Number of connections that may be opened from the line."""
    limit = block.word("session-limit")
    return int(limit) if limit.isdecimal() else SESSION_LIMIT


def access_class(block: Block, direction: str) -> str:
    """Name of the access list for clients (`in`) or for hosts to connect to (`out`); empty: any."""
    words = block.lines.get(f"access-class {direction}", "").split()
    return words[1] if len(words) > 1 and words[0] == "access-class" else ""


def transports(block: Block, direction: str) -> frozenset[str] | None:
    """Protocols that a line takes (`input`) or may open (`output`); None: every one."""
    words = block.word(f"transport {direction}").split()
    if not words or "all" in words:
        return None
    return frozenset(words) - {"none"}


def reverse_line(configuration: Configuration, port: int) -> int | None:
    """Absolute number of the line that a TCP port leads to; None for another port, or a line that takes no Telnet.

    R: such a line takes nothing until `transport input` says what.
    """
    numbers = (AUXILIARY_NUMBER, *module_lines(configuration))
    for number in numbers:
        if port - number in REVERSE_PORTS:
            kind = "aux" if number == AUXILIARY_NUMBER else "tty"
            block = line_block(configuration, kind, 0 if kind == "aux" else number)
            return number if block.word("transport input") and takes(block, "input", "telnet") else None
    return None


def takes(block: Block, direction: str, protocol: str) -> bool:
    """Tell whether the line takes a protocol, `ssh` or `telnet`, in that direction."""
    named = transports(block, direction)
    return named is None or protocol in named
