"""The lab that is played in this world: its text, its tasks judged, hints, answers, and the way back to a checkpoint.

None of these is an input of the world.
"""

from emulator.bench.session import Bench, LearnerLab
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.kernel.errors import Refused

HELP = {
    "lab": "Read the task that is to be done, and how far you are",
    "lab list": "List the labs that there are",
    "lab start": "Go on with this lab, after a pause too",
    "lab start <name>": "Name of this lab; another one is started with `isrtwin lab start`",
    "lab pause": "Stop the time until `lab start`",
    "lab reset": "Begin this lab anew, with the names and numbers that it has",
    "lab text": "Read the whole lab once more",
    "lab check": "Have your world judged",
    "lab hint": "Take the next hint of the present task",
    "lab answer": "Answer a question of a task",
    "lab answer <question>": "Name of the question",
    "lab answer <question> <text>": "Answer",
    "lab solve": "See a right way through the present task; what is still open in it brings no points then",
    "lab back": "Go back to a checkpoint",
    "lab back <checkpoint>": "Checkpoint: start, task-1, ...",
    "lab result": "See the points and what happened",
    "lab result json": "As JSON",
}


def _lab(bench: Bench) -> LearnerLab:
    if bench.lab is None:
        raise Refused("no lab is played in this world; `isrtwin lab list` shows those that there are")
    return bench.lab


def task(bench: Bench) -> Handler:
    yield Say(_lab(bench).task())


def listing(bench: Bench) -> Handler:
    yield Say(_lab(bench).listing())


def start(bench: Bench, *, name: str | None) -> Handler:
    yield Say(_lab(bench).start(name))


def pause(bench: Bench) -> Handler:
    yield Say(_lab(bench).pause())


def text(bench: Bench) -> Handler:
    yield Say(_lab(bench).text())


def check(bench: Bench) -> Handler:
    yield Say(_lab(bench).check())


def hint(bench: Bench) -> Handler:
    yield Say(_lab(bench).hint())


def answer(bench: Bench, *, question: str, text: str) -> Handler:
    yield Say(_lab(bench).answer(question, text))


def solve(bench: Bench) -> Handler:
    yield Say(_lab(bench).solve())


def back(bench: Bench, *, checkpoint: str) -> None:
    bench.travel = _kept_lab(bench).back(checkpoint)


def reset(bench: Bench) -> None:
    bench.travel = _kept_lab(bench).reset()


def _kept_lab(bench: Bench) -> LearnerLab:
    """The lab of whoever can put the world back."""
    lab = _lab(bench)
    if bench.past is None:
        raise Refused("only who holds the world can go back: leave the other terminals")
    return lab


def result(bench: Bench, *, form: str | None) -> Handler:
    yield Say(_lab(bench).result(as_json=form is not None))


MODES = ("bench",)
COMMANDS = (
    Command("lab", modes=MODES, run=task, aside=True),
    Command("lab list", modes=MODES, run=listing, aside=True),
    Command("lab start [<name:Word>]", modes=MODES, run=start, aside=True),
    Command("lab pause", modes=MODES, run=pause, aside=True),
    Command("lab reset", modes=MODES, run=reset, aside=True),
    Command("lab text", modes=MODES, run=text, aside=True),
    Command("lab check", modes=MODES, run=check, aside=True),
    Command("lab hint", modes=MODES, run=hint, aside=True),
    Command("lab answer <question:Word> <text:Line>", modes=MODES, run=answer, aside=True),
    Command("lab solve", modes=MODES, run=solve, aside=True),
    Command("lab back <checkpoint:Word>", modes=MODES, run=back, aside=True),
    Command("lab result [<form:json>]", modes=MODES, run=result, aside=True),
)
