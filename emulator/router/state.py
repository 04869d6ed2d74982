"""All that a router is, as plain data: what a snapshot saves and a restored world goes on from.

Three lifetimes are three parts: what the board keeps for ever (identity, flash, NVRAM, licenses), how it came up
last, and `Running`, which a reset throws away.
"""

from enum import StrEnum

import msgspec

from emulator.hardware.board import BoardState, ResetCause
from emulator.hardware.register import FACTORY
from emulator.hardware.unit import Unit
from emulator.kernel.time import Duration, Instant
from emulator.licensing.udi import Udi
from emulator.router.clocks import Calendar, WallTime
from emulator.router.configuration import Configuration
from emulator.router.interface_counters import InterfaceRecord, Neighbour
from emulator.router.lease import Lease
from emulator.router.rsa_key import RsaKey
from emulator.router.syslog import SystemLog
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.partition import Partition


class SavedConfiguration(msgspec.Struct):
    """A configuration in NVRAM."""

    text: str
    written: WallTime
    by: str = ""
    """Who was logged in; empty where nobody had to."""


class ResetRecord(msgspec.Struct, frozen=True):
    """Why the router last went down.

    Attributes:
        at: when, only where the calendar was set.
        detail: how `show version` words the cause where that is not the cause's own word: `error - a SIGTRAP
            exception, PC 0x80688D6C` (C).
        reason: what it prints as `Last reload reason` where that does not follow from the cause.
        pc, address: what the processor told of a crash or a break.
    """

    cause: ResetCause
    at: WallTime | None = None
    detail: str = ""
    reason: str = ""
    pc: int = 0
    address: int = 0


class DeferredTask(StrEnum):
    """What a running router will do by itself a little later; the order is the order within one instant."""

    ANNOUNCE_LEVEL = "announce the next boot level"
    NAG_UNLICENSED = "tell that the base level runs without a license"
    FOLLOW_LINKS = "tell of links that changed"
    FOLLOW_PROTOCOLS = "tell of line protocols that followed"
    TELL_RESTART = "tell that the system restarted"
    FOLLOW_LEASES = "take the addresses that the provider gives"
    FOLLOW_SSH = "tell whether the SSH server runs"
    RELOAD = "reload, as was scheduled"


class LicenseCounter(StrEnum):
    """What `show license statistics` counts."""

    INSTALLED = "install success"
    INSTALL_FAILED = "install failure"
    DUPLICATE = "install duplicate"
    COMMENT_ADDED = "comment add"
    COMMENT_DELETED = "comment delete"
    CLEARED = "clear success"
    CLEAR_FAILED = "clear failure"
    REVOKED = "revoke success"
    REVOKE_FAILED = "revoke failure"
    SAVED = "save success"
    SAVE_FAILED = "save failure"
    CREDENTIAL_SAVED = "save credential"
    GRANTED = "request success"
    REFUSED = "request failure"
    RELEASED = "release"


class AgentTraffic(msgspec.Struct):
    """What the license agent has had to do since the last `clear license agent counters`, and who uses it now."""

    requests: int = 0
    request_errors: int = 0
    operations: int = 0
    operation_errors: int = 0
    notifications: int = 0
    notification_errors: int = 0
    acknowledgement_errors: int = 0
    sessions: int = 0


class Running(msgspec.Struct):
    """What lives in memory while IOS runs.

    Attributes:
        booted: when its clock started.
        image: file name of what runs.
        restarted: the calendar at that moment, once it is known.
        level: the feature set that this boot brought up.
        license_id: the license that the level uses; None: the base level without one.
        used_before, in_use_since: where the usage clock of a metered license in use started from.
        changed: the running configuration differs from what was read or saved.
        configured_by: who was logged in when it was last changed; empty where nobody had to.
        saved: the startup configuration was written in this boot.
        due: when each deferred task is to be done.
        seats: uses taken of counted features.
        counting: since when each metered license of a counted feature has been in use, by its id.
        links_up, protocols_up: interfaces as last told of.
        debugging: what `debug` switched on.
        agent: the license agent's work.
        interfaces: what is to be told of an interface beside its configuration.
        neighbours: the ARP table, in its order.
        booted_from: URL of the file that was booted, where it is not the image's own name in flash.
        log: the system messages of this boot.
        license_activity: a license was installed, removed or used for evaluation in this boot.
        rsa_keys: the RSA key pairs, saved or not.
        ssh: the version that the SSH server speaks, as last told; empty while it does not run.
        leases: what the provider gave, by interface.
    """

    booted: Instant
    image: str
    level: str
    license_id: str | None
    calendar: Calendar
    configuration: Configuration
    used_before: Duration = 0
    in_use_since: Instant = 0
    restarted: WallTime | None = None
    changed: bool = False
    configured_at: WallTime | None = None
    configured_by: str = ""
    saved: bool = False
    dialog_answered: bool = False
    due: dict[DeferredTask, Instant] = {}
    seats: dict[str, int] = {}
    counting: dict[str, Instant] = {}
    links_up: list[str] = []
    protocols_up: list[str] = []
    debugging: list[str] = []
    agent: AgentTraffic = msgspec.field(default_factory=AgentTraffic)
    booted_from: str = ""
    interfaces: dict[str, InterfaceRecord] = {}
    neighbours: list[Neighbour] = []
    log: SystemLog = msgspec.field(default_factory=SystemLog)
    license_activity: bool = False
    rsa_keys: tuple[RsaKey, ...] = ()
    ssh: str = ""
    leases: dict[str, Lease] = {}


class Environment(msgspec.Struct):
    """ROMMON's variables and aliases: what `sync` writes to NVRAM."""

    variables: dict[str, str] = {}
    aliases: dict[str, str] = {}


class RommonState(msgspec.Struct):
    """What ROMMON keeps in memory; a reset throws it away.

    Attributes:
        environment: variables and aliases, synced or not.
        line: number of the line that is typed next.
        history: lines typed, oldest first.
        stopped: the IOS that a break stopped; `cont` lets it go on.
        stopped_at, pc: when and where that was.
    """

    environment: Environment
    line: int = 1
    history: list[str] = []
    stopped: Running | None = None
    stopped_at: Instant = 0
    pc: int = 0


class BootRequest(msgspec.Struct, frozen=True):
    """What ROMMON was told to boot in place of what the register says.

    Attributes:
        device, file: where it is; without a file the first image there.
        memory: an image that was loaded over the network and is in no file system.
    """

    device: str
    file: str = ""
    memory: StoredFile | None = None


class FlashHealth(StrEnum):
    """Whether the internal flash is recognised (C: a unit that was long without power and recovered by a reset)."""

    GOOD = "good"
    TIRED = "not to be recognised at the next start"
    UNRECOGNISED = "not recognised at this start"


class RouterState(msgspec.Struct):
    """One router.

    Attributes:
        partition: the license region of the boot flash.
        store_expanded: `license expand nvram` took effect at a reload.
        flash_kib: size that `show version` prints, where a unit differs from its platform.
        dram_kib: its memory, where a unit differs from its platform.
        right_to_use: evaluations become a right to use, where the image can do that.
        cables: interfaces with a cable in.
        online: the site has a way to the Internet.
        operations: how often each licensing operation was done (`show license statistics`).
        unit: what its hardware has otherwise than its product.
        config_register: what this boot came up with.
        pending_register: what the next one will, where that differs.
        environment: ROMMON's variables and aliases in NVRAM; None: as from the factory.
        monitor: ROMMON, while it has the board or loads for it.
        boot_request: what the boot under way was told to load.
        returns: how often the router came back to ROMMON.
        private_keys: the RSA key pairs in the private part of NVRAM.
    """

    name: str
    udi: Udi
    mac: str
    flash: FileSystem
    board: BoardState = msgspec.field(default_factory=BoardState)
    partition: Partition = msgspec.field(default_factory=Partition)
    store_expanded: bool = False
    startup: SavedConfiguration | None = None
    config_register: int = FACTORY
    reset: ResetRecord = ResetRecord(ResetCause.POWER_ON)
    running: Running | None = None
    usb: FileSystem | None = None
    cables: list[str] = []
    online: bool = True
    operations: dict[LicenseCounter, int] = {}
    flash_kib: int | None = None
    dram_kib: int | None = None
    right_to_use: bool = False
    unit: Unit = Unit()
    pending_register: int | None = None
    environment: Environment | None = None
    monitor: RommonState | None = None
    boot_request: BootRequest | None = None
    flash_health: FlashHealth = FlashHealth.GOOD
    returns: int = 0
    private_keys: tuple[RsaKey, ...] = ()

    def count(self, operation: LicenseCounter) -> None:
        """One more of it."""
        self.operations[operation] = self.operations.get(operation, 0) + 1
