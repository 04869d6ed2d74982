"""Deviations of one unit from its product, as a capture of a real router tells of them.

C: captures of 881s differ in the size of the flash and in the cards that the inventory lists; any fact that `show
version` and `show inventory` print of the hardware may be given. A unit out of the box has none of them.
"""

import msgspec
from msgspec.structs import replace

from emulator.hardware.platform import Card, Inventory, Platform
from emulator.hardware.ports import PortUnit


class Unit(msgspec.Struct, frozen=True, omit_defaults=True):
    """The deviations of a unit; None: as the platform.

    Attributes:
        model, processor, revision: as in `Cisco 881 (MPC8300) processor (revision 1.0)`.
        dram_kib, iomem_kib: all of the memory, and the share that is for I/O.
        flash_kib, flash_kind: the line about the flash in `show version`.
        bootstrap, bootstrap_build: version and build of ROMMON.
        counts: lines between the board ID and the memory lines.
        chassis, cards: what `show inventory` lists.
        ports: the deviations of ports, by name.
        port_order: the order in which `show ip interface brief` lists them, where it is not that of their names.
        oldest_release: the release that it was seen to run, where that is older than its product is known to boot.
    """

    model: str | None = None
    processor: str | None = None
    revision: str | None = None
    dram_kib: int | None = None
    iomem_kib: int | None = None
    nvram_kib: int | None = None
    flash_kib: int | None = None
    flash_kind: str | None = None
    bootstrap: str | None = None
    bootstrap_build: str | None = None
    counts: tuple[str, ...] | None = None
    chassis: Inventory | None = None
    cards: tuple[Card, ...] = ()
    ports: dict[str, PortUnit] = {}
    port_order: tuple[str, ...] = ()
    oldest_release: str | None = None

    def fitted(self, platform: Platform) -> Platform:
        """Platform with the deviations of this unit."""
        if self == PLAIN:
            return platform
        changes = {
            "model": self.model,
            "processor": self.processor,
            "processor_revision": self.revision,
            "dram_kib": self.dram_kib,
            "fixed_iomem_kib": self.iomem_kib,
            "nvram_kib": self.nvram_kib,
            "flash_kib": self.flash_kib,
            "flash_kind": self.flash_kind,
            "rommon": self.bootstrap,
            "rommon_build": self.bootstrap_build,
            "counts": self.counts,
            "inventory": self.chassis,
            "oldest_release": self.oldest_release,
        }
        return replace(
            platform, cards=self.cards, **{key: value for key, value in changes.items() if value is not None}
        )


PLAIN = Unit()
