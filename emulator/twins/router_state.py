"""The state of a twin, made from its plan: as running, at the uptime that was captured.

A configuration means something to a router alone, so it is read by one that stands in no world, with a clock of its
own; what is left of that router is its state.
"""

from collections.abc import Mapping

import msgspec

from emulator.captures.facts import ConfigurationFacts, VersionFacts
from emulator.console.line.router_lines import RouterLines
from emulator.console.render.files.running_config import configuration_text
from emulator.console.render.interfaces.vlans import UNSUPPORTED, vlans
from emulator.console.render.system.version import RELOAD_REASONS
from emulator.console.session.startup_reader import ReadingSession, merge_lines
from emulator.console.session.verbatim_reader import read_found
from emulator.grammar import Grammar, ParseOutcome
from emulator.hardware.board import BoardPhase, ResetCause
from emulator.hardware.platform import Platform
from emulator.hardware.unit import Unit
from emulator.images.container import pack
from emulator.images.manifest import ImageManifest
from emulator.kernel.errors import Refused
from emulator.kernel.events import Event
from emulator.kernel.time import Duration, Instant
from emulator.keys.signing import SigningKey
from emulator.licensing.store import Licenses
from emulator.licensing.udi import Udi
from emulator.router.configuration import Configuration
from emulator.router.context import RouterContext
from emulator.router.device import Router
from emulator.router.licensing.storage import encode
from emulator.router.line_settings import console_speed
from emulator.router.state import ResetRecord, RouterState, Running, SavedConfiguration
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper
from emulator.storage.filesystem import CLUSTER, FileSystem
from emulator.twins.device import CapturedDevice
from emulator.twins.planning.configuration import configured, hostname_of, made_configuration
from emulator.twins.planning.flash import capacity_of, flash_of
from emulator.twins.planning.interfaces import Seen, cables_of, neighbours_of, record_interfaces, seen_interfaces
from emulator.twins.planning.licenses import LicensePlan
from emulator.twins.planning.stores import Stores
from emulator.twins.planning.times import (
    Zones,
    calendar_of,
    configured_zone,
    in_the_zone_of,
    known_at,
    tell_assumed_time,
    uptime_of,
    zone_lines,
    zone_seen,
)
from emulator.twins.planning.vtp import vtp_of
from emulator.twins.report import Matter

CAUSES = (
    ("power-on", ResetCause.POWER_ON),
    ("reload", ResetCause.RELOAD),
    ("error - a SIGTRAP exception", ResetCause.SIGTRAP),
    ("bus error", ResetCause.BUS_ERROR),
    ("error - a Software forced crash", ResetCause.FORCED_CRASH),
    ("abort", ResetCause.USER_BREAK),
)
"""Beginnings of the words for the cause of a return to ROM, with the cause; any other words count as a crash."""


class TwinPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is decided of a twin.

    Attributes:
        platform: its product, without what the single unit has otherwise.
        mac: its first address.
        images: images that the world has otherwise, or not at all, by file name.
        licenses: image, level and licenses.
        factory_levels: levels whose permanent licenses the factory installs.
        license_key: what further licenses are signed with.
        lab: interfaces that the lab plugs cables into.
        wall_ms: the calendar of the world, in milliseconds of Unix time.
    """

    name: str
    device: CapturedDevice
    platform: Platform
    udi: Udi
    mac: str
    unit: Unit
    images: Mapping[str, ImageManifest]
    licenses: LicensePlan
    factory_levels: tuple[str, ...]
    license_key: SigningKey
    lab: tuple[str, ...]
    wall_ms: int
    now: Instant


def router_state(plan: TwinPlan, factory: Licenses, context: RouterContext, grammar: Grammar) -> RouterState:
    """Make the state that follows from a plan and the stores as the factory filled them.

    `context` is that of the world's routers, of which nothing changes.
    """
    own = msgspec.structs.replace(context, images=context.images.with_own(plan.images))
    return _Maker(plan, factory, own, grammar).make()


class _TypingSession(ReadingSession):
    """A session that types lines into a twin, whose log tells nothing of those that are not understood."""

    def misread(self, typed: str, outcome: ParseOutcome) -> None:
        """Leave a line out."""


class _Maker:
    """Makes one state."""

    def __init__(self, plan: TwinPlan, factory: Licenses, context: RouterContext, grammar: Grammar) -> None:
        self._plan, self._factory, self._context, self._grammar = plan, factory, context, grammar
        self._zones = Zones(plan.device)
        self._seen: list[Seen] = seen_interfaces(plan.device)
        self._state = RouterState(
            plan.name, plan.udi, plan.mac, self._flash(), unit=plan.unit, right_to_use=plan.licenses.right_to_use
        )

    def make(self) -> RouterState:
        """Make the state of the router."""
        plan, device, state = self._plan, self._plan.device, self._state
        if device.version is not None:
            self._came_up(device.version)
        self._start(uptime_of(device))
        state.cables = cables_of(self._seen, plan.platform, list(plan.lab))
        router = self._alone()
        self._configure(router)
        running = router.running
        tell_assumed_time(device, running.calendar, self._zones, plan.now)
        record_interfaces(router, self._seen, plan.now)
        running.neighbours = neighbours_of(device, plan.now)
        router.links.report(running)
        running.protocols_up = list(running.links_up)
        state.vtp = vtp_of(device, len(vlans(router)) + len(UNSUPPORTED))
        state.terminal_speed = console_speed(running.configuration, state.config_register)
        running.due = {}
        running.changed = False
        return state

    def _alone(self) -> Router:
        """A router around the state that stands in no world; what it tells of is in its own log."""

        def publish(event: Event) -> None:
            router.record_event(event)

        clock = SimClock(self._plan.now)
        timekeeper = Timekeeper(clock, publish)
        context = msgspec.structs.replace(self._context, clock=clock, timekeeper=timekeeper, publish=publish)
        router = Router(self._state, self._plan.unit.fitted(self._plan.platform), context)
        return router

    def _flash(self) -> FileSystem:
        device, plan = self._plan.device, self._plan
        facts = device.directories.get("flash")
        if facts is not None:
            flash = flash_of(device, facts, plan.licenses.image, self._context.images)
        else:
            image = plan.licenses.image
            flash = FileSystem(plan.platform.flash_bytes, cluster=CLUSTER)
            flash.write(image.file, pack(image), plan.wall_ms, image.size)
            flash.capacity = max(capacity_of(device, plan.platform), flash.capacity - flash.free)
        for name in sorted(set(device.directories) - {"flash"}):
            place_ = device.directories[name].place("device")
            device.twin.tell(Matter.UNREAD, f"the files of {name}: are not taken over", place_)
        return flash

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
            self._plan.device.twin.tell(
                Matter.CONTRADICTION,
                f"the board is {version.board_id}, but the unit {version.serial}",
                version.place("board_id"),
            )

    def _start(self, uptime: Duration) -> None:
        device, state, plan, now = self._plan.device, self._state, self._plan.licenses, self._plan.now
        booted = now - uptime
        calendar = calendar_of(device, known_at(device, self._zones), now, uptime)
        today = calendar.at(now).epoch_ms if calendar.is_set else None
        filled = Stores(device.twin, plan, state.udi, self._plan.license_key, now).fill(self._factory, booted, today)
        state.partition.put(encode(filled.licenses))
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

    def _configure(self, router: Router) -> None:
        device, running = self._plan.device, router.running
        facts = configured(device)
        if facts is None:
            licenses, calendar = self._plan.licenses, running.calendar
            seen = zone_seen(device, self._zones)
            zone = zone_lines(seen) if seen is not None else ()
            running.configuration = made_configuration(
                device, self._seen, zone, licenses.image.license_module, licenses.boot_level
            )
            running.calendar = configured_zone(calendar, seen, zone) if seen is not None else calendar
            self._type_parts(router)
            router.state.startup = SavedConfiguration(configuration_text(router), router.wall_time())
            return
        for part in device.parts:
            device.twin.tell(Matter.UNREAD, "a part of the configuration; the whole one counts", part.place("text"))
        calendar = running.calendar
        self._read(router, facts)
        running.calendar = in_the_zone_of(running.calendar, calendar, zone_seen(device, self._zones))
        self._open_ports(router)
        if facts.changed is not None:
            running.configured_at = self._zones.wall(facts.changed, facts.place("changed"))
            running.configured_by = facts.changed_by
            running.saved = facts.saved is not None
        self._save(router, facts)
        hostname_of(device)

    def _read(self, router: Router, facts: ConfigurationFacts) -> None:
        line = RouterLines(router, router.context.clock, router.context.timekeeper).console
        for unread in read_found(router, line, self._grammar, facts.text):
            number = facts.at["text"] + unread.number - 1 - facts.above
            self._plan.device.twin.tell(
                Matter.UNREAD, f"kept as it is: {unread.text.strip()}", f"{facts.file}:{number}"
            )

    def _type_parts(self, router: Router) -> None:
        """Type the parts that were captured into the configuration that was made.

        Raises:
            Refused: the router knows less than half of their lines.
        """
        device = self._plan.device
        line = RouterLines(router, router.context.clock, router.context.timekeeper).console
        for part in device.parts:
            lines = part.text.split("\n")
            refused = merge_lines(_TypingSession(router, line, self._grammar), part.text)
            if 2 * len(refused) > sum(1 for each in lines if each):
                first = f"{part.file}:{part.at['text'] + refused[0] - 1}: '{lines[refused[0] - 1].strip()}'"
                raise Refused(f"most of these lines configure no router of these families, {first} is the first")
            for number in refused:
                place = f"{part.file}:{part.at['text'] + number - 1}"
                device.twin.tell(Matter.UNREAD, f"not a line of this router: {lines[number - 1].strip()}", place)

    def _open_ports(self, router: Router) -> None:
        """An interface without `shutdown` in a real configuration is open, whatever is usual for its kind."""
        for port in router.platform.interfaces:
            section = router.configuration.sections.get(f"interface {port.name}")
            if port.rule.shut and section is not None:
                section.lines.setdefault("shutdown", "no shutdown")

    def _save(self, router: Router, facts: ConfigurationFacts) -> None:
        device, state = self._plan.device, router.state
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
