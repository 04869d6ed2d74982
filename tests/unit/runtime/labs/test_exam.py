"""An exam as its learner meets it: whatever is asked while it goes on, nothing tells what is right."""

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.bench.session import LearnerLab
from emulator.kernel.errors import EmulatorError
from emulator.labs.playing import Player
from emulator.runtime.held_world import hold
from emulator.runtime.labs.playing import begin
from emulator.runtime.labs.saved import place_of
from emulator.runtime.labs.session import LabSession
from emulator.runtime.time_travel import loaded
from emulator.world.directory import WorldDirectory

ASKED: dict[str, Callable[[LabSession], object]] = {
    "listing": LabSession.listing,
    "start": lambda lab: lab.start(None),
    "pause": LabSession.pause,
    "check_finish": LabSession.check_finish,
    "reset": LabSession.reset,
    "check_reset": LabSession.check_reset,
    "questions": LabSession.questions,
    "checkpoints": LabSession.checkpoints,
    "task": LabSession.task,
    "text": LabSession.text,
    "check": LabSession.check,
    "next_hint": LabSession.next_hint,
    "answer": lambda lab: lab.answer("LEVEL", "advipservices"),
    "solve": LabSession.solve,
    "check_solve": LabSession.check_solve,
    "price_of_back": lambda lab: lab.price_of_back("task-1"),
    "back": lambda lab: lab.back("start"),
    "result": lambda lab: lab.result(as_json=True),
}
"""Everything that a learner can ask for, but those that end the exam or give a hint that was found."""


def _told(lab: LabSession, ask: Callable[[LabSession], object]) -> object:
    try:
        return ask(lab)
    except EmulatorError as error:
        return str(error)


@pytest.mark.heavy
def test_nothing_in_an_exam_tells_what_is_right(tmp_path: Path) -> None:
    methods = {name for name, _ in inspect.getmembers(LearnerLab, inspect.isfunction) if not name.startswith("_")}
    assert methods - ASKED.keys() == {"finish", "take_hint"}
    begin("first-boot", tmp_path / "world", 1, exam=True, limit=None)
    with WorldDirectory(tmp_path / "world") as directory:
        found = place_of(loaded(directory))
        lab = LabSession(directory, hold(directory, fresh=False, first=None), found, wall=lambda: 0.0)
        player = Player(lab.lab, lab.position)
        for question in ("PRODUCT", "SERIAL", "LEVEL", "NEXT"):
            lab.answer(question, {"PRODUCT": "CISCO861-K9", "SERIAL": "FTX00000000"}.get(question, "advipservices"))
        before = {name: _told(lab, ask) for name, ask in ASKED.items()}
        overview, brief = lab.overview(), lab.brief_standing()
        given = [question.given for task in overview.tasks for question in task.questions]
        for task in lab.lab.tasks:
            player.play_all(task.ways[0].steps)
            assert lab.brief_standing() == brief
        assert {name: _told(lab, ask) for name, ask in ASKED.items()} == before
        assert [question.given for task in lab.overview().tasks for question in task.questions] != given
        assert (lab.overview().points, lab.overview().checkpoints) == (0, ())
        assert before["back"] == "an exam cannot be put back to a checkpoint"
        assert "First boot: 91 of 100 points" in lab.finish()
        assert lab.price_of_back("start") == ""
