"""Input over a network is journalled too, and a replay needs no network."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from emulator.backend import accounts
from emulator.console.line.phases import LinePhase
from emulator.kernel.time import MINUTE, SECOND
from emulator.router.ports import CallRefused, PakItem, RehostItem
from emulator.runtime.held_world import HeldWorld, hold
from emulator.runtime.network_inputs import answer_of, reply_of
from emulator.runtime.replay import replaying, same_state
from emulator.runtime.router_addresses import RouterAddresses
from emulator.runtime.scripted_bench import do_lines
from emulator.runtime.servers import Served, Where
from emulator.transports.files.lab_files import LabFiles
from emulator.transports.portal.operation import Operation, PortalRequest
from emulator.transports.portal.operations.accounts import MAKE_TOKEN, OPEN_ACCOUNT
from emulator.transports.portal.operations.purchase import PLACE
from emulator.transports.portal.replaying import ReplayedPortal
from emulator.transports.web.caller import Caller
from emulator.transports.web.problems import Problem
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.inputs import AddressesGiven, CallReceived, LettersPosted, PortalAsked, ReplyReceived
from emulator.world.recipe import RouterRecipe

FIRST = RouterRecipe(serial="FTX1405YDC7", powered=True)


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log-in costs a tenth of a second on purpose."""
    monkeypatch.setitem(accounts._COST, "n", 2)


class ServedWorld:
    """World that is held and served, with a person at a console and at the bench, and another at the portal."""

    def __init__(self, directory: WorldDirectory) -> None:
        self.held: HeldWorld = hold(directory, fresh=False, first=FIRST)
        self.world = self.held.world
        self.served = Served(self.world, directory.path, Where())
        self.served.start()
        self.portal = ReplayedPortal(self.world.backend, lambda: self.world.now, self.world.calendar)
        self.portal.taking = self.served._inputs.operation
        self.threads = ThreadPoolExecutor(1)

    def ask(self, operation: Operation[Any, Any], **inputs: object) -> Any:
        """Carry out an operation of the portal in a thread of its own."""

        def act() -> Any:
            return operation.carry_out(PortalRequest(self.portal, Caller("lab", "192.0.2.1", operator=True)), inputs)

        answer = self.threads.submit(act).result()
        self.world.clock.settle()
        return answer

    def type(self, *lines: str) -> str:
        line = self.world.lines_of("R1").console
        printed: list[str] = []
        line.terminal.output = printed.append
        for text in lines:
            self.world.clock.run_while(lambda: line.busy)
            line.terminal.submit(text)
            self.world.clock.settle()
            self.world.clock.run_while(lambda: line.busy and line.phase is not LinePhase.BOOTING)
        line.terminal.output = None
        return "".join(printed)

    def close(self) -> None:
        self.threads.shutdown()
        self.served.stop()
        self.held.save()
        self.world.close()


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[WorldDirectory]:
    with WorldDirectory(tmp_path / "world") as held:
        yield held


def test_a_served_life_is_played_again_without_a_network(directory: WorldDirectory) -> None:
    served = ServedWorld(directory)
    served.world.lines_of("R1").console.terminal.prepare(messages=True)
    served.type("no", "", "enable", "terminal length 0")
    served.ask(
        OPEN_ACCOUNT,
        user="ann",
        role="customer",
        password="a good long one",
        address="ann@customer.example",
        own_password="lab",
    )
    served.ask(PLACE, sku="L-880-AIS=", quantity=2)
    served.ask(MAKE_TOKEN, name="ci", own_password="lab")
    with pytest.raises(Problem):
        served.ask(PLACE, sku="L-880-XXX=", quantity=2)
    pak = re.search(r"PAK\): (\S+)", served.world.backend.outbox.letters(served.world.now)[-1].body)
    assert pak is not None
    seen = served.type(f"license call-home install pak {pak[1]}", "lab", "lab", "yes")
    assert "1/1 licenses were successfully installed" in seen
    served.type("license call-home install pak 22222222223", "lab", "lab", "reload", "")
    served.close()

    state = directory.load()
    assert state is not None
    history = History(directory)
    kinds = {type(entry.input) for entry in history.entries(state.stretch)}
    assert {PortalAsked, CallReceived, ReplyReceived, LettersPosted} <= kinds
    with replaying(history.origin(state.stretch)) as replay:
        replay.play(history.entries(state.stretch))
        assert same_state(replay.state(state.now), state)
        one, other = replay.world.backend.database.dump(), _records(directory)
        assert one == other


def _records(directory: WorldDirectory) -> object:
    held = hold(directory, fresh=False, first=None)
    try:
        return held.world.backend.database.dump()
    finally:
        held.world.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"a file",
        CallRefused("pak", "PAK is not known"),
        (PakItem("L-880-AIS=", "Upgrade", "advipservices", 2, 1, "880"),),
        (RehostItem("L-880-AIS=", "Permanent", ("advipservices",)),),
        (),
    ],
)
def test_every_answer_comes_back_out_of_the_journal(answer: Any) -> None:
    assert answer_of(reply_of("an id", answer)) == answer


def replayed(directory: WorldDirectory) -> bool:
    """Tell whether the history of a world leads to its state, as `isrtwin world replay` asks."""
    state = directory.load()
    assert state is not None
    history = History(directory)
    with replaying(history.origin(state.stretch)) as replay:
        replay.play(history.entries(state.stretch))
        return same_state(replay.state(state.now), state)


@pytest.mark.heavy
def test_addresses_are_given_by_an_input(directory: WorldDirectory) -> None:
    """Inputs come when a world is first served, when a client asks for a router that was racked since, and no more."""
    served = ServedWorld(directory)
    addresses = RouterAddresses(served.world)
    do_lines(served.held, served.held.bench, ["rack R2 CISCO881-K9", "rack R3 CISCO881-K9", "unrack R2"], len)
    assert addresses.router_at("127.1.0.2") is served.world.router("R3")
    served.close()
    directory.close_worlds()
    again = ServedWorld(directory)
    RouterAddresses(again.world)
    again.close()
    state = directory.load()
    assert state is not None
    given = [each for each in History(directory).entries(state.stretch) if isinstance(each.input, AddressesGiven)]
    assert len(given) == len(state.addresses) == 2
    assert replayed(directory)


def test_a_client_that_looks_at_a_file_that_grows_leaves_no_trace(directory: WorldDirectory) -> None:
    served = ServedWorld(directory)
    served.world.lines_of("R1").console.terminal.prepare(messages=True)
    served.type("no", "", "enable", "configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0")
    served.type("no shutdown", "end")
    served.world.clock.run_to(served.world.now + MINUTE)
    served.type("copy flash: tftp:", "c880data-universalk9-mz.150-1.M4.bin", "192.0.2.10")
    served.world.lines_of("R1").console.terminal.submit("copy")
    served.world.clock.run_to(served.world.now + 5 * SECOND)
    sizes = [size for _, size in LabFiles(served.world).listing()]
    assert len(sizes) == 1
    assert 0 < sizes[0] < 20_000_000
    served.world.clock.run_to(served.world.now + 5 * SECOND)
    served.close()
    directory.close_worlds()
    assert replayed(directory)
