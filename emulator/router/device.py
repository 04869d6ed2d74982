"""A router: the firmware that runs on its board, with its licenses, files and interfaces.

It is reached only through its use cases; console, SNMP and the bench are faces of the same methods. What it needs
from outside (file server, configuration reader, keys) is around it, one value for all routers of a world. A router
that idles is little more than its state: parts that keep nothing are made when they are asked for.
"""

from collections.abc import Sequence
from contextlib import suppress

from msgspec.structs import replace

from emulator.hardware.board import Board, BoardPhase, Halt, ResetCause
from emulator.hardware.platform import Platform
from emulator.images.container import ImageFault, unpack
from emulator.images.features import features_of
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.images.memory import memory_fault
from emulator.kernel.errors import UnknownName
from emulator.kernel.events import Event
from emulator.kernel.time import WEEK, Duration, Instant
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.selection import effective
from emulator.router.activation import Activation
from emulator.router.clocks import WallTime, moment, unset_calendar
from emulator.router.configuration import EXPAND_STORE, Configuration, configured_boot_level
from emulator.router.events import (
    AgentColdStarted,
    ClockUpdated,
    ConfigurationLineRejected,
    Configured,
    InvalidLicenseMet,
    LicenseAgentOutOfMemory,
    LicenseAgentPuzzled,
    LicenseAgentStopped,
    LicensingIpcFailed,
    NvramErased,
    ReloadRequested,
    StorageServiceFailed,
    SystemRestarted,
)
from emulator.router.files import RouterFiles
from emulator.router.links import Links
from emulator.router.ports import CallHome
from emulator.router.state import Chore, Operation, ResetRecord, RouterState, Running, SavedConfiguration
from emulator.router.surroundings import Surroundings
from emulator.sim.seeding import Dice, draw
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.urls import FileUrl

NO_IMAGE = "no image"
LEVEL_MESSAGE_DELAY: Duration = 2_175
"""The first message of a boot is stamped so long after the clock's start (C)."""

RESTART_DELAY: Duration = 5_000
"""… and `System restarted` so long after the console is there (C for the order)."""


class Router:
    """One device of the world."""

    __slots__ = ("_board", "_candidate", "activation", "around", "platform", "state")

    def __init__(self, state: RouterState, platform: Platform, around: Surroundings) -> None:
        self.state, self.platform, self.around = state, platform, around
        self._candidate: tuple[StoredFile, ImageManifest] | None = None
        self._board: Board | None = None
        self.activation = Activation(state, around.clock, around.timekeeper, around.publish, self.power_off)
        if state.running is not None:
            self.activation.resume(around.images.get(state.running.image))
            around.timekeeper.enrol(self._key, self)
        if state.board.phase is BoardPhase.BOOTING:
            with suppress(Halt):  # what is wrong with the image is told when its stage comes
                self._select_image()
            self._make_board()

    # --- what it is --------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Its name at the bench; the host name is configuration."""
        return self.state.name

    @property
    def board(self) -> Board:
        """Its board; one that has nothing to do need not be there."""
        return self._board or self._make_board()

    def _make_board(self) -> Board:
        """The board goes on with a boot that a saved world was in."""
        around = self.around
        self._board = Board(self.name, self.state.board, around.clock, around.timekeeper, self, around.publish)
        return self._board

    @property
    def files(self) -> RouterFiles:
        """Its file systems."""
        around, name = self.around, self.name
        return RouterFiles(self.state, lambda host: around.server.reach(name, host), lambda: self.wall_time().epoch_ms)

    @property
    def links(self) -> Links:
        """Its interfaces."""
        return Links(self.state, self.platform, self.around.clock, self.around.publish, self.schedule)

    @property
    def call_home(self) -> CallHome:
        """The licensing back end, as it is reached from here."""
        return self.around.call_home

    @property
    def device_key(self) -> SigningKey:
        """The key that it was made with."""
        return self.around.device_key(self.state.udi)

    @property
    def images(self) -> ImageCatalogue:
        """What there is to run."""
        return self.around.images

    @property
    def running(self) -> Running:
        """What lives in memory.

        Raises:
            RuntimeError: IOS does not run.
        """
        if self.state.running is None:
            raise RuntimeError(f"{self.name} is not running")
        return self.state.running

    @property
    def manifest(self) -> ImageManifest:
        """The running image."""
        return self.images.get(self.running.image)

    @property
    def configuration(self) -> Configuration:
        """The running configuration."""
        return self.running.configuration

    @property
    def hostname(self) -> str:
        """The name in the prompt."""
        return self.configuration.hostname

    def has_feature(self, name: str) -> bool:
        """Whether the running level contains a feature."""
        return self.state.running is not None and name in features_of(self.state.running.level)

    def uptime(self) -> Duration:
        """Since the clock of this boot started."""
        return self.around.clock.now - self.running.booted

    def set_clock(self, epoch_ms: int) -> None:
        """`clock set`: move the calendar. No metered license looks at it; subscriptions do."""
        running = self.running
        running.calendar = replace(running.calendar, offset=epoch_ms - self.around.clock.now, is_set=True)
        if running.restarted is None:
            running.restarted = running.calendar.at(running.booted)
        self.activation.recount_subscriptions()

    def wall_time(self) -> WallTime:
        """What the router's calendar shows; before IOS runs, that of an unset one."""
        calendar = self.state.running.calendar if self.state.running else unset_calendar(self.around.clock.now)
        return calendar.at(self.around.clock.now)

    @property
    def license_verifier(self) -> Verifier:
        """Checks what the licensing portal signed; the key is looked up when it is first needed."""
        return self.around.license_verifier()

    def draw(self, purpose: str) -> Dice:
        """Randomness for one purpose at this instant, the same in every replay."""
        return draw(self.around.seed, self.name, purpose, str(self.around.clock.now))

    # --- hands and commands ------------------------------------------------------------------------------------

    def power_on(self) -> None:
        """Plug it in."""
        self.board.power_on()

    def power_off(self) -> None:
        """Pull the plug: whatever was not saved is lost."""
        if self.state.board.phase is BoardPhase.OFF:
            return
        self._leave_ios(orderly=False)
        self.state.reset = ResetRecord(ResetCause.POWER_ON)
        self.board.power_off()

    def request_reload(self, by: str) -> None:
        """Tell that a restart was asked for on a line; `reset` follows."""
        self.around.publish(ReloadRequested(at=self.around.clock.now, router=self.name, by=by))

    def reset(self) -> None:
        """Restart without losing power."""
        at = None
        if self.state.running is not None and self.state.running.calendar.is_set:
            at = self.wall_time()
        self._leave_ios(orderly=True)
        self.state.reset = ResetRecord(ResetCause.RELOAD, at)
        self.board.reset()

    def plug(self, interface: str, *, cable: bool) -> None:
        """Put a cable into an interface, or take it out."""
        cables = [name for name in self.state.cables if name != interface]
        self.state.cables = sorted([*cables, interface]) if cable else cables
        self.links.follow()

    def save_startup(self, text: str) -> None:
        """`write memory`."""
        self.state.startup = SavedConfiguration(text, self.wall_time())
        self.running.changed = False

    def erase_startup(self) -> None:
        """`erase startup-config`: the licenses are elsewhere and stay."""
        self.state.startup = None
        self.around.publish(NvramErased(at=self.around.clock.now, router=self.name))

    def format(self, device: str) -> None:
        """`format flash:`: every file of the device is gone; the license region is not a file."""
        system = self.files.system(FileUrl(device, ""))
        if isinstance(system, FileSystem):
            system.files = []

    def turn_clock(self, epoch_ms: int, by: str) -> None:
        """`clock set` typed on a line: the calendar is moved, and that is told."""
        before = moment(self.wall_time())
        self.set_clock(epoch_ms)
        at, after = self.around.clock.now, moment(self.wall_time())
        self.around.publish(ClockUpdated(at=at, router=self.name, before=before, after=after, by=by))

    def tell_agent_off(self) -> None:
        """The license agent has lost its last listener."""
        self.around.publish(LicenseAgentStopped(at=self.around.clock.now, router=self.name))

    def fail_inside(self, fault: str) -> None:
        """Put in an internal failure of licensing: it is told, and nothing else comes of it.

        Raises:
            UnknownName: there is no such fault.
        """
        at, router = self.around.clock.now, self.name
        faults: dict[str, Event] = {
            "storage": StorageServiceFailed(at=at, router=router, problem="License storage service failed"),
            "ipc": LicensingIpcFailed(at=at, router=router, problem="License IPC communication failed"),
            "license": InvalidLicenseMet(at=at, router=router, problem="A stored license failed its check"),
            "agent-memory": LicenseAgentOutOfMemory(at=at, router=router, problem="Out of memory"),
            "agent-event": LicenseAgentPuzzled(at=at, router=router, kind=99),
        }
        if fault not in faults:
            raise UnknownName("fault", fault, faults)
        self.around.publish(faults[fault])

    def reject_line(self, line: str, column: int) -> None:
        """A line of the saved configuration could not be carried out."""
        self.around.publish(
            ConfigurationLineRejected(at=self.around.clock.now, router=self.name, line=line, column=column)
        )

    def note_configured(self, source: str, by: str) -> None:
        """Somebody left configuration mode."""
        self.running.configured_at = self.wall_time()
        self.around.publish(Configured(at=self.around.clock.now, router=self.name, source=source, by=by))

    # --- the firmware, stage by stage --------------------------------------------------------------------------

    def enter(self, stage: str) -> None:
        """Begin a boot stage (`hardware/boot.toml`).

        Raises:
            Halt: there is nothing that ROMMON could start.
        """
        if stage == "load":
            self._select_image()
        elif stage == "decompress":
            self._check_hardware()

    def leave(self, stage: str) -> None:
        """End a boot stage.

        Raises:
            Halt: the image turned out to be damaged.
        """
        if stage == "decompress":
            self._check_image()
        elif stage == "early init":
            self._start_ios()
        elif stage == "configuration":
            self._read_startup()

    def image_bytes(self) -> int:
        """Size of the image being started."""
        return self._candidate[0].size if self._candidate else 0

    @property
    def loading(self) -> ImageManifest:
        """The image being started."""
        assert self._candidate is not None
        return self._candidate[1]

    def configuration_lines(self) -> int:
        """Lines of the startup configuration."""
        return len(self.state.startup.text.splitlines()) if self.state.startup else 0

    def _select_image(self) -> None:
        """The first file of flash that is an image. A saved boot goes on with what it had begun to load."""
        self._candidate = None
        for file in self.state.flash.files:
            if not file.name.endswith(".bin"):
                continue
            inside = unpack(file.content, file.size)
            if inside is ImageFault.BAD_CHECKSUM:
                inside = file.name
            elif isinstance(inside, ImageFault):
                raise Halt(inside, file.name)
            try:
                self._candidate = file, self.images.get(inside)
            except UnknownName:
                raise Halt(ImageFault.BAD_MAGIC, file.name) from None
            return
        raise Halt(NO_IMAGE, "")

    def _check_hardware(self) -> None:
        if self._candidate is None:
            raise Halt(NO_IMAGE, "")
        file, manifest = self._candidate
        if self.platform.family not in manifest.families:
            raise Halt(ImageFault.WRONG_PLATFORM, file.name)
        if self._memory_fault(file) is ImageFault.TOO_LARGE:
            raise Halt(ImageFault.TOO_LARGE, file.name)

    def _memory_fault(self, file: StoredFile) -> ImageFault | None:
        return memory_fault(file.size, self.platform.dram_kib, self.platform.iomem_kib)

    def _check_image(self) -> None:
        if self._candidate is None:
            raise Halt(NO_IMAGE, "")
        file, _ = self._candidate
        if isinstance(unpack(file.content, file.size), ImageFault):
            raise Halt(ImageFault.BAD_CHECKSUM, file.name)
        if self._memory_fault(file) is not None:
            raise Halt(ImageFault.NO_ROOM_TO_WORK, file.name)

    def _start_ios(self) -> None:
        assert self._candidate is not None
        now, manifest = self.around.clock.now, self._candidate[1]
        saved = self.state.startup.text if self.state.startup else ""
        wanted = configured_boot_level(saved, manifest.license_module)
        self.activation.recover()
        self.state.store_expanded = EXPAND_STORE in saved.splitlines()
        chosen = self.activation.choose(manifest, wanted)
        license_id = chosen.license.line.id if chosen.license else None
        self.state.running = Running(
            booted=now,
            image=manifest.file,
            level=chosen.level,
            license_id=license_id,
            calendar=unset_calendar(now),
            configuration=Configuration.with_boot_level(manifest.license_module, wanted),
            used_before=self.activation.licenses.used.get(license_id, 0) if license_id else 0,
            in_use_since=now,
        )
        if license_id is not None:
            self.state.count(Operation.GRANTED)
        self.activation.start(manifest)
        self.schedule(Chore.ANNOUNCE_LEVEL, LEVEL_MESSAGE_DELAY)
        if license_id is None:
            self.schedule(Chore.NAG_UNLICENSED, LEVEL_MESSAGE_DELAY)

    def _read_startup(self) -> None:
        if self.state.startup is not None:
            self.around.reader.read(self.name, self.state.startup.text)
            self.running.dialog_answered = True
            self.running.changed = False
            self.around.publish(Configured(at=self.around.clock.now, router=self.name, source="memory", by="console"))
        self.links.follow()
        self.schedule(Chore.TELL_RESTART, RESTART_DELAY)

    def _nag_unlicensed(self) -> None:
        """A mandatory feature without a license runs, and says so every week (C: clmgmtLicenseNotEnforced)."""
        if effective(self.running.level, self.activation.licenses, self.activation.built_in) is not None:
            return
        self.activation.request_failed(self.running.level)
        self.schedule(Chore.NAG_UNLICENSED, WEEK)

    def _tell_restart(self) -> None:
        now = self.around.clock.now
        self.around.publish(SystemRestarted(at=now, router=self.name, banner=self.manifest.banner))
        self.around.publish(AgentColdStarted(at=now, router=self.name, hostname=self.hostname))

    # --- what it will do by itself, as a timed object ------------------------------------------------------------

    def schedule(self, chore: Chore, delay: Duration) -> None:
        """Have a chore done later in this boot; asked for twice, it is done once, at the later time."""
        self.running.due[chore] = self.around.clock.now + delay
        self.around.timekeeper.enrol(self._key, self)

    def next_deadline(self) -> Instant | None:
        """When the next chore is due."""
        return min(self.state.running.due.values(), default=None) if self.state.running else None

    def advance(self, now: Instant) -> Sequence[Event]:
        """Do what is due; the chores publish their events themselves."""
        for chore in Chore:
            if self.state.running is not None and self.running.due.get(chore, now + 1) <= now:
                del self.running.due[chore]
                self._do(chore)
        return ()

    def _do(self, chore: Chore) -> None:
        match chore:
            case Chore.ANNOUNCE_LEVEL:
                self.activation.announce_next_level()
            case Chore.NAG_UNLICENSED:
                self._nag_unlicensed()
            case Chore.FOLLOW_LINKS:
                self.links.tell_links()
            case Chore.FOLLOW_PROTOCOLS:
                self.links.tell_protocols()
            case Chore.TELL_RESTART:
                self._tell_restart()

    @property
    def _key(self) -> tuple[str, str]:
        return self.name, "chores"

    def _leave_ios(self, *, orderly: bool) -> None:
        if self.state.running is not None:
            self.activation.stop(orderly=orderly)
            self.state.running = None
            self.around.timekeeper.enrol(self._key, self)
