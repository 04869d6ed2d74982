"""Examples of the language in `docs/scenarios.md` are taken by it."""

import re
from pathlib import Path

import msgspec
import pytest

from emulator.images.manifest import ImageCatalogue
from emulator.kernel.datafile import mistakes
from emulator.kernel.yamlfile import read_tree
from emulator.scenarios.failure import report
from emulator.scenarios.loader import load
from emulator.scenarios.model import Scenario
from emulator.scenarios.predicates import Question, parse, parse_fact
from emulator.scenarios.predicates.facts import FACTS
from emulator.scenarios.predicates.language import PREDICATES
from emulator.scenarios.predicates.vocabulary import vocabulary
from emulator.scenarios.runner import Runner

PAGE = Path(__file__).parents[2] / "docs" / "scenarios.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
WHOLE = [block for block in BLOCKS if block.startswith("title:")]
PARTS = [block for block in BLOCKS if not block.startswith("title:")]
QUESTIONS = {
    "DAYS": Question("How long?", fact="left R1 advipservices"),
    "KIND": Question("What type?", fact="type R1 advipservices"),
}
KNOWN = vocabulary(("R1", "R2", "R3"), ImageCatalogue(), QUESTIONS)
HEAD = "title: T\nteaches: {question: Q, lesson: L}\n"


def test_the_first_scenario_passes_and_fails_as_the_page_says(tmp_path: Path) -> None:
    (text,) = WHOLE
    file = tmp_path / "first.yaml"
    file.write_text(text, encoding="utf-8")
    loaded = load("first.yaml", file)
    assert Runner("first", loaded.variants[0].scenario, len).run().difference is None
    file.write_text(text.replace("sees: 1/1", "sees: 2/2"), encoding="utf-8")
    loaded = load("first.yaml", file)
    difference = Runner("first", loaded.variants[0].scenario, len).run().difference
    assert difference is not None
    story = report(difference, loaded.places[difference.step - 1]).replace(f"{tmp_path}/", "")
    shown = TEXT.partition("```console\nfirst.yaml: FAILED ")[2].partition("```")[0]
    assert story.startswith(shown.rstrip())


@pytest.mark.parametrize("text", PARTS)
def test_every_other_piece_has_the_right_form(text: str, tmp_path: Path) -> None:
    routers = "" if "routers:" in text else "routers: {}\n"
    steps = "" if "steps:" in text else "steps: []\n"
    file = tmp_path / "piece.yaml"
    file.write_text(HEAD + routers + steps + text, encoding="utf-8")
    data = read_tree(file).data
    assert list(mistakes(data, Scenario)) == []
    questions = msgspec.convert(data.get("questions", {}), dict[str, Question])
    known = vocabulary(("R1", "R2", "R3"), ImageCatalogue(), questions)
    for step in data["steps"]:
        for predicate in step.get("check", []):
            parse(predicate, known)


@pytest.mark.parametrize("text", [text for text in PARTS if "license boot module" in text])
def test_the_evaluation_is_as_the_page_says(text: str, tmp_path: Path) -> None:
    file = tmp_path / "piece.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    assert Runner("piece", load("piece.yaml", file).variants[0].scenario, len).run().difference is None


@pytest.mark.parametrize("example", [row.example for row in PREDICATES])
def test_every_example_of_a_predicate_can_be_read(example: str) -> None:
    parse(example.replace("{PAK}", "23456789ABC"), KNOWN)


@pytest.mark.parametrize("example", [row.example for row in FACTS])
def test_every_example_of_a_fact_can_be_read(example: str) -> None:
    parse_fact(example.replace("{PAK}", "23456789ABC"), KNOWN)
