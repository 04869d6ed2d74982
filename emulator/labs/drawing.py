"""The values of a lab that follow from its seed, so that every learner has names and numbers of their own."""

import re
from collections.abc import Iterator, Mapping, Sequence

from emulator.scenarios.model import NAME, Scalar
from emulator.sim.seeding import Dice, draw

ABSENT = "absent"
"""Value of a name that has no part in the lab with this seed; see `emulator.labs.absent`."""

_RANGE = re.compile(r"(\d{1,9})\.\.(\d{1,9})")


def drawn(wanted: Mapping[str, Sequence[Scalar]], seed: int) -> dict[str, str]:
    """The value of every name of `draw`."""
    values: dict[str, str] = {}
    for names, choices in wanted.items():
        dice = draw(seed, "lab", names)
        several = names.split()
        if len(several) == 1:
            values[names] = _one(choices, dice)
        else:
            values.update(zip(several, dice.sample([str(each) for each in choices], len(several)), strict=True))
    return values


def _one(choices: Sequence[Scalar], dice: Dice) -> str:
    chosen = str(dice.choice(list(choices)))
    found = _RANGE.fullmatch(chosen)
    return str(dice.randint(int(found[1]), int(found[2]))) if found else chosen


def draw_problems(wanted: Mapping[str, Sequence[Scalar]]) -> Iterator[tuple[str, str]]:
    """Every mistake of a `draw`: the path to it, and the problem."""
    for names, choices in wanted.items():
        several, where = names.split(), f"draw.{names}"
        for name in several:
            if not NAME.fullmatch(name):
                yield where, "the name of a value is written in capital letters"
        if not several or len(choices) < len(several):
            yield where, f"{len(several)} names need as many values; there are {len(choices)}"
        for each in choices:
            found = _RANGE.fullmatch(str(each))
            if found and (len(several) > 1 or int(found[1]) > int(found[2])):
                yield where, f"'{each}' is a range for one name, from the least to the greatest"
