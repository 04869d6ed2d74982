"""Screens of `show stacks` and `show context`: the stacks of processes and interrupts, and what the last crash left.

R: forms, and the names of the interrupts. I: the figures, the same in every replay, and what is said where there was
no crash. Left out: the frames of a stack trace and the registers, which this router does not have.
"""

import msgspec

from emulator.console.wording import wording
from emulator.kernel.time import SECOND, Duration
from emulator.router.device import Router


class Stack(msgspec.Struct, frozen=True):
    """A stack in bytes: its size and the least that was ever free of it."""

    name: str
    free: int
    size: int


class Interrupt(msgspec.Struct, frozen=True):
    """A level of interrupts: its rate in a second, and its stack."""

    level: int
    a_second: int
    stack: Stack


PROCESSES = (
    Stack("SPAN Subsystem", 5720, 6000),
    Stack("Autoinstall", 8528, 12000),
    Stack("Init", 9364, 12000),
    Stack("LICENSE AGENT DEFAULT", 5296, 6000),
    Stack("cdp init process", 5636, 6000),
    Stack("RADIUS INITCONFIG", 5320, 6000),
    Stack("Rom Random Update Process", 2532, 3000),
    Stack("TCP Command", 11272, 12000),
    Stack("Virtual Exec", 9592, 12000),
)
INTERRUPTS = (
    Interrupt(1, 40, Stack("Network interfaces", 6680, 9000)),
    Interrupt(2, 0, Stack("DMA/Timer Interrupt", 9000, 9000)),
    Interrupt(3, 0, Stack("PA Management Int Handler", 8404, 9000)),
    Interrupt(4, 2, Stack("Console Uart", 8552, 9000)),
    Interrupt(5, 0, Stack("External Interrupt", 9000, 9000)),
    Interrupt(7, 250, Stack("NMI Interrupt Handler", 8584, 9000)),
)


def show_stacks(router: Router) -> str:
    """Every stack, and the last crash if there was one."""
    rows = "".join(f"{each.free:5d}/{each.size:<5d}  {each.name}\n" for each in PROCESSES)
    levels = "".join(_level(each, router.uptime()) for each in INTERRUPTS)
    crash = last_crash(router)
    return wording("show.stacks", processes=rows, levels=levels) + (f"\n{crash}" if crash else "")


def show_context(router: Router) -> str:
    """Screen of `show context`: the last crash."""
    return last_crash(router) or wording("show.no_context")


def last_crash(router: Router) -> str:
    """Reason for which the router last came back by a crash, and the running image; empty without a crash."""
    detail = router.state.reset.detail
    if not detail:
        return ""
    lines = router.manifest.banner.splitlines()
    named = [line for line in lines if line.startswith(("Cisco IOS Software", "Compiled"))]
    return wording("show.restarted", detail=detail, software="".join(f"{line}\n" for line in named))


def _level(each: Interrupt, uptime: Duration) -> str:
    called = each.a_second * uptime // SECOND
    return f"{each.level:3d}{called:12d}{each.stack.free:7d}/{each.stack.size:<4d}  {each.stack.name}\n"
