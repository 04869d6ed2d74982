"""The stages from power on to the first prompt: their names, and the table `boot.toml` with how long each takes."""

from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError
from emulator.kernel.forms import Count


class StageName(StrEnum):
    """The boot stages, in their order."""

    POST = "post"
    ROMMON = "rommon"
    LOAD = "load"
    DECOMPRESS = "decompress"
    EARLY_INIT = "early init"
    INTERFACES = "interfaces"
    CONFIGURATION = "configuration"


class BootStage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the stage table; durations in milliseconds."""

    name: StageName
    fixed: Count = 0
    after_reload: Count | None = None
    per_image_megabyte: Count = 0
    per_configuration_line: Count = 0


class StageTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file of stages."""

    stages: tuple[BootStage, ...]


def read_stages(file: Path) -> tuple[BootStage, ...]:
    """Read the stages of a table.

    Raises:
        DataFileError: the file is wrong, or does not have every stage once and in order.
    """
    stages = read_toml(file, StageTable).stages
    if [stage.name for stage in stages] != list(StageName):
        raise DataFileError(str(file), "stages", f"has each of these once, in this order: {', '.join(StageName)}")
    return stages


@cache
def boot_stages() -> tuple[BootStage, ...]:
    """List the boot stages in order."""
    return read_stages(Path(__file__).with_name("boot.toml"))


@cache
def load_stage() -> int:
    """Number of the stage in which ROMMON reads an image."""
    return list(StageName).index(StageName.LOAD)
