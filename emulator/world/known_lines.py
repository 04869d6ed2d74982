"""Lines that a level's parser knows, asked of routers that run it.

The feature matrix names one line or two for each feature; any other line is looked up where IOS itself looks, in the
parser of a running level, which does not know what the level does not contain.
"""

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from emulator.console.line.router_lines import RouterLines
from emulator.console.modes import CONFIG, EXEC, PRIVILEGED, tree_of
from emulator.console.session.startup_reader import ReadingSession
from emulator.grammar import Blank, Invalid
from emulator.hardware.board import BoardPhase
from emulator.hardware.platform import Platform, PlatformCatalogue
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.router.device import Router
from emulator.world.build import console_grammar, new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World

INTERFACE = "config-if"
MADE = ("Vlan1", "Loopback0", "Tunnel0", "Dialer1", "Virtual-Template1")
"""Interfaces that the configuration makes, one of each kind whose lines differ."""

ELSEWHERE = ("CISCO881-K9", "C888SRST-K9", "IAD888F-K9", "CISCO861-K9")
"""A product of each family with other lines than the rest."""

KEPT = 8
"""Products with an image whose routers stay booted for the next question."""


class KnownLine(msgspec.Struct, frozen=True):
    """A line that a parser knows: the kind of command it is, and the lowest level that has it, if one has."""

    kind: str
    level: str | None


def is_understood(world: World, router: Router, line: str) -> bool:
    """Tell whether the router's parser knows the beginning of a line in EXEC, configuration or interface mode."""
    return kind_of_line(world, router, line) is not None


def kind_of_line(world: World, router: Router, line: str) -> str | None:
    """Name the kind of command that the router's parser takes the beginning of a line for; None where for none."""
    typed = RouterLines(router, world.clock, world.timekeeper).console
    typed.exec.privilege = PRIVILEGED
    session = ReadingSession(router, typed, console_grammar())
    for kind, mode, section in _places(router.platform):
        if mode != EXEC:
            typed.exec.enter(mode, section)
        if not isinstance(session.grammar.parse(tree_of(mode), line, session, PRIVILEGED), Blank | Invalid):
            return kind
    return None


def _places(platform: Platform) -> Iterator[tuple[str, str, str]]:
    """Every place where a line is looked for: the kind of its commands, its mode, and the section that is edited."""
    yield "EXEC command", EXEC, ""
    yield "Global configuration command", CONFIG, ""
    ports = {each.kind: each.name for each in reversed(platform.interfaces)}
    for port in (platform.wan_interface, f"{platform.wan_interface}.1", *ports.values(), *MADE):
        yield "Interface configuration command", INTERFACE, f"interface {port}"


def known_line(line: str, platform: Platform, image: ImageManifest, platforms: PlatformCatalogue) -> KnownLine | None:
    """Find the lowest level of an image on a product whose parser knows a line; None where no product's does."""
    if (known := _lowest(line, platform.pid, image.file)) is not None:
        return known
    others = (_lowest(line, pid, platforms.get(pid).factory_image) for pid in ELSEWHERE)
    elsewhere = next(filter(None, others), None)
    return None if elsewhere is None else KnownLine(elsewhere.kind, None)


def _lowest(line: str, pid: str, image: str) -> KnownLine | None:
    """Find the lowest level, whose router is the first."""
    world = _running(pid, image)
    for router in world.routers.values():
        kind = kind_of_line(world, router, line)
        if kind is not None:
            return KnownLine(kind, router.running.level)
    return None


@lru_cache(maxsize=KEPT)
def _running(pid: str, image: str) -> World:
    """Boot a router of a product for each level of an image, the lowest first."""
    levels = ImageCatalogue().get(image).levels
    routers = {
        f"R{rank}": RouterRecipe(pid=pid, image=image, factory=levels[: rank + 1], powered=True)
        for rank in range(len(levels))
    }
    world = new_world(WorldRecipe(routers=routers))
    world.clock.run_while(lambda: any(each.state.board.phase is BoardPhase.BOOTING for each in world.routers.values()))
    return world
