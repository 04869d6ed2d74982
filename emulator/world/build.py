"""The one place that wires: from plain data to a live world, and a router out of its box.

Nothing else creates concrete parts.
"""

from functools import cache
from typing import TYPE_CHECKING

from emulator.console.line import ConsoleLine
from emulator.console.modes import MODES
from emulator.hardware.platform import Platform
from emulator.images.container import pack
from emulator.kernel.errors import Refused
from emulator.licensing import changes
from emulator.licensing.store import Licenses
from emulator.licensing.udi import Udi
from emulator.router.device import Router
from emulator.router.state import RouterState
from emulator.sim.seeding import draw
from emulator.storage.filesystem import FileSystem
from emulator.world.recipe import RouterRecipe, WorldRecipe, recipe_problems
from emulator.world.state import WorldState
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.console.grammar import Grammar

SERIAL_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Base 34: no I, no O (C)."""


@cache
def console_grammar() -> "Grammar":
    """The grammar of the router console, shared by all routers; loaded when something is first typed or read."""
    import emulator.console.commands
    from emulator.console.arguments import TYPES
    from emulator.console.grammar import load

    return load(emulator.console.commands, MODES, TYPES)


def open_world(state: WorldState) -> World:
    """Bring a saved world to life; it goes on from the instant at which it was saved."""
    world = World(state, console_grammar)
    for name in sorted(state.routers):
        _fit(world, state.routers[name])
    return world


def new_world(recipe: WorldRecipe) -> World:
    """Build a world from its recipe."""
    world = World(WorldState(recipe.name, recipe.start, recipe.seed), console_grammar)
    for name, router in recipe.routers.items():
        rack(world, name, router)
        if router.powered:
            world.router(name).power_on()
    return world


def rack(world: World, name: str, recipe: RouterRecipe) -> Router:
    """Take a router out of its box, or from the shelf, and put it into the rack, without power.

    One from the shelf is as it was taken down.

    Raises:
        Refused: the recipe is wrong (`recipe_problems`), or the name or serial number is taken.
    """
    for _, problem in recipe_problems(name, recipe, world.platforms, world.images):
        raise Refused(problem)
    if name.lower() in {other.lower() for other in world.routers}:
        raise Refused(f"there is a router {name} already")
    platform = world.platforms.get(recipe.pid)
    manifest = world.images.get(recipe.image or platform.factory_image)
    udi = Udi(recipe.pid, recipe.serial or _new_serial(world, name))
    if any(state.udi == udi for state in world.state.routers.values()):
        raise Refused(f"{udi} is racked already")
    levels = platform.factory_levels if recipe.factory is None else recipe.factory
    lines = world.backend.manufacture(udi, levels, world.now)
    state = world.state.shelf.pop(str(udi), None)
    if state is not None:
        state.name, state.online = name, recipe.internet
        world.state.routers[name] = state
        return _fit(world, state)
    flash = FileSystem(platform.flash_bytes)
    flash.write(manifest.file, pack(manifest), world.wall_ms(), manifest.size)
    licenses = Licenses()
    for line in lines:
        licenses, _ = changes.install(licenses, line, udi, world.now)
    state = RouterState(
        name, udi, _new_mac(world, name), flash, licenses=licenses, cables=_lab_cables(platform), online=recipe.internet
    )
    world.state.routers[name] = state
    return _fit(world, state)


def unrack(world: World, name: str) -> None:
    """Put a router on the shelf; its USB stick comes back to hand."""
    router = world.router(name)
    router.power_off()
    if router.state.usb is not None:
        world.remove_stick(router)
    world.timekeeper.dismiss((name, "chores"))
    world.timekeeper.dismiss((name, "boot"))
    world.state.shelf[str(router.state.udi)] = world.state.routers.pop(name)
    del world.routers[name]
    world.lines.pop(name, None)
    world.sessions.pop(name, None)


def _lab_cables(platform: Platform) -> list[str]:
    """What the lab plugs into every router: its own LAN into the first switch port, the provider into the WAN port."""
    first = {interface.kind: interface.name for interface in reversed(platform.interfaces)}
    return sorted(name for kind, name in first.items() if kind != "vlan")


def _new_serial(world: World, name: str) -> str:
    """A serial number of the right form for a unit made in the year of the world's start (I)."""
    dice = draw(world.state.seed, name, "serial")
    year = min(max(world.start.year - 1996, 12), 19)
    made = {device.rpartition(":")[2] for device in world.state.backend.devices}
    while True:
        unit = "".join(dice.choice(SERIAL_ALPHABET) for _ in range(4))
        serial = f"FTX{year:02d}{dice.randint(1, 52):02d}{unit}"
        if serial not in made:
            return serial


def _new_mac(world: World, name: str) -> str:
    """The first of sixteen addresses, locally administered."""
    block = draw(world.state.seed, name, "mac").randrange(1 << 24)
    return f"02{block >> 16:02x}.{block & 0xFFFF:04x}.0000"


def _fit(world: World, state: RouterState) -> Router:
    router = Router(
        state,
        world.platforms.get(state.udi.pid),
        world.images,
        world.clock,
        world.timekeeper,
        world.publish,
        _Reader(world),
        world,
        lambda: world.license_verifier,
        world.device_key(state.udi),
        world.state.seed,
    )
    world.routers[state.name] = router
    return router


class _Reader:
    """The reader of saved configurations, made when one is first read."""

    def __init__(self, world: World) -> None:
        self._world = world

    def read(self, router: str, text: str) -> None:
        from emulator.console.reader import StartupReader

        StartupReader(console_grammar(), self._line).read(router, text)

    def _line(self, name: str) -> ConsoleLine:
        return ConsoleLine(self._world.router(name), self._world.clock, self._world.timekeeper)
