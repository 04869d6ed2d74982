"""A router: its board and firmware, its licenses, files and interfaces, and what can be done to it.

It is reached only through its use cases; console, SNMP and the bench are faces of the same methods. What it needs
from outside (file server, configuration reader, keys) is its context, one value for all routers of a world. A router
that idles is little more than its state: parts that keep nothing are made when they are asked for.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from emulator.hardware.board import Board, BoardPhase
from emulator.hardware.platform import Platform
from emulator.images.features import features_of
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.errors import UnknownName
from emulator.kernel.events import Event
from emulator.kernel.time import Duration, Instant
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.events import LicenseCleared, LicenseInstalled, LicenseRevoked
from emulator.router.boot.firmware import Firmware
from emulator.router.boot.reset_control import CRASHES, ResetControl
from emulator.router.boot.rommon import new_monitor
from emulator.router.clocks import WallTime, moment, unset_calendar
from emulator.router.configuration import Configuration
from emulator.router.context import RouterContext
from emulator.router.deferred_tasks import DeferredTasks
from emulator.router.events import (
    ClockUpdated,
    Configured,
    InvalidLicenseMet,
    LicenseAgentOutOfMemory,
    LicenseAgentPuzzled,
    LicensingIpcFailed,
    NvramErased,
    ReloadRequested,
    SiteConnected,
    StorageServiceFailed,
)
from emulator.router.files.systems import RouterFiles
from emulator.router.licensing.activation import Activation
from emulator.router.link_state import Links
from emulator.router.network import call_home_watch
from emulator.router.network.interface_numbers import kept_numbers
from emulator.router.network.tracking import objects_up
from emulator.router.ports import CallHome
from emulator.router.snmp_traffic import SnmpCounter
from emulator.router.state import (
    RELOAD_COMMAND,
    DeferredTask,
    FlashHealth,
    ReloadRequest,
    RommonState,
    RouterState,
    Running,
    SavedConfiguration,
)
from emulator.router.syslog import DEFAULT_STAMP, STAMPS, LogEntry
from emulator.router.syslog_messages import message_of
from emulator.sim.seeding import Dice, draw
from emulator.storage.filesystem import FileSystem
from emulator.storage.urls import FileUrl

LICENSING_FAULTS: dict[str, tuple[type[Event], dict[str, Any]]] = {
    "storage": (StorageServiceFailed, {"problem": "License storage service failed"}),
    "ipc": (LicensingIpcFailed, {"problem": "License IPC communication failed"}),
    "license": (InvalidLicenseMet, {"problem": "A stored license failed its check"}),
    "agent-memory": (LicenseAgentOutOfMemory, {"problem": "Out of memory"}),
    "agent-event": (LicenseAgentPuzzled, {"kind": 99}),
}
"""Internal failures of licensing by their names at the bench: the event that reports each, with its facts (I)."""

LICENSE_CHANGES = (LicenseInstalled, LicenseCleared, LicenseRevoked)
"""Events that `show rom-monitor` calls license activity."""


class Router:
    """A router of the world.

    Attributes:
        supposed_up: tracked objects that are taken to be up while they are being asked; None: they are not.
        uncounted: counts of its SNMP agent that are not yet in its state, while a manager reads.
    """

    __slots__ = ("_board", "_firmware", "activation", "context", "platform", "state", "supposed_up", "uncounted")

    def __init__(self, state: RouterState, platform: Platform, context: RouterContext) -> None:
        self.state, self.platform, self.context = state, platform, context
        self._firmware: Firmware | None = None
        self._board: Board | None = None
        self.supposed_up: frozenset[int] | None = None
        self.uncounted: tuple[Mapping[SnmpCounter, int], ...] = ()
        self.activation = Activation(self)
        if state.running is not None:
            self.activation.resume(context.images.get(state.running.image))
            self.tasks.enrol()
        if state.board.phase is BoardPhase.BOOTING:
            self.firmware.resume()
            self._make_board()

    # --- what it is --------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Name at the bench; the host name is configuration."""
        return self.state.name

    @property
    def now(self) -> Instant:
        """Current instant, in milliseconds."""
        return self.context.clock.now

    @property
    def board(self) -> Board:
        """Board of the router, made when it is first needed."""
        return self._board or self._make_board()

    def _make_board(self) -> Board:
        """Make the board; it continues a boot that a saved world was in."""
        clock, timekeeper, publish = self.context.clock, self.context.timekeeper, self.context.publish
        self._board = Board(self.name, self.state.board, clock, timekeeper, self.firmware, publish)
        return self._board

    @property
    def firmware(self) -> Firmware:
        """Firmware that runs on the board."""
        if self._firmware is None:
            self._firmware = Firmware(self)
        return self._firmware

    @property
    def monitor(self) -> RommonState:
        """Memory of ROMMON, made when it first has control after a start."""
        if self.state.monitor is None:
            self.state.monitor = new_monitor(self.state.environment)
        return self.state.monitor

    @property
    def tasks(self) -> DeferredTasks:
        """Deferred tasks of the running router."""
        return DeferredTasks(self)

    @property
    def reset_control(self) -> ResetControl:
        """Ways to stop what the router runs, and to start it again."""
        return ResetControl(self)

    def schedule(self, task: DeferredTask, delay: Duration) -> None:
        """Schedule a task for later in this boot."""
        self.tasks.schedule(task, delay)

    @property
    def files(self) -> RouterFiles:
        """File systems of the router."""
        return RouterFiles(self)

    @property
    def links(self) -> Links:
        """Interfaces of the router."""
        return Links(self)

    @property
    def objects_up(self) -> frozenset[int]:
        """Numbers of the tracked objects that are up."""
        return objects_up(self) if self.supposed_up is None else self.supposed_up

    @property
    def call_home(self) -> CallHome:
        """Call home: the licensing back end as this router reaches it."""
        return self.context.call_home

    @property
    def device_key(self) -> SigningKey:
        """Signing key that the router was made with."""
        return self.context.device_key(self.state.udi)

    @property
    def images(self) -> ImageCatalogue:
        """Images that can be run."""
        return self.context.images

    @property
    def running(self) -> Running:
        """Memory of the running IOS.

        Raises:
            RuntimeError: IOS is not running.
        """
        if self.state.running is None:
            raise RuntimeError(f"{self.name} is not running")
        return self.state.running

    @property
    def manifest(self) -> ImageManifest:
        """Manifest of the running image."""
        return self.images.get(self.running.image)

    @property
    def configuration(self) -> Configuration:
        """Running configuration."""
        return self.running.configuration

    @property
    def hostname(self) -> str:
        """Host name, as in the prompt."""
        return self.configuration.hostname

    def has_feature(self, name: str) -> bool:
        """Tell whether the running level contains a feature."""
        return self.state.running is not None and name in features_of(self.state.running.level, self.platform.family)

    def uptime(self) -> Duration:
        """Time since the clock of this boot started, in milliseconds."""
        return self.now - self.running.booted

    def set_calendar(self, epoch_ms: int) -> None:
        """Set the calendar, in milliseconds since 1970. Metered licenses do not look at it; subscriptions do."""
        running = self.running
        running.calendar = replace(running.calendar, offset=epoch_ms - self.now, is_set=True)
        if running.restarted is None:
            running.restarted = running.calendar.at(running.booted)
        self.activation.recount_subscriptions()

    def wall_time(self) -> WallTime:
        """Calendar time of the router; before IOS runs, that of an unset calendar."""
        calendar = self.state.running.calendar if self.state.running else unset_calendar(self.now)
        return calendar.at(self.now)

    @property
    def license_verifier(self) -> Verifier:
        """Verifier of the license portal's signatures; the key is looked up when it is first needed."""
        return self.context.license_verifier()

    def draw(self, purpose: str) -> Dice:
        """Create a source of randomness for one purpose at this instant, the same in every replay."""
        return draw(self.context.seed, self.name, purpose, str(self.now))

    # --- hands and commands ------------------------------------------------------------------------------------

    def power_on(self) -> None:
        """Switch the power on."""
        if self.state.board.phase is BoardPhase.OFF:
            self.state.returns += 1
        self.board.power_on()

    def power_off(self) -> None:
        """Cut the power: everything that was not saved is lost."""
        self.reset_control.power_off()

    def request_reload(self, request: ReloadRequest) -> None:
        """Publish that a restart was requested on a line; `reload` follows."""
        self.tasks.forget_start()
        self.tell(ReloadRequested, by=request.by, reason=request.reason)

    def reload(self, reason: str = RELOAD_COMMAND) -> None:
        """Restart IOS without losing power, for a reason that `show version` will tell."""
        self.reset_control.reload(reason)

    def set_register(self, value: int) -> None:
        """Set the configuration register, which takes effect at the next start."""
        self.state.pending_register = None if value == self.state.config_register else value

    @property
    def next_register(self) -> int:
        """Configuration register of the next start."""
        pending = self.state.pending_register
        return self.state.config_register if pending is None else pending

    def tire_flash(self) -> None:
        """Make the next start fail to recognize the internal flash."""
        self.state.flash_health = FlashHealth.TIRED

    def plug(self, interface: str, *, cable: bool) -> None:
        """Plug a cable into an interface, or pull it out."""
        cables = [name for name in self.state.cables if name != interface]
        self.state.cables = sorted([*cables, interface]) if cable else cables
        self.links.follow()

    def connect_site(self, *, up: bool) -> None:
        """Connect the site to the Internet, or cut it off."""
        if self.state.online != up:
            self.state.online = up
            self.links.follow_leases()
            self.tell(SiteConnected, up=up)

    def save_startup(self, text: str, by: str = "") -> None:
        """Save the startup configuration; `by` is the user who was logged in, if log-in was required."""
        self.state.startup = SavedConfiguration(text, self.wall_time(), by)
        self.state.private_keys, self.state.private_users = self.running.rsa_keys, self.running.snmp.users
        self.state.interface_numbers = kept_numbers(self)
        self.running.saved = True
        self.running.changed = False

    def erase_startup(self) -> None:
        """Erase the startup configuration; the licenses are stored elsewhere and stay."""
        self.state.startup, self.state.private_keys, self.state.private_users = None, (), ()
        self.state.interface_numbers = {}
        self.tell(NvramErased)

    def format(self, device: str) -> None:
        """Format a device: all files are deleted; the license region is not affected."""
        system = self.files.system(FileUrl(device, ""))
        if isinstance(system, FileSystem):
            system.files = []

    def set_calendar_and_report(self, epoch_ms: int, by: str) -> None:
        """Set the calendar as `clock set` on a line does, and publish the change; milliseconds since 1970."""
        before = moment(self.wall_time())
        self.set_calendar(epoch_ms)
        self.tell(ClockUpdated, before=before, after=moment(self.wall_time()), by=by)

    def fail_inside(self, fault: str) -> None:
        """Inject an internal failure of licensing: it is reported, and has no other effect.

        Raises:
            UnknownName: there is no such fault.
        """
        if fault not in LICENSING_FAULTS:
            raise UnknownName("fault", fault, LICENSING_FAULTS)
        event, facts = LICENSING_FAULTS[fault]
        self.tell(event, **facts)

    def tell(self, kind: type[Event], /, **facts: Any) -> None:
        """Publish an event of this router at this instant; `facts` are its other fields.

        Raises:
            TypeError: a field is missing, or the event has none of that name.
        """
        self.context.publish(kind(at=self.now, router=self.name, **facts))

    def record_event(self, event: Event) -> None:
        """Record the message of an event, if it has one, in the system log."""
        if self.state.running is not None:
            self.running.license_activity |= isinstance(event, LICENSE_CHANGES)
            message = message_of(event, self.state.udi)
            if message is not None:
                self.record_message(message)
            crash = self.state.reset.detail if self.state.reset.cause in CRASHES else ""
            call_home_watch.hear(self, event, message, crash)

    def record_message(self, message: str) -> None:
        """Record a message of a running IOS in the system log."""
        running = self.running
        calendar, configuration = running.calendar, running.configuration
        time = calendar.at(self.now)
        stamp = configuration.lines.get(STAMPS, DEFAULT_STAMP)
        entry = LogEntry(
            time.epoch_ms, calendar.is_set, message, stamp, time.zone, time.zone_minutes, self.now - running.booted
        )
        running.log.record(configuration, entry)

    def note_configured(self, source: str, by: str, user: str = "") -> None:
        """Publish that configuration mode was left; `user` is the user who was logged in, if log-in was required."""
        self.running.configured_at, self.running.configured_by = self.wall_time(), user
        self.tell(Configured, source=source, by=by)
