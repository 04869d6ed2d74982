"""Scenario files and predicates that somebody spoiled: every one is told in words, or can be played; none raises."""

import copy
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from emulator.bench.checking import bench_problem
from emulator.bench.session import Bench
from emulator.kernel.errors import EmulatorError
from emulator.kernel.time import MINUTE
from emulator.kernel.yamlfile import read_tree
from emulator.scenarios.failure import report
from emulator.scenarios.loader import find_scenario, load, scenario_names
from emulator.scenarios.predicates import WorldRecord, judge
from emulator.scenarios.predicates.language import PREDICATES
from emulator.scenarios.runner import Runner
from tests.driver import world_of

pytestmark = pytest.mark.heavy

JUNK: list[Any] = [
    None, 1, -1, True, 1.5, "", [], {}, [[]], {"a": 1}, "\0", "é", "{X}", "{PAK}", "a" * 5000, "{", "}", "not " * 9,
    "power R1", "rack R9 CISCO881-K9", "rack R1 CISCO881-K9", "all {;}", "config R1 {", "survives R1 { }",
    "left R1 advipservices 9999999w", "1d", "level R1 \0", "(", "(?P<x", "x)*", "off", "R1", "bench",
]  # fmt: skip
KEYS = ["include", "matrix", "variables", "until", "check", "see", "meanwhile", "connect", "type", "console", "fields"]
DATA = [read_tree(find_scenario(name)).data for name in scenario_names()]
WORDS = [
    *(word for row in PREDICATES for word in row.example.replace("{", " { ").replace("}", " } ").split()),
    "R1", "R2", "advsecurity", "{", "}", ";", "\n", "\0", "é", "0x2102", "CISCO881-K9:FTX1405YDC7", "1d",
]  # fmt: skip


def inner(node: Any) -> Iterator[Any]:
    """The keys of a mapping, or the indexes of a list."""
    if isinstance(node, dict):
        yield from node
    elif isinstance(node, list):
        yield from range(len(node))


def spoil(node: Any, dice: Random) -> None:
    """Change, remove or add something somewhere below a node."""
    while keys := list(inner(node)):
        key = dice.choice(keys)
        if next(inner(node[key]), None) is not None and dice.random() < 0.75:
            node = node[key]
            continue
        act = dice.randrange(4)
        if act < 2:
            node[key] = copy.deepcopy(dice.choice(JUNK))
        elif act == 2:
            del node[key]
        elif isinstance(node, dict):
            node[dice.choice(KEYS)] = copy.deepcopy(dice.choice([*JUNK, node[key]]))
        return


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_a_spoiled_scenario_is_told_or_played(tmp_path: Path, dice: Random) -> None:
    data = copy.deepcopy(dice.choice(DATA))
    for _ in range(dice.randint(1, 3)):
        spoil(data, dice)
    file = tmp_path / "spoiled.yaml"
    with file.open("w", encoding="utf-8") as output:
        YAML(typ="safe").dump(data, output)
    assert outcome(file)


def outcome(file: Path) -> str:
    """Words about a file: its mistakes, how it failed, or that it passed."""
    try:
        loaded = load("spoiled", file)
    except EmulatorError as error:
        return str(error)
    difference = Runner("spoiled", loaded.variants[0].scenario, len).run().difference
    return "passed" if difference is None else report(difference, loaded.places[difference.step - 1])


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_spoiled_predicate_is_told_or_judged(dice: Random) -> None:
    world = world_of("R1", "R2", powered=True, startup="hostname x\n")
    world.clock.run_to(2 * MINUTE)
    record = WorldRecord(world)
    for _ in range(20):
        text = " ".join(dice.choice(WORDS) for _ in range(dice.randint(1, 7)))
        example = dice.choice(PREDICATES).example.replace("{PAK}", "23456789ABC")
        for line in (text, example, f"{example} {text}"):
            try:
                told = judge(line, world, record).sentence
            except EmulatorError as error:
                told = f"{error}."
            assert told.endswith(".")
            assert len(told) > 1
        assert bench_problem(text, Bench(world)) != ""
