"""The firmware: what the stages from power on to the first prompt mean on this router.

The board walks the stages (`hardware/boot.toml`); here ROMMON chooses and checks an image, IOS starts with the level
that the licenses allow, and the saved configuration is read. C: what the register's values do. R: the break window,
and that the register is taken over when the board starts. I: that expansion finds a damaged image, and at which stage
each other refusal comes.
"""

from contextlib import suppress
from typing import Protocol

from emulator.hardware.board import BoardState, Halt
from emulator.hardware.events import BootFileMissing
from emulator.hardware.register import heeds_break, ignores_nvram
from emulator.hardware.stages import StageName, load_stage
from emulator.images.container import ImageFault, unpack
from emulator.images.memory import memory_fault
from emulator.kernel.time import SECOND, Duration
from emulator.router.boot.image_search import FLASH, BootFault, Candidate, Search
from emulator.router.clocks import unset_calendar
from emulator.router.configuration import EXPAND_STORE, Configuration, configured_boot_level
from emulator.router.events import Configured
from emulator.router.licensing.activation import Activation
from emulator.router.link_state import Links, SchedulingRouter
from emulator.router.state import DeferredTask, FlashHealth, LicenseCounter, RommonState, Running
from emulator.storage.filesystem import StoredFile

LEVEL_MESSAGE_DELAY: Duration = 2_175
"""Delay of a boot's first message after the clock's start, in milliseconds (C)."""

RESTART_DELAY: Duration = 5_000
"""Delay of `System restarted` after the console is ready, in milliseconds (C for the order)."""

BREAK_WINDOW: Duration = 5 * SECOND
"""Time after its start in which ROMMON heeds a break whatever the register says, in milliseconds (R)."""

WEAR = {FlashHealth.TIRED: FlashHealth.UNRECOGNISED, FlashHealth.UNRECOGNISED: FlashHealth.GOOD}
"""State of a faulty flash after a start: a second start cures it (C)."""


class BootedRouter(SchedulingRouter, Protocol):
    """A router as its firmware sees it."""

    activation: Activation

    @property
    def links(self) -> Links:
        """The state of its interfaces."""

    @property
    def monitor(self) -> RommonState:
        """Memory of ROMMON."""


class Firmware:
    """The firmware of one router's board: ROMMON's choice of an image, and the start of IOS."""

    __slots__ = ("_candidate", "_router", "_state")

    def __init__(self, router: BootedRouter) -> None:
        self._router, self._state = router, router.state
        self._candidate: Candidate | None = None

    # --- what the board asks -----------------------------------------------------------------------------------

    def enter(self, stage: StageName) -> None:
        """Begin a boot stage (`hardware/boot.toml`).

        Raises:
            Halt: there is nothing that ROMMON could start.
        """
        if stage is StageName.POST:
            self._begin()
        elif stage is StageName.LOAD:
            self._select_image()
        elif stage is StageName.DECOMPRESS:
            self._check_hardware()

    def leave(self, stage: StageName) -> None:
        """End a boot stage.

        Raises:
            Halt: the image turned out to be damaged, or a break was sent.
        """
        if stage is StageName.ROMMON:
            self._obey_break()
        elif stage is StageName.DECOMPRESS:
            self._check_image()
        elif stage is StageName.EARLY_INIT:
            self._start_ios()
        elif stage is StageName.CONFIGURATION:
            self._read_startup()

    def image_bytes(self) -> int:
        """Size of the image being started, in bytes."""
        return self._candidate.file.size if self._candidate else 0

    def configuration_lines(self) -> int:
        """Number of lines of the startup configuration; 0 if the register ignores it."""
        return len(self._saved().splitlines())

    # --- what others ask ---------------------------------------------------------------------------------------

    @property
    def has_begun_to_load(self) -> bool:
        """Tell whether ROMMON has finished its own start."""
        return self._state.board.stage >= load_stage()

    @property
    def loading(self) -> Candidate:
        """File that is being started.

        Raises:
            RuntimeError: no file is being started.
        """
        if self._candidate is None:
            raise RuntimeError(f"{self._state.name} loads no image")
        return self._candidate

    def resume(self) -> None:
        """Continue a saved boot with the file it had begun to load; a fault of that file is reported at its stage."""
        with suppress(Halt):
            self._candidate = self._search().run()

    def take_over(self) -> None:
        """Give ROMMON its memory, which `Router.monitor` makes."""
        _ = self._router.monitor

    def heeds_break_now(self, board: BoardState) -> bool:
        """Tell whether a break during a boot stops it at this instant."""
        early = self._router.now - board.began <= BREAK_WINDOW
        return early or heeds_break(self._state.config_register)

    # --- stage by stage ----------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The board starts: the register is taken over, and what ROMMON had in memory is gone."""
        state = self._state
        if state.pending_register is not None:
            state.config_register, state.pending_register = state.pending_register, None
        state.flash_health = WEAR.get(state.flash_health, state.flash_health)
        state.monitor = state.boot_request = None

    def _obey_break(self) -> None:
        """ROMMON is up and looks at the line for the first time."""
        board = self._state.board
        if board.break_heard:
            board.break_heard = False
            raise Halt(BootFault.BREAK)

    def _search(self) -> Search:
        return Search(self._state, self._router.context.images, self._saved())

    @property
    def _reads_nvram(self) -> bool:
        return self._state.startup is not None and not ignores_nvram(self._state.config_register)

    def _saved(self) -> str:
        """The saved configuration, where there is one and the register does not have it ignored."""
        return self._state.startup.text if self._state.startup is not None and self._reads_nvram else ""

    def _select_image(self) -> None:
        self._candidate, search = None, self._search()
        try:
            self._candidate = search.run()
        finally:
            for name in search.missing:
                self._router.tell(BootFileMissing, file=name)

    def _checked(self) -> Candidate:
        """Return the selected image, or halt: a world may have been saved with one that this version has no more."""
        if self._candidate is None:
            raise Halt(BootFault.NO_IMAGE)
        return self._candidate

    def _check_hardware(self) -> None:
        found = self._checked()
        if not self._router.platform.boots(found.manifest.families, found.manifest.version):
            raise Halt(ImageFault.WRONG_PLATFORM, found.file.name, found.device)
        if self._memory_fault(found.file) is ImageFault.TOO_LARGE:
            raise Halt(ImageFault.TOO_LARGE, found.file.name, found.device)

    def _memory_fault(self, file: StoredFile) -> ImageFault | None:
        return memory_fault(file.size, self._router.platform.dram_kib, self._router.platform.iomem_kib)

    def _check_image(self) -> None:
        found = self._checked()
        if isinstance(unpack(found.file.content, found.file.size), ImageFault):
            raise Halt(ImageFault.BAD_CHECKSUM, found.file.name, found.device)
        if self._memory_fault(found.file) is not None:
            raise Halt(ImageFault.NO_ROOM_TO_WORK, found.file.name, found.device)

    def _start_ios(self) -> None:
        found, state = self._checked(), self._state
        now, manifest, saved = self._router.now, found.manifest, self._saved()
        wanted = configured_boot_level(saved, manifest.license_module)
        self._router.activation.recover()
        state.store_expanded = EXPAND_STORE in saved.splitlines() and manifest.dialect.license_expand_nvram
        chosen = self._router.activation.choose(manifest, wanted)
        license_id = chosen.license.line.id if chosen.license else None
        state.running = Running(
            booted=now,
            image=manifest.file,
            level=chosen.level,
            license_id=license_id,
            calendar=unset_calendar(now),
            configuration=Configuration.with_boot_level(manifest.license_module, wanted),
            used_before=self._router.activation.inventory.licenses.used.get(license_id, 0) if license_id else 0,
            in_use_since=now,
            booted_from="" if found.url == f"{FLASH}:{manifest.file}" else found.url,
        )
        state.monitor = state.boot_request = None
        state.snmp_boots += 1
        if license_id is not None:
            state.count(LicenseCounter.GRANTED)
        self._router.activation.start(manifest)
        self._router.schedule(DeferredTask.ANNOUNCE_LEVEL, LEVEL_MESSAGE_DELAY)
        if license_id is None:
            self._router.schedule(DeferredTask.NAG_UNLICENSED, LEVEL_MESSAGE_DELAY)

    def _read_startup(self) -> None:
        running = self._state.running
        assert running is not None
        if self._reads_nvram:
            running.rsa_keys = self._state.private_keys
            running.snmp.users = self._state.private_users
            self._router.context.reader.read(self._router.name, self._saved())
            running.dialog_answered = True
            running.changed = False
            self._router.tell(Configured, source="memory", by="console")
        self._router.links.follow()
        self._router.schedule(DeferredTask.TELL_RESTART, RESTART_DELAY)
        if running.rsa_keys:
            self._router.schedule(DeferredTask.FOLLOW_SSH, RESTART_DELAY)
