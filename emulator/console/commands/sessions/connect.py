"""`telnet` and `ssh` from a router: a session at another router of the world, typed through the line at hand.

R: `Trying … Open`, the words at the end, three passwords for SSH. Which lines may connect where is asked first
(`transport output`, `access-class out`, `session-limit`). Help, completion, history, Ctrl-C and Ctrl-Z are those of the
line there; `Ctrl-^ x` leaves a connection open, to which `resume` or RETURN comes back; what is printed there meanwhile
is shown then. A port behind 2000 leads to aux 0 or a line of a module (reverse Telnet). I: no host of the lab but its
routers takes a session; a line is passed on when it is ended.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.commands.sessions.lines import choose_connection
from emulator.console.commands.sessions.ping import reaches
from emulator.console.line.admission import LineRefused, refused_outward
from emulator.console.line.connections import RemoteLine
from emulator.console.line.line_table import ESCAPE, RemoteLines
from emulator.console.line.phases import PromptKind
from emulator.console.modes import EXEC
from emulator.console.session.name_lookup import look_up
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command, Condition
from emulator.kernel.effects import Ask, AskKey, Effect, Handler, Say, Wait
from emulator.kernel.time import MINUTE, SECOND, Duration
from emulator.router.network.routes import client_address

HELP = {
    "<connection>": "Session number to resume",
    "resume": "Resume an active network connection",
    "resume <connection>": "The name or number of an active network connection",
    "show": "Show running system information",
    "show sessions": "Information about Telnet connections",
    "where": "List active connections",
    "connect": "Open a terminal connection",
    "connect <host>": "IP address or hostname of a remote system",
    "connect <host> <port>": "Port number",
    "telnet": "Open a telnet connection",
    "telnet <host>": "IP address or hostname of a remote system",
    "telnet <host> <port>": "Port number",
    "ssh": "Open a secure shell client connection",
    "ssh -l": "Log in using this user name",
    "ssh -l <user>": "Login name",
    "ssh -l <user> <host>": "IP address or hostname of a remote system",
    "ssh <host>": "IP address or hostname of a remote system",
}

CONNECT_TIMEOUT = 30 * SECOND
STEP: Duration = 20
"""Interval at which a connection checks whether the other side has finished, in milliseconds."""

TRIES = 3
TELNET = 23

SESSIONS_HEAD = "Conn Host                Address             Byte  Idle Conn Name\n"


MOST_HELD = 64 * 1024
"""Characters that are held of what a connection prints that was left."""


REFRESH = "\0"
"""Answer after which the question is asked anew, for the other router asks something else now."""


class Connection:
    """A session at another router, as the session that opened it lists it.

    Attributes:
        host: its name or address, as it was typed.
        address: its address.
        line: the line there.
        open: the session has not ended.
        left: the person is not there now.
        used: the instant at which it was last typed at.
    """

    def __init__(self, session: Session, host: str, address: str, line: RemoteLine) -> None:
        self.host, self.address, self.line = host, address, line
        self.open, self.left = True, False
        self.used = session.router.now
        self._here, self._list, self._held = session.line, session.exec.connections, ""
        self._list.add(self)

    @property
    def unread(self) -> int:
        """Number of characters that have come and were not shown yet."""
        return len(self._held)

    def begin(self) -> None:
        """Begin the session there."""
        self.line.begin(self._hear, self._end)

    def refresh(self) -> None:
        """Ask anew what the other router asks now."""
        self._here.runner.answer(REFRESH)

    def close(self) -> None:
        """End the session at the other router."""
        if self.open:
            self.left = False
            self.line.client_gone()

    def come_back(self) -> None:
        """Show what was printed while the person was not there."""
        self.left, held, self._held = False, self._held, ""
        self._here.write(held)

    def _hear(self, text: str) -> None:
        if self.left:
            self._held = (self._held + text)[-MOST_HELD:]
        else:
            self._here.write(text)

    def _end(self) -> None:
        self.open = False
        self._list.remove(self)
        if self.left:
            self._here.notify(wording("connect.closed", host=self.host))
        elif self._list.foreground is self:
            self.refresh()


def telnet(session: Session, *, host: str, port: int | None) -> Handler:
    address = yield from _permitted(session, "telnet", host)
    if address is None:
        return
    number = TELNET if port is None else port
    at = address if number == TELNET else f"{address}, {number}"
    shown = f"{at} " if address == host else f"{host} ({at})"
    lines = session.line.lines.elsewhere(address)
    if lines is not None:
        peer, hops = client_address(session.router, "telnet", address), session.line.place.hops + 1
        try:
            line = lines.connect(peer, "telnet", hops) if number == TELNET else lines.connect_reverse(peer, number)
        except LineRefused as told:
            words = ("telnet.open", "connect.closed") if told.text else ("telnet.trying", "telnet.refused")
            first, last = wording(words[0], host=shown), words[1]
            yield Say(first + told.text + (wording(last, host=host) if told.text else wording(last)))
            return
        yield Say(wording("telnet.open", host=shown))
        yield from _begin(session, Connection(session, host, address, line))
        return
    yield Say(wording("telnet.trying", host=shown))
    yield from _unanswered(session, address)


def telnet_by_question(session: Session) -> Handler:
    """Ask for the host, as a bare `telnet` does (R)."""
    host = (yield Ask(wording("connect.host"))).strip()
    if host:
        yield from telnet(session, host=host, port=None)


def ssh(session: Session, *, user: str | None, host: str) -> Handler:
    name = user or session.exec.user
    address = yield from _permitted(session, "ssh", host)
    if address is None:
        return
    if not name:
        yield Say(wording("ssh.no_user"))
        return
    lines = session.line.lines.elsewhere(address)
    if lines is None:
        yield from _unanswered(session, address)
        return
    try:
        peer, hops = client_address(session.router, "ssh", address), session.line.place.hops + 1
        line = yield from _log_in(lines, name, peer, hops)
    except LineRefused:
        yield Say(wording("telnet.refused"))
        return
    if line is None:
        yield Say(wording("ssh.failed", address=address))
        return
    yield from _begin(session, Connection(session, host, address, line))


def sessions(session: Session) -> Handler:
    connections = session.exec.connections
    if not connections:
        yield Say(wording("lines.no_connections"))
        return
    rows = (
        f"{'*' if number == connections.last else ' '}{number:3d} {each.host:<19s} {each.address:<19s}"
        f" {each.unread:4d} {(session.router.now - each.used) // MINUTE:5d} {each.host}\n"
        for number, each in connections.numbered()
    )
    yield Say(SESSIONS_HEAD + "".join(rows))


def resume(session: Session, *, connection: str | None) -> Handler:
    number = yield from choose_connection(session, connection)
    if number is None:
        return
    chosen = session.exec.connections[number]
    assert isinstance(chosen, Connection)
    session.exec.connections.use(number)
    yield Say(wording("connect.resuming", number=number, host=chosen.host))
    chosen.come_back()
    yield from _stay(session, chosen)


def resume_number(session: Session, *, connection: int) -> Handler:
    yield from resume(session, connection=str(connection))


def _permitted(session: Session, protocol: str, host: str) -> Generator[Effect, Any, str | None]:
    """Address of a host that may be connected to from here; None for one that is unknown or not permitted."""
    address = yield from look_up(session.router, host)
    if address is None:
        yield Say(wording("connect.unknown"))
        return None
    refused = refused_outward(session.line.place, protocol, address, len(session.exec.connections))
    if refused:
        yield Say(refused)
        return None
    return address


def _unanswered(session: Session, address: str) -> Handler:
    """A host that takes no session, or none at all."""
    if reaches(session.router, address):
        yield Say(wording("telnet.refused"))
    else:
        yield Wait(CONNECT_TIMEOUT)
        yield Say(wording("telnet.timed_out"))


def _log_in(lines: RemoteLines, name: str, peer: str, hops: int) -> Generator[Effect, Any, RemoteLine | None]:
    """Ask for the password until it is right, and open a line.

    Raises:
        LineRefused: the other router has no line for this one.
    """
    for _ in range(TRIES):
        level = lines.verify(name, (yield Ask(wording("login.password"), hidden=True)), peer, "ssh")
        if level is not None:
            return lines.connect(peer, "ssh", hops, name, level)
    return None


def _begin(session: Session, connection: Connection) -> Handler:
    connection.begin()
    session.line.watch()
    yield from _stay(session, connection)


def _stay(session: Session, connection: Connection) -> Handler:
    """Pass lines and keys on until the session at the other router ends or is left; dropped, it ends there as well."""
    session.exec.connections.foreground = connection
    try:
        yield Wait(STEP)
        while connection.open and not connection.left:
            yield from _pass_on(session, connection)
    finally:
        session.exec.connections.foreground = None
        if not connection.left:
            connection.close()
    session.line.watch()
    if not connection.left:
        yield Say(wording("connect.closed", host=connection.host))


def _pass_on(session: Session, connection: Connection) -> Handler:
    """Ask what the other router asks, and give it the answer."""
    line = connection.line
    prompt = line.prompt
    if line.busy or prompt.kind is PromptKind.NONE:
        yield Wait(STEP)
        return
    if prompt.kind is PromptKind.KEY:
        text = yield AskKey(prompt.text, prompt.erase, escapes=True)
    else:
        text = yield Ask(prompt.text, prompt.hidden, prompt.ends, escapes=True)
    connection.used = session.router.now
    if text == ESCAPE and connection.open:
        connection.left = True
    elif connection.open and text != REFRESH:
        line.submit(text)
        yield Wait(STEP)


_CONNECTED = Condition("connections to other hosts", lambda session: bool(session.exec.connections))

_SOURCE = "IOS configuration fundamentals and security command references, recalled"
COMMANDS = (
    Command("{connect | telnet}", modes=(EXEC,), run=telnet_by_question, output="ping", source=_SOURCE, basis="R"),
    Command("{connect | telnet} <host:Word> [<port:0-65535>]", modes=(EXEC,), run=telnet, output="ping",
            source=_SOURCE, basis="R"),
    Command("show sessions", modes=(EXEC,), run=sessions, piped=True, output="connect", source=_SOURCE, basis="R"),
    Command("where", modes=(EXEC,), run=sessions, piped=True, output="connect", source=_SOURCE, basis="R"),
    Command("resume [<connection:Word>]", modes=(EXEC,), run=resume, output="connect", source=_SOURCE, basis="R"),
    Command("<connection:1-99>", modes=(EXEC,), run=resume_number, when=_CONNECTED, output="connect", source=_SOURCE,
            basis="R"),
    Command("ssh [-l <user:Word>] <host:Word>", modes=(EXEC,), run=ssh, output="connect", source=_SOURCE,
            basis="R"),
)  # fmt: skip
