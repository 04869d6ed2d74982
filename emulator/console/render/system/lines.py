"""`show users`, `show line`, `show terminal`: the lines of a router.

C: the forms, from captures of sister platforms and public tools that read them; R: what stands in the details of one
line. A line that is not in use has no user and no host.
"""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from emulator.console.render.ages import age
from emulator.console.ssh_agreement import SshAgreement
from emulator.console.wording import text_file, wording
from emulator.kernel.time import MINUTE, Duration
from emulator.router.configuration import Block
from emulator.router.line_settings import absolute_timeout, access_class, exec_timeout, login_timeout, transports

HEAD = "   Tty Line Typ     Tx/Rx    A Modem  Roty AccO AccI  Uses  Noise Overruns  Int\n"
USERS_HEAD = "    Line       User       Host(s)              Idle       Location\n"
SSH_HEAD = "Connection Version Mode Encryption  Hmac         State                 Username\n"
USERS_TAIL = "\n  Interface    User               Mode         Idle     Peer Address\n\n"

WIDE_USER = 30
"""Columns of a user's name in the wide screen."""

PROTOCOLS = "pad telnet rlogin ssh"
"""The transports of a line that takes all (R)."""


class LineSession(msgspec.Struct, frozen=True):
    """The session at a line in use.

    Attributes:
        own: the session is that of the user who asks.
        hosts: the hosts connected to from here.
        idle: milliseconds since the last input.
        location: the address that the client came from.
        lasted: milliseconds since the session began.
    """

    own: bool
    user: str
    hosts: tuple[str, ...]
    idle: Duration
    location: str
    lasted: Duration


class LineView(msgspec.Struct, frozen=True):
    """A line, in use or not.

    Attributes:
        tty: its absolute number.
        type: `CTY`, `AUX`, `TTY`, `VTY`.
        baud: its speed in both directions.
        serial: the table of lines shows its speed.
        network: clients come to it over the network.
        uses: the number of sessions it has had.
    """

    tty: int
    name: str
    type: str
    baud: int
    serial: bool
    network: bool
    settings: Block
    uses: int
    session: LineSession | None


class ScreenSize(Protocol):
    """The settings of a terminal."""

    length: int
    width: int
    history_size: int


def show_users(lines: Iterable[LineView]) -> str:
    """Screen of the lines and their users; the line of the user who asks has a mark."""
    return USERS_HEAD + "".join(map(_user, lines)) + USERS_TAIL


def _user(line: LineView, width: int = 10) -> str:
    session = line.session
    if session is None:
        return f" {line.tty:3d} {line.name:<9s} {'':<{width}s} {'':<20s} {age(0)}   \n"
    first, *others = session.hosts or ("idle",)
    mark, idle = "*" if session.own else " ", age(session.idle)
    where = session.location or "  "
    text = f"{mark}{line.tty:3d} {line.name:<9s} {session.user:<{width}s} {first:<20s} {idle} {where}\n"
    return text + "".join(f"{'':{width + 15}s} {host:<20s} {idle}\n" for host in others)


def show_users_wide(lines: Iterable[LineView]) -> str:
    """Screen of the lines and their users, with room for long names (R)."""
    head = f"    Line       {'User':<{WIDE_USER}s} Host(s)              Idle       Location\n"
    return head + "".join(_user(line, WIDE_USER) for line in lines) + USERS_TAIL


def show_line_summary(lines: Iterable[LineView]) -> str:
    """Screen of how many lines there are and how many are in use (R)."""
    found = list(lines)
    states = "".join("u" if line.session is not None else "-" for line in found)
    used = sum(line.session is not None for line in found)
    return (
        f"{found[0].tty:4d}: {states}\n\n{used} character mode users.         (U)\n"
        f"{len(found) - used} lines never used.              (-)\n"
        f"{len(found)} total lines, {used} not authenticated (lowercase)\n"
    )


def show_ssh(connections: Iterable[tuple[int, SshAgreement, str]]) -> str:
    """Screen of the SSH connections: number of the line, what was agreed on, user.

    R, from course material that quotes routers and switches. A longer name of a MAC pushes the rest to the right (I).
    """
    rows = "".join(
        f"{number:<11d}2.0     {mode:<5s}{cipher:<11s} {mac:<12s} {'Session started':<22s}{user}\n"
        for number, agreed, user in connections
        for mode, cipher, mac in (
            ("IN", agreed.cipher_in, agreed.mac_in), ("OUT", agreed.cipher_out, agreed.mac_out),
        )
    )  # fmt: skip
    return (SSH_HEAD + rows if rows else wording("show.no_ssh", version=2)) + wording("show.no_ssh", version=1)


def show_lines(lines: Iterable[LineView]) -> str:
    """The table of lines; those in use have a mark."""
    return HEAD + "".join(map(_row, lines))


def _row(line: LineView) -> str:
    out, into = (access_class(line.settings, direction) or "-" for direction in ("out", "in"))
    rotary = line.settings.word("rotary") or "-"
    speed = f"{line.baud}/{line.baud}" if line.serial else ""
    return (
        f"{'*' if line.session else ' '}{line.tty:5d} {line.tty:4d} {line.type} {speed:>11s}  -    -   "
        f"{rotary:>4s} {out:>4s} {into:>4s} {line.uses:5d}      0    0/0      -\n"
    )


def show_line(line: LineView, screen: ScreenSize) -> str:
    """The settings of a line and of the terminal there."""
    settings = line.settings
    history = f"enabled, history size is {screen.history_size}" if screen.history_size else "disabled"
    session = settings.word("session-timeout").partition(" ")[0]
    limit = settings.word("session-limit")
    return text_file(
        "show_terminal",
        line=line.tty,
        baud=line.baud,
        location=settings.word("location"),
        length=screen.length,
        width=screen.width,
        status="Ready, Active" if line.session is not None else "Ready",
        automore="On" if screen.length else "Off",
        timeout=_time(exec_timeout(settings), "never"),
        session=_time(int(session) * MINUTE if session.isdecimal() else 0, "never"),
        lasts=_time(absolute_timeout(settings), "none"),
        login=_time(login_timeout(settings), "never"),
        limit=f"is {limit}" if limit else "is not set",
        active=age(line.session.lasted) if line.session is not None else "never",
        history=history,
        inputs=_protocols(settings, "input") if line.network else "none",
        outputs=_protocols(settings, "output"),
        preferred=settings.word("transport preferred") or "telnet",
    )


def _time(duration: Duration, without: str) -> str:
    return age(duration) if duration else without


def _protocols(settings: Block, direction: str) -> str:
    named = transports(settings, direction)
    if named is None:
        return PROTOCOLS
    return " ".join(word for word in settings.word(f"transport {direction}").split() if word in named) or "none"
