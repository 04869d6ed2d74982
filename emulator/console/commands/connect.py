"""`telnet` and `ssh` from a router: a session at another router of the world, typed through the line at hand.

R: `Trying … Open`, the words at the end, three passwords for SSH. Which lines may connect where is asked first
(`transport output`, `access-class out`, `session-limit`). I: no host of the lab but its routers takes a session; lines
are passed on whole, so help, completion and history are those of the line at hand; Ctrl-C ends the connection; one that
the other side has ended is told at the next RETURN. Left out: `Ctrl-^ x`, which would suspend it.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.commands.ping import reaches
from emulator.console.line.admission import LineRefused, refused_outward
from emulator.console.line.line_table import RemoteLine, RemoteLines
from emulator.console.line.phases import PromptKind
from emulator.console.modes import EXEC
from emulator.console.session.name_lookup import look_up
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, AskKey, Effect, Handler, Say, Wait
from emulator.kernel.time import SECOND, Duration
from emulator.router.network.routes import client_address

HELP = {
    "telnet": "Open a telnet connection",
    "telnet <host>": "IP address or hostname of a remote system",
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


class Connection:
    """A session at another router, as the session that opened it lists it."""

    def __init__(self, session: Session, host: str, line: RemoteLine) -> None:
        self.host, self.line, self.open = host, line, True
        self._opened = session.exec.connections
        self._opened.append(self)

    def close(self) -> None:
        """End the session at the other router."""
        if self.open:
            self.line.client_gone()

    def ended(self) -> None:
        """Note that the session has ended."""
        self.open = False
        if self in self._opened:
            self._opened.remove(self)


def telnet(session: Session, *, host: str) -> Handler:
    address = yield from _permitted(session, "telnet", host)
    if address is None:
        return
    shown = f"{address} " if address == host else f"{host} ({address})"
    lines = session.line.lines.elsewhere(address)
    if lines is not None:
        try:
            line = lines.connect(client_address(session.router, "telnet", address), "telnet")
        except LineRefused as told:
            words = ("telnet.open", "connect.closed") if told.text else ("telnet.trying", "telnet.refused")
            first, last = wording(words[0], host=shown), words[1]
            yield Say(first + told.text + (wording(last, host=host) if told.text else wording(last)))
            return
        yield Say(wording("telnet.open", host=shown))
        yield from _converse(session, Connection(session, host, line))
        return
    yield Say(wording("telnet.trying", host=shown))
    yield from _unanswered(session, address)


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
        line = yield from _log_in(lines, name, client_address(session.router, "ssh", address))
    except LineRefused:
        yield Say(wording("telnet.refused"))
        return
    if line is None:
        yield Say(wording("ssh.failed", address=address))
        return
    yield from _converse(session, Connection(session, host, line))


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


def _log_in(lines: RemoteLines, name: str, peer: str) -> Generator[Effect, Any, RemoteLine | None]:
    """Ask for the password until it is right, and open a line.

    Raises:
        LineRefused: the other router has no line for this one.
    """
    for _ in range(TRIES):
        level = lines.verify(name, (yield Ask(wording("login.password"), hidden=True)), peer, "ssh")
        if level is not None:
            return lines.connect(peer, "ssh", name, level)
    return None


def _converse(session: Session, connection: Connection) -> Handler:
    """Pass lines and keys on until the session at the other router ends; dropped, it ends there as well."""
    line = connection.line
    line.begin(session.line.write, connection.ended)
    session.line.watch()
    try:
        yield Wait(STEP)
        while connection.open:
            yield from _pass_on(connection)
    finally:
        connection.close()
    yield Say(wording("connect.closed", host=connection.host))


def _pass_on(connection: Connection) -> Handler:
    """Ask what the other router asks, and give it the answer."""
    line = connection.line
    prompt = line.prompt
    if line.busy or prompt.kind is PromptKind.NONE:
        yield Wait(STEP)
        return
    if prompt.kind is PromptKind.KEY:
        text = yield AskKey(prompt.text, prompt.erase)
    else:
        text = yield Ask(prompt.text, prompt.hidden, prompt.ends)
    if connection.open:
        line.submit(text)
        yield Wait(STEP)


_SOURCE = "IOS configuration fundamentals and security command references, recalled"
COMMANDS = (
    Command("telnet <host:Word>", modes=(EXEC,), run=telnet, output="ping", source=_SOURCE, basis="R"),
    Command("ssh [-l <user:Word>] <host:Word>", modes=(EXEC,), run=ssh, output="connect", source=_SOURCE,
            basis="R"),
)  # fmt: skip
