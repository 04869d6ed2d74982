"""The rules document tells of what there is: tests that test, modules that exist, each rule once."""

import re
from collections import Counter

import pytest

from tests.documents.pages import DOCS, licensing_page
from tests.rulebook import SECTIONS, TOP, Rule, diagram, functions, rules

IDENTITY = re.compile(r"[A-D]\d*-[1-9]\d*")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_the_test_of_a_rule_is_a_test(rule: Rule) -> None:
    file, _, name = rule.test.partition("::")
    assert name.startswith("test_")
    assert functions(TOP / file).get(name), f"{rule.test} does not exist or is empty"


def test_the_module_of_every_rule_exists() -> None:
    assert [rule.module for rule in rules() if not (TOP / rule.module).is_file()] == []
    assert all(rule.module.startswith("emulator/") for rule in rules())


def test_every_rule_has_its_own_id_and_stands_in_its_section() -> None:
    ids = [rule.id for rule in rules()]
    assert [each for each, times in Counter(ids).items() if times > 1] == []
    assert [each for each in ids if not IDENTITY.fullmatch(each)] == []
    letters = [each[0] for each in ids]
    assert letters == sorted(letters)
    assert set(letters) == set(SECTIONS)


def test_every_rule_is_told_once() -> None:
    texts = Counter(rule.rule for rule in rules())
    assert [text for text, times in texts.items() if times > 1] == []
    assert all(rule.rule.endswith(".") and rule.source for rule in rules())


def test_the_page_is_fresh_with_its_diagram() -> None:
    page = (DOCS / "licensing.md").read_text(encoding="utf-8")
    assert page == licensing_page()
    assert diagram() in page
