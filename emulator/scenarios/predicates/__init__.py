"""Predicates: what can be judged of a world, by name: `level R1 advipservices`, `once advipservices R1 R2`.

They judge the state of a world and the record of what happened in it, never the text that somebody typed. One table
for scenarios, labs, waiting and searching the past; each verdict says in a sentence why it holds or does not.
"""

from emulator.scenarios.predicates.language import (
    BadPredicate,
    Expression,
    judge,
    judge_in,
    misfit,
    parse,
    parse_fact,
    possible_answers,
)
from emulator.scenarios.predicates.record import Happening, WorldRecord
from emulator.scenarios.predicates.scene import PredicateVerdict, Scene
from emulator.scenarios.predicates.vocabulary import Question, Vocabulary, vocabulary_of

__all__ = [
    "BadPredicate",
    "Expression",
    "Happening",
    "PredicateVerdict",
    "Question",
    "Scene",
    "Vocabulary",
    "WorldRecord",
    "judge",
    "judge_in",
    "misfit",
    "parse",
    "parse_fact",
    "possible_answers",
    "vocabulary_of",
]
