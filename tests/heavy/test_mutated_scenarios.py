"""Every expectation of every shipped scenario, made wrong once: the scenario then fails at that step.

So no check looks at nothing. A text that must be seen has one character changed; one that must not be seen becomes a
line that is; a predicate is negated; a refusal is no longer expected.
"""

from collections.abc import Iterator

import msgspec
import pytest

from emulator.scenarios.loader import find_scenario, load_scenario, scenario_names
from emulator.scenarios.model import SLOT, Scenario, Step, as_lines
from emulator.scenarios.runner import Runner

pytestmark = pytest.mark.heavy

replace = msgspec.structs.replace


def changed(text: str) -> str:
    """A text with one character changed, in the middle of what is no slot."""
    free = [at for at in range(len(text)) if not any(slot.start() <= at < slot.end() for slot in SLOT.finditer(text))]
    at = free[len(free) // 2]
    return text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]


def mutants(step: Step) -> Iterator[tuple[str, Step]]:
    """The step with one expectation made wrong, and which one."""
    for key in ("sees", "check"):
        lines = as_lines(getattr(step, key) or ())
        for number, text in enumerate(lines):
            wrong = f"not {text}" if key == "check" else changed(text)
            yield f"{key} {text!r}", replace(step, **{key: (*lines[:number], wrong, *lines[number + 1 :])})
    for label, text in step.fields.items():
        yield f"field {label}", replace(step, fields={**step.fields, label: changed(text)})
    for name in step.save:
        yield f"save {name}", replace(step, save={**step.save, name: "(no such text)"})
    for number, pattern in enumerate(as_lines(step.matches)):
        yield f"matches {pattern!r}", replace(step, matches=f"(?!){number}")
    if step.until is not None:
        yield f"until {step.until!r}", replace(step, until=f"all {{ {step.until}; not {step.until} }}", within="1h")
    if step.refused:
        yield "refused", replace(step, refused=False)


def played(name: str, scenario: Scenario, number: int, step: Step) -> int | None:
    """The step at which the scenario with that step in its place fails; None if it passes."""
    steps = (*scenario.steps[:number], step, *scenario.steps[number + 1 :])
    replay = Runner(name, replace(scenario, steps=steps[: number + 1]), len).run()
    return replay.difference.step if replay.difference is not None else None


def shown_at(name: str, scenario: Scenario, number: int) -> str:
    """A line of what the step shows, which a step that looks for what no router prints is told."""
    steps = (*scenario.steps[:number], replace(scenario.steps[number], sees="\0", hides=()))
    difference = Runner(name, replace(scenario, steps=steps), len).run().difference
    assert difference is not None
    return max(difference.came.splitlines(), key=len)


@pytest.mark.parametrize("name", scenario_names())
def test_every_expectation_can_fail(name: str) -> None:
    scenario, tried = load_scenario(find_scenario(name)), 0
    for number, step in enumerate(scenario.steps):
        for what, mutant in mutants(step):
            tried += 1
            assert played(name, scenario, number, mutant) == number + 1, f"step {number + 1}: {what}"
        if step.hides:
            tried += 1
            mutant = replace(step, hides=shown_at(name, scenario, number))
            assert played(name, scenario, number, mutant) == number + 1, f"step {number + 1}: hides"
    assert tried > 0
