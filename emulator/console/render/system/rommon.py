"""ROMMON's screens.

C: `help` and the parameters of `tftpdnld` (a VG204XM of the same bootstrap), `showmon`, `meminfo`, `sysret` and `dev`
(an 887VA, whose columns are lost: I). R: `set`, `alias`, `history`, `confreg`, `cookie`'s heading, `stack` and
`context`. I: the fields of the cookie, which follow the form of other boards, and that a stack trace has one frame.
"""

from collections.abc import Mapping
from typing import Any

from emulator.console.modes import ROMMON
from emulator.console.render.system.boot import ENTRY_POINT, bootstrap_lines
from emulator.console.wording import text_file, wording
from emulator.grammar import Grammar
from emulator.hardware import register as bits
from emulator.hardware.board import ResetCause
from emulator.router.boot.image_search import BOOTABLE, FLASH, system_of
from emulator.router.boot.tftp_download import Download
from emulator.router.device import Router
from emulator.router.state import RommonState
from emulator.storage.filesystem import FileSystem

NAME_WIDTH = 20
ROMMON_KIB = 96
"""Memory below the first address that is free, in KiB (C: 0x80018000)."""

DEVICES = {FLASH: "internal compact flash"}
RETURN_REASONS = {
    ResetCause.POWER_ON: "reset",
    ResetCause.RELOAD: "reset",
    ResetCause.SIGTRAP: "a SIGTRAP exception",
    ResetCause.BUS_ERROR: "bus error",
    ResetCause.FORCED_CRASH: "a Software forced crash",
    ResetCause.USER_BREAK: "user break",
}
"""Wordings of a return to ROMMON by its cause: C for `reset` (a unit that had been without power), R for others."""

STACK_FRAMES = 8
COOKIE_BYTES = 128
IOMEM = "IOMEM"
"""Variable that holds the share of packet memory."""

USAGES = {
    "alias": "alias [name=value]",
    "boot": "boot [device:[file]]",
    "confreg": "confreg [value]",
    "dir": "dir <device>",
    "dis": "dis [addr] [length]",
    "frame": "frame <number>",
    "iomemset": "iomemset <i/o memory percentage (5-50)>",
    "repeat": "repeat [number | beginning]",
    "rommon-pref": "rommon-pref [readonly | upgrade]",
    "unalias": "unalias <alias name>",
    "unset": "unset <variable name>",
}
ALONE = ("cont", "context", "cookie", "dev", "help", "history", "meminfo", "reset", "set", "showmon", "stack", "sync",
         "sysret")  # fmt: skip
"""Commands without arguments."""


def monitor_help(grammar: Grammar, context: Any) -> str:
    """Screen of `help`: every command with its text; that of `tftpdnld` goes on with its usage."""
    lines = ["\n"]
    for name, text in grammar.help(ROMMON, "", context).entries:
        if not name[0].islower():
            continue
        lines.append(f"{name:{NAME_WIDTH}s}{text}\n")
        if name == "tftpdnld":
            lines.append(download_usage() + "\n")
    return "".join(lines)


def download_usage() -> str:
    """Usage of `tftpdnld`."""
    return text_file("tftpdnld_usage")


def misread(text: str) -> str:
    """Answer of ROMMON to a line that it cannot carry out: a known command, or an unknown one."""
    word = text.split(maxsplit=1)[0]
    if word in USAGES or word in ALONE:
        return wording("rommon.usage", usage=USAGES.get(word, word))
    return wording("rommon.unknown", word=word)


def listing(system: FileSystem) -> str:
    """Listing of `dir`."""
    rows = "".join(f"{file.slot:<8d}{file.size:<12d}-rw-     {file.name}\n" for file in system.files)
    return rows or "No files in directory\n"


def devices(router: Router) -> str:
    """Screen of `dev`: the devices that are there."""
    rows = [("", "id", "name")]
    rows += [
        (device, f"{device}:", DEVICES.get(device, device))
        for device in BOOTABLE
        if device == FLASH or system_of(router.state, device) is not None
    ]
    return "Devices in device table:\n" + "".join(f"{shown:>10s}  {name}\n" for _, shown, name in rows)


def memory(router: Router) -> str:
    """Screen of `meminfo`."""
    platform, variables = router.platform, router.monitor.environment.variables
    percent = variables.get(IOMEM, str(platform.iomem_percent or platform.iomem_kib * 100 // platform.dram_kib))
    return (
        f"Main memory size: {platform.dram_kib // 1024} MB.\n"
        f"Available main memory starts at 0x{0x80000000 + ROMMON_KIB * 1024:x},"
        f" size {platform.dram_kib - ROMMON_KIB} KB\n"
        f"IO (packet) memory size: {percent} percent of main memory\n"
        f"NVRAM size: {platform.nvram_kib} KB\n"
    )


def monitor_version(router: Router) -> str:
    """Screen of `showmon`."""
    return (
        "ReadOnly ROMMON version is:\n"
        + bootstrap_lines(router.platform)
        + "No upgrade ROMMON version present\n"
        + "ReadOnly ROMMON currently running\n"
        + wording("rommon.readonly_selected")
    )


def last_return(router: Router) -> str:
    """Screen of `sysret`: the last return to ROMMON, and the number of returns."""
    state = router.state
    stopped = state.monitor is not None and state.monitor.stopped is not None
    pc = router.monitor.pc if stopped else state.reset.pc
    reason = RETURN_REASONS[ResetCause.USER_BREAK if stopped else state.reset.cause]
    address = 0 if stopped else state.reset.address
    frames = [pc] + [0] * (STACK_FRAMES - 1)
    return (
        f"System Return Info:\ncount: {state.returns}, reason: {reason}\n"
        f"pc:0x{pc:x}, error address: 0x{address:x}\nStack Trace:\n"
        + "".join(f"FP: 0x00000000, PC: 0x{frame:08x}\n" for frame in frames)
    )


def stack(monitor: RommonState) -> str:
    """Screen of `stack`, of an IOS that a break stopped."""
    first = f"Initial SP = 0x{ENTRY_POINT:08x}, Initial PC = 0x{monitor.pc:08x}\n"
    return "Kernel Level Stack Trace:\n" + first + frame(monitor)


def frame(monitor: RommonState) -> str:
    """Screen of `frame 0`."""
    return f"Frame 0 : FP= 0x{ENTRY_POINT:08x}, PC= 0x{monitor.pc:08x}\n"


def context(monitor: RommonState) -> str:
    """Screen of `context`, of an IOS that a break stopped."""
    return f"Kernel Level Context:\nReason for suspension: user break\nPC = 0x{monitor.pc:08x}, Vector = 0x500\n"


def assignments(pairs: Mapping[str, str]) -> str:
    """Listing of `set` and `alias`."""
    return "".join(f"{name}={value}\n" for name, value in pairs.items())


def history(monitor: RommonState) -> str:
    """Screen of `history`: the lines typed, with their numbers."""
    first = monitor.line - len(monitor.history)
    return "".join(f"{number:<8d}{line}\n" for number, line in enumerate(monitor.history, first))


def cookie(router: Router) -> str:
    """Screen of `cookie`: the identity PROM as fields of type, length and value, filled up with ones."""
    udi, mac = router.state.udi, bytes.fromhex(router.state.mac.replace(".", ""))
    content = bytes((0x04, 0xFF)) + _field(0xC2, udi.serial.encode()) + bytes((0xC3, len(mac))) + mac
    content += bytes((0x43, 0x00, 0x10)) + _field(0xCB, udi.pid.encode())
    content += _field(0x89, router.platform.inventory.vid.encode(), typed=False)
    content = content.ljust(COOKIE_BYTES, b"\xff")
    rows = (content[start : start + 16].hex(" ") for start in range(0, len(content), 16))
    return "\ncookie:\n" + "".join(f"{row}\n" for row in rows)


def _field(kind: int, value: bytes, *, typed: bool = True) -> bytes:
    """A text field: its kind, its length with the mark of text, the text; a short one has no length."""
    return bytes((kind, 0x80 | len(value)) if typed else (kind,)) + value


def register_summary(router: Router, value: int) -> str:
    """Summary of a register by `confreg`."""
    enabled = "".join(
        f"{name}\n"
        for name, bit in (
            ("diagnostic mode", bits.DIAGNOSTIC),
            ("break/abort has effect", 0),
            ("ignore system config info", bits.IGNORE_NVRAM),
            ("load rom after netboot fails", bits.FALL_BACK_TO_ROM),
            ("use net in IP bcast address", bits.NET_BROADCAST),
            ("use all zero broadcast", bits.ZEROS_BROADCAST),
        )
        if (value & bit if bit else bits.heeds_break(value))
    )
    return (
        f"\n\n    Configuration Summary\n(Virtual Configuration Register: 0x{value:x})\nenabled are:\n"
        f"{enabled}console baud: {bits.speed(value)}\nboot: {_boot(router, bits.boot_field(value))}\n\n"
    )


def _boot(router: Router, field: int) -> str:
    if field == bits.STAY_IN_ROMMON:
        return "the ROM Monitor"
    if field == bits.FIRST_IMAGE:
        return "the boot helper image"
    platform = router.platform.rommon_platform
    return f"image specified by the boot system commands\n      or default to: cisco{field}-{platform}"


def download_summary(router: Router, plan: Download) -> str:
    """Summary of the parameters of `tftpdnld`."""
    mac = router.state.mac.replace(".", "")
    rows = {
        "IP_ADDRESS": plan.address,
        "IP_SUBNET_MASK": plan.mask,
        "DEFAULT_GATEWAY": plan.gateway,
        "TFTP_SERVER": plan.server,
        "TFTP_FILE": plan.file,
        "TFTP_MACADDR": ":".join(mac[start : start + 2] for start in range(0, 12, 2)),
        "TFTP_VERBOSE": ("Quiet", "Progress", "Verbose")[plan.verbose],
        "TFTP_RETRY_COUNT": str(plan.retries),
        "TFTP_TIMEOUT": str(plan.timeout),
        "TFTP_CHECKSUM": "Yes" if plan.checksum else "No",
        "FE_PORT": str(plan.port),
    }
    return "\n" + "".join(f"{name:>{NAME_WIDTH}s}: {value}\n" for name, value in rows.items())
