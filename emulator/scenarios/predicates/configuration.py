"""Judged on configurations, by meaning: order, case, abbreviations and defaults do not matter.

A configuration holds some lines if typing them changes nothing of what it prints. They are typed on a fork, into the
running configuration, or into a scratch one that the saved configuration was read into; that one runs the richest
level of the image, so that it understands lines which the running level does not contain.
"""

import re
from collections.abc import Iterable

import msgspec

from emulator.console.configuration.placed_lines import PlacedLine, placed
from emulator.hardware.board import BoardPhase
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.events import Event
from emulator.keys.passwords import matches
from emulator.router.clocks import unset_calendar
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.events import ConfigurationLineRejected
from emulator.router.state import RouterState, Running
from emulator.scenarios.predicates.scene import Predicate, PredicateTable, PredicateVerdict, Scene, inner_lines, no, yes
from emulator.world.build import open_world
from emulator.world.fork import copied_state, fork_router
from emulator.world.world import World

_HASHED = re.compile(r"(?P<before>.*) 5 (?P<hash>\S+)")


class Reading(msgspec.Struct, frozen=True):
    """The outcome of typing some lines: lines that were not there, lines that went, lines that were not understood."""

    missing: tuple[PlacedLine, ...]
    surplus: tuple[PlacedLine, ...]
    unknown: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Tell whether the lines change nothing."""
        return not (self.missing or self.surplus or self.unknown)


def read(router: Router, lines: str) -> Reading:
    """Type lines into the running configuration of a router that is a fork.

    A saved configuration opens an interface by naming it, which typing does not do, so what each one is is said first.
    Both configurations are printed only if the lines changed anything in the router, which takes most of the time.
    """
    for interface in router.platform.interfaces:
        section = router.configuration.section(f"interface {interface.name}")
        section.lines.setdefault("shutdown", "shutdown" if interface.rule.shut else "no shutdown")
    if router.state.running is not None:
        router.state.running.changed = True
        router.state.running.commands_read = 0  # a count that every reading sets anew says nothing of the lines
    before, unknown = msgspec.json.encode(router.state), _typed(router, lines)
    if router.state.running is not None:
        router.state.running.commands_read = 0
    if msgspec.json.encode(router.state) == before:
        return Reading((), (), unknown)
    unchanged = Router(msgspec.json.decode(before, type=RouterState), router.platform, router.context)
    return Reading(*difference(placed(unchanged), placed(router), lines), unknown)


def difference(
    before: Iterable[PlacedLine], after: Iterable[PlacedLine], typed: str
) -> tuple[tuple[PlacedLine, ...], tuple[PlacedLine, ...]]:
    """Lines that came and lines that went; a secret that was typed in `typed` and hashed anew is the same."""
    there, now = dict.fromkeys(before), dict.fromkeys(after)
    came = [line for line in now if line not in there]
    went = [line for line in there if line not in now]
    for line in list(came):
        twin = next((each for each in went if _same_secret(line, each, typed)), None)
        if twin is not None:
            came.remove(line)
            went.remove(twin)
    return tuple(came), tuple(went)


def _typed(router: Router, lines: str) -> tuple[str, ...]:
    unknown: list[str] = []
    publish = router.context.publish

    def hear(event: Event) -> None:
        if isinstance(event, ConfigurationLineRejected):
            unknown.append(event.line)
        publish(event)

    router.context = msgspec.structs.replace(router.context, publish=hear)
    router.context.reader.read(router.name, lines)
    router.context = msgspec.structs.replace(router.context, publish=publish)
    return tuple(unknown)


def _same_secret(line: PlacedLine, other: PlacedLine, typed: str) -> bool:
    """Tell whether two lines differ in the salt of a hash alone: the secret that was typed is that of the other."""
    one, two = _HASHED.fullmatch(line[1]), _HASHED.fullmatch(other[1])
    if line[0] != other[0] or one is None or two is None or one["before"] != two["before"]:
        return False
    return any(matches(words[-1], two["hash"]) for words in map(str.split, typed.split("\n")) if words)


def scratch(world: World, name: str, state: RouterState, manifest: ImageManifest | None = None) -> World:
    """A world of a router alone with that state, running the richest level with its saved configuration.

    Args:
        manifest: the image that it runs; left out, `manifest_of` its state.
    """
    copy = copied_state(world)
    own = msgspec.json.decode(msgspec.json.encode(state), type=RouterState)
    manifest = manifest or manifest_of(own, world)
    own.running = Running(
        booted=copy.now,
        image=manifest.file,
        level=manifest.levels[-1],
        license_id=None,
        calendar=unset_calendar(copy.now),
        configuration=Configuration(),
    )
    own.board.phase, own.monitor = BoardPhase.RUNNING, None
    copy.routers = {name: own}
    alone = open_world(copy, secret=world.secret)
    if own.startup is not None:
        alone.router(name).context.reader.read(name, own.startup.text)
    return alone


def manifest_of(state: RouterState, world: World) -> ImageManifest:
    """The image that runs, or that is in flash, or that such a router is shipped with."""
    images: ImageCatalogue = world.images
    if state.running is not None:
        return images.get(state.running.image)
    found = next((file.name for file in state.flash.files if file.name in images.names()), None)
    return images.get(found or world.platforms.get(state.udi.pid).factory_image)


def as_text(lines: str) -> str:
    """Lines between braces, one a line."""
    return "\n".join(inner_lines(lines))


def config(scene: Scene, *, router: str, lines: str) -> PredicateVerdict:
    device = scene.router(router)
    if device.state.running is None:
        return no(f"{router} does not run IOS, so it has no running configuration.")
    reading = read(fork_router(scene.world, router), as_text(lines))
    level = device.state.running.level
    return _verdict(reading, lines, f"The running configuration of {router}", f"At level {level}, {router}")


def saved(scene: Scene, *, router: str, lines: str) -> PredicateVerdict:
    device = scene.router(router)
    if device.state.startup is None:
        return no(f"{router} has no startup configuration.")
    reading = read(scene.scratch(router, scratch), as_text(lines))
    return _verdict(reading, lines, f"The startup configuration of {router}", router)


def _verdict(reading: Reading, lines: str, where: str, who: str) -> PredicateVerdict:
    if reading.unknown:
        return no(f"{who} does not understand the line '{reading.unknown[0]}'.")
    if reading.missing:
        return no(f"{where} has no {_quoted(reading.missing)}.")
    if reading.surplus:
        return no(f"{where} still has {_quoted(reading.surplus)}.")
    return yes(f"{where} has '{'; '.join(each.strip() for each in inner_lines(lines) if each.strip())}'.")


def _quoted(lines: Iterable[PlacedLine]) -> str:
    first, *others = (f"'{line}'{f' under {section!r}' if section else ''}" for section, line in lines)
    return f"{first}{f' (and {len(others)} more)' if others else ''}"


def startup_difference(
    before: World, name: str, was: RouterState, now: World, state: RouterState
) -> tuple[tuple[PlacedLine, ...], tuple[PlacedLine, ...]]:
    """The lines that a startup configuration gained and lost, as the release of the beginning understands them.

    A newer release prints other lines for the same configuration, such as its own `version`; none of them was lost.
    """
    earlier, later = was.startup.text if was.startup else "", state.startup.text if state.startup else ""
    if earlier == later:
        return (), ()
    image = manifest_of(was, before)
    one = placed(scratch(before, name, was, image).router(name)) if earlier else {}
    other = placed(scratch(now, name, state, image).router(name)) if later else {}
    return difference(one, other, earlier + later)


def kept(scene: Scene, *, router: str, lines: str | None) -> PredicateVerdict:
    device, before = scene.router(router), scene.record.start.routers.get(router)
    if before is None or before.startup is None:
        return yes(f"{router} had no startup configuration at the start, so none is lost.")
    if device.state.startup is None:
        return no(f"{router} has no startup configuration any more.")
    named = [line.strip().lower() for line in inner_lines(lines)] if lines else []
    _, gone = startup_difference(scene.world, router, before, scene.world, device.state)
    lost = [line for line in gone if not any(name and line[1].lower().startswith(name) for name in named)]
    if lost:
        return no(f"The startup configuration of {router} has lost {_quoted(lost)}.")
    return yes(f"The startup configuration of {router} has every line that it had at the start.")


PREDICATES: PredicateTable = (
    Predicate(
        "config <router:Router> <lines:Lines>",
        config,
        "The running configuration has these lines, by meaning: typing them would change nothing.",
        "config R1 { hostname branch; interface Vlan1; ip address 192.0.2.1 255.255.255.0 }",
    ),
    Predicate(
        "saved <router:Router> <lines:Lines>",
        saved,
        "The startup configuration has these lines, by meaning; those that the running level does not know too.",
        "saved R1 { router ospf 1; network 192.0.2.0 0.0.0.255 area 0 }",
    ),
    Predicate(
        "kept <router:Router> [except <lines:Lines>]",
        kept,
        "No line that the startup configuration had at the start is missing in it now, but for those that begin as"
        " the named ones.",
        "kept R1 except { hostname; enable secret }",
    ),
)
