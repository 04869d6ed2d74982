"""The lines of the router, seen and acted on from one of them: who is there, send a message, end a session.

C: `clear line` and its answer; R: forms and texts, and that several lines are shown without their settings. A line of
the console cannot be cleared from itself.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import Any

from emulator.console.configuration.ssh_algorithms import offer_of
from emulator.console.line.exec_state import ExecState
from emulator.console.line.line_kind import AUXILIARY, CONSOLE, MODULE, VTY, LineKind
from emulator.console.line.line_place import absolute_number
from emulator.console.line.line_table import CTRL_Z, Line
from emulator.console.line.phases import LinePhase
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.system.lines import (
    LineSession,
    LineView,
    show_line,
    show_line_summary,
    show_lines,
    show_ssh,
    show_users,
    show_users_wide,
)
from emulator.console.session.session import Session
from emulator.console.ssh_agreement import SshAgreement
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, AskKey, Effect, Handler, Say
from emulator.router.line_settings import console_speed, first_vty, line_block, module_lines, vty_count

_KINDS = {
    "aux": "Auxiliary line",
    "console": "Primary terminal line",
    "vty": "Virtual terminal",
}
_LINE = {
    "<tty>": "Line number",
    **_KINDS,
    "aux <number>": "Line number",
    "console <number>": "Line number",
    "vty <number>": "Line number",
}
HELP = {
    "clear": "Reset functions",
    "clear line": "Reset a terminal line",
    **{f"clear line {words}": text for words, text in _LINE.items()},
    "disconnect": "Disconnect an existing network connection",
    "disconnect <connection>": "The name or number of an active network connection",
    "disconnect ssh": "Disconnect an active SSH connection",
    "disconnect ssh <number>": "The number of the active SSH connection",
    "disconnect ssh vty": "Virtual terminal",
    "disconnect ssh vty <number>": "Virtual terminal number",
    "send": "Send a message to other tty lines",
    "send *": "All tty lines",
    **{f"send {words}": text for words, text in _LINE.items()},
    "show": "Show running system information",
    "show line": "TTY line information",
    **{f"show line {words}": text for words, text in _LINE.items()},
    **{f"show line {words}": "First Line number" for words in ("<tty>", "vty <number>")},
    **{f"show line {words} <last>": "Last Line number" for words in ("<tty>", "vty <number>")},
    "show line summary": "Quick line status summary",
    "show ssh": "Status of SSH server connections",
    "show terminal": "Display terminal configuration parameters",
    "show users": "Display information about terminal lines",
    "show users all": "Include information about inactive ports",
    "show users wide": "Use wide format",
    "systat": "Display information about terminal lines",
    "systat all": "Include information about inactive ports",
    "who": "List active users",
}

USUAL_BAUD = 9600
KINDS = {"aux": AUXILIARY, "console": CONSOLE, "vty": VTY}
IN_USE = frozenset({LinePhase.OPEN, LinePhase.LOGIN})


# --- seen ------------------------------------------------------------------------------------------------------------


def views(session: Session) -> Iterator[LineView]:
    """Yield every line of the router, by its absolute number."""
    configuration = session.router.configuration
    used = {line.place.tty: line for line in session.line.lines.in_use if line.phase in IN_USE}
    first = first_vty(configuration)
    rows = [(0, CONSOLE, 0), (1, AUXILIARY, 0), *((tty, MODULE, tty) for tty in module_lines(configuration))]
    rows += [(first + number, VTY, number) for number in range(vty_count(configuration))]
    for tty, kind, number in rows:
        yield LineView(
            tty,
            f"{kind.name} {number}",
            kind.type,
            _baud(session, kind, number),
            kind in {AUXILIARY, MODULE},
            kind is VTY,
            line_block(configuration, kind.name, number),
            session.line.lines.uses(tty),
            _session(session, used[tty]) if tty in used else None,
        )


def _baud(session: Session, kind: LineKind, number: int) -> int:
    """Speed of a line: the console's is that of the register unless the configuration says otherwise."""
    configuration, register = session.router.configuration, session.router.state.config_register
    if kind is CONSOLE:
        return console_speed(configuration, register)
    configured = line_block(configuration, kind.name, number).word("speed")
    return int(configured) if configured.isdecimal() else USUAL_BAUD


def _session(session: Session, line: Line) -> LineSession:
    lasted = session.router.now - line.exec.opened
    hosts = tuple(each.host for each in line.exec.connections)
    return LineSession(line is session.line, line.exec.user, hosts, line.idle, line.place.peer, lasted)


def users(session: Session) -> Handler:
    yield Say(show_users(view for view in views(session) if view.session is not None))


def all_users(session: Session) -> Handler:
    yield Say(show_users(views(session)))


def wide_users(session: Session) -> Handler:
    yield Say(show_users_wide(view for view in views(session) if view.session is not None))


def line_summary(session: Session) -> Handler:
    yield Say(show_line_summary(views(session)))


def ssh_connections(session: Session) -> Handler:
    """Show who is connected by SSH; between routers, what the server would choose itself is agreed on (I)."""
    router = session.router
    offer = offer_of(router.manifest, router.configuration)
    cipher, mac = offer.ciphers[0], offer.macs[0]
    usual = SshAgreement(cipher, mac, cipher, mac)
    yield Say(
        show_ssh(
            (line.place.number, line.place.agreement or usual, line.exec.user)
            for line in session.line.lines.in_use
            if line.place.protocol == "ssh" and line.phase in IN_USE
        )
    )


def lines(session: Session) -> Handler:
    yield Say(show_lines(views(session)))


def some_lines(session: Session, *, tty: int, last: int | None) -> Handler:
    numbers = range(tty, (tty if last is None else last) + 1)
    found = [view for view in views(session) if view.tty in numbers]
    missing = {*numbers[:1], *numbers[-1:]} - {view.tty for view in found}
    if missing or not numbers:
        yield Say(wording("lines.bad_number", number=min(missing, default=last)))
        return
    yield Say(show_lines(found))
    if last is None:
        line = session.line.lines.find(tty)
        yield Say("\n" + show_line(found[0], line.exec if line is not None else ExecState()))


def lines_of_kind(session: Session, *, kind: str, number: int, last: int | None) -> Handler:
    until = None if last is None else _tty(session, KINDS[kind], last)
    yield from some_lines(session, tty=_tty(session, KINDS[kind], number), last=until)


def terminal(session: Session) -> Handler:
    view = next(each for each in views(session) if each.tty == session.line.place.tty)
    yield Say(show_line(view, session.exec))


def _tty(session: Session, kind: LineKind, number: int) -> int:
    """The absolute number of a line that is named by its kind."""
    return absolute_number(session.router.configuration, kind, number)


# --- acted on --------------------------------------------------------------------------------------------------------


def clear(session: Session, *, tty: int) -> Handler:
    if all(view.tty != tty for view in views(session)):
        yield Say(wording("lines.bad_number", number=tty))
        return
    if tty == session.line.place.tty:
        yield Say(wording("lines.own"))
        return
    key = yield AskKey(wording("lines.confirm"))
    if key not in {"\n", "y", "Y"}:
        return
    line = session.line.lines.find(tty)
    if line is not None:
        line.clear()
    yield Say(wording("lines.cleared"))


def clear_of_kind(session: Session, *, kind: str, number: int) -> Handler:
    yield from clear(session, tty=_tty(session, KINDS[kind], number))


def choose_connection(session: Session, text: str | None) -> Generator[Effect, Any, int | None]:
    """Find the number of a connection, left out that of the one used last; None once it was told that there is none."""
    connections = session.exec.connections
    if not connections:
        yield Say(wording("lines.no_connections"))
        return None
    number = connections.last if text is None else connections.find(text)
    if number is None:
        yield Say(wording("lines.no_connection"))
    return number


def disconnect(session: Session, *, connection: str | None) -> Handler:
    number = yield from choose_connection(session, connection)
    if number is None:
        return
    chosen = session.exec.connections[number]
    key = yield AskKey(wording("lines.closing", host=chosen.host))
    if key in {"\n", "y", "Y"}:
        chosen.close()


def disconnect_ssh(session: Session, *, number: int) -> Handler:
    """Disconnect an SSH connection, which has the number of its virtual terminal line (R)."""
    line = session.line.lines.find(_tty(session, VTY, number))
    if line is None or line.place.protocol != "ssh":
        yield Say(wording("lines.no_ssh", number=number))
        return
    line.clear()


def send_to_all(session: Session) -> Handler:
    yield from _send(session, session.line.lines.in_use, wording("lines.to_all"))


def send(session: Session, *, tty: int) -> Handler:
    if all(view.tty != tty for view in views(session)):
        yield Say(wording("lines.bad_number", number=tty))
        return
    line = session.line.lines.find(tty)
    yield from _send(session, [line] if line is not None else [], wording("lines.to_one", number=tty))


def send_to_kind(session: Session, *, kind: str, number: int) -> Handler:
    yield from send(session, tty=_tty(session, KINDS[kind], number))


def _send(session: Session, to: Sequence[Line], whom: str) -> Handler:
    """Take the text up to Ctrl-Z, have it confirmed, and print it on the lines."""
    yield Say(wording("lines.enter_message"))
    typed = [(yield Ask("", ends=True))]
    while CTRL_Z not in typed[-1]:
        typed.append((yield Ask("", ends=True)))
    typed[-1] = typed[-1].partition(CTRL_Z)[0]
    text = "\n".join(typed).rstrip("\n")
    key = yield AskKey(wording("lines.send_confirm"))
    if key in {"\n", "y", "Y"}:
        message = wording("lines.message", number=session.line.place.tty, whom=whom, text=text)
        for line in to:
            line.notify(message)


_SOURCE = "IOS terminal services and configuration fundamentals command references, recalled"
_KIND = "{<kind:console|aux> <number:0-0> | <kind:vty> <number:0-193>}"
COMMANDS = (
    Command("systat", modes=(EXEC,), run=users, piped=True, output="show_users", source=_SOURCE, basis="R"),
    Command("systat all", modes=(EXEC,), run=all_users, piped=True, output="lines", source=_SOURCE, basis="R"),
    Command("show users", modes=(EXEC,), run=users, piped=True, output="show_users", source=_SOURCE, basis="C"),
    Command("show users all", modes=(EXEC,), run=all_users, piped=True, output="lines", source=_SOURCE,
            basis="C"),
    Command("show users wide", modes=(EXEC,), run=wide_users, piped=True, output="lines", source=_SOURCE, basis="R"),
    Command("who", modes=(EXEC,), run=users, piped=True, output="show_users", source=_SOURCE, basis="R"),
    Command("show ssh", modes=(EXEC,), run=ssh_connections, piped=True, output="show_ip_services", source=_SOURCE,
            basis="R"),
    Command("show line", modes=(EXEC,), run=lines, piped=True, output="show_line", source=_SOURCE, basis="C"),
    Command("show line summary", modes=(EXEC,), run=line_summary, piped=True, output="lines", source=_SOURCE,
            basis="R"),
    Command("show line <tty:0-203> [<last:0-203>]", modes=(EXEC,), run=some_lines, piped=True, output="lines",
            source=_SOURCE, basis="R"),
    Command("show line {<kind:console|aux> <number:0-0> | <kind:vty> <number:0-193> [<last:0-193>]}", modes=(EXEC,),
            run=lines_of_kind, piped=True, output="lines", source=_SOURCE, basis="R"),
    Command("show terminal", modes=(EXEC,), run=terminal, piped=True, output="show_terminal", source=_SOURCE,
            basis="R"),
    Command("clear line <tty:0-203>", modes=(EXEC,), privilege=PRIVILEGED, run=clear, output="clear_line",
            source=_SOURCE, basis="C"),
    Command(f"clear line {_KIND}", modes=(EXEC,), privilege=PRIVILEGED, run=clear_of_kind, output="clear_line",
            source=_SOURCE, basis="C"),
    Command("disconnect [<connection:Word>]", modes=(EXEC,), run=disconnect, output="clear_line", source=_SOURCE,
            basis="R"),
    Command("disconnect ssh <number:0-193>", modes=(EXEC,), privilege=PRIVILEGED, run=disconnect_ssh,
            output="clear_line", source=_SOURCE, basis="R"),
    Command("disconnect ssh vty <number:0-193>", modes=(EXEC,), privilege=PRIVILEGED, run=disconnect_ssh,
            output="clear_line", source=_SOURCE, basis="R"),
    Command("send *", modes=(EXEC,), privilege=PRIVILEGED, run=send_to_all, output="send", source=_SOURCE, basis="R"),
    Command("send <tty:0-203>", modes=(EXEC,), privilege=PRIVILEGED, run=send, output="send", source=_SOURCE,
            basis="R"),
    Command(f"send {_KIND}", modes=(EXEC,), privilege=PRIVILEGED, run=send_to_kind, output="send", source=_SOURCE,
            basis="R"),
)  # fmt: skip
