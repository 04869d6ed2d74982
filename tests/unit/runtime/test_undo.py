"""Every kind of input can be taken back: the world is as it was before, byte for byte, and so are its records.

The inputs come in at the faces that front ends and servers use; what nobody typed goes with the input before it.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from emulator.backend import accounts
from emulator.backend.store.database import Database
from emulator.bench.host_files import NoFiles, PersonsFiles
from emulator.bench.line import MODE, bench_grammar
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
from emulator.grammar import Parsed, ParseOutcome
from emulator.kernel.errors import Refused
from emulator.kernel.time import MINUTE
from emulator.license_agent.applying import carry_out as ask_agent
from emulator.license_agent.inputs import AgentAsked, AgentCounted, AgentCounter, AgentInput
from emulator.license_agent.messages import AgentRequest, Annotate, GetCredential
from emulator.router.snmp_traffic import SnmpCounter
from emulator.runtime import time_travel
from emulator.runtime.held_world import hold
from emulator.runtime.replay import replaying
from emulator.runtime.scripted_bench import do_lines
from emulator.scenarios.model import ClientConnection
from emulator.scenarios.stations import Stations
from emulator.snmp.applying import carry_out
from emulator.snmp.inputs import SnmpCounted, SnmpInput, SnmpRefused, SnmpSet
from emulator.snmp.principals import Principal
from emulator.snmp.requests import PduType, SnmpRequest, Version
from emulator.snmp.values import Binding, ValueType, made, oid
from emulator.storage.urls import FileUrl
from emulator.transports.portal.operations.purchase import PLACE
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
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
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.saved_file import encode
from tests.unit.runtime.test_network_inputs import ServedWorld

STARTUP = """\
hostname A
snmp-server community private RW
username ann privilege 15 password 0 secret
line vty 0 4
 login local
 transport input telnet ssh
"""
RECIPE = WorldRecipe(
    routers={
        "R1": RouterRecipe(serial="FTX1405YDC7", powered=True, startup=STARTUP),
        "R2": RouterRecipe(serial="FTX1405YDC8"),
    }
)
PEER = "192.0.2.99"
LOCATION = Binding(oid("1.3.6.1.2.1.1.6.0"), made(ValueType.OCTETS, "Cellar"))
ANNOTATED = AgentAsked("R1", "ann", PEER, AgentRequest("1", (Annotate(1, "spare"), GetCredential())))
LOCATED = SnmpSet("R1", Principal(Version.V2C, "private", PEER), SnmpRequest(Version.V2C, PduType.SET, (LOCATION,)))


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(accounts._COST, "n", 2)


class Opened(ServedWorld):
    """A served world, in which each way in can be used."""

    def bench(self, *lines: str) -> None:
        do_lines(self.held, self.held.bench, list(lines), len)

    def file_of_the_host(self, file: Path) -> None:
        file.write_text("hostname B\n", encoding="utf-8")
        self.held.bench.bench.files = PersonsFiles()
        self.bench(f"put usb {file}")

    def interrupted(self) -> None:
        self.held.bench.submit("advance 20d")
        self.held.bench.interrupt()
        self.world.clock.settle()

    def client(self, protocol: str, *lines: str) -> None:
        lines_of = self.world.lines_of("R1")
        user = None
        if protocol == "ssh":
            lines_of.check_login("ann", "secret", PEER)
            user = "ann"
        terminal = lines_of.open_vty(PEER, protocol, user, 15 if user else None).terminal
        terminal.begin(len, lambda: None)
        terminal.resize(0, 80)
        self.world.clock.settle()
        for text in lines:
            terminal.submit(text)
            self.world.clock.settle()

    def key(self) -> None:
        self.type("", "enable", "configure terminal", "hostname C")
        self.world.lines_of("R1").console.terminal.end_configuration()

    def scripted(self) -> None:
        self.world.lines_of("R1").console.terminal.prepare(messages=False)
        self.type("clear counters", "")

    def without_screen(self) -> None:
        """Read more than a screen at the console and over Telnet, as a scenario does: nothing waits at `--More--`."""
        stations = Stations(self.world, lambda *_, **__: None, NoFiles())
        stations.connect(ClientConnection("C1", "R1"))
        for place, lines in (("R1", ("", "enable")), ("C1", ("ann", "secret"))):
            for text in (*lines, "show running-config", "write memory"):
                stations.type(place, text, waits=True)

    def attended(self) -> None:
        self.world.lines_of("R1").console.terminal.attend(there=True)
        self.type("", "enable")

    def client_that_goes(self) -> None:
        self.client("telnet", "ann", "secret")
        self.world.lines_of("R1").in_use[1].terminal.client_gone()

    def stored_on_router(self) -> None:
        self.world.lines_of("R1").store_file(FileUrl("flash", "a.lic"), b"x", 10)

    def stored_in_lab(self) -> None:
        with self.world.sink.taking(LabFileStored("a.lic", b"x", 10)):
            self.world.store("tftp", "a.lic", b"x", 10)

    def snmp(self, *inputs: SnmpInput) -> None:
        for what in inputs:
            with self.world.sink.taking(what):
                carry_out(self.world.routers["R1"], what)
            self.world.clock.settle()

    def agent(self, *inputs: AgentInput) -> None:
        for what in inputs:
            with self.world.sink.taking(what):
                ask_agent(self.world.routers["R1"], what)
            self.world.clock.settle()

    def called_home(self) -> None:
        """Install by call home: typed, carried over the network, received, answered."""
        self.bench("order L-880-AIS=")
        pak = next(iter(self.world.backend.queries.paks(self.world.now, by="lab").items)).code
        self.type("", "enable", f"license call-home install pak {pak}", "lab", "lab", "yes")
        self.world.clock.run_to(self.world.now + MINUTE)


Way = tuple[Callable[[Opened, Path], object], frozenset[type]]

WAYS: dict[str, Way] = {
    "bench": (lambda it, _: it.bench("power R2 on"), frozenset({BenchTyped})),
    "bench, time": (lambda it, _: it.bench("advance 20d"), frozenset({BenchTyped})),
    "bench, mail": (lambda it, _: it.bench("order L-880-AIS=", "mail 1"), frozenset({BenchTyped})),
    "bench, a file of the host": (lambda it, folder: it.file_of_the_host(folder / "b.cfg"), frozenset({BenchTyped})),
    "bench, Ctrl-C": (lambda it, _: it.interrupted(), frozenset({BenchInterrupted})),
    "console": (lambda it, _: it.type("", "enable", "write memory"), frozenset({LineTyped})),
    "console, a key": (lambda it, _: it.key(), frozenset({KeyPressed})),
    "console, a break": (lambda it, _: it.world.lines_of("R1").console.terminal.send_break(), frozenset({KeyPressed})),
    "console, a script": (
        lambda it, _: it.scripted(),
        frozenset({LinePrepared, LineTyped}),
    ),
    "without a screen": (lambda it, _: it.without_screen(), frozenset({ScreenTaken, LineTyped})),
    "console port": (
        lambda it, _: it.attended(),
        frozenset({LineAttended, LineTyped}),
    ),
    "telnet": (
        lambda it, _: it.client("telnet", "ann", "secret", "configure terminal", "hostname T"),
        frozenset({LinesMade, ClientConnected, ClientServed, LineSized, LineTyped}),
    ),
    "telnet, and gone": (
        lambda it, _: it.client_that_goes(),
        frozenset({LineTyped, ClientGone}),
    ),
    "ssh": (
        lambda it, _: it.client("ssh", "configure terminal", "hostname S", "end"),
        frozenset({LogInTried, ClientConnected, LineTyped}),
    ),
    "ssh, a wrong password": (
        lambda it, _: it.world.lines_of("R1").check_login("ann", "guess", PEER),
        frozenset({LogInTried}),
    ),
    "scp": (lambda it, _: it.stored_on_router(), frozenset({FileStored})),
    "file server": (lambda it, _: it.stored_in_lab(), frozenset({LabFileStored})),
    "portal": (lambda it, _: it.ask(PLACE, sku="L-880-AIS=", quantity=2), frozenset({PortalAsked, LettersPosted})),
    "snmp": (
        lambda it, _: it.snmp(LOCATED, SnmpRefused("R1", PEER), SnmpCounted("R1", {SnmpCounter.SETS: 1})),
        frozenset({SnmpSet, SnmpRefused, SnmpCounted}),
    ),
    "license agent": (
        lambda it, _: it.agent(ANNOTATED, AgentCounted("R1", {AgentCounter.REQUESTS: 1}, 1)),
        frozenset({AgentAsked, AgentCounted}),
    ),
    "call home": (
        lambda it, _: it.called_home(),
        frozenset({CallReceived, ReplyReceived}),
    ),
}
"""Ways into a world: what is done there, and the kinds of inputs that it must give."""


def state_of(directory: WorldDirectory) -> tuple[bytes, object]:
    """The saved state and the records of a world that nobody has open."""
    state = directory.load()
    assert state is not None
    database = Database(directory.database)
    try:
        return encode(state), database.dump()
    finally:
        database.close()


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[WorldDirectory]:
    with WorldDirectory(tmp_path / "world") as directory:
        held = hold(directory, fresh=False, first=None, recipe=RECIPE)
        held.world.clock.run_to(5 * MINUTE)
        held.save()
        directory.close_worlds()
        yield directory


@pytest.mark.heavy
@pytest.mark.parametrize("way", WAYS)
def test_the_last_input_is_taken_back(way: str, directory: WorldDirectory, tmp_path: Path) -> None:
    act, kinds = WAYS[way]
    opened = Opened(directory)
    act(opened, tmp_path)
    opened.close()
    directory.close_worlds()
    state = directory.load()
    assert state is not None
    entries = list(History(directory).entries(state.stretch))
    assert kinds <= {type(entry.input) for entry in entries}
    last = time_travel.typed(directory)[-1]
    before = expected(directory, last.number)
    assert time_travel.is_undone_alone(last.input)
    assert time_travel.undo(directory) == last
    assert state_of(directory) == before


@pytest.mark.heavy
@pytest.mark.parametrize("back", [time_travel.undo, partial(time_travel.restore, name="ordered")])
def test_a_letter_that_was_handed_on_is_not_handed_on_again(
    back: Callable[[WorldDirectory], object], directory: WorldDirectory
) -> None:
    opened = Opened(directory)
    opened.bench("order L-880-AIS=", "order L-880-AIS=")
    opened.held.save()
    History(directory).snapshot(opened.world.state_now(), "ordered")
    outbox, now = opened.world.backend.outbox, opened.world.now
    [letter, waiting] = outbox.undelivered(now)
    outbox.delivered(letter.number, now)
    opened.bench("power R2 on")
    opened.close()
    directory.close_worlds()
    back(directory)
    again = Opened(directory)
    assert again.world.backend.outbox.undelivered(now) == [waiting]
    again.close()
    assert not [*directory.path.rglob("*-wal"), *directory.path.rglob("*-shm")]


def expected(directory: WorldDirectory, number: int) -> tuple[bytes, object]:
    """The world as it was when an input came in, by way of all that came before."""
    state = directory.load()
    assert state is not None
    history = History(directory)
    entries = list(history.entries(state.stretch))
    with replaying(history.origin(state.stretch)) as replay:
        replay.play(entry for entry in entries if entry.number < number)
        replay.reach(entries[number - 1])
        return encode(replay.state()), replay.world.backend.database.dump()


def test_every_kind_of_input_is_among_them() -> None:
    seen = {kind for _, kinds in WAYS.values() for kind in kinds}
    known: set[Any] = {*get_args(WorldInput)} | {*get_args(LineInput)}
    assert known - seen == {Reopened, CallsCarried, AddressesGiven}


LOOKS = (
    "time", "pace 60", "mail", "mail 1", "files usb", "portal lookup R1", "portal history R1", "portal audit",
    "status", "status R1", "messages off", "console R1", "nonsense", "status R9", "",
)  # fmt: skip
"""A line for every verb of the bench that changes nothing, and lines that are not understood."""


def test_looks_change_nothing_and_go_with_the_last_thing_that_was_done(directory: WorldDirectory) -> None:
    opened = Opened(directory)
    opened.type("", "enable", "configure terminal", "hostname C", "interface vlan 1")
    opened.bench("order L-880-AIS=")
    before = looked_over(opened)
    for line in LOOKS:
        opened.bench(line)
    assert looked_over(opened) == before
    opened.type("", "do show clock", "show | include x")
    opened.world.lines_of("R1").console.terminal.end_configuration()
    opened.type("sh version | include License", "sho clock", "")
    looked = {each.command.line for line in LOOKS if isinstance(each := parsed(opened, line), Parsed)}
    assert looked == {command.line for command in bench_grammar().commands if command.look}
    opened.close()
    directory.close_worlds()
    assert isinstance(time_travel.undo(directory).input, KeyPressed)
    undone = time_travel.undo(directory).input
    assert isinstance(undone, LineTyped)
    assert undone.text == "show | include x"  # no EXEC command there: it is refused, but might have done something
    undone = time_travel.undo(directory).input
    assert isinstance(undone, BenchTyped)
    assert undone.text == "order L-880-AIS="


REFUSED = (
    "usb remove R1", "rack R1 CISCO881-K9", "portal register NONE R1", "portal rma R1 R1",
    "mail save 9 usb", "order NOTHING=", "software get nothing usb", "advance until mail", "damage R1 file nothing",
    "users R1 SSL_VPN in 1",
    "portal demo R9 advipservices", "put usb /nothing", "fault R2 storage",
)  # fmt: skip
"""Lines of the bench that are understood and refused."""


def test_what_is_refused_at_the_bench_changes_nothing_and_goes_with_what_was_done_before(
    directory: WorldDirectory,
) -> None:
    opened = Opened(directory)
    opened.bench("order L-880-AIS=")
    before = looked_over(opened)
    for line in REFUSED:
        opened.bench(line)
        assert opened.held.bench.failed, line
        assert looked_over(opened) == before, line
    opened.close()
    directory.close_worlds()
    undone = time_travel.undo(directory).input
    assert isinstance(undone, BenchTyped)
    assert undone.text == "order L-880-AIS="
    with pytest.raises(Refused, match="nothing was done"):
        time_travel.undo(directory)


def test_a_verb_that_is_closed_is_no_input(directory: WorldDirectory) -> None:
    opened = Opened(directory)
    opened.held.bench.bench.is_closed = lambda line: line.startswith("order")
    opened.bench("power R2 on")
    opened.bench("order L-880-AIS=")
    assert opened.held.bench.failed
    opened.close()
    directory.close_worlds()
    state = directory.load()
    assert state is not None
    history = History(directory)
    with replaying(history.origin(state.stretch)) as replay:
        replay.play(history.leading_to(state))
        assert encode(replay.state(state.now)) == encode(state)
    undone = time_travel.undo(directory).input
    assert isinstance(undone, BenchTyped)
    assert undone.text == "power R2 on"


def looked_over(opened: Opened) -> tuple[bytes, object]:
    """The state and the records of a world, but for the number of its inputs."""
    return encode(replace(opened.world.state_now(), inputs=0)), opened.world.backend.database.dump()


def parsed(opened: Opened, line: str) -> ParseOutcome:
    return bench_grammar().parse(MODE, line, opened.held.bench.bench)


def test_a_command_that_writes_its_output_is_no_look(directory: WorldDirectory) -> None:
    opened = Opened(directory)
    opened.type("", "enable", "show clock | redirect flash:clock", "show clock | include UTC")
    opened.close()
    directory.close_worlds()
    undone = time_travel.undo(directory).input
    assert isinstance(undone, LineTyped)
    assert undone.text == "show clock | redirect flash:clock"
