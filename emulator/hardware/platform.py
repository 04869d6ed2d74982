"""A platform as data: one TOML file a PID. Facts and marks: the hardware notes, from captures and the vendor's MIBs.

I/O memory is a share of main memory rounded down to a whole megabyte (I, fits the captures: 10 percent of 256 MB is
25600K).
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName
from emulator.kernel.forms import Amount, Count, OidText, Release, Text
from emulator.licensing.families import Family, release_order

InterfaceKind = Literal[
    "switchport", "routed", "ethernet", "atm", "bri", "cellular", "wlan-switchport", "wlan-ap", "vlan"
]
INTERFACE_KINDS: tuple[str, ...] = get_args(InterfaceKind)
Wan = Literal["Fast Ethernet", "ADSL2+", "VDSL2", "VDSL2 and ADSL2+", "G.SHDSL", "G.SHDSL EFM"]


class KindRule(msgspec.Struct, frozen=True):
    """The rules that follow from an interface's kind.

    Attributes:
        cabled: can be plugged in from outside: a cable, a line, for a cellular interface a SIM with coverage.
        shut: the configuration holds it down until `no shutdown` (R).
        wan: its place among the ways out of the site; the lab plugs the provider into the first there is.
        channels: interfaces of their own that it carries, `BRI0:1` and `BRI0:2` (C2, from a Cisco 892).
    """

    cabled: bool
    shut: bool = False
    wan: int | None = None
    channels: int = 0


KINDS: dict[InterfaceKind, KindRule] = {
    "switchport": KindRule(cabled=True),
    "routed": KindRule(cabled=True, shut=True, wan=0),
    "ethernet": KindRule(cabled=True, shut=True, wan=1),
    "atm": KindRule(cabled=True, shut=True, wan=2),
    "bri": KindRule(cabled=True, shut=True, channels=2),
    "cellular": KindRule(cabled=True),
    "wlan-switchport": KindRule(cabled=False),
    "wlan-ap": KindRule(cabled=False),
    "vlan": KindRule(cabled=False),
}
"""Rules of each kind: `ethernet` is the interface of a VDSL2 or EFM line, `wlan-switchport` the switch port inside that
leads to the access point, `wlan-ap` the interface that manages it.
"""

SWITCHED: frozenset[InterfaceKind] = frozenset({"switchport", "wlan-switchport"})
"""Kinds that the VLAN interface follows."""


class Interface(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An interface, in the order in which IOS lists them."""

    name: Text
    kind: InterfaceKind

    @property
    def rule(self) -> KindRule:
        """Rules that follow from its kind."""
        return KINDS[self.kind]

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the channels that it carries."""
        return tuple(f"{self.name}:{number}" for number in range(1, self.rule.channels + 1))


class Inventory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The chassis as `show inventory` prints it; `vid` with the blanks that fill its field (C: `V01 `)."""

    name: Text
    description: Text
    vid: Text
    hardware_revision: Text


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another item of the inventory, such as the power daughter card."""

    name: Text
    description: Text
    pid: Text
    vid: Text
    serial: Text


class Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The basis of a platform's facts, one mark for each group of them.

    Attributes:
        pid: that the product is written so.
        memory: how `show version` divides it; the most that fits in is R everywhere.
        flash: the line of `show version`; the capacity in bytes is I everywhere.
        identifiers: sysObjectID and chassis type.
    """

    pid: Basis
    model: Basis
    interfaces: Basis
    counts: Basis
    memory: Basis
    flash: Basis
    usb: Basis
    rommon: Basis
    levels: Basis
    upgrades: Basis
    image: Basis
    identifiers: Basis
    inventory: Basis


class Platform(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The facts about a PID. Deviations of a single unit are in `unit.py`.

    Attributes:
        family: the name that images and upgrade SKUs refer to.
        model: as in `Cisco 881 (MPC8300) processor`. Models with an access point print the name without it (C for the
            881W).
        processor: empty where `show version` names none and has the PID in the place of the model.
        iomem_percent: 0 where the router divides its memory itself and the configuration says nothing of it.
        reserved_kib: memory of the board that is not the main processor's, which IOS does not count.
        dram_kib, max_dram_kib: memory as shipped, and the most that fits in.
        flash_bytes: capacity of the file system; `flash_kib` is what `show version` prints.
        rommon_platform: ROMMON's name for the hardware.
        factory_levels: permanent licenses that the factory installs.
        upgrade_skus: SKUs that can be bought for more levels.
        chassis_type, chassis_type_id: left out where the vendor's MIB has none.
        counts: lines of `show version` between the board ID and the memory lines.
        rommon, rommon_build: its version and its build.
        cards: what else the inventory lists.
        fixed_iomem_kib: I/O memory where it is not the share that follows from the percentage.
        oldest_release: the release that it came with; no older one knows its hardware (R everywhere).
    """

    pid: Text
    family: Family
    model: Text
    wan: Wan
    processor: str
    dram_kib: Amount
    max_dram_kib: Amount
    iomem_percent: Count
    nvram_kib: Amount
    flash_kib: Amount
    flash_bytes: Amount
    usb_ports: Count
    rommon: Text
    rommon_platform: Text
    factory_levels: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]
    factory_image: Text
    upgrade_skus: tuple[Text, ...]
    sys_object: Text
    sys_object_id: OidText
    source: Text
    counts: tuple[Text, ...]
    interfaces: Annotated[tuple[Interface, ...], msgspec.Meta(min_length=1)]
    inventory: Inventory
    basis: Marks
    chassis_type: Text | None = None
    chassis_type_id: OidText | None = None
    controllers: tuple[Text, ...] = ()
    voice_ports: tuple[Text, ...] = ()
    processor_revision: str = "1.0"
    rommon_build: str = "fc1"
    flash_kind: str = "ATA CompactFlash (Read/Write)"
    cards: tuple[Card, ...] = ()
    fixed_iomem_kib: Amount | None = None
    reserved_kib: Count = 0
    oldest_release: Release = "12.4(15)"

    def boots(self, families: Collection[Family], version: str) -> bool:
        """Tell whether an image for these families and of this release starts on it."""
        return self.family in families and release_order(version) >= release_order(self.oldest_release)

    @property
    def iomem_kib(self) -> int:
        """I/O memory in KiB."""
        if self.fixed_iomem_kib is not None:
            return self.fixed_iomem_kib
        return self.dram_kib // 1024 * self.iomem_percent // 100 * 1024

    @property
    def main_kib(self) -> int:
        """Main memory that is left beside the I/O memory, in KiB."""
        return self.dram_kib - self.reserved_kib - self.iomem_kib

    @property
    def hardware_name(self) -> str:
        """Name in the line about the memory: of first products with the processor, of later ones the PID (C)."""
        return f"{self.model} ({self.processor}) processor" if self.processor else self.pid

    @property
    def wan_interface(self) -> str:
        """Name of the interface that the provider's line is plugged into."""
        ways = [(each.rule.wan, each.name) for each in self.interfaces if each.rule.wan is not None]
        return min(ways)[1]


class PlatformCatalogue:
    """The PIDs that can be racked; a file is read when it is first asked for."""

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory or Path(__file__).with_name("platforms")
        self._read: dict[str, Platform] = {}

    def pids(self) -> list[str]:
        """List every PID, sorted."""
        return list(self._files)

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The file of every PID, by PID in their order."""
        files = {file.stem.upper(): file for file in self._directory.iterdir() if file.suffix == ".toml"}
        return dict(sorted(files.items()))

    def file(self, pid: str) -> Path:
        """The file of a PID.

        Raises:
            UnknownName: there is none.
        """
        if pid not in self._files:
            raise UnknownName("PID", pid, self._files)
        return self._files[pid]

    def get(self, pid: str) -> Platform:
        """Return the platform of a PID.

        Raises:
            UnknownName: there is none.
            DataFileError: its file is wrong.
        """
        if pid not in self._read:
            file = self.file(pid)
            platform = read_toml(file, Platform)
            if platform.pid != pid:
                raise DataFileError(str(file), "pid", f"is {platform.pid}, but the file is named for {pid}")
            self._read[pid] = platform
        return self._read[pid]


@cache
def shipped_platforms() -> PlatformCatalogue:
    """The platforms of the product, shared by all worlds of a process, so that each file is read once."""
    return PlatformCatalogue()


class Families(Mapping[str, str]):
    """The family of every PID. A platform's file is read when it is first asked for: most worlds have few of them."""

    def __init__(self, platforms: PlatformCatalogue) -> None:
        self._platforms = platforms

    def __getitem__(self, pid: str) -> str:
        try:
            return self._platforms.get(pid).family
        except UnknownName:
            raise KeyError(pid) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._platforms.pids())

    def __len__(self) -> int:
        return len(self._platforms.pids())
