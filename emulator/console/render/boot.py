"""The boot as the console shows it, stage by stage.

C: the bootstrap lines, the legal texts and the version lines (captures of the 88x, the VG204XM and the 1941 of the
same train). I: the platform line's wording, and that an 88x prints no memory sizing. The 140 marks of the
decompression are as many as on a sister platform.
"""

from zlib import crc32

from emulator.console.render.version import CRYPTO_NOTICE, hardware_lines
from emulator.console.wording import text_file, wording
from emulator.hardware.platform import Platform
from emulator.images.container import ImageFault, pack
from emulator.images.memory import expanded_bytes
from emulator.router.device import NO_IMAGE, Router

ENTRY_POINT = 0x80020000
DECOMPRESSION_MARKS = 140

REFUSALS = {
    ImageFault.BAD_MAGIC: "rommon.bad_magic",
    ImageFault.WRONG_PLATFORM: "rommon.wrong_platform",
    ImageFault.NO_ROOM_TO_WORK: "rommon.no_room_to_work",
}

_LEGEND = text_file("restricted_rights")


def stage_text(router: Router, stage: str) -> str:
    """What is printed as a stage begins."""
    match stage:
        case "rommon":
            return rommon_banner(router.platform)
        case "decompress":
            size = router.image_bytes()
            loaded = f"program load complete, entry point: 0x{ENTRY_POINT:x}, size: 0x{size:x}\n"
            return loaded + "Self decompressing the image : " + "#" * DECOMPRESSION_MARKS
        case "early init":
            return " [OK]\n\n" + _LEGEND
        case "interfaces":
            return f"\n\n\n{router.manifest.banner}\n\n\n{CRYPTO_NOTICE}"
        case "configuration":
            return "\n" + hardware_lines(router)
        case _:
            return ""


def rommon_banner(platform: Platform) -> str:
    """The first lines after power on."""
    return (
        f"\nSystem Bootstrap, Version {platform.rommon}, RELEASE SOFTWARE (fc1)\n"
        "Technical Support: http://www.cisco.com/techsupport\n"
        "Copyright (c) 2009 by cisco Systems, Inc.\n\n"
        f"{platform.rommon_platform} platform with {platform.dram_kib} Kbytes of main memory\n\n"
        "Readonly ROMMON initialized\n"
    )


def halt_text(router: Router, reason: str, file: str) -> str:
    """Why ROMMON stays at its prompt."""
    if reason == NO_IMAGE:
        return wording("rommon.no_image")
    if reason == ImageFault.BAD_CHECKSUM:
        stored = router.state.flash.find(file)
        assert stored is not None
        good = pack(router.loading)
        return wording("rommon.bad_checksum", got=crc32(stored.content), expected=crc32(good), context=ENTRY_POINT)
    if reason == ImageFault.TOO_LARGE:
        return wording("rommon.too_large", required=expanded_bytes(router.image_bytes()), context=ENTRY_POINT)
    return wording(REFUSALS[ImageFault(reason)], file=file)
