"""The boot as the console shows it, stage by stage.

C: the bootstrap lines, the legal texts and the version lines (captures of the 88x, the VG204XM and the 1941 of the
same train). I: the platform line's wording, and that an 88x prints no memory sizing. The 140 marks of the
decompression are as many as on a sister platform.
"""

from zlib import crc32

from emulator.console.render.system.version import CRYPTO_NOTICE, hardware_lines
from emulator.console.wording import text_file, wording
from emulator.hardware.board import ResetCause
from emulator.hardware.events import BootFileMissing, BootHalted, IosCrashed, StageEntered
from emulator.hardware.platform import Platform
from emulator.hardware.stages import StageName
from emulator.images.container import ImageFault, pack
from emulator.images.memory import expanded_bytes
from emulator.kernel.events import Event
from emulator.router.boot.image_search import BootFault
from emulator.router.device import Router
from emulator.router.events import ConfigurationLineRejected

ENTRY_POINT = 0x80020000
DECOMPRESSION_MARKS = 140

REFUSALS: dict[str, str] = {
    BootFault.NO_IMAGE: "rommon.no_image",
    BootFault.UNRECOGNISED: "rommon.unrecognized",
    BootFault.NO_FILE: "rommon.cannot_open",
    BootFault.BREAK: "rommon.boot_aborted",
    ImageFault.BAD_MAGIC: "rommon.bad_magic",
    ImageFault.WRONG_PLATFORM: "rommon.wrong_platform",
    ImageFault.NO_ROOM_TO_WORK: "rommon.no_room_to_work",
}
"""Wordings that need no more than the file's name, by refusal."""

CRASHES: dict[str, str] = {
    ResetCause.SIGTRAP: "rommon.crash_sigtrap",
    ResetCause.BUS_ERROR: "rommon.crash_bus_error",
    ResetCause.FORCED_CRASH: "rommon.crash_forced",
}

_LEGEND = text_file("restricted_rights")


def shown(router: Router, event: Event) -> str:
    """Text that an event of a boot, or of its end, prints on the console; empty for any other."""
    match event:
        case StageEntered(stage=stage):
            return stage_text(router, stage)
        case ConfigurationLineRejected(line=line, column=column):
            return wording("config.rejected", line=line, caret=" " * column)
        case BootFileMissing(file=file):
            return wording("rommon.not_found", file=file)
        case IosCrashed():
            return crash_text(event)
        case _:
            return ""


def stage_text(router: Router, stage: StageName) -> str:
    """Text that is printed as a stage begins."""
    match stage:
        case StageName.ROMMON:
            return rommon_banner(router.platform)
        case StageName.DECOMPRESS:
            size = router.firmware.image_bytes()
            loaded = f"program load complete, entry point: 0x{ENTRY_POINT:x}, size: 0x{size:x}\n"
            return loaded + "Self decompressing the image : " + "#" * DECOMPRESSION_MARKS
        case StageName.EARLY_INIT:
            return " [OK]\n\n" + _LEGEND
        case StageName.INTERFACES:
            return f"\n\n\n{router.manifest.banner}\n\n\n{CRYPTO_NOTICE}"
        case StageName.CONFIGURATION:
            return "\n" + hardware_lines(router)
        case _:
            return ""


def bootstrap_lines(platform: Platform) -> str:
    """The three lines with which ROMMON names itself (C)."""
    return (
        f"System Bootstrap, Version {platform.rommon}, RELEASE SOFTWARE ({platform.rommon_build})\n"
        "Technical Support: http://www.cisco.com/techsupport\n"
        "Copyright (c) 2009 by cisco Systems, Inc.\n"
    )


def rommon_banner(platform: Platform) -> str:
    """The first lines after power on."""
    return (
        f"\n{bootstrap_lines(platform)}\n"
        f"{platform.rommon_platform} platform with {platform.dram_kib} Kbytes of main memory\n\n"
        "Readonly ROMMON initialized\n"
    )


def halt_text(router: Router, halted: BootHalted) -> str:
    """Text for the reason why ROMMON has the board."""
    match halted.reason:
        case BootFault.BOOT_FIELD:
            return ""
        case BootFault.BREAK_IN_IOS:
            return wording("rommon.break_in_ios", pc=router.monitor.pc, context=ENTRY_POINT)
        case ImageFault.BAD_CHECKSUM:
            loading = router.firmware.loading
            got, expected = crc32(loading.file.content), crc32(pack(loading.manifest))
            return wording("rommon.bad_checksum", got=got, expected=expected, context=ENTRY_POINT)
        case ImageFault.TOO_LARGE:
            required = expanded_bytes(router.firmware.image_bytes())
            return wording("rommon.too_large", required=required, context=ENTRY_POINT)
        case reason:
            return wording(REFUSALS[reason], file=halted.file, device=halted.device)


def crash_text(crash: IosCrashed) -> str:
    """Text that a crashing IOS and the ROMMON that catches it print."""
    return wording(CRASHES[crash.cause], pc=crash.pc, address=crash.address, context=ENTRY_POINT)
