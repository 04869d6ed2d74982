"""Scenarios with mistakes, without them: so that what is right about a file can be checked, and all mistakes are told
at once.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

import msgspec

from emulator.kernel.datafile import mistakes
from emulator.scenarios.model import Scenario
from emulator.world.recipe import RouterRecipe, WorldRecipe

REQUIRED: Mapping[str, Any] = {
    "title": "",
    "teaches": {"question": "", "lesson": ""},
    "routers": {},
    "steps": [],
}
"""Values that stand in for the parts that a scenario must have."""

NAMED = 2
"""Steps of the path to an entry with a name: `routers.R1`, `variables.NAME`."""

_STEP = re.compile(r"[^.\[\]]+")


def salvaged(header: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """A scenario's plain data without what has the wrong form, and the keys under which names were lost by that."""
    data, lost = deepcopy(dict(header)), set()
    while found := list(mistakes(data, Scenario)):
        before = deepcopy(data)
        for where in dict.fromkeys(where for where, _ in found):
            path = _STEP.findall(where)
            if path and len(path) <= NAMED:
                lost.add(path[0])
            _remove(data, path)
        if data == before:
            data = {key: value for key, value in data.items() if _fits(key, value)}
            lost |= before.keys() - data.keys()
        lost |= REQUIRED.keys() - data.keys()
        data = {**deepcopy(dict(REQUIRED)), **data}
    return data, frozenset(lost)


def _fits(key: str, value: object) -> bool:
    """Tell whether an entry of a scenario is known and right; needed where a key makes a path that leads nowhere."""
    kinds = {field.encode_name: field.type for field in msgspec.structs.fields(Scenario)}
    return key in kinds and not any(mistakes(value, kinds[key]))


def _remove(data: dict[str, Any], path: list[str]) -> None:
    """Take out what a path leads to; where it cannot be followed, all that is under its first key."""
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
    else:
        data.pop(path[0], None)


def _entries(data: Any) -> dict[str, Any]:
    if isinstance(data, dict):
        return {str(key): value for key, value in data.items()}
    return {str(number): value for number, value in enumerate(data)} if isinstance(data, list) else {}


def sound_recipe(recipe: WorldRecipe, wrong: Iterable[str]) -> WorldRecipe:
    """A recipe with what comes out of the box in the place of what is wrong, given as paths: `routers.R1.pid`."""
    routers = dict(recipe.routers)
    for where in wrong:
        match _STEP.findall(where):
            case ["routers", name, "pid"] if name in routers:
                routers[name] = RouterRecipe(powered=routers[name].powered)
            case ["routers", name, key] if name in routers:
                routers[name] = msgspec.structs.replace(routers[name], **{key: getattr(RouterRecipe(), key)})
            case ["routers", *_]:
                routers = {}
            case ["start"]:
                recipe = msgspec.structs.replace(recipe, start=WorldRecipe().start)
    return msgspec.structs.replace(recipe, routers=routers)
