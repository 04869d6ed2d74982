"""Hints as one learner gets them: what they tell, and what is noted of the learner."""

from pathlib import Path

import pytest

from emulator.labs.playing import Player
from emulator.labs.telling import WIDTH
from emulator.runtime.held_world import hold
from emulator.runtime.labs.playing import begin
from emulator.runtime.labs.saved import place_of
from emulator.runtime.labs.session import LabSession
from emulator.runtime.time_travel import loaded
from emulator.scenarios.model import Step, as_lines
from emulator.world.directory import WorldDirectory


@pytest.mark.parametrize(("told_in_the_middle", "met"), [(False, ()), (True, ("not saved",))])
def test_of_a_mistake_only_the_hint_at_a_rule_tells(
    told_in_the_middle: bool, met: tuple[str, ...], tmp_path: Path
) -> None:
    begin("first-boot", tmp_path / "world", 1, exam=False)
    with WorldDirectory(tmp_path / "world") as directory:
        found = place_of(loaded(directory))
        session = LabSession(directory, hold(directory, fresh=False, first=None), found)
        player, task = Player(session.lab, session.position), session.lab.tasks[1]
        player.play_all(session.lab.tasks[0].ways[0].steps)
        hints = [session.hint()] if told_in_the_middle else [session.hint(), session.hint()]
        typed = as_lines(task.ways[0].steps[0].type or ())
        assert typed[-1] == "end"
        player.play_all([Step(console="R1", type=typed[:-1])])
        hints.append(session.hint())
        assert all(len(line) <= WIDTH for line in "".join(hints).splitlines())
        assert hints[-1].startswith("What is not saved " if told_in_the_middle else "R1> end\nR1> write memory\n")
        assert session.outcome().met == met
