"""Two worlds compared in words: routers, levels, licenses, clocks, configuration lines, files, PAKs.

Each difference is one sentence, the left world's fact first, so that a person reads what changed and not where bytes
differ.
"""

from collections.abc import Iterator
from difflib import ndiff

from emulator.backend.account_names import DEFAULT_USER
from emulator.console.render.files.running_config import configuration_text
from emulator.kernel.time import clock_line, format_duration
from emulator.router.device import Router
from emulator.world.world import World

NOTHING = "nothing"
PAKS_AT_ONCE = 100


def differences(before: World, after: World) -> Iterator[str]:
    """Yield the sentences in a fixed order; none where the two worlds are alike."""
    if before.now != after.now:
        apart = format_duration(abs(after.now - before.now))
        earlier, later = clock_line(before.calendar(before.now)), clock_line(after.calendar(after.now))
        yield f"time: {earlier}, then {later} ({apart} {'later' if after.now > before.now else 'earlier'})"
    for name in sorted({*before.routers, *after.routers}):
        one, other = before.routers.get(name), after.routers.get(name)
        if one is None or other is None:
            yield f"{name}: {'racked' if one is None else 'not racked any more'}"
        else:
            for difference in _router_differences(one, other):
                yield f"{name}: {difference}"
    yield from _pak_differences(before, after)


def _router_differences(before: Router, after: Router) -> Iterator[str]:
    for what, one, other in zip(_FACTS, _facts(before), _facts(after), strict=True):
        if one != other:
            yield f"{what} {one}, then {other}"
    yield from _keyed_differences("license", _licenses(before), _licenses(after))
    yield from _line_differences("running configuration", _running(before), _running(after))
    yield from _line_differences("startup configuration", _startup(before), _startup(after))
    yield from _keyed_differences("flash:", _files(before), _files(after))


def _line_differences(what: str, before: str, after: str) -> Iterator[str]:
    if bool(before) != bool(after):
        yield f"{what}: {_size(before)}, then {_size(after)}"
        return
    for line in ndiff(before.splitlines(), after.splitlines()):
        if line[0] in "+-" and line[2:].strip(" !"):
            yield f"{what}: {'gained' if line[0] == '+' else 'lost'} '{line[2:].strip()}'"


def _size(text: str) -> str:
    return f"one of {len(text.splitlines())} lines" if text else "none"


_FACTS = ("UDI", "power and boot", "image", "level", "next level", "register", "Internet", "cables")


def _facts(router: Router) -> tuple[str, ...]:
    state, running = router.state, router.state.running
    return (
        str(state.udi),
        str(state.board.phase),
        running.image if running else NOTHING,
        running.level if running else NOTHING,
        router.activation.inventory.next_level().level if running else NOTHING,
        f"0x{router.next_register:X}",
        "yes" if state.online else "no",
        ", ".join(state.cables) or "none",
    )


def _licenses(router: Router) -> dict[str, str]:
    found: dict[str, str] = {}
    for view in router.activation.inventory.views():
        left = "" if view.left is None else f", {format_duration(view.left // 1000 * 1000)} left"
        found[f"{view.line.feature} ({view.title}, {view.line.id})"] = f"{view.state}{left}"
    return found


def _running(router: Router) -> str:
    return configuration_text(router) if router.state.running else ""


def _startup(router: Router) -> str:
    return router.state.startup.text if router.state.startup else ""


def _files(router: Router) -> dict[str, str]:
    return {file.name: f"{file.size} bytes" for file in router.state.flash.files}


def _pak_differences(before: World, after: World) -> Iterator[str]:
    yield from _keyed_differences("PAK", _paks(before), _paks(after))


def _paks(world: World) -> dict[str, str]:
    found: dict[str, str] = {}
    while True:
        listing = world.backend.queries.paks(world.now, by=DEFAULT_USER, offset=len(found), limit=PAKS_AT_ONCE)
        found |= {f"{each.code} for {each.sku}": f"{each.left} of {each.quantity} left" for each in listing.items}
        if len(found) >= listing.total or not listing.items:
            return found


def _keyed_differences(kind: str, before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    for key in sorted({*before, *after}):
        one, other = before.get(key), after.get(key)
        if one is None:
            yield f"{kind} {key}: new, {other}"
        elif other is None:
            yield f"{kind} {key}: gone"
        elif one != other:
            yield f"{kind} {key}: {one}, then {other}"
