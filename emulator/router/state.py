"""All that a router is, as plain data: what a snapshot saves and a restored world goes on from.

Three lifetimes are three parts: what the board keeps for ever (identity, flash, NVRAM, licenses), how it came up
last, and `Running`, which a reset throws away.
"""

from enum import StrEnum

import msgspec

from emulator.hardware.board import BoardState, ResetCause
from emulator.kernel.time import Duration, Instant
from emulator.licensing.udi import Udi
from emulator.router.clocks import Calendar, WallTime
from emulator.router.configuration import Configuration
from emulator.storage.filesystem import FileSystem
from emulator.storage.partition import Partition

DEFAULT_REGISTER = 0x2102
"""Boot from flash, use NVRAM, ignore break (C)."""


class SavedConfiguration(msgspec.Struct):
    """A configuration in NVRAM."""

    text: str
    written: WallTime


class ResetRecord(msgspec.Struct, frozen=True):
    """Why the router last went down; `at` only where the calendar was set."""

    cause: ResetCause
    at: WallTime | None = None


class Chore(StrEnum):
    """What a running router will do by itself a little later; the order is the order within one instant."""

    ANNOUNCE_LEVEL = "announce the next boot level"
    NAG_UNLICENSED = "tell that the base level runs without a license"
    FOLLOW_LINKS = "tell of links that changed"
    FOLLOW_PROTOCOLS = "tell of line protocols that followed"
    TELL_RESTART = "tell that the system restarted"


class Operation(StrEnum):
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
        due: when each chore is to be done.
        seats: uses taken of counted features.
        counting: since when each metered license of a counted feature has been in use, by its id.
        links_up, protocols_up: interfaces as last told of.
        debugging: what `debug` switched on.
        agent: the license agent's work.
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
    dialog_answered: bool = False
    due: dict[Chore, Instant] = {}
    seats: dict[str, int] = {}
    counting: dict[str, Instant] = {}
    links_up: list[str] = []
    protocols_up: list[str] = []
    debugging: list[str] = []
    agent: AgentTraffic = msgspec.field(default_factory=AgentTraffic)


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
    """

    name: str
    udi: Udi
    mac: str
    flash: FileSystem
    board: BoardState = msgspec.field(default_factory=BoardState)
    partition: Partition = msgspec.field(default_factory=Partition)
    store_expanded: bool = False
    startup: SavedConfiguration | None = None
    config_register: int = DEFAULT_REGISTER
    reset: ResetRecord = ResetRecord(ResetCause.POWER_ON)
    running: Running | None = None
    usb: FileSystem | None = None
    cables: list[str] = []
    online: bool = True
    operations: dict[Operation, int] = {}
    flash_kib: int | None = None
    dram_kib: int | None = None
    right_to_use: bool = False

    def count(self, operation: Operation) -> None:
        """One more of it."""
        self.operations[operation] = self.operations.get(operation, 0) + 1
