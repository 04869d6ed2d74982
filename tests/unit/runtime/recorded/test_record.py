"""`isrtwin record`: what was typed in a world becomes a scenario that replays, with checks that can fail."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.kernel.errors import Refused
from emulator.kernel.time import MINUTE
from emulator.runtime.held_world import hold
from emulator.runtime.router_addresses import RouterAddresses
from emulator.runtime.scripted_bench import do_lines
from emulator.runtime.scripted_console import Script
from emulator.runtime.servers import Served, Where
from emulator.runtime.world_paths import world_path
from emulator.world.directory import WorldDirectory
from emulator.world.recipe import RouterRecipe

Cli = Callable[..., tuple[int, str]]


@pytest.fixture
def isrtwin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], let_go: Callable[[], None]
) -> Cli:
    """Runs a command in a state directory of its own; status, and all that was printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(*arguments: str) -> tuple[int, str]:
        status = main(arguments)
        let_go()  # a process that ends lets go of its world; here that of the command before would linger
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return run


RECORDED: list[str] = []


@pytest.fixture
def bought(isrtwin: Cli) -> str:
    """The scenario that a purchase was recorded as; it is the same each time, so it is recorded once."""
    if not RECORDED:
        purchase(isrtwin)
        status, out = isrtwin("record", "bought.yaml", "--title", "A license is bought")
        assert status == 0, out
        assert "which replay" in out
        RECORDED.append(Path("bought.yaml").read_text())
    return RECORDED[0]


def bench(isrtwin: Cli, *lines: str) -> str:
    return isrtwin("bench", *(word for line in lines for word in ("-c", line)))[1]


def console(isrtwin: Cli, *lines: str) -> str:
    return isrtwin("console", *(word for line in lines for word in ("-c", line)))[1]


def purchase(isrtwin: Cli) -> None:
    """A session that uses what its own world made up: a PAK, and the file of a license."""
    letter = bench(isrtwin, "power R1 on", "order L-880-AIS=", "mail 1")
    pak = re.search(r"\(PAK\): (\S+)", letter)
    assert pak is not None
    told = bench(isrtwin, f"portal register {pak[1]} R1", "mail save 2 usb", "usb insert R1")
    file = re.search(r"(\S+\.lic) saved", told)
    assert file is not None
    console(isrtwin, f"license install usbflash0:{file[1]}", "write memory", "reload", "")
    console(isrtwin, "show version | include License Level")


def test_a_session_becomes_a_scenario_that_replays(isrtwin: Cli, bought: str) -> None:
    assert "portal register {PAK} R1" in bought
    assert "1/1 licenses were successfully installed" in bought
    assert "uses R1 advipservices permanent" in bought
    Path("again.yaml").write_text(bought)
    assert isrtwin("run", "again.yaml")[0] == 0


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("uses R1 advipservices permanent, next", "uses R1 advipservices evaluation, next"),
        ("License Level: advipservices   Type: Permanent", "License Level: advsecurity"),
        ("bench: portal register {PAK} R1", "bench: portal lookup R1"),
    ],
)
def test_what_it_checks_can_fail(isrtwin: Cli, bought: str, was: str, becomes: str) -> None:
    assert was in bought
    Path("other.yaml").write_text(bought.replace(was, becomes))
    assert isrtwin("run", "other.yaml")[0] == 1


def test_what_is_refused_stays_refused(isrtwin: Cli) -> None:
    bench(isrtwin, "power R1 on", "portal resend R9")
    assert isrtwin("record", "refused.yaml")[0] == 0
    assert "refused: true" in Path("refused.yaml").read_text()


def test_time_that_passed_passes_again(isrtwin: Cli) -> None:
    bench(isrtwin, "power R1 on", "portal demo R1 advipservices", "advance 3d")
    console(isrtwin, "show clock")
    assert isrtwin("record", "later.yaml")[0] == 0
    assert "advance 3d" in Path("later.yaml").read_text()


def test_it_is_recorded_at_the_bench_too_and_is_no_input(isrtwin: Cli) -> None:
    bench(isrtwin, "power R1 on", "time")
    assert "2 steps, which replay" in bench(isrtwin, "record here.yaml")
    assert "record here" not in Path("here.yaml").read_text()
    assert "record here" not in isrtwin("world", "journal")[1]


@pytest.mark.parametrize(
    ("file", "complaint"),
    [("there.yaml", "there is a file there.yaml already"), ("x.txt", "is not the name of a scenario file"),
     ("no/where.yaml", "no/where.yaml cannot be written")],
)  # fmt: skip
def test_files_that_are_refused(isrtwin: Cli, file: str, complaint: str) -> None:
    bench(isrtwin, "power R1 on")
    Path("there.yaml").write_text("")
    status, out = isrtwin("record", file)
    assert (status, complaint in out) == (2, True)


def test_a_world_in_which_nothing_was_typed(isrtwin: Cli) -> None:
    assert "there is no world" in isrtwin("record", "a.yaml")[1]
    isrtwin("world", "new")
    assert "nothing has been typed" in isrtwin("record", "a.yaml")[1]


def test_a_history_that_begins_in_the_middle_is_refused(isrtwin: Cli) -> None:
    bench(isrtwin, "power R1 on", "advance 1d", "snapshot now", "advance 1d")
    isrtwin("world", "restore", "now")
    bench(isrtwin, "time")
    status, out = isrtwin("record", "a.yaml")
    assert status == 2
    assert "begins on Tue 2010-03-02 09:00:00 UTC, in the middle of this world's life" in out
    assert not Path("a.yaml").exists()


def test_a_world_that_was_served_is_recorded_and_plays_again(isrtwin: Cli) -> None:
    """People joined from other terminals, and none by the network; a console is closed when they leave."""
    with WorldDirectory(world_path(None)) as directory:
        held = hold(directory, fresh=False, first=RouterRecipe(powered=True))
        served = Served(held.world, directory.path, Where())
        served.start()
        RouterAddresses(held.world)
        console = held.world.lines_of("R1").console.terminal
        for lines in (("configure terminal", "hostname mine"), ("reload",), ("show users",)):
            with suppress(Refused):
                Script(held, "R1", len).run(list(lines))
            console.client_gone()
        do_lines(held, held.bench, ["order L-880-AIS=", "mail 1"], len)
        held.save()
        served.stop()
        held.world.close()
    assert isrtwin("world", "replay")[0] == 0
    status, out = isrtwin("record", "a.yaml")
    assert status == 0, out
    text = " ".join(Path("a.yaml").read_text().split())
    assert "configure terminal, hostname mine, <Ctrl-Z>, exit" in text
    assert isrtwin("run", "a.yaml")[0] == 0


def test_a_world_with_an_imported_router_is_played_again(isrtwin: Cli) -> None:
    """Acts of an import are no inputs, so the history begins anew after it."""
    bench(isrtwin, "power R1 on", "advance 1d")
    capture = Path(__file__).parents[3] / "captures" / "show-version.c881.advsecurity.15.4-2-T1.txt"
    assert isrtwin("import", str(capture), "--name", "R2")[0] == 0
    bench(isrtwin, "power R2 cycle", "advance 1d")
    status, out = isrtwin("world", "replay")
    assert (status, out) == (0, "3 input(s) replayed: the same bytes, the same state\n")


def test_what_came_over_a_network_is_named(isrtwin: Cli) -> None:
    with WorldDirectory(world_path(None)) as directory:
        held = hold(directory, fresh=False, first=RouterRecipe(powered=True))
        held.world.clock.run_to(2 * MINUTE)
        held.world.lines_of("R1").check_login("lab", "lab", "192.0.2.7", "ssh")
        held.save()
        held.world.close()
    status, out = isrtwin("record", "a.yaml")
    assert status == 2
    assert "cannot be recorded, it came over a network: R1: log-in of 'lab' from 192.0.2.7 by ssh" in out
    assert not Path("a.yaml").exists()


def test_pages_and_keys_of_a_terminal_are_left_out_or_named(isrtwin: Cli) -> None:
    with WorldDirectory(world_path(None)) as directory:
        held = hold(directory, fresh=False, first=RouterRecipe(powered=True))
        line = held.world.lines_of("R1").console
        line.terminal.output = len
        line.terminal.attend(there=True)
        for typed in (
            "no",
            "",
            "enable",
            "show version",
            " ",
            "q",
            "terminal length 10",
            "show license",
            " ",
            "configure terminal",
            "hostname mine",
        ):
            held.world.clock.run_while(lambda: line.busy)
            line.terminal.submit(typed)
        line.terminal.end_configuration()
        held.save()
        held.world.close()
    status, out = isrtwin("record", "a.yaml")
    assert status == 0, out
    text = " ".join(Path("a.yaml").read_text().split())
    assert (
        "enable, show version, terminal length 10, show license, ' ', configure terminal, hostname mine, <Ctrl-Z>"
        in text
    )


def test_a_file_of_this_computer_is_named(isrtwin: Cli) -> None:
    Path("mine.txt").write_text("x")
    bench(isrtwin, "put usb mine.txt")
    status, out = isrtwin("record", "a.yaml")
    assert status == 2
    assert "a file of this computer was put into the lab" in out
