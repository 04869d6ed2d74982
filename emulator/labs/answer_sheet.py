"""The answer sheet to a lab on paper: for one seed, the right answers and a solution of every task, for the teacher.

The solution is played, so the answers are those that it finds. What is another thing in each learner's world, such as a
PAK, is a blank here as it is on paper.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from emulator.keys.world_secret import WorldSecret
from emulator.labs.hints import act_in_words
from emulator.labs.loader import BLANK, open_lab
from emulator.labs.playing import LearnerWorld, Player
from emulator.scenarios.model import Step
from emulator.scenarios.variables import filled


def answer_sheet(path: Path, seed: int) -> str:
    """The answers to a lab with a seed, in Markdown.

    Raises:
        Mistakes: the page is wrong; all that is.
        DataFileError: the page cannot be read, or its prelude does not go as it says.
    """
    one, other = (tuple(_lines(path, seed)) for _ in range(2))
    return "".join(f"{_common(line, same)}\n" for line, same in zip(one, other, strict=True))


def _lines(path: Path, seed: int) -> Iterator[str]:
    """The sheet as it is in one world with a secret of its own."""
    opened = open_lab(path, seed, WorldSecret.random())
    lab = opened.lab
    player = Player(lab, LearnerWorld(opened.world, opened.record))
    yield f"# {lab.front.title}: answers, seed {seed}"
    for number, task in enumerate(lab.tasks, 1):
        way = task.ways[0]
        steps = [_played(player, step) for step in way.steps]
        yield from ("", f"## Task {number} ({task.points} points): {task.title}", "")
        if answers := [f"- `{name}`: {value}" for step in steps for name, value in (step.answer or {}).items()]:
            yield from (*answers, "")
        yield from (f"Solution *{way.name}*:", "")
        for step in steps:
            yield from (f"    {line}" for line in act_in_words(step).splitlines())
    opened.world.close()


def _played(player: Player, step: Step) -> Step:
    """A step that was played, with the values that are known by then."""
    player.play([step])
    return msgspec.convert(filled(msgspec.to_builtins(step), player.values), Step)


def _common(line: str, other: str) -> str:
    """A line with a blank for every word that is another one in another world."""
    words, others = line.split(" "), other.split(" ")
    if len(words) != len(others):
        return BLANK
    return " ".join(word if word == same else BLANK for word, same in zip(words, others, strict=True))
