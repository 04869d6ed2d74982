"""`isrtwin run` for CI: summary, JSON, JUnit, jobs, variables, the matrix, transcripts and worlds that are kept."""

import json
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path
from xml.etree import ElementTree

import pytest

from emulator.cli import run as running
from emulator.cli.main import main
from emulator.cli.output import show

Cli = Callable[..., tuple[int, str, str]]

HEAD = "title: T\nteaches: {question: Q, lesson: L}\n"
PASSES = HEAD + "routers: {}\nsteps:\n  - bench: time\n"
FAILS = (
    HEAD + "routers:\n  R1: {serial: FTX1405YDC7}\nsteps:\n  - bench: power R1 on\n  - check: level R1 advipservices\n"
)
MATRIX = HEAD + (
    "variables: {NAME: R1}\nmatrix:\n  PID: [CISCO881-K9, CISCO887VA-K9]\nrouters: {}\nsteps:\n"
    "  - bench: rack {NAME} {PID}\n    sees: '{PID}:'\n"
)


@pytest.fixture
def isrtwin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs the command in a directory with three scenario files; status, output, errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name, text in (("passes", PASSES), ("fails", FAILS), ("matrix", MATRIX)):
        (tmp_path / f"{name}.yaml").write_text(text)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_a_quiet_run_tells_failures_and_a_summary(isrtwin: Cli) -> None:
    assert isrtwin("run", "passes.yaml", "--quiet") == (0, "1 scenario passed\n", "")
    status, output, _ = isrtwin("run", "passes.yaml", "fails.yaml", "--quiet")
    assert status == 1
    assert output.splitlines() == [
        "fails.yaml: FAILED at fails.yaml:7, step 2, Mon 2010-03-01 09:00:00 UTC",
        "expected level R1 advipservices",
        "came: R1 is booting.",
        "1 of 2 scenarios failed: fails.yaml",
    ]


def test_a_predicate_of_a_list_is_told_with_its_own_line(isrtwin: Cli, tmp_path: Path) -> None:
    text = FAILS.replace("check: level R1 advipservices", "check:\n      - phase R1 booting\n      - phase R1 off")
    (tmp_path / "list.yaml").write_text(text)
    line = text.splitlines().index("      - phase R1 off") + 1
    _, output, _ = isrtwin("run", "list.yaml", "--quiet")
    assert output.startswith(f"list.yaml: FAILED at list.yaml:{line}, step 2, ")


def test_several_scenarios_end_with_a_summary(isrtwin: Cli) -> None:
    status, output, _ = isrtwin("run", "passes.yaml", "passes.yaml")
    assert status == 0
    assert output.endswith("passes.yaml: passed, 1 steps\n2 scenarios passed\n")


def test_the_outcomes_as_json_and_junit(isrtwin: Cli, tmp_path: Path) -> None:
    status, output, _ = isrtwin("run", "passes.yaml", "fails.yaml", "--json", "--junit", "out.xml")
    assert status == 1
    report = json.loads(output)
    assert (report["passed"], report["failed"]) == (1, 1)
    assert report["scenarios"][1]["file"] == "fails.yaml"
    assert report["scenarios"][1]["line"] == 7
    suite = ElementTree.parse(tmp_path / "out.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    passed, failed = suite
    assert passed.get("name") == "passes.yaml"
    assert list(passed) == []
    assert (failed.get("file"), failed.get("line")) == ("fails.yaml", "7")
    assert "R1 is booting." in (failed[0].text or "")


WRONG = HEAD + "routers: {R1: {}}\nsteps:\n  - bench: tiem\n  - console: R7\n    type: x\n"


@pytest.mark.heavy
def test_a_wrong_file_among_others_is_told_and_the_others_are_played(isrtwin: Cli, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG)
    told = [
        "isrtwin: wrong.yaml:5: step 1, bench: 'tiem' is not known at the bench. Did you mean time?",
        "isrtwin: wrong.yaml:6: step 2, console: unknown router 'R7'. Known: R1",
    ]
    names = ("passes.yaml", "wrong.yaml", "fails.yaml")
    status, output, errors = isrtwin("run", *names, "--quiet", "--junit", "out.xml")
    assert (status, errors.splitlines()) == (2, told)
    summary = "1 of 3 scenarios failed: fails.yaml; 1 of 3 scenarios could not be played: wrong.yaml"
    assert output.splitlines()[-1] == summary
    suite = ElementTree.parse(tmp_path / "out.xml").getroot()[0]
    assert [suite.get(key) for key in ("tests", "failures", "errors")] == ["3", "1", "1"]
    wrong = suite[1]
    assert (wrong.get("name"), wrong.get("file"), wrong.get("line")) == ("wrong.yaml", "wrong.yaml", "5")
    assert [(each.tag, each.text) for each in wrong] == [
        ("error", "\n".join(line.removeprefix("isrtwin: ") for line in told))
    ]
    assert isrtwin("run", *names, "--quiet", "--jobs", "2") == (2, output, errors)
    status, output, errors = isrtwin("run", *names, "--json")
    report = json.loads(output)
    assert (status, errors.splitlines()) == (2, told)
    assert (report["passed"], report["failed"], report["wrong_files"]) == (1, 1, 1)
    assert [(row["wrong_file"], row["step"]) for row in report["scenarios"]] == [
        (False, None),
        (True, None),
        (False, 2),
    ]


def test_a_file_that_is_named_without_its_ending_is_told(isrtwin: Cli) -> None:
    told = "isrtwin: there is no scenario 'passes', but a file; a file is named with its ending: passes.yaml\n"
    assert isrtwin("run", "passes") == (2, "", told)


@pytest.mark.parametrize("name", ["wrong.yaml", "nowhere.yaml", "no-such-scenario"])
def test_a_wrong_file_alone_is_told(isrtwin: Cli, tmp_path: Path, name: str) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG)
    status, output, errors = isrtwin("run", name)
    assert (status, output) == (2, "")
    assert errors
    status, output, errors = isrtwin("run", name, "--html", "it.html")
    assert (status, output) == (2, "")
    assert errors
    assert not (tmp_path / "it.html").exists()


VALUES = HEAD + (
    "variables: {LEVEL: advip, SOME: '10'}\nmatrix:\n  PID:\n    - CISCO881-K9\n    - CISCO882-K9\n"
    "start: '{START}'\nrouters:\n  R1: {pid: '{PID}', powered: true}\n  R2: {pid: '{PID}'}\nsteps:\n"
    "  - until: level R1 {LEVEL}\n    within: '{SOME}'\n  - check: level R1 {LEVEL}\n"
)


def test_a_wrong_value_is_told_where_it_is_set(isrtwin: Cli, tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text(VALUES)
    _, _, errors = isrtwin("validate", "values.yaml")
    ambiguous = "'level R1 advip' is ambiguous: advip may be advipservices, advipservices_npe"
    duration = "'10' is not a duration; write for example 59d12h, 90m or 30s"
    pid = "unknown PID 'CISCO882-K9'. Did you mean CISCO888-K9?"
    assert errors.splitlines() == [
        f"isrtwin: values.yaml:3: variables.SOME: {duration} (used in step 1, within, line 14)",
        f"isrtwin: values.yaml:3: variables.LEVEL: {ambiguous} (used in step 1, until, line 13)",
        f"isrtwin: values.yaml:7: matrix.PID 2: {pid} (used in routers.R1.pid, line 10)",
        "isrtwin: values.yaml:8: start: no variable has the name START. Known: LEVEL, PID, SOME",
    ]
    right = VALUES.replace("advip,", "advsecurity,").replace("'10'", "10m").replace("start: '{START}'\n", "")
    (tmp_path / "values.yaml").write_text(right)
    status, output, errors = isrtwin("run", "values.yaml", "--set", "PID=CISC0888-K9", "--set", "LEVEL=advipservice")
    assert (status, output) == (2, "")
    assert errors.splitlines() == [
        (
            "isrtwin: --set PID=CISC0888-K9: unknown PID 'CISC0888-K9'. Did you mean CISCO888-K9? "
            "(used in routers.R1.pid, values.yaml:9)"
        ),
        (
            "isrtwin: --set LEVEL=advipservice: 'level R1 advipservice' is ambiguous: "
            "advipservice may be advipservices, advipservices_npe (used in step 1, until, values.yaml:12)"
        ),
    ]


@pytest.mark.heavy
def test_several_jobs_give_the_same_output(isrtwin: Cli) -> None:
    names = ("passes.yaml", "fails.yaml", "matrix.yaml", "rma")
    alone, together = isrtwin("run", *names), isrtwin("run", *names, "--jobs", "2")
    assert together == alone


@pytest.mark.heavy
def test_a_process_that_is_killed_is_told(
    isrtwin: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Kill it as the host does when it has no more memory; what was played before is told."""

    def shown(text: str) -> None:
        for process in active_children():
            process.kill()
        show(text)

    monkeypatch.setattr(running, "show", shown)
    assert main(["run", "passes.yaml", *["rma"] * 4, "--jobs", "2"]) == 2
    captured = capsys.readouterr()
    told = "a process that played a scenario was ended from outside; play with fewer --jobs"
    assert captured.err == f"isrtwin: {told}\n"
    assert "bench>time\n" in captured.out


def test_a_matrix_is_played_in_all_combinations(isrtwin: Cli) -> None:
    status, output, _ = isrtwin("run", "matrix.yaml")
    assert status == 0
    assert "# with PID=CISCO881-K9\n" in output
    assert "bench| bench>rack R1 CISCO887VA-K9\n" in output
    assert output.endswith("2 scenarios passed\n")
    status, output, _ = isrtwin("run", "matrix.yaml", "--set", "PID=CISCO861-K9", "--set", "NAME=R7")
    assert status == 0
    assert "bench| bench>rack R7 CISCO861-K9\n" in output


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("NAM=R7", "unknown variable 'NAM'. Did you mean NAME?"),
        ("NAME", "'NAME' sets nothing; write NAME=VALUE"),
        (
            "PID=CISCO881",
            "isrtwin: --set PID=CISCO881: 'rack R1 CISCO881' is ambiguous: CISCO881 may be CISCO881-K9, ",
        ),
    ],
)
def test_a_wrong_setting_is_told(isrtwin: Cli, setting: str, problem: str) -> None:
    status, _, errors = isrtwin("run", "matrix.yaml", "--set", setting)
    assert status == 2
    assert problem in errors


def test_transcripts_are_recorded_and_compared(isrtwin: Cli, tmp_path: Path) -> None:
    assert isrtwin("run", "matrix.yaml", "passes.yaml", "fails.yaml", "--update", "--quiet")[0] == 1
    recorded = sorted(file.name for file in tmp_path.glob("*.txt"))
    assert recorded == [
        "matrix.transcript.PID=CISCO881-K9.txt",
        "matrix.transcript.PID=CISCO887VA-K9.txt",
        "passes.transcript.txt",
    ]
    assert isrtwin("run", "matrix.yaml", "passes.yaml", "--quiet")[0] == 0
    transcript = tmp_path / "passes.transcript.txt"
    good = transcript.read_text()
    transcript.write_text(good.replace("Mon", "Tue"))
    status, output, _ = isrtwin("run", "passes.yaml", "--quiet")
    assert status == 1
    assert "-## 1  Tue 2010-03-01 09:00:00 UTC\n+## 1  Mon 2010-03-01 09:00:00 UTC\n" in output
    status, output, _ = isrtwin("run", "passes.yaml", "--quiet", "--update")
    assert status == 0
    assert "+bench| It is Mon 2010-03-01 09:00:00 UTC\n" in output
    assert transcript.read_text() == good


def test_the_world_of_a_failure_is_kept(isrtwin: Cli, tmp_path: Path) -> None:
    status, output, _ = isrtwin("run", "fails.yaml", "--keep-world", "left", "--quiet")
    assert status == 1
    assert "the world is kept: isrtwin console --world left\n" in output
    status, output, _ = isrtwin("bench", "--world", "left", "-c", "status", "-c", "time")
    assert status == 0
    assert "R1  CISCO881-K9:FTX1405YDC7  booting\n" in output
    assert output.endswith("It is Mon 2010-03-01 09:00:00 UTC\n")
    status, _, errors = isrtwin("run", "fails.yaml", "--keep-world", "left", "--quiet")
    assert status == 2
    assert errors == "isrtwin: the world is not kept: there is something in left already\n"
    assert isrtwin("run", "fails.yaml", "fails.yaml", "--keep-world", "both", "--quiet")[0] == 2


@pytest.mark.parametrize("jobs", ["0", "65", "x", "-1", "²"])
def test_a_wrong_number_of_jobs_is_told(isrtwin: Cli, jobs: str) -> None:
    with pytest.raises(SystemExit) as caught:
        isrtwin("run", "passes.yaml", f"--jobs={jobs}")
    assert caught.value.code == 2
