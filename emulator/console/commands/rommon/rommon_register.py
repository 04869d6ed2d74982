"""ROMMON's `confreg`: the configuration register in one word, or bit by bit.

C: `confreg` with a value. R: the summary and the questions. An answer that is left empty changes nothing, and
a number without `0x` is hexadecimal all the same, as recovery notes have it (`confreg 2142`).
"""

from collections.abc import Generator
from typing import Any

from emulator.console.modes import ROMMON
from emulator.console.render.system.rommon import register_summary
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.hardware import register as bits
from emulator.kernel.effects import Ask, Effect, Handler, Say

HELP = {
    "confreg": "configuration register utility",
    "confreg <value>": "Value of the register",
}

RegisterQuestion = Generator[Effect, Any, int]

BITS = (
    ("diagnostic mode", bits.DIAGNOSTIC),
    ("use net in IP bcast address", bits.NET_BROADCAST),
    ("load rom after netboot fails", bits.FALL_BACK_TO_ROM),
    ("use all zero broadcast", bits.ZEROS_BROADCAST),
    ("break/abort has effect", bits.BREAK_OFF),
    ("ignore system config info", bits.IGNORE_NVRAM),
)
"""Questions in their order; that of the break bit is the other way round."""

RATES = ", ".join(f"{number} = {baud}" for number, baud in enumerate(bits.SPEEDS))


def set_value(session: Session, *, value: int) -> Handler:
    session.router.set_register(value)
    yield Say(wording("rommon.new_config"))


def converse(session: Session) -> Handler:
    value = before = session.router.next_register
    yield Say(register_summary(session.router, value))
    while _yes((yield Ask(wording("confreg.change")))):
        value = yield from _bits(value)
        value = yield from _speed(value)
        value = yield from _boot_field(value)
        yield Say(register_summary(session.router, value))
    if value != before:
        session.router.set_register(value)
        yield Say(wording("rommon.new_config"))


def _bits(value: int) -> RegisterQuestion:
    for what, bit in BITS:
        enabled = bool(value & bit) != (bit == bits.BREAK_OFF)
        verb = "disable" if enabled else "enable "
        if _yes((yield Ask(wording("confreg.bit", verb=verb, what=what)))):
            value ^= bit
    return value


def _speed(value: int) -> RegisterQuestion:
    if _yes((yield Ask(wording("confreg.change_speed")))):
        speeds = list(bits.SPEEDS)
        now = speeds.index(bits.speed(value))
        chosen = _number((yield Ask(wording("confreg.speed", rates=RATES, now=now))), now, len(speeds) - 1)
        value = bits.with_speed(value, speeds[chosen])
    return value


def _boot_field(value: int) -> RegisterQuestion:
    if _yes((yield Ask(wording("confreg.change_boot")))):
        now = bits.boot_field(value)
        value = bits.with_boot_field(
            value, _number((yield Ask(wording("confreg.boot", now=now))), now, bits.BOOT_FIELD)
        )
    return value


def _yes(answer: str) -> bool:
    return answer.strip().lower() in {"y", "yes"}


def _number(answer: str, default: int, most: int) -> int:
    text = answer.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= most else default


_SOURCE = "ROM monitor of a CISCO1941; ROM monitor appendix of the 800 series guides"
COMMANDS = (
    Command("confreg <value:MonitorRegister>", modes=(ROMMON,), run=set_value, output="rommon_confreg", source=_SOURCE,
            basis="C"),
    Command("confreg", modes=(ROMMON,), run=converse, output="rommon_confreg", source=_SOURCE, basis="R"),
)  # fmt: skip
