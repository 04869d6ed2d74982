"""Every question and every term of the FAQ is shown by a scenario, in whose transcript the map says where."""

import re

import pytest

from emulator.scenarios.loader import TRANSCRIPT, find_scenario, load_scenario, scenario_names
from tests.faq_map import Entry, faq_map

QUESTIONS, TERMS = 16, 21
"""Numbers of questions and of glossary rows in the FAQ."""

TYPED = re.compile(r"^[\w-]+ *\| (?:[\w.-]+(?:\([\w-]+\))?[#>]|rommon \d+ >).*$", re.MULTILINE)
"""A line that was typed, behind its prompt. That something was asked for does not show that it came."""

ENTRIES = (*faq_map().question, *faq_map().term)


def test_the_map_is_complete() -> None:
    for entries, number in ((faq_map().question, QUESTIONS), (faq_map().term, TERMS)):
        assert len({entry.name for entry in entries}) == len(entries) == number


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_what_is_to_be_seen_stands_in_the_transcript(entry: Entry) -> None:
    assert entry.shown
    for scenario, text in entry.shown.items():
        transcript = find_scenario(scenario).parent / TRANSCRIPT
        printed = TYPED.sub("", transcript.read_text(encoding="utf-8"))
        assert text in printed, f"{scenario} does not show '{text}', or has it in a line that was typed alone"


def test_every_scenario_has_its_place_in_the_map() -> None:
    assert {scenario for entry in ENTRIES for scenario in entry.shown} == set(scenario_names())


def test_a_scenario_that_answers_a_question_of_the_faq_is_named_there() -> None:
    asked = {entry.name: entry.shown for entry in faq_map().question}
    for name in scenario_names():
        question = load_scenario(find_scenario(name)).teaches.question
        if question in asked:
            assert name in asked[question], f"{name} is not among the scenarios of '{question}'"
