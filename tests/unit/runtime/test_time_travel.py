"""A life is played again byte for byte, and every input can be taken back."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.console.line.inputs import LineTyped
from emulator.console.line.line_table import ESCAPE
from emulator.kernel.errors import EmulatorError, Refused
from emulator.kernel.time import SECOND
from emulator.runtime import time_travel
from emulator.runtime.bisect import bisect
from emulator.runtime.held_world import HeldWorld, hold
from emulator.runtime.local_terminal import give_past, go_back
from emulator.runtime.replay import Departed, replaying, same_state
from emulator.runtime.scripted_bench import do_lines
from emulator.runtime.scripted_console import Script
from emulator.world.checked_json import with_checksum, without_checksum
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.inputs import BenchTyped, in_words
from emulator.world.recipe import RouterRecipe
from emulator.world.saved_file import encode

FIRST = RouterRecipe(serial="FTX1405YDC7")


class Life:
    """Acts of a person in a world, one process after another."""

    def __init__(self, directory: WorldDirectory) -> None:
        self.directory = directory
        self.printed: list[str] = []

    def held(self) -> HeldWorld:
        return hold(self.directory, fresh=False, first=FIRST)

    def bench(self, *lines: str) -> None:
        held = self.held()
        do_lines(held, held.bench, list(lines), self.printed.append)
        held.world.close()

    def console(self, *lines: str) -> None:
        held = self.held()
        Script(held, "R1", self.printed.append).run(list(lines))
        held.world.close()

    def vty(self, *lines: str) -> None:
        """Telnet to the router, one line after another, and the connection drops."""
        held = self.held()
        lines_of = held.world.lines_of("R1")
        line = lines_of.open_vty("192.0.2.99", "telnet", "admin", 15)
        line.terminal.begin(self.printed.append, lambda: None)
        line.terminal.resize(0, 80)
        held.world.clock.settle()
        for text in lines:
            line.terminal.submit(text)
            held.world.clock.run_while(lambda: line.busy)
        line.terminal.client_gone()
        held.world.clock.settle()
        held.save()
        held.world.close()

    @property
    def state(self) -> bytes:
        state = self.directory.load()
        assert state is not None
        return encode(state)

    def records(self) -> object:
        held_state = self.directory.load()
        assert held_state is not None
        from emulator.backend.store.database import Database

        database = Database(self.directory.database)
        try:
            return database.dump()
        finally:
            database.close()


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    with WorldDirectory(tmp_path / "world") as directory:
        yield Life(directory)


def lived(life: Life) -> Life:
    life.bench("power R1 on")
    life.console(
        "configure terminal", "hostname A1", "line vty 0 4", "no login", "transport input telnet", "end", "write memory"
    )
    life.bench("order L-880-AIS=", "mail 1", "advance 20d", "internet R1 off", "fault list")
    life.vty("show users", "configure terminal", "hostname A2", "end")
    life.console("reload", "no", "", "show version | include uptime")
    life.bench("rack R2 CISCO887VA-K9", "power R2 on", "advance next")
    return life


def test_a_life_is_played_again_byte_for_byte(life: Life) -> None:
    state = lived(life).directory.load()
    assert state is not None
    history = History(life.directory)
    assert state.inputs > 25
    with replaying(history.origin(state.stretch)) as replay:
        replay.play(history.entries(state.stretch))
        assert same_state(replay.state(state.now), state)
        assert replay.world.backend.database.dump() == life.records()


def test_a_session_from_router_to_router_is_played_again(life: Life) -> None:
    """Acts at the other router follow from what was typed at the first, and are no inputs of their own."""
    life.bench("power R1 on", "rack R2 CISCO881-K9", "power R2 on", "advance 5m")
    address = ("configure terminal", "interface vlan 1", "ip address 192.0.2.{} 255.255.255.0", "end")
    life.console(*(line.format(1) for line in address))
    held = life.held()
    other = Script(held, "R2", life.printed.append)
    other.run([*(line.format(2) for line in address), "configure terminal", "line vty 0 4", "no login", "end"])
    held.world.close()
    life.bench("advance 1m")
    life.console("telnet 192.0.2.2", "show users", "exit", "show clock")
    assert any("Trying 192.0.2.2 ... Open" in text for text in life.printed)
    assert any("closed by foreign host" in text for text in life.printed)
    state = life.directory.load()
    assert state is not None
    history = History(life.directory)
    typed = [
        entry.input for entry in history.entries(state.stretch) if getattr(entry.input, "text", "") == "show users"
    ]
    assert [each.router for each in typed if isinstance(each, LineTyped)] == ["R1"]
    with replaying(history.origin(state.stretch)) as replay:
        replay.play(history.entries(state.stretch))
        assert same_state(replay.state(state.now), state)


def test_keys_at_the_other_router_are_played_again(life: Life) -> None:
    life.bench("power R1 on", "advance 5m")
    life.console("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "line vty 0 4",
                 "no login", "privilege level 15", "end")  # fmt: skip
    life.bench("advance 1m")
    held = life.held()
    clock, terminal = held.world.clock, held.world.lines_of("R1").console.terminal

    def press(act: Callable[[], None]) -> None:
        act()
        clock.run_to(clock.now + SECOND)

    terminal.prepare(messages=True)
    for text in ("telnet 192.0.2.1", "configure terminal", "hostname A1"):
        press(partial(terminal.submit, text))
    press(terminal.end_configuration)
    press(partial(terminal.submit, "configure terminal"))
    press(terminal.interrupt)
    for end in (terminal.interrupt, partial(terminal.submit, ESCAPE)):
        press(partial(terminal.submit, "ping 192.0.2.99"))
        assert terminal.busy
        press(end)
    assert not terminal.remote
    held.save()
    held.world.close()
    state = life.directory.load()
    assert state is not None
    history = History(life.directory)
    with replaying(history.origin(state.stretch)) as replay:
        replay.play(history.entries(state.stretch))
        assert same_state(replay.state(state.now), state)


@pytest.mark.heavy
def test_every_input_can_be_taken_back(life: Life) -> None:
    """Go from the end to the beginning: each time the world is as the journal has it at that input."""
    lived(life)
    state = life.directory.load()
    assert state is not None
    history = History(life.directory)
    entries = list(history.entries(state.stretch))
    typed = {entry.number for entry in entries if time_travel.is_undone_alone(entry.input)}
    undone = {entry.number for entry in entries if entry.input == BenchTyped("advance next")}  # refused
    while typed - undone:
        entry = time_travel.undo(life.directory)
        assert entry.number == max(typed - undone)
        undone.add(entry.number)
        state = life.directory.load()
        assert state is not None
        assert (state.now, state.inputs) == (entry.at, entry.number - 1)
        with replaying(history.origin(state.stretch)) as replay:
            replay.play(entries[: entry.number - 1])
            replay.reach(entry)
            assert encode(replay.state()) == life.state
    with pytest.raises(Refused, match="nothing was done since this stretch of the world's history began"):
        time_travel.undo(life.directory)


def test_a_life_goes_on_after_an_undo(life: Life) -> None:
    lived(life)
    time_travel.undo(life.directory)
    time_travel.undo(life.directory)
    life.bench("status")
    state = life.directory.load()
    assert state is not None
    history = History(life.directory)
    assert history.stretches() == [state.stretch] == [1]
    with replaying(history.origin(1)) as replay:
        replay.play(history.entries(1))
        assert same_state(replay.state(state.now), state)


def test_a_replay_that_prints_something_else_tells_where(life: Life) -> None:
    lived(life)
    history = History(life.directory)
    journal = history.origin(1) / "journal.jsonl"
    entries = [without_checksum(line).replace(b"mail 1", b"mail 9") for line in journal.read_bytes().splitlines()]
    journal.write_bytes(b"".join(with_checksum(entry) + b"\n" for entry in entries))
    with replaying(history.origin(1)) as replay, pytest.raises(Departed) as departed:
        replay.play(history.entries(1))
    assert in_words(departed.value.entry.input) == "bench: 'advance 20d'"


@pytest.mark.parametrize("name", ["journal.jsonl", "label.json"])
def test_a_damaged_history_is_told_and_begins_anew(life: Life, name: str, caplog: pytest.LogCaptureFixture) -> None:
    life.bench("power R1 on", "advance 1d")
    with (life.directory.path / "history" / "0001" / name).open("ab") as file:
        file.write(b"x\n")
    life.bench("advance 1d")
    state = life.directory.load()
    assert state is not None
    assert (state.stretch, state.inputs) == (2, 1)
    assert f"{name}: " in caplog.text
    assert caplog.text.count("; the world is whole, and its history begins anew") == 1


def test_a_process_that_was_killed_between_journal_and_save_begins_a_new_stretch(life: Life) -> None:
    life.bench("power R1 on", "advance 1d")
    saved = life.directory.file.read_bytes()
    life.bench("advance 1d")
    life.directory.file.write_bytes(saved)
    life.bench("status")
    state = life.directory.load()
    assert state is not None
    assert (state.stretch, state.inputs) == (2, 1)


def test_a_snapshot_is_put_back_with_its_records(life: Life) -> None:
    life.bench("power R1 on", "order L-880-AIS=")
    state = life.directory.load()
    assert state is not None
    History(life.directory).snapshot(state, "bought")
    before = life.records()
    life.bench("order L-880-AIS=", "advance 9d")
    assert life.records() != before
    time_travel.restore(life.directory, "bought")
    assert life.records() == before
    again = life.directory.load()
    assert again is not None
    assert same_state(again, state)


def test_a_restore_that_was_cut_short_is_finished_at_the_next_opening(life: Life) -> None:
    life.bench("power R1 on")
    state = life.directory.load()
    assert state is not None
    history = History(life.directory)
    history.snapshot(state, "on")
    life.bench("advance 9d")
    history.place(history.find("on"), keeps_journal=False)  # killed here
    life.bench("time")
    assert "Mon 2010-03-01 09:00:00 UTC" in life.printed[-1]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("../up", "'../up' cannot be the name of a snapshot; use letters, digits, hyphens, points"),
        ("", "'' cannot be the name of a snapshot; use letters, digits, hyphens, points"),
        ("on", "there is a snapshot 'on' already"),
    ],
)
def test_names_of_snapshots(life: Life, name: str, problem: str) -> None:
    life.bench("power R1 on")
    state = life.directory.load()
    assert state is not None
    History(life.directory).snapshot(state, "on")
    with pytest.raises(Refused) as refused:
        History(life.directory).snapshot(state, name)
    assert str(refused.value) == problem


# --- the command ------------------------------------------------------------------------------------------------


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = tmp_path / "isrtwin" / "worlds" / "default"
    with WorldDirectory(path) as directory:
        Life(directory).bench("power R1 on", "order L-880-AIS=", "advance 2d")
    return path


def test_the_commands_of_world(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["world", "journal"]) == 0
    assert capsys.readouterr().out == (
        "     1  Mon 2010-03-01 09:00:00 UTC  bench: 'power R1 on'\n"
        "     2  Mon 2010-03-01 09:00:00 UTC  bench: 'order L-880-AIS='\n"
        "     3  Mon 2010-03-01 09:00:00 UTC  bench: 'advance 2d'\n"
    )
    assert main(["world", "replay"]) == 0
    assert capsys.readouterr().out == "3 input(s) replayed: the same bytes, the same state\n"
    assert main(["world", "snapshot", "later"]) == 0
    assert main(["world", "undo"]) == 0
    assert capsys.readouterr().out == "snapshot later kept\nundone: bench: 'advance 2d'\n"
    assert main(["world", "diff", "now", "later"]) == 1
    assert "time: Mon 2010-03-01 09:00:00 UTC, then Wed 2010-03-03 09:00:00 UTC (2d later)\n" in capsys.readouterr().out
    assert main(["world", "diff", "now", "now"]) == 0
    assert main(["world", "fork", "twin", "--snapshot", "later"]) == 0
    assert main(["world", "replay", "--world", str(world.with_name("twin"))]) == 2
    capsys.readouterr()
    for twin in ("twin", str(world.with_name("twin"))):
        assert main(["world", "diff", twin]) == 1
        assert "then Mon 2010-03-01 09:00:00 UTC (2d earlier)\n" in capsys.readouterr().out
    assert main(["world", "restore", "later"]) == 0
    assert capsys.readouterr().out == "the world is as in snapshot later: Wed 2010-03-03 09:00:00 UTC\n"
    assert main(["world", "list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["default", "twin"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["world", "restore", "latr"], "isrtwin: unknown snapshot 'latr'. None is known.\n"),
        (["world", "diff", "latr"], "isrtwin: unknown snapshot 'latr'. None is known.\n"),
        (["world", "undo", "--world", "nowhere"],
         "isrtwin: there is no world in nowhere; `isrtwin world list` shows those that there are\n"),
    ],
)  # fmt: skip
def test_what_is_refused(world: Path, words: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err == problem


# --- at the bench -------------------------------------------------------------------------------------------------


def told_at_bench(life: Life, *lines: str) -> list[str]:
    """Output of each line at a bench that may go back."""
    held = life.held()
    give_past(life.directory, held)
    printed: list[str] = []
    do_lines(held, held.bench, list(lines), printed.append, partial(go_back, life.directory))
    return printed


def test_going_back_at_the_bench(life: Life) -> None:
    life.bench("power R1 on", "advance 1h")
    printed = told_at_bench(
        life, "snapshot hour", "advance 1d", "diff hour", "undo", "time", "restore hour", "advance 1m", "journal 2"
    )
    assert printed == [
        "snapshot hour kept\n",
        "It is Tue 2010-03-02 10:00:00 UTC\n",
        "time: Mon 2010-03-01 10:00:00 UTC, then Tue 2010-03-02 10:00:00 UTC (1d later)\n",
        "undone: bench: 'advance 1d'. It is Mon 2010-03-01 10:00:00 UTC\n",
        "It is Mon 2010-03-01 10:00:00 UTC\n",
        "the world is as in snapshot hour. It is Mon 2010-03-01 10:00:00 UTC\n",
        "It is Mon 2010-03-01 10:01:00 UTC\n",
        "     1  Mon 2010-03-01 10:00:00 UTC  bench: 'advance 1m'\n",
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("restore nix", "% unknown snapshot 'nix'. None is known.\n"),
        (
            "undo",
            "% nothing was done since this stretch of the world's history began; see `isrtwin world show --world ",
        ),
        ("bisect level R1 advipservces", "% 'advipservces' is not known after 'level R1'."),
    ],
)
def test_what_the_bench_refuses_of_the_past(life: Life, line: str, problem: str) -> None:
    assert told_at_bench(life, line)[0].startswith(problem)


def test_whoever_does_not_hold_the_world_does_not_go_back(life: Life) -> None:
    life.bench("undo")
    assert life.printed == ["% only who holds the world can do that: stop serving it, or leave the other terminals\n"]


def test_bisect_finds_the_input_after_which_it_was_no_longer_so(life: Life) -> None:
    life.bench("power R1 on")
    life.console("configure terminal", "hostname branch", "end", "write memory")
    life.bench("advance 1d", "status")
    life.console("configure terminal", "no hostname", "end", "show clock")
    printed = told_at_bench(life, "time", "bisect config R1 { hostname branch }")
    assert "R1 con 0: 'no hostname'" in printed[1]
    turn = bisect(life.directory, "config R1 { hostname branch }")
    assert in_words(turn.entry.input) == "R1 con 0: 'no hostname'"


def test_bisect_knows_routers_that_were_not_always_there(life: Life) -> None:
    life.bench("rack R2 CISCO881-K9", "power R2 on", "advance 2m")
    assert bisect_refuses(life, "level R2 advsecurity") == "it holds now: level R2 advsecurity"
    life.bench("power R2 off", "unrack R2")
    assert in_words(bisect(life.directory, "phase R2 off").entry.input) == "bench: 'unrack R2'"
    assert "'R3' is not known after 'phase'" in bisect_refuses(life, "phase R3 off")


def bisect_refuses(life: Life, predicate: str) -> str:
    with pytest.raises(EmulatorError) as refused:
        bisect(life.directory, predicate)
    return str(refused.value)


@pytest.mark.parametrize(
    ("predicate", "problem"),
    [
        ("level R1 advsecurity", "it holds now: level R1 advsecurity"),
        ("level R1 advipservices",
         "it never held in this stretch of the world's history: level R1 advipservices"),
    ],
)  # fmt: skip
def test_what_bisect_cannot_find(life: Life, predicate: str, problem: str) -> None:
    life.bench("power R1 on", "advance 5m")
    assert bisect_refuses(life, predicate) == problem


# --- visits ---------------------------------------------------------------------------------------------------------


def files_of(world: Path) -> dict[str, bytes]:
    found = [file for file in sorted(world.iterdir()) if file.is_file() and file.name != "lock"]
    return {file.name: file.read_bytes() for file in found}


def test_a_visit_to_the_past_changes_nothing(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {
        file.name: file.read_bytes() for file in sorted(world.iterdir()) if file.is_file() and file.name != "lock"
    }
    assert main(["bench", "--at", "2010-03-02T09:00", "-c", "time", "-c", "order L-880-AIS=", "-c", "undo"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("It is Tue 2010-03-02 09:00:00 UTC\nsales order ")
    assert out.endswith("undone: bench: 'order L-880-AIS='. It is Tue 2010-03-02 09:00:00 UTC\n")
    assert err == "This is the world as it was on Tue 2010-03-02 09:00:00 UTC. Nothing done here is kept.\n"
    assert main(["console", "--at", "2010-03-01T09:05", "-c", "show version | include uptime"]) == 0
    assert "Router uptime is 4 minutes\n" in capsys.readouterr().out
    assert files_of(world) == before


OUT_OF_REACH = (
    "isrtwin: the history that is kept goes from Mon 2010-03-01 09:00:00 UTC to Wed 2010-03-03 09:00:00 UTC;"
    " Sun 2010-02-28 00:00:00 UTC is not in it\n"
)


@pytest.mark.parametrize(
    ("moment", "problem"),
    [
        ("yesterday", "isrtwin: 'yesterday' is not a moment; write for example 2010-05-01T00:00\n"),
        ("2010-02-28T00:00", OUT_OF_REACH),
    ],
)
def test_moments_that_cannot_be_visited(
    world: Path, moment: str, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "--at", moment, "-c", "time"]) == 2
    assert capsys.readouterr().err == problem


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../..", "a b", "a\nb", "\x1b[2J", "-x", ".hidden", "x" * 300, "a\0b", "a\0b/c"]
)
def test_a_name_that_is_none_forks_nothing(world: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["bench", "-c", "time"]) == 0
    before = sorted(world.parent.parent.rglob("*"))
    assert main(["world", "fork", "--", name]) == 2
    assert main(["bench", "-c", f"fork {name}"]) == 1
    assert "is not a name for a world" in capsys.readouterr().err
    assert sorted(world.parent.parent.rglob("*")) == before


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["a b", "a?mode=memory", "a#b", "a%20b", "a;b", "\u00fc", "a\\b", "~", "postgresql:x"])
def test_a_world_may_lie_in_a_directory_of_any_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """The records of each are its own, although some names would be other ones in the address of a database."""
    for each, orders in (("a b", 1), (name, 2)):
        for _ in range(orders):
            assert main(["bench", "--world", str(tmp_path / each), "-c", "order L-880-AIS="]) == 0
    at = ["--world", str(tmp_path / name)]
    assert main(["world", "snapshot", "s", *at]) == 0
    assert main(["bench", *at, "-c", "order L-880-AIS="]) == 0
    assert main(["world", "restore", "s", *at]) == 0
    assert main(["world", "replay", *at]) == 0
    assert main(["world", "fork", str(tmp_path / "twin"), *at]) == 0
    capsys.readouterr()
    for kept in (at[1], str(tmp_path / "twin")):
        assert main(["bench", "--world", kept, "-c", "mail"]) == 0
        assert capsys.readouterr().out.count("sales order") == (3 if name == "a b" else 2)
