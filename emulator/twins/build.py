"""A router of a world out of what was read of a real one: it stands as running, at the uptime that was captured.

Everything is decided before anything is changed, as far as that goes; the world is given up by the caller when this
fails, so nothing half made is kept.
"""

import msgspec

from emulator.console.line.router_lines import RouterLines
from emulator.console.render.running_config import configuration_text
from emulator.console.render.version import RELOAD_REASONS
from emulator.console.session.verbatim_reader import read_found
from emulator.hardware.board import BoardPhase, ResetCause
from emulator.images.manifest import ImageManifest
from emulator.kernel.errors import Refused, UnknownName
from emulator.kernel.time import Duration
from emulator.licensing.store import Licenses
from emulator.licensing.udi import Udi
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.licensing.storage import encode
from emulator.router.network.views import dotted
from emulator.router.state import ResetRecord, Running, SavedConfiguration
from emulator.storage.partition import Partition
from emulator.twins.device import CapturedDevice
from emulator.twins.facts import ConfigurationFacts, VersionFacts
from emulator.twins.planning.configuration import configured, hostname_of, made_configuration
from emulator.twins.planning.flash import capacity_of, flash_of, other_images, sized
from emulator.twins.planning.hardware import base_address, unit_of
from emulator.twins.planning.identity import identify
from emulator.twins.planning.image import image_of, with_reload_lines
from emulator.twins.planning.interfaces import Seen, cables_of, neighbours_of, record_interfaces, seen_interfaces
from emulator.twins.planning.licenses import LicensePlan, plan_licenses
from emulator.twins.planning.stores import Stores, factory_levels
from emulator.twins.planning.times import (
    Zones,
    calendar_of,
    in_the_zone_of,
    known_at,
    seen_at,
    tell_assumed_time,
    uptime_of,
)
from emulator.twins.report import Matter
from emulator.world.build import console_grammar, rack, refit
from emulator.world.recipe import RouterRecipe
from emulator.world.world import World

CAUSES = (
    ("power-on", ResetCause.POWER_ON),
    ("reload", ResetCause.RELOAD),
    ("error - a SIGTRAP exception", ResetCause.SIGTRAP),
    ("bus error", ResetCause.BUS_ERROR),
    ("error - a Software forced crash", ResetCause.FORCED_CRASH),
    ("abort", ResetCause.USER_BREAK),
)
"""How the words for the cause of a return to ROM begin; whatever else there is counts as a crash."""


def place(world: World, name: str, device: CapturedDevice) -> Router:
    """Make the twin of a device and put it into the rack under a name.

    Raises:
        Refused: it cannot be made: an unknown product, no universal image, a unit that is in the world already.
    """
    platform, serial = identify(device, world.platforms)
    if serial is not None:
        not_there_yet(world, Udi(platform.pid, serial))
    image = sized(device, image_of(device, platform, world.images))
    version = device.version
    if version is not None:
        image = with_reload_lines(image, version, after_power_on=version.reset == "power-on")
    plan = plan_licenses(device, platform, image)
    for each in (plan.image, *other_images(device, plan.image, world.images)):
        _own_image(world, device, each)
    recipe = RouterRecipe(platform.pid, serial, factory_levels(plan), plan.image.file, right_to_use=plan.right_to_use)
    router = rack(world, name, recipe, any_serial=True)
    return _Maker(world, device, router, plan).make()


def not_there_yet(world: World, udi: Udi) -> None:
    """Refuse a unit that the world has.

    Raises:
        Refused: its serial number is racked, or on the shelf.
    """
    for name, router in sorted(world.routers.items()):
        if router.state.udi.serial == udi.serial:
            raise Refused(f"{name} of this world has the serial number {udi.serial} already")
    if str(udi) in world.state.shelf:
        raise Refused(f"{udi} is on the shelf of this world already")


def _own_image(world: World, device: CapturedDevice, image: ImageManifest) -> None:
    """Keep an image that is otherwise than the catalogue's; not at the cost of a router that runs the other one."""
    try:
        known = world.images.get(image.file)
    except UnknownName:
        known = None
    if known == image:
        return
    for name, router in sorted(world.routers.items()):
        if router.state.flash.find(image.file) is not None:
            device.twin.tell(Matter.WARNING, f"{name} has {image.file} too; it is from now on as this capture shows it")
    world.state.images[image.file] = image


class _Maker:
    """Turns a router out of the box into the twin."""

    def __init__(self, world: World, device: CapturedDevice, router: Router, plan: LicensePlan) -> None:
        self._world, self._device, self._router, self._plan = world, device, router, plan
        self._state, self._now = router.state, world.now
        self._zones = Zones(device)
        self._seen: list[Seen] = seen_interfaces(device)

    def make(self) -> Router:
        """Do it."""
        device, state, platform = self._device, self._state, self._router.platform
        state.unit = unit_of(device, platform)
        base = base_address(device, platform)
        if base is not None:
            state.mac = dotted(base)
        self._fill_flash()
        if device.version is not None:
            self._came_up(device.version)
        uptime = uptime_of(device)
        self._start(uptime)
        state.cables = cables_of(self._seen, platform, state.cables)
        router = refit(self._world, self._router.name)
        self._configure(router)
        tell_assumed_time(device, router.running.calendar, self._zones, self._now)
        record_interfaces(router, self._seen, self._now)
        router.running.neighbours = neighbours_of(device, self._now)
        router.running.links_up = [each.name for each in platform.interfaces if router.links.is_up(each)]
        router.running.protocols_up = list(router.running.links_up)
        router.running.due = {}
        router.running.changed = False
        return refit(self._world, self._router.name)

    def _fill_flash(self) -> None:
        device, state = self._device, self._state
        facts = device.directories.get("flash")
        if facts is not None:
            state.flash = flash_of(device, facts, self._plan.image, self._world.images)
        else:
            state.flash.capacity = max(
                capacity_of(device, self._router.platform), state.flash.capacity - state.flash.free
            )
        for name in sorted(set(device.directories) - {"flash"}):
            place_ = device.directories[name].place("device")
            device.twin.tell(Matter.UNREAD, f"the files of {name}: are not taken over", place_)

    def _came_up(self, version: VersionFacts) -> None:
        state = self._state
        words = version.reset or "power-on"
        cause = next((cause for begin, cause in CAUSES if words.startswith(begin)), ResetCause.FORCED_CRASH)
        at = self._zones.wall(version.reset_at, version.place("reset_at")) if version.reset_at else None
        detail = "" if words == str(cause) else words
        usual = detail or RELOAD_REASONS.get(cause, "")
        reason = version.reload_reason or ""
        state.reset = ResetRecord(cause, at, detail, "" if reason == usual else reason)
        if version.register is not None:
            state.config_register = version.register
        state.pending_register = version.next_register
        if version.board_id is not None and version.serial is not None and version.board_id != version.serial:
            self._device.twin.tell(
                Matter.CONTRADICTION,
                f"the board is {version.board_id}, but the unit {version.serial}",
                version.place("board_id"),
            )

    def _start(self, uptime: Duration) -> None:
        device, state, plan, now = self._device, self._state, self._plan, self._now
        booted = now - uptime
        calendar = calendar_of(device, known_at(device, self._zones), now, uptime)
        licenses = msgspec.json.decode(state.partition.content() or encode(Licenses()), type=Licenses)
        today = calendar.at(now).epoch_ms if calendar.is_set else None
        filled = Stores(device.twin, plan, state.udi, self._world.license_key, now).fill(licenses, booted, today)
        partition = Partition()
        partition.put(encode(filled.licenses))
        state.partition = partition
        version = device.version
        restarted = None
        if version is not None and version.restarted is not None:
            restarted = self._zones.wall(version.restarted, version.place("restarted"))
        usual = f"flash:{plan.image.file}"
        from_ = version.image_file if version is not None and version.image_file else usual
        state.running = Running(
            booted=booted,
            image=plan.image.file,
            level=plan.level,
            license_id=filled.license_id,
            calendar=calendar,
            configuration=Configuration(),
            used_before=filled.used_before,
            in_use_since=filled.in_use_since,
            restarted=restarted,
            dialog_answered=True,
            seats=filled.seats,
            counting=filled.counting,
            booted_from="" if from_ == usual else from_,
        )
        state.board.phase = BoardPhase.RUNNING

    # --- configuration -----------------------------------------------------------------------------------------

    def _configure(self, router: Router) -> None:
        device, running = self._device, router.running
        facts = configured(device)
        if facts is None:
            module = self._plan.image.license_module
            running.configuration = made_configuration(device, self._seen, module, self._plan.boot_level)
            router.state.startup = SavedConfiguration(configuration_text(router), router.wall_time())
            return
        calendar, seen = running.calendar, seen_at(device, self._zones)
        self._read(router, facts)
        running.calendar = in_the_zone_of(running.calendar, calendar, seen, self._now)
        self._open_ports(router)
        if facts.changed is not None:
            running.configured_at = self._zones.wall(facts.changed, facts.place("changed"))
            running.configured_by = facts.changed_by
            running.saved = facts.saved is not None
        self._save(router, facts)
        hostname_of(device)

    def _read(self, router: Router, facts: ConfigurationFacts) -> None:
        world = self._world
        line = RouterLines(router, world.clock, world.timekeeper).console
        for unread in read_found(router, line, console_grammar(), facts.text):
            number = facts.at["text"] + unread.number - 1 - facts.above
            self._device.twin.tell(Matter.UNREAD, f"kept as it is: {unread.text.strip()}", f"{facts.file}:{number}")

    def _open_ports(self, router: Router) -> None:
        """An interface without `shutdown` in a real configuration is open, whatever is usual for its kind."""
        for port in router.platform.interfaces:
            section = router.configuration.sections.get(f"interface {port.name}")
            if port.rule.shut and section is not None:
                section.lines.setdefault("shutdown", "no shutdown")

    def _save(self, router: Router, facts: ConfigurationFacts) -> None:
        device, state = self._device, router.state
        startup = device.startup
        written = self._zones.wall(facts.saved, facts.place("saved")) if facts.saved else router.wall_time()
        state.startup = SavedConfiguration("", written, facts.saved_by)
        text = configuration_text(router)
        if startup is not None:
            text = startup.text
            if not text:
                state.startup = None
                return
        else:
            device.twin.tell(Matter.ASSUMED, "the saved configuration was not captured; it is the running one")
        state.startup = SavedConfiguration(text, written, facts.saved_by)
