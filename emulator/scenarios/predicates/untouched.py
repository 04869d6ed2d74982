"""Judged on everything at once: nothing but what is named differs from the start."""

from collections.abc import Iterator

from emulator.console.configuration.placed_lines import placed
from emulator.router.device import Router
from emulator.scenarios.predicates.configuration import difference, startup_difference
from emulator.scenarios.predicates.scene import Predicate, PredicateTable, PredicateVerdict, Scene
from emulator.world.world import World


def untouched(scene: Scene, *, others: str | None) -> PredicateVerdict:
    exempt = set((others or "").replace(",", " ").split())
    found = next(_changes(scene, exempt), None)
    rest = "Everything else" if exempt else "Everything"
    return PredicateVerdict(found is None, f"{found}." if found else f"{rest} is as it was at the start.")


def _changes(scene: Scene, exempt: set[str]) -> Iterator[str]:
    before, now = scene.record.before, scene.world
    for name in sorted({*before.routers, *now.routers} - exempt):
        one, other = before.routers.get(name), now.routers.get(name)
        if one is None or other is None:
            yield f"{name} has been {'racked' if one is None else 'taken out of the rack'}"
            continue
        for what in _router_changes(before, one, now, other):
            yield f"The {what} of {name} has changed"
    udis = {str(now.routers[name].state.udi) for name in exempt if name in now.routers}
    for entry in scene.audit:
        if entry.act == "register" and entry.subject not in exempt and entry.device not in udis:
            yield f"The PAK {entry.subject} has been used for {entry.device}"


def _router_changes(before: World, one: Router, now: World, other: Router) -> Iterator[str]:
    was, state = one.state, other.state
    if any(startup_difference(before, one.name, was, now, state)):
        yield "startup configuration"
    startup = was.startup.text if was.startup else ""
    if was.running is not None and state.running is not None and any(difference(placed(one), placed(other), startup)):
        yield "running configuration"
    held, holds = one.activation.inventory.licenses, other.activation.inventory.licenses
    if held.primary != holds.primary or held.priorities != holds.priorities:
        yield "license store"
    if [*_files(one)] != [*_files(other)]:
        yield "flash"
    if one.next_register != other.next_register:
        yield "configuration register"


def _files(router: Router) -> Iterator[tuple[str, int, bytes]]:
    for file in sorted(router.state.flash.files, key=lambda each: each.name):
        yield file.name, file.size, file.content


PREDICATES: PredicateTable = (
    Predicate(
        "untouched [except <others:Names>]",
        untouched,
        "Configurations, licenses, files and registers of all routers but the named ones are as at the start, and no"
        " PAK but the named ones was used for them.",
        "untouched except R1",
    ),
)
