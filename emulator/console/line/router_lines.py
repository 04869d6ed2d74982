"""The lines of one router: con 0, and the others while clients use them.

A virtual terminal line exists only as long as a connection does, so an idle router has none, and a restored world is
as if every connection had dropped. R: a client gets the lowest free line that takes its protocol.
"""

from collections.abc import Callable, Sequence

from emulator.console.line import login
from emulator.console.line.admission import LineRefusal, LineRefused, permits, refusal
from emulator.console.line.inputs import ClientConnected, FileStored, InputSink, LogInTried
from emulator.console.line.line_kind import AUXILIARY, CONSOLE, MODULE, VTY, LineKind
from emulator.console.line.line_table import Interpreter, Line
from emulator.console.line.terminal import Terminal
from emulator.console.line.terminal_line import TerminalLine
from emulator.console.render.system.debug import debug_line
from emulator.console.render.system.messages import stamped
from emulator.console.ssh_agreement import SshAgreement
from emulator.hardware.board import BoardPhase
from emulator.hardware.events import ResetBegan
from emulator.kernel.errors import as_on_a_line
from emulator.kernel.events import Event
from emulator.router.access import LineAccess, line_access
from emulator.router.device import Router
from emulator.router.files.systems import FileFault
from emulator.router.line_settings import (
    AUXILIARY_NUMBER,
    access_class,
    first_vty,
    line_block,
    reverse_line,
    takes,
    vty_count,
)
from emulator.router.syslog_messages import message_of
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper
from emulator.storage.urls import FileUrl

NewInterpreter = Callable[[TerminalLine], Interpreter]


class RouterLines:
    """All lines of a router.

    Attributes:
        console: con 0.
    """

    def __init__(
        self,
        router: Router,
        clock: SimClock,
        timekeeper: Timekeeper,
        interpreter: NewInterpreter | None = None,
        sink: InputSink | None = None,
        paused: Callable[[], bool] = lambda: False,
        elsewhere: "Callable[[str], RouterLines | None]" = lambda _: None,
    ) -> None:
        """Make the lines of a router.

        Args:
            interpreter: makes the command line behind a line; None where only configurations are read.
            sink: told of what front ends do to the lines, and of what the lines print.
            elsewhere: finds the lines of another router by its address, where a route leads there.
            paused: tells whether no line idles, as while the bench lets much time pass at once.
        """
        self.router = router
        self._sink, self._paused, self._elsewhere = sink or InputSink(), paused, elsewhere
        self._clock, self._timekeeper, self._interpreter = clock, timekeeper, interpreter
        self._open: dict[int, TerminalLine] = {}
        self._reverse: dict[int, TerminalLine] = {}
        self._uses: dict[int, int] = {}
        self.console = self._new(CONSOLE, 0)

    # --- lines -------------------------------------------------------------------------------------------------

    @property
    def in_use(self) -> Sequence[TerminalLine]:
        """List con 0 and the lines that clients use, by their numbers."""
        return [self.console, *(lines[number] for lines in (self._reverse, self._open) for number in sorted(lines))]

    @property
    def paused(self) -> bool:
        """Tell whether no line idles."""
        return self._paused()

    def touch(self) -> None:
        """Restart the idle time of every line."""
        for line in self.in_use:
            line.touch()

    def vty(self, number: int) -> TerminalLine | None:
        """Return a virtual terminal line by its number among them; None while no client uses it."""
        return self._open.get(number)

    def find(self, tty: int) -> TerminalLine | None:
        """Return the line in use with that absolute number, or None."""
        return next((line for line in self.in_use if line.place.tty == tty), None)

    def uses(self, tty: int) -> int:
        """Number of sessions that a line has had in this boot, not counting those before a restored world."""
        return self._uses.get(tty, 0)

    def open_vty(
        self,
        peer: str,
        protocol: str,
        user: str | None = None,
        privilege: int | None = None,
        agreement: SshAgreement | None = None,
    ) -> TerminalLine:
        """Open a virtual terminal line for a client; `terminal.begin(...)` of it then prints its first text.

        Args:
            peer: the client's address, as messages and `show users` name it.
            protocol: `ssh` or `telnet`.
            user: the user who has already logged in, as over SSH; None: the line asks.
            privilege: the level of that user, from `check_login` or `level_of`.
            agreement: cipher and MAC, over SSH.

        Raises:
            LineRefused: the client gets no line; its `text` is what the client is sent before it is cut off.
        """
        with self._sink.taking(ClientConnected(self.router.name, peer, protocol, user, privilege, agreement)):
            line = self._connect(peer, protocol, user, privilege, self._sink)
            line.place.agreement = agreement
            return line

    def connect(
        self, peer: str, protocol: str, hops: int = 1, user: str | None = None, privilege: int | None = None
    ) -> Terminal:
        """Open a virtual terminal line for another router, as `open_vty` does for a client.

        What comes from there follows from what was typed there, so none of it is an input of the world.

        Args:
            hops: routers through which the person there has come.

        Raises:
            LineRefused: the router gets no line.
        """
        line = self._connect(peer, protocol, user, privilege, self._silent_sink())
        line.place.hops = hops
        return line.terminal

    def connect_reverse(self, peer: str, port: int) -> Terminal:
        """Open the line that a TCP port leads to, for another router: reverse Telnet.

        Raises:
            LineRefused: the port leads to no line, or the router does not get it.
        """
        running = self.router.state.board.phase is BoardPhase.RUNNING
        tty = reverse_line(self.router.configuration, port) if running else None
        if tty is None:
            raise LineRefused(LineRefusal.TRANSPORT)
        if tty in self._reverse:
            raise LineRefused(LineRefusal.NO_LINE)
        kind, number = (AUXILIARY, 0) if tty == AUXILIARY_NUMBER else (MODULE, tty)
        line = self._new(kind, number, self._silent_sink())
        if not permits(self.router.configuration, access_class(line.place.settings, "in"), peer):
            raise LineRefused(LineRefusal.ACCESS_CLASS)
        self._reverse[tty] = line
        self._serve(line, peer, "telnet")
        return line.terminal

    def _silent_sink(self) -> InputSink:
        """Sink of what is typed from another router, which is no input of its own."""
        sink = InputSink()
        sink.printed = self._sink.printed
        return sink

    def _serve(self, line: TerminalLine, peer: str, protocol: str) -> None:
        """Note the client of a line."""
        line.place.peer, line.place.protocol = peer, protocol
        self._uses[line.place.tty] = self.uses(line.place.tty) + 1

    def _connect(
        self, peer: str, protocol: str, user: str | None, privilege: int | None, sink: InputSink
    ) -> TerminalLine:
        number = self._admit(peer, protocol)
        line = self._open[number] = self._new(VTY, number, sink)
        self._serve(line, peer, protocol)
        if user is not None:
            line.admit(user, line.place.access.privilege if privilege is None else privilege)
        return line

    def store_file(self, url: FileUrl, content: bytes, size: int) -> FileFault | None:
        """Store a file that a client has sent in a file system of the router; returns the fault if that fails.

        Args:
            url: the place.
            content: its bytes; those missing up to `size` are zeros.
            size: the size in bytes.
        """
        with self._sink.taking(FileStored(self.router.name, url.shown, content, size)):
            return self.router.files.write(url, content, size)

    def check_admission(self, peer: str, protocol: str) -> None:
        """Check whether a client would get a line, before it is asked anything.

        Raises:
            LineRefused: the client would get none.
        """
        self._admit(peer, protocol)

    def released(self, line: Line) -> None:
        """Note that a line is free again."""
        self._open, self._reverse = (
            {number: each for number, each in lines.items() if each is not line}
            for lines in (self._open, self._reverse)
        )

    # --- log-in before a line is opened ------------------------------------------------------------------------

    def check_login(self, user: str, password: str, peer: str, protocol: str = "ssh") -> int | None:
        """Level at which a name and password let a client in, None where they do not; tries are logged as configured.

        The method is that of the line that the client would get: local users, AAA, or the line's own password.

        Raises:
            LineRefused: the client would get no line.
        """
        with self._sink.taking(LogInTried(self.router.name, user, password, peer, protocol)):
            return self.verify(user, password, peer, protocol)

    def verify(self, user: str, password: str, peer: str, protocol: str) -> int | None:
        """Check a name and password as `check_login` does, for another router.

        Raises:
            LineRefused: the router would get no line.
        """
        level = self.level_with(user, password, peer, protocol)
        login.tell(self.router, user, peer, protocol, right=level is not None)
        return level

    def level_with(self, user: str, password: str, peer: str, protocol: str = "ssh") -> int | None:
        """Level at which a name and password would let a client in, None where they would not; no try is made.

        Raises:
            LineRefused: the client would get no line.
        """
        return login.verify(self.router, self._access(self._admit(peer, protocol)), user, password)

    def elsewhere(self, address: str) -> "RouterLines | None":
        """Return the lines of the router that has an address, where a route leads there from this one."""
        return self._elsewhere(address)

    def level_of(self, user: str, peer: str, protocol: str = "ssh") -> int:
        """Level of a user who has proved their identity by a public key.

        Raises:
            LineRefused: the client would get no line.
        """
        access = self._access(self._admit(peer, protocol))
        return login.level_of(self.router, access, user)

    def login_banner(self) -> str:
        """Banner that an SSH client is shown before it logs in; empty if there is none."""
        if self.router.state.running is None:
            return ""
        text = login.banner_text(self.router, "login", first_vty(self.router.configuration))
        return as_on_a_line(f"{text}\n") if text else ""

    # --- what happens to the router ----------------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """Follow an event of the router: the boot, the end of what ran, system messages."""
        lines = self.in_use
        for line in lines:
            line.hear(event)
        if isinstance(event, ResetBegan):
            self._uses.clear()
        running = self.router.state.running
        told = debug_line(event, running.debugging) if running and running.debugging else None
        if told is not None:
            self.router.record_message(told)
        for message in (told, message_of(event, self.router.state.udi)):
            if message is not None:
                self._show(lines, message, stamped(self.router, event.at, message))

    def _show(self, lines: Sequence[TerminalLine], message: str, text: str) -> None:
        shown = sum(line.log(message, text) for line in lines if line.place.kind.hangs_up)
        if shown and self.router.state.running is not None:
            self.router.running.log.monitor += shown
        for line in lines:
            if not line.place.kind.hangs_up:
                line.log(message, text)

    # --- inside ------------------------------------------------------------------------------------------------

    def _new(self, kind: LineKind, number: int, sink: InputSink | None = None) -> TerminalLine:
        line = TerminalLine(self.router, self._clock, self._timekeeper, self, kind, number, sink or self._sink)
        make = self._interpreter
        if make is not None:
            line.new_interpreter = lambda: make(line)
        return line

    def _access(self, number: int) -> LineAccess:
        return line_access(self.router.configuration, VTY.name, number, asks=VTY.asks)

    def _admit(self, peer: str, protocol: str) -> int:
        """The number of the line that a client gets."""
        if self.router.state.board.phase is not BoardPhase.RUNNING:
            raise LineRefused(LineRefusal.NOT_RUNNING)
        configuration = self.router.configuration
        blocks = {number: line_block(configuration, VTY.name, number) for number in range(vty_count(configuration))}
        taking = [number for number, block in blocks.items() if takes(block, "input", protocol)]
        if not taking:
            raise LineRefused(LineRefusal.TRANSPORT)
        free = next((number for number in taking if number not in self._open), None)
        if free is None:
            raise LineRefused(LineRefusal.NO_LINE)
        refusal(configuration, blocks[free], self._access(free), peer, protocol)
        return free
