"""The reference of the scenario language, made from its records and from the table of predicates."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from emulator.kernel.schema import attributes
from emulator.scenarios.keys import KEYS
from emulator.scenarios.model import ClientConnection, Meanwhile, Scenario, Step
from emulator.scenarios.predicates.facts import FACTS, Fact
from emulator.scenarios.predicates.language import PREDICATES
from emulator.scenarios.predicates.record import ABOUT_FEATURES, ABOUT_NOTHING, ABOUT_OTHERS
from emulator.scenarios.predicates.scene import Predicate
from emulator.scenarios.predicates.vocabulary import KINDS, Question
from emulator.scenarios.variables import MOST_COMBINATIONS
from emulator.world.recipe import RouterRecipe

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]

RECORDS: dict[str, type[msgspec.Struct]] = {
    "A scenario": Scenario,
    "A router": RouterRecipe,
    "A step": Step,
    "`connect`": ClientConnection,
    "`meanwhile`": Meanwhile,
    "A question": Question,
}


def reference(table: Table) -> str:
    """The section, between its marks."""
    parts = [f"\n### {title}\n\n{table(('key', 'what it says'), _keys(record))}" for title, record in RECORDS.items()]
    predicates = table(("predicate", "holds if", "for example"), _rows(PREDICATES))
    facts = table(("fact", "the answer is", "for example"), _rows(FACTS))
    acts = ", ".join(f"`{act}`" for act in (*ABOUT_FEATURES, *ABOUT_OTHERS, *ABOUT_NOTHING))
    kinds = ", ".join(f"`{kind}`" for kind in KINDS)
    keys = ", ".join(f"`<{key}>`" for key in KEYS)
    limit = f"A matrix has at most {MOST_COMBINATIONS} combinations."
    return (
        "".join(parts)
        + f"\nKeys that can be typed: `?`, {keys}. {limit}\n"
        + f"\n### Predicates\n\n{predicates}\nLicense types: {kinds}.\n\nActs: {acts}.\n"
        + f"\n### Facts\n\n{facts}\n"
    )


def _rows(rows: Iterable[Predicate | Fact]) -> Iterator[tuple[str, str, str]]:
    return ((f"`{row.line}`", row.meaning, f"`{row.example}`") for row in rows)


def _keys(record: type[msgspec.Struct]) -> Iterable[tuple[str, str]]:
    told = attributes(record)
    for field in msgspec.structs.fields(record):
        need = ", required" if field.required else ""
        yield f"`{field.encode_name}`{need}", told.get(field.encode_name, PLAIN.get(field.encode_name, ""))


PLAIN = {
    "pid": "the product, as `isrtwin list pids` names it.",
    "serial": "its serial number; left out, one that follows from the seed.",
    "internet": "the site has a way to the Internet.",
}
"""Keys that need no description in the program."""
