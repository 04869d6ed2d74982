"""`show users`, `show line`, `show terminal`: the lines of the router. R: forms; con 0 is line 0, aux 0 line 1."""

from typing import Protocol

from emulator.console.render.ages import age
from emulator.console.wording import text_file
from emulator.kernel.time import Duration
from emulator.router.configuration import Configuration


class Terminal(Protocol):
    """The settings of a line's terminal."""

    length: int
    width: int
    history_size: int


FIRST_VTY = 2
HEAD = "   Tty Line Typ     Tx/Rx    A Modem  Roty AccO AccI  Uses  Noise Overruns  Int\n"


def show_users(user: str) -> str:
    """The line of whoever types this, `user`: con 0, and alone."""
    return (
        "    Line       User       Host(s)              Idle       Location\n"
        f"*{0:3d} con 0     {user:<10s} {'idle':<20s} {age(0):<10s} \n\n"
        "  Interface    User               Mode         Idle     Peer Address\n\n"
    )


def show_line(configuration: Configuration) -> str:
    """Every line, the terminal lines as far as they are configured."""
    rows = [("*", 0, "CTY", ""), (" ", 1, "AUX", "9600/9600")]
    rows += [(" ", FIRST_VTY + number, "VTY", "") for number in range(terminal_lines(configuration))]
    return HEAD + "".join(
        f"{mark} {number:5d} {number:4d} {kind} {speed:>11s}  -    -      -    -    -     0      0    0/0      -\n"
        for mark, number, kind, speed in rows
    )


def terminal_lines(configuration: Configuration) -> int:
    """How many terminal lines there are: five, unless more are configured."""
    ends = [key.split()[-1] for key in configuration.sections if key.startswith("line vty ")]
    return max(5, *(int(end) + 1 for end in ends if end.isdecimal()), 0)


def show_terminal(line: Terminal, timeout: Duration, active: Duration) -> str:
    """The settings of the terminal, its time-out (0: never), and for how long somebody has been there."""
    history = f"enabled, history size is {line.history_size}" if line.history_size else "disabled"
    return text_file("show_terminal").format(
        length=line.length,
        width=line.width,
        automore="On" if line.length else "Off",
        timeout=age(timeout) if timeout else "never",
        active=age(active),
        history=history,
    )
