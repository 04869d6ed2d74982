"""A router: the firmware that runs on its board, with its licenses, files and interfaces.

It is reached only through its use cases; console, SNMP and the bench are faces of the same methods. What it needs
from outside (file server, configuration reader, keys) is handed in by `world/build.py`.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from emulator.hardware.board import Board, BoardPhase, Halt, ResetCause
from emulator.hardware.platform import Platform
from emulator.images.container import ImageFault, unpack
from emulator.images.features import features_of
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.errors import UnknownName
from emulator.kernel.events import Event
from emulator.kernel.time import Duration, Instant
from emulator.keys.signing import SigningKey, Verifier
from emulator.router.activation import Activation, used_at_boot
from emulator.router.clocks import WallTime, unset_calendar
from emulator.router.configuration import Configuration, configured_boot_level
from emulator.router.events import (
    AgentColdStarted,
    ConfigurationLineRejected,
    Configured,
    ReloadRequested,
    SystemRestarted,
)
from emulator.router.files import RouterFiles
from emulator.router.links import Links
from emulator.router.ports import ConfigurationReader, FileServer
from emulator.router.state import Chore, ResetRecord, RouterState, Running, SavedConfiguration
from emulator.sim.clock import SimClock
from emulator.sim.seeding import Dice, draw
from emulator.sim.timekeeper import Timekeeper
from emulator.storage.filesystem import StoredFile

NO_IMAGE = "no image"
LEVEL_MESSAGE_DELAY: Duration = 2_175
"""The first message of a boot is stamped so long after the clock's start (C)."""

RESTART_DELAY: Duration = 5_000
"""… and `System restarted` so long after the console is there (C for the order)."""


class Router:
    """One device of the world."""

    def __init__(
        self,
        state: RouterState,
        platform: Platform,
        images: ImageCatalogue,
        clock: SimClock,
        timekeeper: Timekeeper,
        publish: Callable[[Event], None],
        reader: ConfigurationReader,
        server: FileServer,
        license_authority: Callable[[], Verifier],
        device_key: SigningKey,
        seed: int,
    ) -> None:
        self.state, self.platform, self.images = state, platform, images
        self.device_key = device_key
        self._license_authority = license_authority
        self._seed = seed
        self._clock, self._timekeeper, self._publish, self._reader = clock, timekeeper, publish, reader
        self._candidate: tuple[StoredFile, ImageManifest] | None = None
        self.activation = Activation(state, clock, timekeeper, publish)
        self.files = RouterFiles(state, lambda host: server.reach(state.name, host), lambda: self.wall_time().epoch_ms)
        self.links = Links(state, platform, clock, publish, self.schedule)
        self._chores = {
            Chore.ANNOUNCE_LEVEL: self.activation.announce_next_level,
            Chore.FOLLOW_LINKS: self.links.tell_links,
            Chore.FOLLOW_PROTOCOLS: self.links.tell_protocols,
            Chore.TELL_RESTART: self._tell_restart,
        }
        if state.running is not None:
            self.activation.resume(images.get(state.running.image))
        elif state.board.phase is BoardPhase.BOOTING:
            with suppress(Halt):  # what is wrong with the image is told when its stage comes
                self._select_image()
        self.board = Board(state.name, state.board, clock, timekeeper, self, publish)
        timekeeper.enrol(self._key, self)

    # --- what it is --------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Its name at the bench; the host name is configuration."""
        return self.state.name

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
        return self._clock.now - self.running.booted

    def wall_time(self) -> WallTime:
        """What the router's calendar shows; before IOS runs, that of an unset one."""
        calendar = self.state.running.calendar if self.state.running else unset_calendar(self._clock.now)
        return calendar.at(self._clock.now)

    @property
    def license_verifier(self) -> Verifier:
        """Checks what the licensing portal signed; the key is looked up when it is first needed."""
        return self._license_authority()

    def draw(self, purpose: str) -> Dice:
        """Randomness for one purpose at this instant, the same in every replay."""
        return draw(self._seed, self.name, purpose, str(self._clock.now))

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
        self._publish(ReloadRequested(at=self._clock.now, router=self.name, by=by))

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

    def reject_line(self, line: str, column: int) -> None:
        """A line of the saved configuration could not be carried out."""
        self._publish(ConfigurationLineRejected(at=self._clock.now, router=self.name, line=line, column=column))

    def note_configured(self, source: str, by: str) -> None:
        """Somebody left configuration mode."""
        self.running.configured_at = self.wall_time()
        self._publish(Configured(at=self._clock.now, router=self.name, source=source, by=by))

    # --- the firmware, stage by stage --------------------------------------------------------------------------

    def enter(self, stage: str) -> None:
        """Begin a boot stage (`hardware/boot.toml`).

        Raises:
            Halt: there is nothing that ROMMON could start.
        """
        if stage == "load":
            self._select_image()
        elif stage == "decompress":
            self._check_platform()

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

    def _check_platform(self) -> None:
        if self._candidate is None:
            raise Halt(NO_IMAGE, "")
        file, manifest = self._candidate
        if manifest.family != self.platform.family:
            raise Halt(ImageFault.WRONG_PLATFORM, file.name)

    def _check_image(self) -> None:
        if self._candidate is None:
            raise Halt(NO_IMAGE, "")
        file, _ = self._candidate
        if isinstance(unpack(file.content, file.size), ImageFault):
            raise Halt(ImageFault.BAD_CHECKSUM, file.name)

    def _start_ios(self) -> None:
        assert self._candidate is not None
        now, manifest = self._clock.now, self._candidate[1]
        saved = self.state.startup.text if self.state.startup else ""
        wanted = configured_boot_level(saved, manifest.license_module)
        chosen = self.activation.choose(manifest, wanted)
        license_id = chosen.license.line.id if chosen.license else None
        self.state.running = Running(
            booted=now,
            image=manifest.file,
            level=chosen.level,
            license_id=license_id,
            calendar=unset_calendar(now),
            configuration=Configuration.with_boot_level(manifest.license_module, wanted),
            used_before=used_at_boot(self.activation.licenses, license_id),
            in_use_since=now,
        )
        self.activation.start(manifest)
        self.schedule(Chore.ANNOUNCE_LEVEL, LEVEL_MESSAGE_DELAY)

    def _read_startup(self) -> None:
        if self.state.startup is not None:
            self._reader.read(self.name, self.state.startup.text)
            self.running.dialog_answered = True
            self.running.changed = False
            self._publish(Configured(at=self._clock.now, router=self.name, source="memory", by="console"))
        self.links.follow()
        self.schedule(Chore.TELL_RESTART, RESTART_DELAY)

    def _tell_restart(self) -> None:
        manifest = self.manifest
        self._publish(
            SystemRestarted(
                at=self._clock.now,
                router=self.name,
                software=manifest.software,
                image_id=manifest.image_id,
                version=manifest.version,
                build=manifest.build,
                copyright_year=manifest.copyright_year,
                compiled=manifest.compiled,
            )
        )
        self._publish(AgentColdStarted(at=self._clock.now, router=self.name, hostname=self.hostname))

    # --- what it will do by itself, as a timed object ------------------------------------------------------------

    def schedule(self, chore: Chore, delay: Duration) -> None:
        """Have a chore done later in this boot; asked for twice, it is done once, at the later time."""
        self.running.due[chore] = self._clock.now + delay
        self._timekeeper.poke(self._key)

    def next_deadline(self) -> Instant | None:
        """When the next chore is due."""
        return min(self.state.running.due.values(), default=None) if self.state.running else None

    def advance(self, now: Instant) -> Sequence[Event]:
        """Do what is due; the chores publish their events themselves."""
        for chore, act in self._chores.items():
            if self.state.running is not None and self.running.due.get(chore, now + 1) <= now:
                del self.running.due[chore]
                act()
        return ()

    @property
    def _key(self) -> tuple[str, str]:
        return self.name, "chores"

    def _leave_ios(self, *, orderly: bool) -> None:
        if self.state.running is not None:
            self.activation.stop(orderly=orderly)
            self.state.running = None
            self._timekeeper.poke(self._key)
