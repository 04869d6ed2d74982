"""`isrtwin lab`: a learner from the start to the result, and a lab that is found as it was left."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.cli.main import main
from emulator.keys.signing import fingerprint
from emulator.labs.loader import BLANK
from emulator.labs.shipped import find_lab
from emulator.world.secret_file import SECRET

NAME = "from-order-to-level"

Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world of a lab that was just started."""
    path = tmp_path_factory.mktemp("labs") / "begun"
    assert main(["lab", "start", NAME, "--world", str(path), "-c", "lab"]) == 0
    return path


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The place of a world that is not there yet."""
    return tmp_path / "world"


@pytest.fixture
def started(begun: Path, world: Path) -> Path:
    """A world of one's own in which the lab was just started."""
    shutil.copytree(begun, world)
    return world


@pytest.fixture
def lab(world: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command of `isrtwin lab` at the learner's world: its status and all that it printed."""

    def run(act: str, *more: str) -> tuple[int, str]:
        status = main(["lab", act, NAME, "--world", str(world), *more])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return run


def console(world: Path, *lines: str) -> int:
    return main(["console", "R1", "--world", str(world), *(word for line in lines for word in ("-c", line))])


SITE = (
    "configure terminal", "interface Vlan1", "description site", "router ospf 1", "network 192.0.2.0 0.0.0.255 area 0",
    "end",
)  # fmt: skip
"""The lines of `site.cfg`, typed."""


def bring_it_up(lab: Run, world: Path) -> None:
    """Do the first two tasks."""
    pak = json.loads((world / "lab.json").read_text())["content"]["values"]["PAK"]
    assert console(world, f"license call-home install pak {pak}", "lab", "lab", "yes") == 0
    assert lab("start", "-c", "power R1 cycle", "-c", "advance 3m")[0] == 0


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_a_learner_goes_from_the_start_to_the_result(lab: Run, world: Path) -> None:
    assert "task 1 of 3, 0 of 100 points" in lab("start", "-c", "lab")[1]
    assert "A PAK is a receipt;" in lab("check")[1]
    bring_it_up(lab, world)
    assert "task 3 of 3, 80 of 100 points" in lab("check")[1]
    assert console(world, *SITE) == 0
    told = lab("check")[1]
    assert "What is not saved is gone at the next boot" in told
    assert console(world, "write memory") == 0
    assert "all tasks are done, 100 of 100 points" in lab("check")[1]
    status, told = lab("result")
    assert status == 0
    assert "The lab is mastered." in told
    assert "A license for advipservices was installed on R1" in told
    assert "What is not saved is gone at the next boot" in told
    result = json.loads(lab("result", "--json")[1])
    assert result["points"] == 100
    assert result["tasks"] == [40, 40, 20]
    assert result["mastered"] is True
    assert result["met"] == ["not saved"]
    assert result["simulated"] > 180_000


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_hints_come_in_order_and_cost_only_what_they_helped_with(lab: Run, world: Path) -> None:
    assert lab("hint")[1].endswith("the router shows the other.\nThis hint costs nothing.\n")
    status, told = lab("hint")
    assert (status, told.splitlines()[0]) == (
        1,
        "This hint costs 10 % of the 40 points that are open in this task. Show it? [y/N]",
    )
    assert "A PAK is a receipt;" not in told
    assert "A PAK is a receipt;" in lab("hint", "--yes")[1]
    dearer = "This hint costs 25 % of the 40 points that are open in this task, instead of the 10 % for a hint."
    assert dearer in lab("hint")[1]
    assert "R1> license call-home install pak" in lab("hint", "--yes")[1]
    assert "earn 75 % of their points" in lab("hint")[1]
    bring_it_up(lab, world)
    assert json.loads(lab("result", "--json")[1])["tasks"] == [30 * 75 // 100 + 10, 40, 0]
    assert "22 of 30  " in lab("check")[1]
    assert " A hint cost 25 %." in " ".join(lab("check")[1].split())
    assert "Task 1, Turn the PAK into a license on R1: 32 of 40 (a hint cost 25 %)" in lab("result")[1]


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_the_act_that_ruled_out_the_solution_is_named_and_a_checkpoint_leads_back(lab: Run) -> None:
    assert lab("start", "-c", "mail 1", "-c", "order L-880-AIS=", "-c", "time")[0] == 0
    assert "Whatever was issued to a device is sent again" in lab("check")[1]
    lab("hint")
    assert "This hint costs nothing." in lab("hint")[1]
    told = " ".join(lab("hint")[1].split())
    assert "The lab knows no solution from here. This act ruled it out: bench: 'order L-880-AIS='" in told
    assert "`lab back start`" in told
    assert lab("start", "-c", "lab back ?") == (0, "  start  The start of the lab\n")
    status, told = lab("back", "start")
    assert (status, told.splitlines()[0]) == (
        1,
        "Going back costs 10 % of the 40 points that are open in this task. Go back? [y/N]",
    )
    status, told = lab("back", "start", "--yes")
    assert (status, told.splitlines()[0][:34]) == (0, "the world is as in snapshot start.")
    assert "Whatever was issued to a device is sent again" not in lab("check")[1]
    assert "R1> license call-home install pak" in lab("solve", "--yes")[1]


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_what_was_earned_stays_though_it_was_spoilt_before_a_judgement_was_asked_for(lab: Run, world: Path) -> None:
    bring_it_up(lab, world)
    assert console(world, "configure terminal", "license boot module c880-data level advsecurity", "end") == 0
    assert console(world, "write memory") == 0
    assert lab("start", "-c", "power R1 cycle", "-c", "advance 3m")[0] == 0
    assert "task 3 of 3, 80 of 100 points" in lab("check")[1]
    assert lab("back", "task-2", "--yes")[0] == 0


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_after_the_last_task_everything_is_practice(lab: Run, world: Path) -> None:
    bring_it_up(lab, world)
    assert console(world, *SITE) == 0
    assert console(world, "write memory") == 0
    assert "100 of 100 points" in lab("start", "-c", "lab")[1]
    assert lab("start", "-c", "order L-880-AIS=")[0] == 0
    assert lab("check")[1].startswith("All tasks are done. What you do from now on is practice and does not count.\n")
    assert json.loads(lab("result", "--json")[1])["points"] == 100


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_a_checkpoint_follows_each_task(lab: Run, world: Path) -> None:
    bring_it_up(lab, world)
    lab("check")
    status, told = lab("back", "task-9")
    assert (status, told) == (1, "% unknown checkpoint 'task-9'. Did you mean task-2?\n")
    assert lab("back", "task-2", "--yes")[0] == 0
    assert "80 of 100 points" in lab("check")[1]


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_what_happened_after_a_checkpoint_is_forgotten_with_it(lab: Run, world: Path) -> None:
    assert console(world, "write erase", "") == 0
    bring_it_up(lab, world)
    before = lab("result")[1]
    lab("check")
    assert console(world, "write erase", "") == 0
    assert lab("start", "-c", "order L-880-AIS=")[0] == 0
    assert record(world).count("erase") == 2
    assert lab("back", "task-2", "--yes")[0] == 0
    assert record(world).count("erase") == 1
    assert "order" not in record(world)
    assert lab("result")[1] == before


@pytest.mark.usefixtures("started")
def test_what_another_command_did_is_taken_into_the_record_once(lab: Run, world: Path) -> None:
    assert console(world, "write erase", "") == 0
    for _ in range(3):
        lab("check")
    assert console(world, "verify flash:c880data-universalk9-mz.150-1.M4.bin") == 0
    assert main(["bench", "--world", str(world), "-c", "power R1 cycle", "-c", "advance 3m"]) == 0
    lab("check")
    assert record(world) == ["erase", "verify", "stop", "boot"]


def record(world: Path) -> list[str]:
    lines = (world / "record.jsonl").read_text().splitlines()
    return [json.loads(line)["content"]["happening"]["act"] for line in lines]


def test_nobody_computes_the_key_of_another_exam(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys, texts = set(), set()
    for place in ("first", "again"):
        assert main(["lab", "start", "first-boot", "--exam", "--world", str(tmp_path / place), "-c", "lab text"]) == 0
        text, _, key = capsys.readouterr().out.partition("Key ")
        texts.add(text.partition("Exam: ")[0])
        keys.add(key)
        assert "known" not in (tmp_path / place / SECRET).read_text()
    assert (len(texts), len(keys)) == (1, 2)


@pytest.mark.heavy
def test_an_exam_tells_no_points_until_it_is_handed_in(lab: Run, world: Path) -> None:
    assert "Key " in lab("start", "--exam", "-c", "lab text")[1]
    line = "From order to level, exam: 3 tasks, 2"
    bring_it_up(lab, world)
    assert lab("check")[1].startswith(line)
    told = lab("task")[1]
    assert "Task 1 " in told
    assert "Task 3 " in told
    assert line in told
    assert lab("result") == (1, "% the result of an exam is told when it is over; `lab finish` hands it in\n")
    for act in ("hint", "solve"):
        more = ("--yes",) if act == "solve" else ()
        assert lab(act, *more) == (1, "% in an exam there are no hints and no solutions\n")
    assert lab("pause") == (1, "% an exam cannot be paused\n")
    assert lab("start", "-c", "lab reset") == (1, "% an exam cannot be started again\n")
    assert lab("back", "start") == (1, "% an exam cannot be put back to a checkpoint\n")
    assert "From order to level: 80 of 100 points" in lab("finish", "--yes")[1]
    assert lab("finish", "--yes") == (1, "% the exam is over; `lab result` shows its result\n")
    lines = ("configure terminal", "router ospf 1", "network 192.0.2.0 0.0.0.255 area 0", "end", "write memory")
    assert console(world, *lines) == 0
    assert "\nFrom order to level, exam: 80 of 100 points, handed in after " in lab("check")[1]
    signed = lab("result", "--json")[1]
    assert json.loads(signed)["result"]["exam"] is True
    assert json.loads(signed)["result"]["tasks"] == [40, 40, 0]
    verify(world.parent, signed)


@pytest.mark.usefixtures("started")
def test_only_an_exam_is_handed_in(lab: Run) -> None:
    assert lab("finish", "--yes") == (1, "% only an exam is handed in; `lab result` shows your points so far\n")


def verify(folder: Path, signed: str) -> None:
    """A signed result is verified, with its key, and a changed one is told of."""
    key = fingerprint(bytes.fromhex(json.loads(signed)["key"]))
    for text, more, status in (
        (signed, (), 0),
        (json.dumps(json.loads(signed)), ("--key", key.lower()), 0),
        (signed, ("--key", "0123456789ABCDEF"), 1),
        (signed.replace('"points": 80', '"points": 99'), (), 1),
        (signed.replace('"seed": 1', '"sede": 1'), (), 1),
        ("nothing", (), 1),
    ):
        (folder / "result.json").write_text(text)
        assert bool(main(["lab", "verify", str(folder / "result.json"), *more])) is bool(status), text


@pytest.mark.heavy
def test_after_the_time_of_an_exam_nothing_counts_any_more(lab: Run, world: Path) -> None:
    lab("start", "--exam", "--limit", "10m", "--timer", "simulated", "-c", "lab")
    assert lab("check")[1].endswith("exam: 3 tasks, 10m left\n")
    pak = json.loads((world / "lab.json").read_text())["content"]["values"]["PAK"]
    assert console(world, f"license call-home install pak {pak}", "lab", "lab", "yes") == 0
    assert lab("start", "-c", "advance 20m")[0] == 0
    assert console(world, "reload", "") == 0
    assert lab("start", "-c", "advance 5m")[0] == 0
    assert lab("check")[1] == "From order to level, exam: 40 of 100 points, time is up\n"
    assert json.loads(lab("result", "--json")[1])["result"]["tasks"] == [40, 0, 0]


@pytest.mark.usefixtures("started")
def test_the_time_of_a_practice_can_be_stopped(lab: Run) -> None:
    status, told = lab("pause")
    assert (status, told[:10]) == (0, "paused at ")
    assert lab("check") == (1, "% the time is paused; `lab start` continues\n")
    assert "task 1 of 3" in lab("start", "-c", "lab start")[1]
    assert lab("check")[0] == 0


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_a_lab_is_begun_anew_at_the_bench_and_hints_stay_paid(lab: Run, world: Path) -> None:
    for _ in range(2):
        lab("hint", "--yes")
    bring_it_up(lab, world)
    assert "77 of 100 points" in lab("check")[1]
    assert "the world is as in snapshot start" in lab("start", "-c", "lab reset yes")[1]
    assert record(world) == []
    assert "0 of 100 points" in lab("check")[1]
    bring_it_up(lab, world)
    assert "76 of 100 points" in lab("check")[1]


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_the_words_of_a_lab_at_the_bench(lab: Run, capsys: pytest.CaptureFixture[str], world: Path) -> None:
    assert main(["lab", "list"]) == 0
    listed = capsys.readouterr().out
    assert lab("start", "-c", "lab list") == (0, listed)
    told = lab("start", "-c", "lab start first-boot")[1]
    assert "`isrtwin lab start first-boot` starts another" in told
    assert main(["bench", "--world", str(world), "-c", "lab check"]) == 0
    assert "A PAK is a receipt;" in capsys.readouterr().out


def test_a_limit_is_for_an_exam(lab: Run) -> None:
    assert "a time limit is for an exam: add --exam" in lab("start", "--limit", "10m", "-c", "lab")[1]


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_endless_forks_and_a_thousand_years_change_nothing(
    lab: Run, world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = lab("result", "--json")[1]
    for line in ("fork mine", "snapshot mine", "advance 365000d", "advance until 99999-01-01T00:00"):
        assert lab("start", "-c", line)[0] == 1
        assert main(["bench", "--world", str(world), "-c", line]) == 1
    capsys.readouterr()
    after = lab("result", "--json")[1]
    assert [json.loads(each)["simulated"] for each in (before, after)] == [0, 0]
    assert [path.name for path in world.parent.iterdir()] == ["world"]


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_a_lab_that_is_a_thousand_years_old_is_judged_and_left_by_its_checkpoint(lab: Run, world: Path) -> None:
    assert lab("start", "-c", "advance until 3010-03-01T09:00")[0] == 0
    assert "task 1 of 3, 0 of 100 points" in lab("check")[1]
    assert lab("back", "start", "--yes")[0] == 0
    bring_it_up(lab, world)
    assert "77 of 100 points" in lab("check")[1]


@pytest.mark.usefixtures("started")
def test_verbs_that_give_a_lab_away_are_closed(lab: Run) -> None:
    for verb in ("status R1", "snapshot mine", "fork mine", "internet R1 off", "portal extension R1 advipservices 30d"):
        assert lab("start", "-c", verb) == (1, "% this command is not available in this lab\n")


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_a_lab_leaves_the_verbs_that_are_no_help(lab: Run) -> None:
    for verb in ("time", "files usb", "mail", "portal audit", "cable R1 FastEthernet0 out", "exit", "quit"):
        assert lab("start", "-c", verb)[0] == 0, verb


def test_a_lab_that_was_not_started_is_told(lab: Run) -> None:
    status, told = lab("check")
    assert status == 2
    assert f"the lab {NAME} was not started in" in told


@pytest.mark.usefixtures("started")
def test_a_lab_is_reset_only_by_name(lab: Run, world: Path) -> None:
    status, told = lab("start", "--seed", "7", "-c", "lab")
    assert status == 2
    assert f"`isrtwin lab start {NAME} --world {world}` continues it" in told
    assert f"`isrtwin lab reset {NAME} --world {world}` deletes it" in told
    assert lab("reset") == (2, "isrtwin: `lab reset` asks first; add --yes where nobody can answer\n")
    assert world.exists()
    assert lab("reset", "--yes")[0] == 0
    assert not world.exists()
    assert lab("start", "--seed", "7", "-c", "lab")[0] == 0


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("act", ["start", "check", "reset"])
def test_another_lab_is_neither_opened_nor_deleted(act: str, world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", act, "first-boot", "--world", str(world)]) == 2
    assert f"the lab in {world} is {NAME}, not first-boot" in capsys.readouterr().err
    assert world.exists()


def test_an_unknown_lab_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "start", "frist-boot"]) == 2
    assert capsys.readouterr().err == "isrtwin: unknown lab 'frist-boot'. Did you mean first-boot?\n"


@pytest.mark.usefixtures("started")
def test_a_sound_lab_has_no_way_back_that_costs_nothing(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for act in (["restore", "start"], ["undo"]):
        assert main(["world", *act, "--world", str(world)]) == 2
        told = capsys.readouterr().err
        assert "is played in this world; `isrtwin lab back " in told
        assert told.endswith(f" CHECKPOINT --world {world}` goes back there, at its cost\n")


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("file", ["lab.json", "beginning.json", "record.jsonl", "world.json"])
def test_an_edited_file_is_told_and_never_believed(lab: Run, world: Path, file: str) -> None:
    assert "% this lab asks no questions; " in lab("start", "-c", "lab answer NOTHING x")[1]
    lab("start", "-c", "power R1 off", "-c", "power R1 on", "-c", "advance 5m")
    if file == "record.jsonl":
        whole = (world / file).read_bytes()
        lines = whole.splitlines(keepends=True)
        (world / file).write_bytes(b"".join(lines[:-1]))
        few = f"is damaged: it has {len(lines) - 1} of its {len(lines)} lines; put a copy of it back, or reset the lab"
        assert lab("check") == (2, f"isrtwin: {world / file}: {few}\n")
        (world / file).write_bytes(whole)
    edited = (world / file).read_bytes().replace(b"R1", b"R2", 1).replace(b'"seed":1', b'"seed":2', 1)
    assert edited != (world / file).read_bytes()
    (world / file).write_bytes(edited)
    status, told = lab("check")
    assert status == 2
    assert file in told
    assert "damaged" in told
    if file != "world.json":
        assert told.endswith("; put a copy of it back, or reset the lab\n")
        (world / file).unlink()
        assert lab("check") == (2, f"isrtwin: {world / file}: is missing; put a copy of it back, or reset the lab\n")
        assert lab("reset", "--yes")[0] == 0
        assert not world.exists()
        return
    checkpoint = ["world", "restore", "start", "--world", str(world)]
    assert told.endswith(f"; put a copy back, or go back to the last checkpoint: `isrtwin {' '.join(checkpoint)}`\n")
    assert main(checkpoint) == 0
    assert lab("check")[0] == 0


def test_a_lab_of_ones_own_goes_by_its_name_once_it_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    assert main(["lab", "check", "mine"]) != 0
    assert main(["new", "lab", "mine"]) == 0
    assert main(["lab", "start", "mine.md", "-c", "lab"]) == 0
    for act in (["task", "mine"], ["check", "mine"], ["reset", "mine", "--yes"]):
        assert main(["lab", *act]) == 0, capsys.readouterr().err
    assert main(["lab", "reset", "mine", "--yes"]) != 0
    assert "unknown lab 'mine'" in capsys.readouterr().err


def test_a_page_that_changed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "lab", str(tmp_path / "mine")]) == 0
    page, world = str(tmp_path / "mine.md"), ["--world", str(tmp_path / "world")]
    assert main(["lab", "start", page, *world, "-c", "lab"]) == 0
    (tmp_path / "mine.md").write_text((tmp_path / "mine.md").read_text() + "\n")
    assert main(["lab", "check", page, *world]) == 2
    assert "the page of this lab has changed since it was started; reset the lab" in capsys.readouterr().err


@pytest.mark.heavy
@pytest.mark.usefixtures("started")
def test_killed_in_the_middle_of_gradings_nothing_is_lost(lab: Run, world: Path) -> None:
    bring_it_up(lab, world)
    judged = [sys.executable, "-m", "emulator", "lab", "check", NAME, "--world", str(world)]
    for pause in (0.4, 0.7, 1.0):
        with subprocess.Popen(judged, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(pause)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
    assert "80 of 100 points" in lab("check")[1]
    assert (
        "A license for advipservices was installed on R1" in lab("result")[1]
        or "task 3 of 3" in lab("start", "-c", "lab")[1]
    )


@pytest.mark.heavy
def test_a_paper_has_the_tasks_of_a_seed_and_nothing_of_the_ways(capsys: pytest.CaptureFixture[str]) -> None:
    papers = []
    for seed in ("3", "3", "4"):
        assert main(["lab", "paper", "first-boot", "--seed", seed]) == 0
        papers.append(capsys.readouterr().out)
    assert papers[0] == papers[1] != papers[2]
    assert papers[0].startswith("# First boot\n")
    assert "- `SERIAL`: What is the serial number of R1?" in papers[0]
    for hidden in ("solve", "enable", "projector", "holds", "{"):
        assert hidden not in papers[0]


@pytest.mark.heavy
def test_the_answer_sheet_is_apart_and_fits_the_paper_of_its_seed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "paper", "first-boot", "--seed", "3"]) == 0
    paper = capsys.readouterr().out
    sheets = []
    for _ in range(2):
        assert main(["lab", "paper", "first-boot", "--seed", "3", "--answers"]) == 0
        sheets.append(capsys.readouterr().out)
    assert sheets[0] == sheets[1]
    assert sheets[0].startswith("# First boot: answers, seed 3\n")
    serial = re.search(r"- `SERIAL`: (\w{11})\n", sheets[0])
    assert serial
    assert serial[1] not in paper
    host = re.search(r"R1 is called `(\w+)`", paper)
    assert host
    assert f"    R1> hostname {host[1]}\n" in sheets[0]


def test_the_answer_sheet_has_blanks_where_the_paper_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "paper", "behind-the-fence", "--seed", "2", "--answers"]) == 0
    told = capsys.readouterr().out
    assert f"portal register {BLANK}" in told
    assert "{" not in told


def test_a_paper_has_blanks_for_what_each_world_has_for_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "paper", "behind-the-fence", "--seed", "2"]) == 0
    paper = capsys.readouterr().out
    assert re.search(r"sales order is\s+_+\.", paper)
    assert len(re.findall(r"CISCO881-K9:FTX\w+", paper)) == 3


@pytest.mark.heavy
def test_looking_at_labs_needs_no_world(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "list"]) == 0
    assert f"{NAME}  " in capsys.readouterr().out
    assert main(["validate", str(find_lab(NAME))]) == 0
