"""The configuration register: sixteen bits in NVRAM that ROMMON and IOS read when the board starts.

C: the values 0x2102, 0x2142 and 0x0 and what they do. R: the other bits, as in every IOS of the time; those of the
console's speed have their effect when the board starts.
"""

import re

FACTORY = 0x2102
"""Factory setting: boot commands, NVRAM used, break off, 9600 baud (C)."""

HIGHEST = 0xFFFF

_DIGITS = {10: re.compile(r"[0-9]+"), 16: re.compile(r"[0-9a-fA-F]+")}

BOOT_FIELD = 0x000F
IGNORE_NVRAM = 0x0040
BREAK_OFF = 0x0100
ZEROS_BROADCAST = 0x0400
FALL_BACK_TO_ROM = 0x2000
NET_BROADCAST = 0x4000
DIAGNOSTIC = 0x8000

SPEED_BITS = 0x1820
SPEEDS = {
    9600: 0x0000,
    4800: 0x0800,
    1200: 0x1000,
    2400: 0x1800,
    19200: 0x0020,
    38400: 0x0820,
    57600: 0x1020,
    115200: 0x1820,
}
"""Bits of each console speed in baud, in the order in which ROMMON numbers them."""

STAY_IN_ROMMON, FIRST_IMAGE = 0, 1
"""Boot fields with a meaning of their own; for any other the boot commands are used."""


def boot_field(register: int) -> int:
    """Boot field: selects how the router boots."""
    return register & BOOT_FIELD


def ignores_nvram(register: int) -> bool:
    """Tell whether the saved configuration is ignored: password recovery, or diagnostic mode."""
    return bool(register & (IGNORE_NVRAM | DIAGNOSTIC))


def heeds_break(register: int) -> bool:
    """Tell whether a break stops what runs, whenever it comes."""
    return not register & BREAK_OFF


def speed(register: int) -> int:
    """Console speed in baud."""
    return next(baud for baud, bits in SPEEDS.items() if bits == register & SPEED_BITS)


def with_speed(register: int, baud: int) -> int:
    """Register with another console speed."""
    return register & ~SPEED_BITS | SPEEDS[baud]


def with_boot_field(register: int, field: int) -> int:
    """Register with another boot field."""
    return register & ~BOOT_FIELD | field


def parse_register(text: str, bare: int | None = None) -> int | None:
    """Read a register as it is typed, `0x2142`, or without `0x` in the base `bare`; None for anything else."""
    base, digits = (16, text[2:]) if text[:2].lower() == "0x" else (bare, text)
    if base is None or not _DIGITS[base].fullmatch(digits):
        return None
    value = int(digits, base)
    return value if value <= HIGHEST else None
