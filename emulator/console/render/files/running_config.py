"""`show running-config`: the frame around the configuration, with its byte count.

C: the frame (captures of 881s), and that the count runs from the first `!` line through `end`, one character a line
end but none for the last, plus 2. Lines that the twin does not model are not invented, so a configuration is shorter
than the real router's.
"""

from collections.abc import Iterable, Iterator

from emulator.console.configuration.layout import configuration_lines, section_lines
from emulator.router.device import Router

COUNT_SURPLUS = 1
"""Surplus of the byte count: 2, less the end of the last line, which the text has."""


def show_running_config(router: Router, *, numbered: bool = False, brief: bool = False, defaults: bool = False) -> str:
    """The screen of `show running-config`; `brief` leaves out what certificates consist of.

    With `defaults` the lines are there that are on of themselves, as far as they are known here (I).
    """
    lines = configuration_lines(router, defaults=defaults)
    return _screen([*(_without_certificates(lines) if brief else lines)], numbered=numbered)


def show_running_section(router: Router, key: str, *, numbered: bool = False) -> str:
    """The screen of `show running-config interface X`: its lines between `!` and `end` (R); empty without a section."""
    lines = [*section_lines(router, key)]
    return _screen(["!", *lines, "end"], numbered=numbered) if lines else "\n"


def _screen(lines: list[str], *, numbered: bool) -> str:
    """R: a number is not counted, and stands before a blank, a colon and a blank."""
    size = sum(len(line) + 1 for line in lines) + COUNT_SURPLUS
    shown = (f"{number} : {line}" for number, line in enumerate(lines, start=1)) if numbered else lines
    text = "".join(f"{line}\n" for line in shown)
    return f"Building configuration...\n\nCurrent configuration : {size} bytes\n{text}\n"


def _without_certificates(lines: Iterable[str]) -> Iterator[str]:
    """Keep of a certificate only its first line (R)."""
    inside = False
    for line in lines:
        word = line.strip()
        if not inside:
            yield line
        inside = word != "quit" and (inside or (line.startswith(" ") and word.startswith("certificate ")))


def configuration_text(router: Router) -> str:
    """The configuration as it is shown, and as `write memory` saves it: from the first `!` through `end`."""
    return "".join(f"{line}\n" for line in configuration_lines(router))
