"""Parts of a lab's page without their mistakes, so that the rest is checked too and every mistake is told at once."""

from collections.abc import Mapping
from typing import Any

import msgspec

from emulator.kernel.datafile import mistakes
from emulator.labs.model import Check, Front, TaskBlock, Way, WrongBlock
from emulator.scenarios.model import Step
from emulator.scenarios.problems import READABLE
from emulator.scenarios.salvage import EFFECTS, HeaderForm, UnreadStep, salvaged, unread_step

NOTE = Step(note="")
"""Stands in for steps that cannot be read."""

LOST = UnreadStep(lost=frozenset(EFFECTS))
"""Stands in for the effects of steps that cannot be read."""

CHECK = Check(0, READABLE, 1)
"""Stands in for a check that cannot be read."""

FRONT = HeaderForm(
    Front,
    {"title": "", "level": "newcomer", "minutes": 1, "routers": {}, "goals": [], "question": ""},
    ("draw", "prelude", "routers"),
)
TASK = HeaderForm(TaskBlock, {"checks": [], "look": ""}, ("questions",))
WRONG = HeaderForm(WrongBlock, {"when": READABLE, "steps": []})

UnreadSteps = Mapping[str, UnreadStep]
"""Steps that cannot be read, by their paths in the front matter or a block."""


def sound_front(data: Mapping[str, Any]) -> tuple[Front, frozenset[str], UnreadSteps]:
    """Front matter, and the keys under which names were lost by mistakes."""
    header, lost = salvaged({key: value for key, value in data.items() if key != "prelude"}, FRONT)
    steps, unread = sound_steps(data.get("prelude", []), "prelude")
    return msgspec.structs.replace(msgspec.convert(header, Front), prelude=steps), lost, unread


def sound_task(data: Any) -> tuple[TaskBlock, bool]:
    """Block `task`, and whether questions were lost by mistakes."""
    if not isinstance(data, dict):
        return TaskBlock((), ""), True
    header, lost = salvaged({key: value for key, value in data.items() if key != "checks"}, TASK)
    listed = data["checks"] if isinstance(data.get("checks"), list) else [None]
    checks = tuple(CHECK if list(mistakes(each, Check)) else msgspec.convert(each, Check) for each in listed)
    return msgspec.structs.replace(msgspec.convert(header, TaskBlock), checks=checks), "questions" in lost


def sound_way(name: str, data: Any) -> tuple[Way, UnreadSteps]:
    """Block `solve` or `detour`."""
    steps, unread = sound_steps(data, "")
    return Way(name, steps), unread


def sound_wrong(data: Any) -> tuple[WrongBlock, UnreadSteps]:
    """Block `wrong`."""
    given = data if isinstance(data, dict) else {}
    header, _ = salvaged({key: value for key, value in given.items() if key not in {"steps", "mend"}}, WRONG)
    (steps, unread), (mend, unmended) = (sound_steps(given.get(key, []), key) for key in ("steps", "mend"))
    block = msgspec.structs.replace(msgspec.convert(header, WrongBlock), steps=steps, mend=mend)
    return block, {**unread, **unmended}


def sound_steps(data: Any, path: str) -> tuple[tuple[Step, ...], UnreadSteps]:
    """Steps with a note in the place of each of the wrong form, and what is known of these."""
    if not isinstance(data, list):
        return (NOTE,), {f"{path}[0]": LOST}
    wrong = {at for at, each in enumerate(data) if list(mistakes(each, Step))}
    steps = tuple(NOTE if at in wrong else msgspec.convert(each, Step) for at, each in enumerate(data))
    return steps, {f"{path}[{at}]": unread_step(data[at]) for at in wrong}
