"""Rules and labs: each refers to the other."""

import re

from emulator.labs.rules import rules
from emulator.labs.shipped import rules_referred_to, unused_rules


def test_labs_refer_to_every_rule_and_to_no_other() -> None:
    assert rules_referred_to() == set(rules())


def test_rules_tell_of_nothing_that_happened() -> None:
    """The rule of a check that does not hold yet is told before anybody typed."""
    told_of_a_world = re.compile(r"\b(this|these|was not|were|did|It|The (license|configuration|PAK) (was|is|has))\b")
    assert [sentence for sentence in rules().values() if told_of_a_world.search(sentence)] == []


def test_a_rule_that_no_lab_refers_to_is_told() -> None:
    assert list(unused_rules((1, 24, 2), {1, 2})) == [
        (
            "rules[1].number",
            "no lab refers to rule 24. Write `rule: 24` in a check or a mistake of a lab, or delete it",
        )
    ]
