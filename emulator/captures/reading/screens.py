"""Screens: which lines of a recording are the output of which command, of which device.

A recording is a raw log with prompts, or the output alone; a part of a log before its first prompt counts as the
latter. Where there is no prompt the command is found by what it prints. A device is known by the name in its prompt;
`hostname` typed in configuration mode, and the cut that a long name has there, are followed. Dropped are: doubled
echoes, help that was asked for with `?`, and system messages that came between. Output of a command that is not read is
left over and told. Lines that configure a router, printed by a command for a part of the configuration or written to be
typed, are a part of a configuration.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from emulator.captures.reading.bounds import FENCE
from emulator.captures.reading.commands import (
    CONFIGURATIONS,
    FILTERED,
    Kind,
    command_of,
    has_version_line,
    is_part,
    kind_by_content,
    kind_by_name,
    of_the_session,
)
from emulator.captures.reading.indented import moved_out
from emulator.captures.reading.messages import without_messages
from emulator.captures.reading.screen import Leftover, Screen
from emulator.captures.reading.terminal import CapturedLine
from emulator.captures.reading.unprompted import by_content, cut_at_end

PROMPTED_LINE = re.compile(
    r"(?P<host>[A-Za-z0-9_][A-Za-z0-9_.\-/:]{0,62})(?P<mode>\([^()\s]{1,40}\))?(?P<mark>[>#]) ?(?P<typed>.*)"
)
NAMED = 12
"""Commands of a log without use that are named."""

SHORTENED = 20
"""Characters of a long name in the prompts of configuration mode (R)."""


class _Run(msgspec.Struct):
    """Lines from one prompt to the next."""

    host: str | None
    typed: str
    privileged: bool
    lines: list[CapturedLine]
    number: int


def screens_of(file: str, lines: Sequence[CapturedLine]) -> tuple[list[Screen], list[Leftover]]:
    """The screens of one recording, and what of it is none."""
    screens: list[Screen] = []
    leftovers: list[Leftover] = []
    runs = list(_runs(moved_out(lines, _is_screen)))
    for run in runs:
        if run.host is not None:
            _after_prompt(file, run, screens, leftovers)
            continue
        found = list(by_content(file, run.lines))
        screens += [each for each in found if isinstance(each, Screen)]
        leftovers += [each for each in found if isinstance(each, Leftover)]
        if not found and any(line.text.strip() for line in run.lines):
            _unrecognised(file, run, screens, leftovers, alone=len(runs) == 1)
    screens = [cut_at_end(screen, leftovers) for screen in screens]
    if not screens and not leftovers and len(runs) > 1:
        leftovers.append(_nothing_read(file, runs))
    return screens, leftovers


def _nothing_read(file: str, runs: Sequence[_Run]) -> Leftover:
    """Say of a log of which nothing is of use what it has."""
    first = next(run for run in runs if run.host is not None)
    typed = list(dict.fromkeys(run.typed for run in runs if run.typed))
    named = ", ".join(f"'{each}'" for each in typed[:NAMED]) + (", …" if len(typed) > NAMED else "")
    what = f"the log has {named}" if typed else "the log has prompts only"
    return Leftover(file, first.number, f"{what}: no output that tells of a router")


def _after_prompt(file: str, run: _Run, screens: list[Screen], leftovers: list[Leftover]) -> None:
    output = _within(without_messages(run.lines))
    if not any(line.text.strip() for line in output):
        return
    kind, fault = command_of(run.typed)
    if kind is None and fault is None and "|" not in run.typed:
        kind = Kind.PART if is_part(output) else kind_by_content(output)
    if _refused(output):
        return
    if kind is None:
        _passed_over(file, run, fault, leftovers)
        return
    screens.append(Screen(kind, file, tuple(output), run.host, run.typed))


def _within(lines: list[CapturedLine]) -> list[CapturedLine]:
    """The lines down to the end of a piece of code in a page; what follows is text of the page."""
    end = next((at for at, line in enumerate(lines) if FENCE.fullmatch(line.text)), len(lines))
    return lines if any(line.text == "end" for line in lines) else lines[:end]


def _passed_over(file: str, run: _Run, fault: str | None, leftovers: list[Leftover]) -> None:
    """Tell of output that is not read; not of what the session itself prints."""
    if fault is None and "|" in run.typed:
        fault = FILTERED
    if fault is not None:
        leftovers.append(Leftover(file, run.number, f"'{run.typed}' was passed over: {fault}"))
    elif not of_the_session(run.typed):
        leftovers.append(Leftover(file, run.number, run.typed))


CONFIGURING = re.compile(
    r"(?:interface|hostname|controller|router|line (?:con|vty)|ip route|access-list|username|crypto map|dialer-list|"
    r"ip access-list (?:standard|extended)|ip nat (?:inside|outside|pool|source)|ip dhcp (?:pool|excluded-address)|"
    r"crypto (?:isakmp|ipsec|ikev2|pki)|snmp-server|enable secret|license boot module|ip vrf|vrf definition) \S"
)
"""Beginnings of lines by which a text is known for a configuration."""


def _unrecognised(file: str, run: _Run, screens: list[Screen], leftovers: list[Leftover], *, alone: bool) -> None:
    """Output without a prompt that does not look like any command's.

    The name of a file with nothing else may say which; and lines that configure a router are a part of a configuration,
    as in a template, or in what a guide tells to paste.
    """
    kind = kind_by_name(file) if alone else None
    output = without_messages(run.lines)
    if kind is not None and (kind not in CONFIGURATIONS or has_version_line(output) or not _configures(output)):
        screens.append(Screen(kind, file, tuple(output)))
    elif _configures(code := tuple(_of_the_code(output))) or _configures(output):
        screens.append(Screen(Kind.PART, file, code if _configures(code) else tuple(output)))
    elif alone:
        number = next(line.number for line in run.lines if line.text.strip())
        leftovers.append(Leftover(file, number, "not the output of a command that is known here"))


def _configures(lines: Iterable[CapturedLine]) -> bool:
    return any(CONFIGURING.match(line.text.strip()) for line in lines)


def _of_the_code(lines: Sequence[CapturedLine]) -> Iterator[CapturedLine]:
    """The lines of the pieces of code in a page; all lines where it marks none."""
    fences = [at for at, line in enumerate(lines) if FENCE.fullmatch(line.text)]
    if not fences:
        return iter(lines)
    pieces = zip(fences[::2], [*fences[1::2], len(lines)], strict=False)
    return chain.from_iterable(lines[above + 1 : below] for above, below in pieces)


def _refused(output: Sequence[CapturedLine]) -> bool:
    """Tell whether the router did not take the command."""
    return any(
        line.text.startswith(("% Invalid", "% Incomplete", "% Ambiguous", 'Translating "')) for line in output[:3]
    )


def _is_screen(lines: Sequence[CapturedLine]) -> bool:
    """Tell whether what stands indented in a page is the output of a command, or a log of some."""
    prompts = (match for line in lines if (match := PROMPTED_LINE.fullmatch(line.text)) is not None)
    return kind_by_content(lines) is not None or any(command_of(match["typed"])[0] is not None for match in prompts)


# --- from lines to runs --------------------------------------------------------------------------------------------


def _runs(lines: Sequence[CapturedLine]) -> Iterator[_Run]:
    """Cut at the prompts. What looks like a prompt is one only if its host is known for giving one."""
    hosts = _hosts(lines)
    aliases: dict[str, str] = {}
    run = _Run(None, "", privileged=False, lines=[], number=1)
    for line in lines:
        match = _prompt(line.text, hosts)
        if match is None:
            if not _is_echo(run, line):
                run.lines.append(line)
            continue
        yield run
        host, typed = _known_as(match["host"], hosts, aliases), match["typed"].strip()
        if match["mode"] and typed.lower().startswith(("hostname ", "host ", "hostn ")) and len(typed.split()) > 1:
            aliases[typed.split()[1]] = host
        run = _Run(host, "" if match["mode"] else typed, match["mark"] == "#", [], line.number)
    yield run


def _hosts(lines: Sequence[CapturedLine]) -> set[str]:
    """Names that stand in prompts: before a command that is known here, or alone before the mark."""
    hosts = set()
    for line in lines:
        if (">" in line.text or "#" in line.text) and (match := PROMPTED_LINE.fullmatch(line.text)):
            typed = match["typed"].strip()
            if not typed or match["mode"] or command_of(typed) != (None, None) or _ordinary(typed):
                hosts.add(match["host"])
    return hosts


ORDINARY = ("show", "enable", "exit", "configure", "disable", "logout", "quit", "ping", "write", "copy", "terminal")
"""Words that begin the commands of every session."""


def _ordinary(typed: str) -> bool:
    first = typed.lower().split()[0]
    return len(first) >= 2 and any(word.startswith(first) for word in ORDINARY)


def _prompt(text: str, hosts: set[str]) -> re.Match[str] | None:
    if ">" not in text and "#" not in text:
        return None
    match = PROMPTED_LINE.fullmatch(text)
    return match if match is not None and match["host"] in hosts else None


def _known_as(host: str, hosts: set[str], aliases: dict[str, str]) -> str:
    """The one name of a device: before it was renamed, and in full."""
    if host in aliases:
        return aliases[host]
    longer = [name for name in sorted(hosts) if len(host) >= SHORTENED and name != host and name.startswith(host)]
    return longer[0] if longer else host


def _is_echo(run: _Run, line: CapturedLine) -> bool:
    """Tell whether a recorder has kept the command twice."""
    return bool(run.typed) and not run.lines and line.text.strip() == run.typed
