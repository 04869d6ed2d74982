"""The one place that wires: from plain data to a live world, and a router out of its box.

Nothing else creates concrete parts.
"""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from emulator.console.line.router_lines import RouterLines
from emulator.console.line.terminal_line import TerminalLine
from emulator.console.modes import MODES
from emulator.console.wording import text_file
from emulator.hardware.platform import Platform
from emulator.images.container import pack
from emulator.images.features import npe_levels
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.errors import Refused
from emulator.kernel.time import Instant
from emulator.keys.documents import read_license_file
from emulator.keys.world_secret import WorldSecret
from emulator.licensing import changes
from emulator.licensing.file import FileLine
from emulator.licensing.store import Licenses
from emulator.licensing.udi import Udi
from emulator.router.call_home_state import CallHomeAlert
from emulator.router.context import RouterContext
from emulator.router.device import Router
from emulator.router.licensing.storage import encode
from emulator.router.line_settings import saved_console_speed
from emulator.router.ports import ConfigurationReader
from emulator.router.rsa_key import KeyUse, RsaKey
from emulator.router.state import RouterState, SavedConfiguration
from emulator.sim.seeding import draw
from emulator.storage.filesystem import CLUSTER, FileSystem
from emulator.storage.partition import Partition
from emulator.world.call_home.gateway import WorldCallHome
from emulator.world.mail_server import LabMailServer
from emulator.world.platform_checks import check_platform
from emulator.world.recipe import RouterRecipe, WorldRecipe, key_name, recipe_problems
from emulator.world.site_network import SiteNetwork
from emulator.world.state import WorldState
from emulator.world.world import World

if TYPE_CHECKING:
    from emulator.backend.store.database import Database, DatabasePlace, Plain
    from emulator.grammar import Grammar

SERIAL_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Alphabet of serial numbers, base 34: no I, no O (C)."""

ADDRESSES = 16
"""Number of MAC addresses of a chassis (I)."""

MOST_DEVICES = (1 << 24) // ADDRESSES


@cache
def console_grammar() -> "Grammar":
    """Load the grammar of the router console, shared by all routers, when text is first typed or read."""
    import emulator.console.commands
    from emulator.console.arguments.types import TYPES
    from emulator.console.configuration.language import FORMS, tables
    from emulator.grammar import load

    return load(emulator.console.commands, MODES, TYPES, tables(), FORMS)


def open_world(
    state: WorldState,
    database: "DatabasePlace" = None,
    *,
    secret: WorldSecret | None = None,
    records: "Plain | None" = None,
) -> World:
    """Bring a saved world to life; it goes on from the instant at which it was saved.

    Args:
        state: the world, its back end aside.
        database: the location of the back end's records: a file of SQLite, the URL of a server, or None for memory.
        secret: the secret of a saved world; left out, the known one of a world made in process.
        records: the records of a back end in memory.

    Raises:
        Refused: the secret is that of another world.
    """
    secret = secret or WorldSecret.known(state.seed)
    if secret.mark != state.secret_mark:
        raise Refused(f"the secret at hand is not that of the world {state.name}")
    opening = partial(_open, database, state.identity, records, new=False)
    world = World(state, secret, console_grammar, _router_context, opening, _letters(state, database, records))
    for name in sorted(state.routers):
        _fit(world, state.routers[name])
    return world


def new_world(recipe: WorldRecipe, database: "DatabasePlace" = None, *, secret: WorldSecret | None = None) -> World:
    """Build a world from its recipe, with the records of its back end in an empty database.

    Args:
        recipe: the content of the world.
        database: the location for the back end's records.
        secret: the source of its keys; left out, the known one of its seed, with which no world is served.

    Raises:
        Refused: the recipe is wrong, or the database has records of another world.
    """
    secret = secret or WorldSecret.known(recipe.seed)
    state = WorldState(recipe.name, recipe.start, recipe.seed, secret.mark, secret.mark)
    world = World(state, secret, console_grammar, _router_context, partial(_open, database, state.identity, new=True))
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
        DataFileError: the platform does not agree with the images or SKUs that there are.
    """
    check_recipe(world, name, recipe)
    platform = world.platforms.get(recipe.pid)
    manifest = world.images.get(recipe.image or platform.factory_image)
    udi = Udi(recipe.pid, recipe.serial or new_serial(world, name, recipe.pid))
    if str(udi) in world.udis:
        raise Refused(f"{udi} is racked already")
    licenses = manufacture(
        world, udi, npe_levels(platform.factory_levels, manifest.levels) if recipe.factory is None else recipe.factory
    )
    state = world.state.shelf.pop(str(udi), None)
    if state is not None:
        state.name, state.online = name, recipe.internet
        return adopt(world, state)
    flash = FileSystem(platform.flash_bytes, cluster=CLUSTER)
    flash.write(manifest.file, pack(manifest), world.wall_ms(), manifest.size)
    partition = Partition()
    partition.put(encode(licenses))
    state = RouterState(
        name,
        udi,
        new_mac(world),
        flash,
        partition=partition,
        cables=lab_cables(platform),
        online=recipe.internet,
        dram_kib=recipe.dram_mib * 1024 if recipe.dram_mib is not None else None,
        right_to_use=recipe.right_to_use,
    )
    router = adopt(world, state)
    if recipe.startup is not None:
        state.startup = SavedConfiguration(recipe.startup, router.wall_time())
        state.terminal_speed = saved_console_speed(recipe.startup, state.config_register)
    if recipe.rsa_key is not None:
        state.private_keys = (_saved_key(router, recipe.startup or "", recipe.rsa_key),)
    return router


def check_recipe(
    world: World, name: str, recipe: RouterRecipe, images: ImageCatalogue | None = None, *, any_serial: bool = False
) -> None:
    """Check that a router can be racked.

    Args:
        images: the images that it may have; left out, those of the world.
        any_serial: accept a serial number that no factory could have given, as captures have that were made anonymous.

    Raises:
        Refused: the recipe is wrong, or the name is taken.
        DataFileError: the platform does not agree with the images or SKUs that there are.
    """
    images = images or world.images
    if recipe.pid in world.platforms.pids():
        check_platform(recipe.pid, world.platforms, images, world.backend.skus)
    for key, problem in recipe_problems(name, recipe, world.platforms, images):
        if not (key == "serial" and any_serial):
            raise Refused(problem)
    if name.lower() in world.names:
        raise Refused(f"there is a router {name} already")


def manufacture(world: World, udi: Udi, levels: tuple[str, ...]) -> Licenses:
    """Have a device made, and its stores filled at the factory; empty ones for a device that was made before."""
    made = world.backend.manufacture(udi, levels, world.now)
    return _factory_installed(world, udi) if made else Licenses()


def adopt(world: World, state: RouterState, images: Mapping[str, ImageManifest] | None = None) -> Router:
    """Put a router into the rack, in the state that it is given, and its own images into the world."""
    world.state.images.update(images or {})
    world.state.routers[state.name] = state
    return _fit(world, state)


def _saved_key(router: Router, startup: str, bits: int) -> RsaKey:
    """Generate a key pair that is in NVRAM beside the configuration."""
    return RsaKey(
        key_name(startup), KeyUse.GENERAL, bits, exportable=False, made=router.wall_time(), at=router.context.clock.now
    )


def _factory_installed(world: World, udi: Udi) -> Licenses:
    """Stores of a new device: the factory installs a license file as any user does."""
    licenses = Licenses()
    for entry in read_license_file(world.backend.factory_file(udi), world.license_verifier):
        assert isinstance(entry, FileLine)
        licenses, _ = changes.install(licenses, entry.line, udi, world.now, entry=entry)
    return licenses


def unrack(world: World, name: str) -> None:
    """Put a router on the shelf; its USB stick is free again."""
    router = world.router(name)
    router.power_off()
    if router.state.usb is not None:
        world.remove_stick(router)
    world.timekeeper.dismiss((name, "tasks"))
    world.timekeeper.dismiss((name, "boot"))
    world.state.shelf[str(router.state.udi)] = world.state.routers.pop(name)
    del world.routers[name]
    world.names.discard(name.lower())
    world.udis.discard(str(router.state.udi))
    world.forget_lines(name)


def lab_cables(platform: Platform) -> list[str]:
    """Interfaces that the lab cables in every router: the first switch port and the WAN port."""
    lan = next(interface.name for interface in platform.interfaces if interface.kind == "switchport")
    return sorted((lan, platform.wan_interface))


def new_serial(world: World, name: str, pid: str) -> str:
    """Draw a serial number of the right form for a unit made in the year of the world's start (I)."""
    dice = draw(world.state.seed, name, "serial")
    year = min(max(world.start.year - 1996, 12), 19)
    while True:
        unit = "".join(dice.choice(SERIAL_ALPHABET) for _ in range(4))
        serial = f"FTX{year:02d}{dice.randint(1, 52):02d}{unit}"
        if (udi := f"{pid}:{serial}") not in world.udis and udi not in world.state.shelf:
            return serial


def new_mac(world: World) -> str:
    """Allocate the first of sixteen MAC addresses, locally administered, all in one block of 24 bits a world (I).

    No device ever leaves rack and shelf, so their number is that of the next one.
    """
    prefix = draw(world.state.seed, "mac").randrange(1 << 16)
    number = len(world.state.routers) + len(world.state.shelf)
    if number >= MOST_DEVICES:
        raise Refused(f"a world has addresses for {MOST_DEVICES} devices")
    address = f"02{prefix:04x}{number * ADDRESSES:06x}"
    return ".".join(address[start : start + 4] for start in (0, 4, 8))


def _fit(world: World, state: RouterState) -> Router:
    platform = world.platforms.get(state.udi.pid)
    if state.dram_kib is not None:
        platform = replace(platform, dram_kib=state.dram_kib)
    router = Router(state, state.unit.fitted(platform), world.context)
    world.routers[state.name] = router
    world.names.add(state.name.lower())
    world.udis.add(str(state.udi))
    return router


def _open(database: "DatabasePlace", identity: str, records: "Plain | None" = None, *, new: bool) -> "Database":
    """Open the database of a world's back end, for this world alone."""
    from emulator.backend.store.database import Database

    opened = Database(database)
    if database is not None:
        opened.claim(identity, new=new)
    if records:
        opened.load(records)
    return opened


def _letters(state: WorldState, database: "DatabasePlace", records: "Plain | None") -> list[tuple[Instant, int, str]]:
    """List letters that are still to come to a saved world, without opening its back end where that can be avoided."""
    if isinstance(database, Path):
        from emulator.backend.store.waiting import letters_under_way

        found = letters_under_way(database, state.now) if database.is_file() else []
        return [(due, number, subject) for number, due, subject in found]
    if database is not None:
        opened = _open(database, state.identity, new=False)
        with opened.reading() as view:
            found = list(view.outbox.under_way(state.now))
        opened.close()
        return [(due, number, subject) for number, due, subject in found]
    rows = (records or {}).get("outbox", [])
    return [(row["due"], row["number"], row["subject"]) for row in rows if row["due"] > state.now]


def _router_context(world: World) -> RouterContext:
    return RouterContext(
        images=world.images,
        clock=world.clock,
        timekeeper=world.timekeeper,
        publish=world.publish,
        reader=_Reader(world),
        server=world,
        network=SiteNetwork(world.routers),
        call_home=WorldCallHome(world),
        mail=LabMailServer(world),
        alerts=_Alerts(world),
        license_verifier=lambda: world.license_verifier,
        device_key=world.device_key,
        sealing_key=world.sealing_key,
        agreement=partial(text_file, "eula"),
        seed=world.state.seed,
        private=world.secret.draw,
        managed_objects=_managed_objects,
    )


def _managed_objects() -> Sequence[str]:
    """Names of the objects of the agent, which is loaded when they are first asked for."""
    from emulator.snmp.object_names import object_names

    return object_names()


class _Alerts:
    """The sender of call home's alerts, made when one is first sent."""

    def __init__(self, world: World) -> None:
        self._world = world

    def send(self, router: str, alert: CallHomeAlert) -> None:
        from emulator.console.session.call_home_sender import CallHomeSender

        CallHomeSender(console_grammar(), partial(_unattended_line, self._world)).send(router, alert)


class _Reader:
    """The reader of saved configurations, made when one is first read."""

    def __init__(self, world: World) -> None:
        self._world = world

    def read(self, router: str, text: str) -> None:
        self._made().read(router, text)

    def replace(self, router: str, text: str) -> None:
        self._made().replace(router, text)

    def _made(self) -> ConfigurationReader:
        from emulator.console.session.startup_reader import StartupReader

        return StartupReader(console_grammar(), partial(_unattended_line, self._world))


def _unattended_line(world: World, name: str) -> TerminalLine:
    """A line of a router at which nobody types."""
    return RouterLines(world.router(name), world.clock, world.timekeeper).console
