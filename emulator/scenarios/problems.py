"""What can be wrong with a scenario that the types of its record cannot show: told before the first step runs."""

import re
from collections.abc import Iterator

from emulator.hardware.platform import PlatformCatalogue
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import UnknownName
from emulator.kernel.time import parse_duration
from emulator.scenarios.model import ACTS, NAME, SLOT, Scenario, Step, as_lines
from emulator.world.recipe import world_problems

RACK = re.compile(r"^\s*rack\s+(\S+)")


def problems(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every mistake that the types cannot show, with the path to it."""
    yield from world_problems(scenario.recipe(""), PlatformCatalogue(), ImageCatalogue())
    if not scenario.steps:
        yield "steps", "a scenario without steps shows nothing"
    kept: set[str] = set()
    racked = set(scenario.routers)
    for number, step in enumerate(scenario.steps):
        for part, problem in _step_problems(step, kept, racked):
            yield f"steps[{number}]{part}", problem
        kept |= set(step.keep)
        racked |= set(RACK.findall(step.bench or ""))


def _step_problems(step: Step, kept: set[str], racked: set[str]) -> Iterator[tuple[str, str]]:
    acts = [act for act in ACTS if getattr(step, act) is not None]
    if len(acts) > 1 or (not acts and step.note is None):
        yield "", f"a step has one of {', '.join(ACTS)}, or a note alone; this one has {' and '.join(acts) or 'none'}"
        return
    if (step.type is None) != (step.console is None):
        yield "", "console and type belong together"
    if step.refused and not {"bench", "portal", "advance"}.intersection(acts):
        yield ".refused", "only a bench line can be refused"
    if not step.waits and step.console is None:
        yield ".waits", "only what is typed on a console can be left running"
    if step.advance is not None:
        try:
            parse_duration(step.advance)
        except ValueError as error:
            yield ".advance", str(error)
    yield from _router_problems(step, racked)
    yield from _text_problems(step, kept)
    yield from _keep_problems(step)


def _router_problems(step: Step, racked: set[str]) -> Iterator[tuple[str, str]]:
    checked = step.check.router if step.check else None
    for part, router in ((".console", step.console), (".check.router", checked)):
        if router is not None and router not in racked:
            yield part, str(UnknownName("router", router, racked))


def _text_problems(step: Step, kept: set[str]) -> Iterator[tuple[str, str]]:
    for key in ("bench", "portal", "type", "sees", "hides"):
        value = getattr(step, key)
        for text in () if value is None else as_lines(value):
            if not text and key != "type":
                yield f".{key}", "is empty"
            for slot in SLOT.findall(text):
                if slot not in kept:
                    yield f".{key}", f"nothing was kept under the name {slot} before this step"


def _keep_problems(step: Step) -> Iterator[tuple[str, str]]:
    for name, pattern in step.keep.items():
        if not NAME.fullmatch(name):
            yield f".keep.{name}", "a kept name is written in capitals"
        try:
            if re.compile(pattern).groups != 1:
                yield f".keep.{name}", "the pattern needs exactly one group"
        except re.error as error:
            yield f".keep.{name}", f"is not a pattern: {error}"
