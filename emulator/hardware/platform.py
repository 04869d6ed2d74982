"""A platform as data: one TOML file a PID. Facts and marks: the hardware notes, from captures and the vendor's MIBs.

I/O memory is a share of main memory rounded down to a whole megabyte (I, fits the captures: 10 percent of 256 MB is
25600K).
"""

from pathlib import Path
from typing import Literal

import msgspec

from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName

InterfaceKind = Literal["switchport", "routed", "vlan"]


class Interface(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One interface, in the order in which IOS lists them."""

    name: str
    kind: InterfaceKind


class Platform(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything about a PID that no single unit can change.

    Attributes:
        family: what images and upgrade SKUs ask for.
        model: as in `Cisco 881 (MPC8300) processor`.
        factory_levels: permanent licenses that the factory installs.
        flash_bytes: capacity of the file system; `flash_kib` is what `show version` prints.
        counts: lines of `show version` between the board ID and the memory lines.
    """

    pid: str
    family: str
    model: str
    processor: str
    dram_kib: int
    iomem_percent: int
    nvram_kib: int
    flash_kib: int
    flash_bytes: int
    usb_ports: int
    rommon: str
    factory_levels: tuple[str, ...]
    factory_image: str
    sys_object_id: str
    basis: Literal["C", "R", "I"]
    source: str
    counts: tuple[str, ...]
    interfaces: tuple[Interface, ...]

    @property
    def iomem_kib(self) -> int:
        """I/O memory in KiB."""
        return self.dram_kib // 1024 * self.iomem_percent // 100 * 1024

    @property
    def main_kib(self) -> int:
        """Main memory that is left beside it, in KiB."""
        return self.dram_kib - self.iomem_kib


class PlatformCatalogue:
    """The PIDs that can be racked; a file is read when it is first asked for."""

    def __init__(self) -> None:
        self._directory = Path(__file__).with_name("platforms")
        self._read: dict[str, Platform] = {}

    def pids(self) -> list[str]:
        """Every PID, sorted."""
        names = (file.name for file in self._directory.iterdir())
        return sorted(name.removesuffix(".toml").upper() for name in names if name.endswith(".toml"))

    def get(self, pid: str) -> Platform:
        """The platform of a PID.

        Raises:
            UnknownName: there is none.
            DataFileError: its file is wrong.
        """
        if pid not in self._read:
            if pid not in self.pids():
                raise UnknownName("PID", pid, self.pids())
            file = self._directory / f"{pid.lower()}.toml"
            platform = read_toml(file, Platform)
            if platform.pid != pid:
                raise DataFileError(str(file), "pid", f"is {platform.pid}, but the file is named for {pid}")
            self._read[pid] = platform
        return self._read[pid]
