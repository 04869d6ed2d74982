"""Scenarios with mistakes, without them: so that what is right about a file can be checked, and all mistakes are told
at once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

import msgspec

from emulator.kernel.datafile import mistakes
from emulator.kernel.errors import near
from emulator.scenarios.model import ClientConnection, Scenario, Step
from emulator.world.recipe import RouterRecipe, WorldRecipe

NAMED = 2
"""Steps of the path to an entry with a name: `routers.R1`, `variables.NAME`."""


class HeaderForm(msgspec.Struct, frozen=True):
    """The right form of what stands before steps.

    Attributes:
        record: its type.
        required: values that stand in for the parts that it must have.
        naming: keys under which names are given that steps use.
    """

    record: type[msgspec.Struct]
    required: Mapping[str, Any]
    naming: tuple[str, ...] = ()


SCENARIO = HeaderForm(
    Scenario,
    {"title": "", "teaches": {"question": "", "lesson": ""}, "routers": {}, "steps": []},
    ("variables", "matrix", "questions"),
)

DEPENDENT = {
    "startup": ("rsa_key",),
    "image": ("right_to_use", "factory"),
    "pid": ("right_to_use", "factory", "dram_mib"),
}
"""Keys of a router whose values are judged by that of another one."""

EFFECTS = ("save", "connect", "bench")
"""Keys by which a step gives names to later ones: of a value, a client, a router that is racked."""

_STEP = re.compile(r"[^.\[\]]+")


def salvaged(header: Mapping[str, Any], form: HeaderForm = SCENARIO) -> tuple[dict[str, Any], frozenset[str]]:
    """Plain data without what has the wrong form, and the keys under which names were lost by that."""
    data = deepcopy(dict(header))
    fields = {field.encode_name for field in msgspec.structs.fields(form.record)}
    misspelt = {near(str(key), fields) for key in data.keys() - fields}
    lost = {str(key) for key in misspelt if key} | ({*form.naming} - data.keys() if None in misspelt else set())
    while found := list(mistakes(data, form.record)):
        before = deepcopy(data)
        for where in dict.fromkeys(where for where, _ in found):
            path = _STEP.findall(where)
            path = path[:NAMED] if path[:1] == ["questions"] else path
            if path and len(path) <= NAMED:
                lost.add(path[0])
            _remove(data, path)
            for each in _dependents(path):
                _remove(data, each, absent=True)
        if data == before:
            data = {key: value for key, value in data.items() if _fits(key, value, form)}
            lost |= before.keys() - data.keys()
        lost |= form.required.keys() - data.keys()
        data = {**deepcopy(dict(form.required)), **data}
    return data, frozenset(lost)


def _fits(key: str, value: object, form: HeaderForm) -> bool:
    """Tell whether an entry is known and right; needed where a key makes a path that leads nowhere."""
    kinds = {field.encode_name: field.type for field in msgspec.structs.fields(form.record)}
    return key in kinds and not any(mistakes(value, kinds[key]))


def _remove(data: dict[str, Any], path: list[str], *, absent: bool = False) -> None:
    """Take out what a path leads to; where it cannot be followed, and it is not absent, all under its first key."""
    if not path:
        return
    parent: Any = data
    for step in path[:-1]:
        parent = _entries(parent).get(step)
    key = path[-1]
    if isinstance(parent, dict) and key in (by_text := {str(each): each for each in parent}):
        del parent[by_text[key]]
    elif isinstance(parent, list) and key in _entries(parent):
        del parent[int(key)]
    elif not absent:
        data.pop(path[0], None)


def _dependents(path: list[str]) -> Iterator[list[str]]:
    """The paths of what cannot be judged where something is wrong with a value of a router."""
    if len(path) > NAMED and path[0] == "routers":
        known = {field.encode_name for field in msgspec.structs.fields(RouterRecipe)}
        key = path[NAMED] if path[NAMED] in known else near(path[NAMED], known)
        yield from ([*path[:NAMED], each] for each in DEPENDENT.get(key or "", ()))


def _entries(data: Any) -> dict[str, Any]:
    if isinstance(data, dict):
        return {str(key): value for key, value in data.items()}
    return {str(number): value for number, value in enumerate(data)} if isinstance(data, list) else {}


class UnreadStep(msgspec.Struct, frozen=True):
    """Step of the wrong form: the names that it gives to later ones all the same.

    Attributes:
        saved: names of values.
        client: the client that connects; empty for none.
        bench: the line for the bench; empty for none.
        lost: keys of `EFFECTS` by which it may give names that cannot be read.
    """

    saved: tuple[str, ...] = ()
    client: str = ""
    bench: str = ""
    lost: frozenset[str] = frozenset()


def unread_step(data: object) -> UnreadStep:
    """Read what can be read of a step of the wrong form."""
    if not isinstance(data, dict):
        return UnreadStep(lost=frozenset(EFFECTS))
    kinds = {field.encode_name: field.type for field in msgspec.structs.fields(Step)}
    meant = {key if key in kinds else near(str(key), kinds): value for key, value in data.items()}
    read, lost = UnreadStep(), set()
    save, connect, bench = map(meant.get, EFFECTS)
    if isinstance(save, dict):
        read = msgspec.structs.replace(read, saved=tuple(map(str, save)))
    elif save is not None:
        lost.add("save")
    if connect is not None:
        named = connect.get("client") if isinstance(connect, dict) else None
        if isinstance(named, str) and not any(mistakes(connect, ClientConnection)):
            read = msgspec.structs.replace(read, client=named)
        else:
            lost.add("connect")
    if isinstance(bench, str):
        read = msgspec.structs.replace(read, bench=bench)
    elif bench is not None:
        lost.add("bench")
    lost |= {*EFFECTS} - meant.keys() if None in meant else set()
    return msgspec.structs.replace(read, lost=frozenset(lost))


def sound_recipe(recipe: WorldRecipe, wrong: Iterable[str]) -> WorldRecipe:
    """A recipe with what comes out of the box in the place of what is wrong, given as paths: `routers.R1.pid`."""
    routers = dict(recipe.routers)
    for where in wrong:
        match _STEP.findall(where):
            case ["routers", name, "pid"] if name in routers:
                routers[name] = RouterRecipe(powered=routers[name].powered)
            case ["routers", name, key] if name in routers:
                plain = {each: getattr(RouterRecipe(), each) for each in (key, *DEPENDENT.get(key, ()))}
                routers[name] = msgspec.structs.replace(routers[name], **plain)
            case ["routers", *_]:
                routers = {}
            case ["start"]:
                recipe = msgspec.structs.replace(recipe, start=WorldRecipe().start)
    return msgspec.structs.replace(recipe, routers=routers)
