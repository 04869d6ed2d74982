"""The lab that is played in this world: its text, its tasks judged, hints, answers, and the way back to a checkpoint.

None of these is an input of the world.
"""

from collections.abc import Generator

from emulator.bench.session import Bench, LearnerLab
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Effect, Handler, Say
from emulator.kernel.errors import Refused

HELP = {
    "lab": "Show the present task and your progress",
    "lab list": "List the labs",
    "lab start": "Continue this lab, after a pause too",
    "lab start <name>": "Name of this lab; another one is started with `isrtwin lab start`",
    "lab pause": "Stop the timer until `lab start`",
    "lab finish": "Hand in an exam",
    "lab finish yes": "Without asking",
    "lab reset": "Start this lab again, with the same names and numbers",
    "lab reset yes": "Without asking",
    "lab text": "Show the whole lab",
    "lab check": "Check your work",
    "lab hint": "Show the next hint for the present task",
    "lab hint yes": "Without asking",
    "lab answer": "Answer a question of a task",
    "lab answer <question>": "Name of the question",
    "lab answer <question> <text>": "Answer",
    "lab solve": "Show a solution of the present task, which then earns no more points",
    "lab solve yes": "Without asking",
    "lab back": "Go back to a checkpoint",
    "lab back <checkpoint>": "Checkpoint: start, task-1, ...",
    "lab back <checkpoint> yes": "Without asking",
    "lab result": "Show the points and what happened",
    "lab result json": "As JSON",
}

YES = ("y", "yes")

SOLVE = "What is still open in this task earns no points once you have seen a solution. Show it? [y/N] "
RESET = "Everything in this lab is started again, and hints stay charged. Continue? [y/N] "
FINISH = "Nothing counts once the exam is handed in. Hand it in? [y/N] "


def _lab(bench: Bench) -> LearnerLab:
    if bench.lab is None:
        raise Refused("there is no lab in this world; `isrtwin lab list` lists the labs")
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


def hint(bench: Bench, *, sure: str | None) -> Handler:
    lab = _lab(bench)
    found = lab.next_hint()
    if sure or not found.price or (yield from _agreed(f"{found.price} Show it? [y/N] ")):
        yield Say(lab.take_hint(found))


def answer(bench: Bench, *, question: str, text: str) -> Handler:
    yield Say(_lab(bench).answer(question, text))


def solve(bench: Bench, *, sure: str | None) -> Handler:
    lab = _lab(bench)
    lab.check_solve()
    if sure or (yield from _agreed(SOLVE)):
        yield Say(lab.solve())


def finish(bench: Bench, *, sure: str | None) -> Handler:
    lab = _lab(bench)
    lab.check_finish()
    if sure or (yield from _agreed(FINISH)):
        yield Say(lab.finish())


def _agreed(question: str) -> Generator[Effect, str, bool]:
    """Ask before something that cannot be taken back."""
    if (yield Ask(question)).strip().lower() in YES:
        return True
    yield Say("Nothing was changed.\n")
    return False


def back(bench: Bench, *, checkpoint: str, sure: str | None) -> Handler:
    lab = _kept_lab(bench)
    price = lab.price_of_back(checkpoint)
    if sure or not price or (yield from _agreed(f"{price} Go back? [y/N] ")):
        bench.travel = lab.back(checkpoint)


def reset(bench: Bench, *, sure: str | None) -> Handler:
    lab = _kept_lab(bench)
    lab.check_reset()
    if sure or (yield from _agreed(RESET)):
        bench.travel = lab.reset()


def _kept_lab(bench: Bench) -> LearnerLab:
    """The lab at the terminal that can put the world back."""
    lab = _lab(bench)
    if bench.past is None:
        raise Refused("this has to be done at the terminal that opened the world, or in a class on the page of the lab")
    return lab


def result(bench: Bench, *, form: str | None) -> Handler:
    yield Say(_lab(bench).result(as_json=form is not None))


MODES = ("bench",)
COMMANDS = (
    Command("lab", modes=MODES, run=task, aside=True),
    Command("lab list", modes=MODES, run=listing, aside=True),
    Command("lab start [<name:Word>]", modes=MODES, run=start, aside=True),
    Command("lab pause", modes=MODES, run=pause, aside=True),
    Command("lab finish [<sure:yes>]", modes=MODES, run=finish, aside=True),
    Command("lab reset [<sure:yes>]", modes=MODES, run=reset, aside=True),
    Command("lab text", modes=MODES, run=text, aside=True),
    Command("lab check", modes=MODES, run=check, aside=True),
    Command("lab hint [<sure:yes>]", modes=MODES, run=hint, aside=True),
    Command("lab answer <question:Question> <text:Line>", modes=MODES, run=answer, aside=True),
    Command("lab solve [<sure:yes>]", modes=MODES, run=solve, aside=True),
    Command("lab back <checkpoint:Checkpoint> [<sure:yes>]", modes=MODES, run=back, aside=True),
    Command("lab result [<form:json>]", modes=MODES, run=result, aside=True),
)
