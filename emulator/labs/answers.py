"""Answers that a learner types: which can be one at all, and how many cost nothing.

What cannot be an answer is told at once and counts for nothing, with no word of what could be meant; a question with
few possible answers has fewer free ones, so that guessing does not pay.
"""

from emulator.kernel.errors import Refused, UnknownName, printable
from emulator.scenarios.predicates import Scene, misfit, possible_answers

FREE_ANSWERS, FREE_OF_FEW = 2, 1
"""Answers to a question that cost nothing, the right one included; and those where few are possible."""

FEW = 3
"""Most answers that are few."""

ANSWER_COST = 20
"""Percent that every further answer costs."""


def asked(scene: Scene, question: str, text: str) -> str:
    """The name of a question, which may be written in any case, that a text can be the answer to.

    Raises:
        UnknownName: there is no such question.
        Refused: the lab asks nothing, or the text is nothing of the kind that is asked for.
    """
    names = scene.record.questions
    if not names:
        raise Refused("this lab asks no questions; `lab` shows its present task")
    name = next((each for each in names if each.lower() == question.lower()), None)
    if name is None:
        raise UnknownName("question", question, names)
    wanted = misfit(scene, name, text)
    if wanted is not None:
        raise Refused(f"'{printable(text)}' cannot be the answer to {name}: it is not {wanted}; it was not counted")
    return name


def free_answers(scene: Scene, question: str) -> int:
    """The number of answers to a question that cost nothing."""
    return FREE_OF_FEW if 0 < len(possible_answers(scene, question)) <= FEW else FREE_ANSWERS
