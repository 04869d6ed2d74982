"""Inputs of a journal given to a world again, each at the place where it came in."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from emulator.bench.host_files import RecordedFiles
from emulator.console.line.admission import LineRefused
from emulator.console.line.inputs import (
    ClientConnected,
    ClientGone,
    ClientServed,
    FileStored,
    KeyPressed,
    LineAttended,
    LineInput,
    LinePrepared,
    LineSized,
    LinesMade,
    LineTyped,
    LogInTried,
    ScreenTaken,
)
from emulator.console.line.phases import PromptKind
from emulator.console.line.terminal import Terminal
from emulator.keys.world_secret import WorldSecret
from emulator.license_agent.applying import carry_out as ask_agent
from emulator.license_agent.inputs import AgentAsked, AgentCounted
from emulator.router.ports import CallRefused, Reply
from emulator.runtime.network_inputs import answer_of
from emulator.runtime.router_addresses import RouterAddresses
from emulator.snmp.applying import carry_out
from emulator.snmp.inputs import SnmpCounted, SnmpRefused, SnmpSet
from emulator.storage.urls import parse_url
from emulator.world.build import open_world
from emulator.world.call_home.gateway import WorldCallHome, in_process
from emulator.world.call_home.protocol import Answer, Call, Destination, perform
from emulator.world.fork import fork
from emulator.world.inputs import (
    AddressesGiven,
    BenchInterrupted,
    BenchTyped,
    CallReceived,
    CallsCarried,
    LabFileStored,
    LettersPosted,
    PortalAsked,
    Reopened,
    ReplyReceived,
    WorldInput,
)
from emulator.world.saved_file import encode
from emulator.world.state import WorldState
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.bench.line import BenchLine


class Applier:
    """A world that inputs are given to as they once came in."""

    def __init__(
        self, state: WorldState, secret: WorldSecret, database: Path, printed: Callable[[str, str], object]
    ) -> None:
        """Bring the world to life.

        Args:
            state: where it begins.
            secret: what its keys follow from.
            database: the records of its back end, which the inputs change.
            printed: told of everything that is printed.
        """
        self._secret, self._database, self._printed = secret, database, printed
        self._bench: BenchLine | None = None
        self._posted: deque[Callable[[], None]] = deque()
        """Letters of acts that came over a network, until the world takes note of them."""
        self._over_network = False
        """Such an act takes effect just now."""
        self._out: dict[str, Future[Answer | CallRefused]] = {}
        """Answers that are still to come, by their call."""
        self.world = self._opened(state)

    def reopen(self) -> None:
        """Close the world and open it again; every open line is dropped."""
        data = encode(self.world.state_now())
        self.world.close()
        self._bench = None
        self.world = self._opened(msgspec.json.decode(data, type=WorldState))

    def apply(self, what: WorldInput) -> None:
        """Give an input to the world.

        Raises:
            ValueError: it belongs to a line or router that is not there; the journal is not of this world.
        """
        match what:
            case BenchTyped(text, file):
                self.bench.bench.files = RecordedFiles(file)
                self.bench.submit(text)
            case BenchInterrupted():
                self.bench.interrupt()
            case AddressesGiven():
                RouterAddresses(self.world)
            case Reopened():
                self.reopen()
            case PortalAsked() | CallReceived():
                self._over_network = True
                try:
                    self._request(what)
                finally:
                    self._over_network = False
            case SnmpSet() | SnmpRefused() | SnmpCounted():
                carry_out(self.world.router(what.router), what)
            case AgentAsked() | AgentCounted():
                ask_agent(self.world.router(what.router), what)
            case LabFileStored():
                self.world.store(what.medium, what.name, what.content, what.size)
            case LettersPosted():
                self._posted.popleft()()
            case CallsCarried(over_network=over_network):
                self._carry_calls(over_network=over_network)
            case ReplyReceived():
                self._out.pop(what.call).set_result(answer_of(what))
            case _:
                self._apply_at_line(what)

    def refuses(self, what: WorldInput) -> bool:
        """Tell whether the bench would refuse a line now, before any time passes; it is typed on a fork."""
        if not isinstance(what, BenchTyped) or self.bench.prompt.kind is not PromptKind.COMMAND:
            return False
        from emulator.bench.line import BenchLine

        forked = fork(self.world)
        line = BenchLine(forked, RecordedFiles(what.file))
        line.submit(what.text)
        forked.clock.settle()
        refused = line.failed and not line.busy
        forked.close()
        return refused

    @property
    def bench(self) -> "BenchLine":
        """The bench of the world."""
        if self._bench is None:
            from emulator.bench.line import BenchLine

            self._bench = BenchLine(self.world)
        return self._bench

    def _opened(self, state: WorldState) -> World:
        world = open_world(state, self._database, secret=self._secret)
        world.sink.printed = self._printed
        world.in_turn = self._post
        return world

    def _carry_calls(self, *, over_network: bool) -> None:
        home = self.world.context.call_home
        assert isinstance(home, WorldCallHome)
        home.carry = self._await if over_network else partial(in_process, self.world)

    def _post(self, letters: Callable[[], None]) -> None:
        """Keep the letters of a request until they are under way; those of the bench are at once."""
        if self._over_network:
            self._posted.append(letters)
        else:
            letters()

    def _await(self, _destination: Destination, call: Call) -> Reply[Answer]:
        """The answer to a call, which comes out of the journal."""
        return self._out.setdefault(call.id, Future())

    def _request(self, asked: PortalAsked | CallReceived) -> None:
        if isinstance(asked, CallReceived):
            perform(self.world.backend, asked.call, self.world.now)
            return
        from emulator.transports.portal.replaying import ReplayedPortal

        world = self.world
        portal = ReplayedPortal(world.backend, lambda: world.now, world.calendar)
        portal.ask(asked.operation, asked.account, asked.inputs, bytes.fromhex(asked.entropy))

    def _apply_at_line(self, what: LineInput) -> None:
        lines = self.world.lines_of(what.router)
        match what:
            case LinesMade():
                """They are there by now."""
            case LineTyped(line=name, text=text):
                self._terminal(what.router, name).submit(text)
            case KeyPressed(line=name, key="Ctrl-C"):
                self._terminal(what.router, name).interrupt()
            case KeyPressed(line=name, key="break"):
                self._terminal(what.router, name).send_break()
            case KeyPressed(line=name):
                self._terminal(what.router, name).end_configuration()
            case LineAttended(there=there):
                lines.console.terminal.attend(there=there)
            case LinePrepared(messages=messages):
                lines.console.terminal.prepare(messages=messages)
            case LineSized(line=name, rows=rows, columns=columns):
                self._terminal(what.router, name).resize(rows, columns)
            case ScreenTaken(line=name):
                self._terminal(what.router, name).take_screen()
            case LogInTried():
                _try(lambda: lines.check_login(what.user, what.password, what.peer, what.protocol))
            case ClientConnected():
                _try(lambda: lines.open_vty(what.peer, what.protocol, what.user, what.privilege, what.agreement))
            case ClientServed(line=name):
                self._terminal(what.router, name).begin(lambda _: None, lambda: None)
            case FileStored():
                url = parse_url(what.url)
                assert url is not None
                lines.store_file(url, what.content, what.size)
            case ClientGone(line=name):
                self._terminal(what.router, name).client_gone()

    def _terminal(self, router: str, name: str) -> Terminal:
        for line in self.world.lines_of(router).in_use:
            if line.name == name:
                return line.terminal
        raise ValueError(f"{router} has no open line {name}")


def _try(act: Callable[[], object]) -> None:
    """Do what may have been refused the first time as well."""
    try:
        act()
    except LineRefused:
        """The client was told, and nothing came of it."""
