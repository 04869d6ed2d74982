"""All that a router is, as plain data: what a snapshot saves and a restored world goes on from.

Three lifetimes are three parts: what the board keeps for ever (identity, flash, NVRAM, licenses), how it came up
last, and `Running`, which a reset throws away.
"""

from enum import StrEnum

import msgspec

from emulator.hardware.board import BoardState, ResetCause
from emulator.hardware.register import FACTORY, speed
from emulator.hardware.unit import Unit
from emulator.kernel.time import Duration, Instant
from emulator.licensing.udi import Udi
from emulator.router.call_home_state import CallHomeState
from emulator.router.clocks import Calendar, WallTime
from emulator.router.configuration import Configuration
from emulator.router.interface_counters import InterfaceRecord, Neighbour
from emulator.router.lease import Lease
from emulator.router.license_action import LicenseActions
from emulator.router.rsa_key import RsaKey
from emulator.router.snmp_traffic import SnmpState
from emulator.router.snmp_user import SnmpUser
from emulator.router.syslog import SystemLog
from emulator.router.vtp import VtpState
from emulator.storage.filesystem import FileSystem, StoredFile
from emulator.storage.partition import Partition


class SavedConfiguration(msgspec.Struct):
    """A configuration in NVRAM."""

    text: str
    written: WallTime
    by: str = ""
    """User who was logged in; empty where no log-in was required."""


class ResetRecord(msgspec.Struct, frozen=True):
    """The circumstances of the router's last stop.

    Attributes:
        at: the moment, only where the calendar was set.
        detail: the wording of `show version`, where it differs from the cause's own word: `error - a SIGTRAP exception,
            PC 0x80688D6C` (C).
        reason: the text of `Last reload reason` where it does not follow from the cause.
        pc, address: data from the processor on a crash or a break.
    """

    cause: ResetCause
    at: WallTime | None = None
    detail: str = ""
    reason: str = ""
    pc: int = 0
    address: int = 0


RELOAD_COMMAND = "Reload Command"
"""Reason of a reload that was given none."""


class ReloadRequest(msgspec.Struct, frozen=True):
    """Request for a reload: its line, and its reason."""

    by: str = "console"
    reason: str = RELOAD_COMMAND


class DeferredTask(StrEnum):
    """The tasks that a running router will do a little later; their order holds within one instant."""

    ANNOUNCE_LEVEL = "announce the next boot level"
    NAG_UNLICENSED = "tell that the base level runs without a license"
    FOLLOW_LINKS = "tell of links that changed"
    FOLLOW_PROTOCOLS = "tell of line protocols that followed"
    TELL_RESTART = "tell that the system restarted"
    FOLLOW_LEASES = "take the addresses that the provider gives"
    FOLLOW_SSH = "tell whether the SSH server runs"
    RELOAD = "reload, as was scheduled"
    ANNOUNCE_ROLLBACK = "tell that the configuration goes back in a minute"
    ROLL_BACK = "go back to the configuration that was kept"
    LICENSE_ACTIONS = "carry out the license actions of managers"
    SEND_ALERTS = "send the alerts of call home"
    SEND_PERIODIC_ALERTS = "send the alerts of call home that are due by the calendar"


class PendingRollback(msgspec.Struct, frozen=True):
    """A change of the configuration that is taken back unless it is confirmed.

    Attributes:
        file: where the configuration before the change was archived.
        text: that configuration.
        minutes: time to confirm in.
        configured: the calendar when the change began.
        user: the user who began it.
    """

    file: str
    text: str
    minutes: int
    configured: WallTime
    user: str


class LicenseCounter(StrEnum):
    """The counters of `show license statistics`."""

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


class LearnedHost(msgspec.Struct, frozen=True):
    """The address that a name server gave for a name, and the instant when it did."""

    address: str
    at: Instant


class IpTraffic(msgspec.Struct):
    """The counters of `show ip traffic` that the echoes of a router move.

    Attributes:
        unresolved: packets that were dropped while the hardware address of the next hop was asked for.
        unroutable: packets to which there was no route.
    """

    echoes_sent: int = 0
    replies_received: int = 0
    unresolved: int = 0
    unroutable: int = 0
    arp_requests: int = 0
    arp_replies: int = 0


class AgentTraffic(msgspec.Struct):
    """The work of the license agent since the last `clear license agent counters`, and its current users."""

    requests: int = 0
    request_errors: int = 0
    operations: int = 0
    operation_errors: int = 0
    notifications: int = 0
    notification_errors: int = 0
    acknowledgement_errors: int = 0
    sessions: int = 0


class Running(msgspec.Struct):
    """The memory of a running IOS.

    Attributes:
        booted: the instant when its clock started.
        image: the file name of the running image.
        restarted: the calendar at that moment, once it is known.
        level: the feature set that this boot brought up.
        license_id: the license that the level uses; None: the base level without one.
        used_before, in_use_since: where the usage clock of a metered license in use started from.
        changed: the running configuration differs from what was read or saved.
        configured_by: the user who last changed it; empty where no log-in was required.
        saved: the startup configuration was written in this boot.
        due: the instant of each deferred task.
        reload: who asked for the reload that is due, and why.
        seats: uses taken of counted features.
        counting: the instant at which each metered license of a counted feature came into use, by its id.
        links_up, links_shut, protocols_up: interfaces as last reported.
        controllers_up: controllers that had trained their lines when they were last reported.
        link_changes: the instant of the last reported change of each interface, in this boot.
        debugging: the facilities that `debug` switched on.
        agent: the license agent's work.
        interfaces: the state of interfaces beside their configuration.
        booted_from: URL of the file that was booted, where it is not the image's own name in flash.
        log: the system messages of this boot.
        license_activity: a license was installed, removed or used for evaluation in this boot.
        rsa_keys: the RSA key pairs, saved or not.
        commands_read: how many commands the configuration had that was read last.
        ssh: the version that the SSH server speaks, as last told; empty while it does not run.
        ip: the counters of IP.
        leases: what the provider gave, by interface.
        hosts: the names that servers knew, in small letters.
        rollback: the change of the configuration that waits to be confirmed.
        snmp: the memory of the SNMP agent.
        license_actions: the license actions that managers asked for.
        call_home: the memory of call home.
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
    reload: ReloadRequest = ReloadRequest()
    seats: dict[str, int] = {}
    counting: dict[str, Instant] = {}
    links_up: list[str] = []
    link_changes: dict[str, Instant] = {}
    protocols_up: list[str] = []
    links_shut: list[str] = []
    controllers_up: list[str] = []
    debugging: list[str] = []
    agent: AgentTraffic = msgspec.field(default_factory=AgentTraffic)
    booted_from: str = ""
    interfaces: dict[str, InterfaceRecord] = {}
    neighbours: list[Neighbour] = []
    """The ARP table, in its order."""
    log: SystemLog = msgspec.field(default_factory=SystemLog)
    license_activity: bool = False
    rsa_keys: tuple[RsaKey, ...] = ()
    commands_read: int = 0
    ssh: str = ""
    ip: IpTraffic = msgspec.field(default_factory=IpTraffic)
    leases: dict[str, Lease] = {}
    hosts: dict[str, LearnedHost] = {}
    rollback: PendingRollback | None = None
    snmp: SnmpState = msgspec.field(default_factory=SnmpState)
    license_actions: LicenseActions = msgspec.field(default_factory=LicenseActions)
    call_home: CallHomeState = msgspec.field(default_factory=CallHomeState)


class Environment(msgspec.Struct):
    """The variables and aliases of ROMMON, which `sync` writes to NVRAM."""

    variables: dict[str, str] = {}
    aliases: dict[str, str] = {}


class RommonState(msgspec.Struct):
    """The memory of ROMMON; a reset clears it.

    Attributes:
        environment: variables and aliases, synced or not.
        line: number of the line that is typed next.
        history: lines typed, oldest first.
        stopped: the IOS that a break stopped; `cont` lets it go on.
        stopped_at, pc: the instant and address of that stop.
    """

    environment: Environment
    line: int = 1
    history: list[str] = []
    stopped: Running | None = None
    stopped_at: Instant = 0
    pc: int = 0


class BootRequest(msgspec.Struct, frozen=True):
    """A request to ROMMON to boot something other than the register says.

    Attributes:
        device, file: the location; without a file the first image there.
        memory: an image that was loaded over the network and is in no file system.
    """

    device: str
    file: str = ""
    memory: StoredFile | None = None


class FlashHealth(StrEnum):
    """The condition of the internal flash (C: a unit that was long without power and recovered by a reset)."""

    GOOD = "good"
    TIRED = "not to be recognised at the next start"
    UNRECOGNISED = "not recognised at this start"


class RouterState(msgspec.Struct):
    """The whole state of a router.

    Attributes:
        partition: the license region of the boot flash.
        store_expanded: `license expand nvram` took effect at a reload.
        flash_kib: size that `show version` prints, where a unit differs from its platform.
        dram_kib: its memory, where a unit differs from its platform.
        right_to_use: evaluations become a right to use, where the image can do that.
        cables: interfaces with a cable in.
        online: the site has a way to the Internet.
        sftp: its SSH server speaks SFTP, which the bench allowed and no real router does.
        operations: the count of each licensing operation (`show license statistics`).
        unit: the deviations of its hardware from its product.
        config_register: the register of this boot.
        pending_register: the register of the next boot, where it differs.
        environment: ROMMON's variables and aliases in NVRAM; None: as from the factory.
        monitor: ROMMON, while it has the board or loads for it.
        boot_request: the request to ROMMON behind the boot under way.
        returns: the number of times that the router came back to ROMMON.
        private_keys: the RSA key pairs in the private part of NVRAM.
        private_users: the users of SNMPv3 in the private part of NVRAM.
        interface_numbers: the numbers of interfaces that were kept with the saved configuration.
        snmp_boots: the number of times that the SNMP engine has started.
        vtp: the VTP of the switch inside, beside the configuration.
        terminal_speed: the speed of the terminal at its console, in baud, which the bench sets.
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
    sftp: bool = False
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
    private_users: tuple[SnmpUser, ...] = ()
    interface_numbers: dict[str, int] = {}
    snmp_boots: int = 0
    vtp: VtpState = VtpState()
    terminal_speed: int = speed(FACTORY)

    def count(self, operation: LicenseCounter) -> None:
        """Count one more operation."""
        self.operations[operation] = self.operations.get(operation, 0) + 1
