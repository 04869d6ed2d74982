"""Hints and solutions for one learner: found from where the learner stands, priced before they are given, charged."""

from collections.abc import Callable

from emulator.bench.session import PricedHint
from emulator.kernel.errors import Refused
from emulator.labs import hints, telling
from emulator.labs.checkpoints import START, checkpoint_after
from emulator.labs.model import Task
from emulator.labs.playing import Player
from emulator.labs.progress import ACT_COST, FREE, HINT, RULE_COST, SOLUTION, SOLUTION_COST, TaskProgress
from emulator.runtime.labs.closing_act import closing_act
from emulator.runtime.labs.grade_book import GradeBook, Judgement
from emulator.world.directory import WorldDirectory


class LabHints:
    """Hints for one learner in one lab.

    Args:
        directory: of the learner's world.
        book: the learner's progress.
        judge: judges the world as it is now.
    """

    def __init__(self, directory: WorldDirectory, book: GradeBook, judge: Callable[[], Judgement]) -> None:
        self._directory, self._book, self._judge = directory, book, judge

    def following(self) -> PricedHint:
        """Find the next hint of the present task, from where the learner stands."""
        number, task, own = self.present()
        following = min(own.hints + 1, hints.ACT)
        if following == hints.LOOK:
            return PricedHint(telling.wrapped(task.look))
        text, cost = self._rule(task, own) if following == hints.RULE else self._first_act(number, task)
        return PricedHint(text, cost, price("This hint", cost, own, task))

    def take(self, hint: PricedHint, /) -> str:
        """Give a hint that was found, and let what passes from now on cost what it costs."""
        number, _, own = self.present()
        own.hints = min(own.hints + 1, hints.ACT)
        if own.hints == hints.RULE:  # it alone tells of a mistake; an act may come in the middle of a right way
            self._book.progress.meet(self._recognised(number))
            own.free_hint = own.free_hint or bool(self._recognised(number))
        own.charge(hint.cost, HINT)
        self._book.keep()
        if own.cost:
            costs = f"Checks of this task that pass from now on earn {100 - own.cost} % of their points."
        else:
            costs = "This hint costs nothing."
        return f"{hint.text}\n{costs}\n"

    def solution(self) -> str:
        """Tell the shortest right way through the present task from here; it brings no points any more."""
        number, task, own = self.present()
        way = hints.way_on(self._book.lab, task, self._book.position, own.passed)
        if way is None:
            return f"{self._no_way_on(number)}\n"
        own.charge(SOLUTION_COST, SOLUTION)
        self._book.keep()
        acts = "\n".join(f"{at}. {hints.act_in_words(step)}" for at, step in enumerate(way.steps, 1))
        return f"{way.name}:\n{acts}\n{telling.SOLVED}\n"

    def carry_out(self) -> None:
        """Do the rest of the present task in the learner's world; it brings no points any more.

        Raises:
            Refused: no solution leads on from here, all tasks are done, or it is an exam.
        """
        number, task, own = self.present()
        way = hints.way_on(self._book.lab, task, self._book.position, own.passed)
        if way is None:
            raise Refused(f"no solution of task {number + 1} leads on from here; put the learner back to a checkpoint")
        own.charge(SOLUTION_COST, SOLUTION)
        self._book.keep()
        Player(self._book.lab, self._book.position, comes_in=True).play_all(way.steps)
        self._book.position.leave_consoles()

    def present(self) -> tuple[int, Task, TaskProgress]:
        """The present task.

        Raises:
            Refused: all are done, or it is an exam.
        """
        if self._book.saved.exam:
            raise Refused("in an exam there are no hints and no solutions")
        self._judge()
        number = self._book.progress.current(self._book.lab)
        if number is None:
            raise Refused("all tasks are done; there is nothing left to hint at")
        return number, self._book.lab.tasks[number], self._book.progress.tasks[number]

    def _rule(self, task: Task, own: TaskProgress) -> tuple[str, int]:
        """The rule that is not met, with its cost: nothing on a misread task once, and where a check has told it."""
        hint = hints.rule_hint(task, own.passed, self._book.position)
        if hint is None:
            return telling.wrapped(task.look), FREE
        is_free = hint.rule in own.told or (hint.misread and not own.free_hint)
        return telling.wrapped(hint.text), FREE if is_free else RULE_COST

    def _first_act(self, number: int, task: Task) -> tuple[str, int]:
        """The first act of the shortest way on, with its cost; or which act ruled out the solution, for nothing."""
        way = hints.way_on(self._book.lab, task, self._book.position, self._book.progress.tasks[number].passed)
        if way is None:
            return self._no_way_on(number), FREE
        if not way.steps:
            return "Everything is done: `lab check` judges it.", FREE
        return hints.first_act(task, way), ACT_COST

    def _recognised(self, number: int) -> list[str]:
        """The wrong way of a task that was recognized by the last judgment, if any."""
        names = {wrong.name for wrong in self._book.lab.tasks[number].wrongs}
        return [name for name in self._book.progress.suspected if name in names]

    def _no_way_on(self, number: int) -> str:
        book = self._book
        book.held.save()
        act = closing_act(self._directory, self._book.lab, number, book.progress, book.position)
        way_back = f"`lab back {self._checkpoint_before(number)}` goes back to before that."
        if act is None:
            return telling.wrapped(f"The lab knows no solution from here. {way_back}")
        return telling.wrapped(f"The lab knows no solution from here. This act ruled it out: {act}. {way_back}")

    def _checkpoint_before(self, number: int) -> str:
        known = self._book.checkpoints
        earlier = map(checkpoint_after, range(number, 0, -1))
        return next((name for name in earlier if name in known), START)


def price(what: str, cost: int, own: TaskProgress, task: Task) -> str:
    """The price of something in words; empty where the task has been charged as much already."""
    if cost <= own.cost:
        return ""
    left = task.points - own.points(task)
    instead = f", instead of the {own.cost} % for {own.cause}" if own.cost else ""
    return f"{what} costs {cost} % of the {left} points that are open in this task{instead}."
