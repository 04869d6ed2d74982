"""Facts read from one screen, each kind a frozen record. None: the screen does not tell.

`at` names the line of the file for each fact, so that a contradiction can be told with both places.
"""

from datetime import datetime

import msgspec

from emulator.kernel.time import Duration


class Moment(msgspec.Struct, frozen=True):
    """A date and time as it was printed: local, the letters of its zone, the mark of an unset clock."""

    local: datetime
    zone: str
    mark: str = ""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of a screen: its file, and the lines of the fields."""

    file: str
    at: dict[str, int] = {}

    def place(self, field: str) -> str:
        """File and line at which a fact was read, for a message."""
        line = self.at.get(field)
        return self.file if line is None else f"{self.file}:{line}"


class VersionFacts(Facts, frozen=True, kw_only=True):
    """`show version`, or as much of it as a collector wrote above a configuration.

    Attributes:
        uptime: whole minutes, in milliseconds.
        reset: the words after `returned to ROM by`, without the time; None where that part was not seen.
        image_file: with its device.
        next_register: the register from the next reload on, where it differs.
    """

    hostname: str | None = None
    software: str | None = None
    image_id: str | None = None
    version: str | None = None
    release: str | None = None
    build: str | None = None
    compiled: str | None = None
    compiler: str | None = None
    copyright_year: int | None = None
    bootstrap: str | None = None
    bootstrap_build: str | None = None
    uptime: Duration | None = None
    reset: str | None = None
    reset_at: Moment | None = None
    restarted: Moment | None = None
    image_file: str | None = None
    reload_type: str | None = None
    reload_reason: str | None = None
    model: str | None = None
    processor: str | None = None
    revision: str | None = None
    main_kib: int | None = None
    iomem_kib: int | None = None
    board_id: str | None = None
    counts: tuple[str, ...] = ()
    nvram_kib: int | None = None
    flash_kib: int | None = None
    flash_kind: str | None = None
    pid: str | None = None
    serial: str | None = None
    module: str | None = None
    level: str | None = None
    level_type: str | None = None
    next_level: str | None = None
    register: int | None = None
    next_register: int | None = None


class LicenseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One license, or a feature that has none (`type` None); periods as they were printed."""

    feature: str
    line: int
    version: str | None = None
    type: str | None = None
    state: str | None = None
    count: str | None = None
    priority: str | None = None
    left: str | None = None
    used: str | None = None
    total: str | None = None
    ends: str | None = None
    addition: str | None = None
    lock: str | None = None
    vendor: str | None = None
    generation: str | None = None
    store: str | None = None
    index: int | None = None


class LicensesFacts(Facts, frozen=True, kw_only=True):
    """`show license`, `show license detail` and `show license all`: entries in their order."""

    entries: tuple[LicenseFacts, ...]


class FeatureFacts(msgspec.Struct, frozen=True):
    """One row of `show license feature`."""

    feature: str
    line: int
    enforcement: bool
    evaluation: bool
    subscription: bool
    enabled: bool
    right_to_use: bool | None


class FeaturesFacts(Facts, frozen=True, kw_only=True):
    """`show license feature`."""

    rows: tuple[FeatureFacts, ...]


class UdiFacts(Facts, frozen=True, kw_only=True):
    """`show license udi`, and the line `license udi` of a configuration."""

    pid: str
    serial: str
    wide: bool | None = None
    """Wide columns of later releases in the table; None where nothing shows them."""


class StatusFacts(Facts, frozen=True, kw_only=True):
    """`show license status`: the URL of the licensing service, where another than the default one is configured."""

    url: str | None = None


class ItemFacts(msgspec.Struct, frozen=True):
    """One item of the inventory."""

    name: str
    description: str
    pid: str
    vid: str
    serial: str
    line: int


class InventoryFacts(Facts, frozen=True, kw_only=True):
    """`show inventory`."""

    items: tuple[ItemFacts, ...]


class BriefFacts(msgspec.Struct, frozen=True):
    """One row of `show ip interface brief`."""

    name: str
    address: str
    ok: bool
    method: str
    status: str
    protocol: str
    line: int


class BriefsFacts(Facts, frozen=True, kw_only=True):
    """`show ip interface brief`."""

    rows: tuple[BriefFacts, ...]


class ArpFacts(msgspec.Struct, frozen=True):
    """One row of `show arp`; `age` in minutes, None for an address of the router itself."""

    protocol: str
    address: str
    age: int | None
    hardware: str
    kind: str
    interface: str
    line: int


class ArpsFacts(Facts, frozen=True, kw_only=True):
    """`show arp`."""

    rows: tuple[ArpFacts, ...]


class FileFacts(msgspec.Struct, frozen=True):
    """One row of a directory."""

    slot: int
    mode: str
    size: int
    modified: datetime | None
    zone: str
    name: str
    line: int


class DirectoryFacts(Facts, frozen=True, kw_only=True):
    """`dir`: the device and path, the files, and the last line."""

    device: str
    path: str
    files: tuple[FileFacts, ...]
    total: int | None = None
    free: int | None = None


class ClockFacts(Facts, frozen=True, kw_only=True):
    """`show clock`."""

    now: Moment


class ConfigurationFacts(Facts, frozen=True, kw_only=True):
    """A configuration: its lines from the `!` above `version` through `end`, and what its head tells.

    Attributes:
        kind: running, startup, or a part of one, whose text has a line for each line of its screen.
        text: empty: there is no saved configuration.
        changed, saved: the moments in the head, and by whom.
        bytes: what the head counts.
        above: how many lines of the text come before `version`, whose line is in `at`.
    """

    kind: str
    text: str
    above: int = 1
    hostname: str | None = None
    changed: Moment | None = None
    changed_by: str = ""
    saved: Moment | None = None
    saved_by: str = ""
    bytes: int | None = None


class PortFacts(msgspec.Struct, frozen=True):
    """One block of `show interfaces`.

    Attributes:
        layout: names of the lines that were there, in their order.
        slots: what stood in their slots.
        within: it stood in the block of the interface that is bound to it.
    """

    name: str
    status: str
    protocol: str
    layout: tuple[str, ...]
    slots: dict[str, str]
    line: int
    within: bool = False


class PortsFacts(Facts, frozen=True, kw_only=True):
    """`show interfaces`."""

    ports: tuple[PortFacts, ...]


class VtpFacts(Facts, frozen=True, kw_only=True):
    """`show vtp status`, or what a collector keeps of it."""

    version: str | None = None
    revision: int | None = None
    most: int | None = None
    vlans: int | None = None
    mode: str | None = None
    domain: str | None = None
    pruning: str | None = None
    v2: str | None = None
    traps: str | None = None
    digest: str | None = None
    modified: str | None = None
