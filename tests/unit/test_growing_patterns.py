"""Every regular expression of the program, attacked with growing inputs: none takes time with a power of them."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from emulator.captures.parse import collector, licenses, tables, version
from emulator.captures.parse.rules import Rule
from emulator.console.configuration import types
from emulator.console.configuration.types import PatternType
from emulator.hardware.ports import port_table
from emulator.kernel import yaml_loader
from emulator.kernel.yaml_mistakes import KINDS
from emulator.licensing import type_rule
from emulator.scenarios.predicates.vocabulary import ARGUMENT_TYPES as PREDICATE_TYPES
from emulator.twins.parse import interfaces
from emulator.world import recipe
from tests.patterns import Site, modules, sites, slow

pytestmark = pytest.mark.heavy

Patterns = Callable[[], Iterable[re.Pattern[Any]]]


def rules() -> Iterable[re.Pattern[Any]]:
    for module in (collector, interfaces, licenses, tables, version):
        for value in vars(module).values():
            for each in value if isinstance(value, (tuple, list)) else (value,):
                if isinstance(each, Rule):
                    yield each.pattern


def phrased(name: str) -> Patterns:
    kinds = [each for table in vars(types).values() if isinstance(table, dict) for each in table.values()]
    return lambda: [getattr(each, name) for each in kinds if isinstance(each, PatternType)]


RUN_TIME: dict[tuple[str, str], Patterns] = {
    ("console.configuration.types", "form"): phrased("_form"),
    ("console.configuration.types", "begun"): phrased("_begun"),
    ("hardware.ports", "form"): lambda: [re.compile(form) for form in port_table().slots.values()],
    ("kernel.yaml_loader", "f'(?:{form})\\\\Z'"): lambda: [re.compile(form) for _, form, _ in yaml_loader.VALUES],
    ("kernel.yaml_mistakes", "kind.problem"): lambda: [re.compile(kind.problem) for kind in KINDS],
    ("kernel.yaml_mistakes", "wanted"): lambda: [
        re.compile(each) for kind in KINDS for each in (kind.context, kind.before, kind.above)
    ],
    ("licensing.type_rule", "_FORMS[form]"): lambda: [re.compile(form) for form in type_rule._FORMS.values()],
    ("scenarios.predicates.vocabulary", "pattern"): lambda: [
        each._pattern for each in PREDICATE_TYPES.values() if hasattr(each, "_pattern")
    ],
    ("captures.parse.licenses", "f'\\\\s*{words}:(.*)'"): lambda: [found for _, found in licenses.FIELDS],
    ("captures.parse.rules", "pattern"): rules,
    ("world.recipe", "f'^{kind} (\\\\S+)\\\\s*$'"): lambda: [recipe._line("hostname"), recipe._line("ip domain name")],
}
"""Patterns that are put together while the program runs, by module and source, for a whole line or word each."""

BOUNDED = {
    (
        "router.files.archives",
        "f'{re.escape(archive.path.path)}-(?:.*-)?(\\\\d+)'",
    ): "a name has 255 characters",
    ("manager.store.sight", "each"): "plain names, one of which is looked for in a sentence of a record",
    ("proving.programs", "pattern"): "two plain patterns, on the few lines that a server of ours tells",
    ("runtime.recorded.script", "pattern"): "a plain text of a few characters and one word, in a line of one screen",
    ("scenarios.predicates.facts", "pattern"): "each repeat has a limit, of 22 characters at most",
    ("twins.planning.licenses", "f'{re.escape(feature.command)}(?![a-z-])'"): "a plain text and one character",
}
"""Patterns that are not attacked, and what keeps their input or their form small."""


@pytest.mark.parametrize("module", modules())
def test_no_pattern_takes_time_with_a_power_of_its_input(module: str) -> None:
    problems = {}
    for site in sites():
        if site.module == module and (site.module, site.text) not in BOUNDED:
            made = RUN_TIME.get((site.module, site.text))
            for pattern in site.patterns or (made() if made else ()):
                if problem := slow(pattern, ("fullmatch",) if made and site.methods != ("search",) else site.methods):
                    problems[pattern.pattern] = problem
    assert not problems


def test_every_pattern_is_attacked_or_bounded_with_a_reason() -> None:
    unknown = {(site.module, site.text) for site in sites() if site.patterns is None}
    assert unknown == RUN_TIME.keys() | BOUNDED.keys()
    assert all(list(patterns()) for patterns in RUN_TIME.values())
    assert len(sites()) > 150
    assert {site.module for site in sites()} == set(modules())


PLANTED = {
    "(a+)+b": "match",
    r"\s*(\s*)(\s*)x": "fullmatch",
    r"\s+$": "search",
    r"\d+x": "findall",
    ".*?foo.*?bar.*": "finditer",
}


@pytest.mark.parametrize("pattern", PLANTED)
def test_a_slow_pattern_is_found(pattern: str) -> None:
    assert slow(re.compile(pattern), (PLANTED[pattern],))


def test_a_planted_site_is_found() -> None:
    assert Site in {type(site) for site in sites()}
    assert any(site.module == "kernel.time" and site.methods for site in sites())
