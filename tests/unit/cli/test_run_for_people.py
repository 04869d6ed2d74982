"""`isrtwin run` for people: step by step, and as files to keep."""

from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.cli.main import main

SCENARIO = """\
title: A router is told apart
teaches: {question: Q, lesson: L}
routers:
  R1: {serial: FTX1405YDC7, powered: true}
steps:
  - console: R1
    type: ["no", "", enable]
  - note: Look at the time.
    bench: time
  - check: level R1 advsecurity
"""

Step = Callable[..., tuple[int, str]]


@pytest.fixture
def step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Step:
    """Plays the scenario step by step with these lines typed; status and output."""
    monkeypatch.chdir(tmp_path)
    Path("told.yaml").write_text(SCENARIO)

    def play(*typed: str, options: tuple[str, ...] = ("--step",)) -> tuple[int, str]:
        lines = iter(typed)

        def answer(prompt: str) -> str:
            print(prompt, end="")
            try:
                return next(lines)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        status = main(["run", "told.yaml", *options])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return play


def test_every_step_is_waited_for(step: Step) -> None:
    status, out = step("", "", "")
    assert status == 0
    assert [line.partition("next, ")[2] for line in out.splitlines() if "next, step" in line] == [
        "step 1: R1: no / RETURN / enable",
        "step 2: Look at the time. - bench: time",
        "step 3: check: level R1 advsecurity",
    ]
    assert "told.yaml: passed, 3 steps" in out


def test_a_person_types_in_between_and_the_script_goes_on(step: Step) -> None:
    status, out = step("", "R1 show license udi", "R1", "configure terminal", "hostname mine", "end", ".", "", "")
    assert status == 0
    assert "CISCO881-K9:FTX1405YDC7" in out
    assert "R1   | mine#" not in out.partition("hostname mine")[0]
    assert "R1   | mine(config)#end" in out
    assert "passed" in out


def test_the_bench_is_a_place_too(step: Step) -> None:
    _, out = step("bench power R1 off", "bench nonsense", "")
    assert "bench| bench>power R1 off" in out
    assert "bench>nonsense" in out


def test_what_is_typed_by_hand_is_not_what_a_step_expects(step: Step) -> None:
    Path("told.yaml").write_text(SCENARIO.replace("bench: time", "bench: time\n    hides: FTX1405YDC7"))
    status, _ = step("", "R1 show license udi", "go")
    assert status == 0


def test_go_plays_the_rest_and_quit_ends(step: Step) -> None:
    status, out = step("go")
    assert (status, out.count("step> ")) == (0, 1)
    status, out = step("", "quit")
    assert status == 0
    assert "ended before step 2" in out
    assert "passed" not in out


def test_what_cannot_be_typed_is_told(step: Step) -> None:
    _, out = step("R9 show clock", "?", "quit")
    assert "there is no place 'R9'; there are bench, R1" in out
    assert "RETURN        play the next step" in out


def test_a_transcript_is_compared_unless_somebody_typed(step: Step) -> None:
    assert step(options=("--update",))[0] == 0
    assert Path("told.transcript.txt").is_file()
    assert step("go")[0] == 0
    assert step("", "R1 show clock", "go")[0] == 0
    Path("told.transcript.txt").write_text("another\n")
    assert step("go")[0] == 1


def test_files_are_written(step: Step) -> None:
    status, _ = step(options=("--cast", "a.cast", "--html", "a.html", "--svg", "a.svg"))
    assert status == 0
    assert Path("a.cast").read_text().startswith('{"version":2')
    assert "A router is told apart" in Path("a.html").read_text()
    assert Path("a.svg").read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--cast", "no/where.cast"), "no/where.cast cannot be written"),
        (("told.yaml", "--html", "a.html"), "are for one scenario, not for 2; name one"),
        (("--update", "--set", "A=1"), "--update records a scenario as its file is; it does not go with --set"),
        (("--step", "--json"), "--step shows what is played"),
    ],
)
def test_what_is_refused(step: Step, options: tuple[str, ...], complaint: str) -> None:
    status, out = step(options=options)
    assert status == 2
    assert complaint in out
