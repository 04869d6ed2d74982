"""Questions to a learner, and the predicates that judge the answers.

What is right follows from the world: from a fact, or from a predicate for each choice. So no file holds an answer, a
world of another seed has other ones, and no sentence tells them.
"""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from emulator.kernel.errors import printable
from emulator.kernel.time import format_duration, parse_duration
from emulator.scenarios.predicates.act_wording import sentence, undone
from emulator.scenarios.predicates.facts import Told, plain
from emulator.scenarios.predicates.history import act_clause, first_fitting, notation
from emulator.scenarios.predicates.record import ANSWER
from emulator.scenarios.predicates.scene import Predicate, PredicateTable, PredicateVerdict, Scene, no


class ReadFact(Protocol):
    """A fact that was read."""

    def find(self, scene: Scene, /) -> Told | None:
        """The judge of answers; None where the world has no such fact now."""


class ReadPredicate(Protocol):
    """A predicate that was read."""

    def judge(self, scene: Scene, /) -> PredicateVerdict:
        """Decide it in a scene."""


class AskedQuestion(msgspec.Struct, frozen=True):
    """A question that was read: its name, and what decides about answers.

    Attributes:
        fact: what is asked for; None for a question with choices.
        choices: for each answer that can be chosen the predicate that makes it right.
    """

    name: str
    fact: ReadFact | None
    choices: Mapping[str, ReadPredicate]

    def decide(self, answer: str, scene: Scene) -> PredicateVerdict:
        """Judge an answer; the sentence does not tell what is right."""
        shown = printable(answer)
        if self.fact is not None:
            told = self.fact.find(scene)
            if told is None:
                return no(f"At the moment no answer to {self.name} is right.")
            right = told(answer)
        else:
            chosen = next((choice for choice in self.choices if plain(choice) == plain(answer)), None)
            if chosen is None:
                return no(f"'{shown}' is none of the answers to {self.name}: {', '.join(self.choices)}.")
            right = self.choices[chosen].judge(scene).holds
        return PredicateVerdict(right, f"'{shown}' is {'the' if right else 'not the'} answer to {self.name}.")


def answer(
    scene: Scene,
    *,
    question: AskedQuestion,
    other: str | None,
    then: str | None,
    later: str | None,
    ahead: str | None,
) -> PredicateVerdict:
    acts = scene.acts
    given = [at for at, each in enumerate(acts) if each.act == ANSWER and each.subject == question.name]
    if not given:
        return no(f"{question.name} has not been answered.")
    if then is not None:
        event = first_fitting(scene, acts, other, then, later)
        if event is None:
            return no(sentence(undone(other, then, later)))
        if event < given[-1]:
            return no(f"{question.name} was answered too late: {act_clause(scene, acts[event])}.")
    if ahead is not None and (since := scene.world.now - acts[given[-1]].at) < parse_duration(ahead):
        return no(f"{question.name} was answered {format_duration(since)} ago; it is to be foretold {ahead} ahead.")
    return question.decide(acts[given[-1]].said, scene)


def answered(scene: Scene, *, question: AskedQuestion, text: str) -> PredicateVerdict:
    given = [each for each in scene.record.happened if each.act == ANSWER and each.subject == question.name]
    if not given:
        return no(f"{question.name} has not been answered.")
    said = given[-1].said
    return PredicateVerdict(plain(said) == plain(text), f"The last answer to {question.name} is '{printable(said)}'.")


PREDICATES: PredicateTable = (
    Predicate(
        f"answer <question:Question> [{{before {notation('other', 'then', 'later')} | ahead <ahead:Duration>}}]",
        answer,
        "The last answer to the question is right now; with `before`, it was given before the first such act, with"
        " `ahead` at least so long ago, so what is foretold cannot be read off.",
        "answer DAYS before R1 expire advipservices",
    ),
    Predicate(
        "answered <question:Question> <text:Lines>",
        answered,
        "The last answer to the question is that text, right or wrong: a misbelief that is told is recognized so.",
        "answered KIND evaluation",
    ),
)
