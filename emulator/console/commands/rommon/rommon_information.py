"""ROMMON's reports on the machine, and its debugging commands.

C: `meminfo`, `showmon`, `sysret`. R: `cookie`, and what the debugging commands say where nothing was stopped. I: what
they show of an IOS that a break stopped, for the twin runs no instructions; and `iomemset`, whose value IOS does not
keep because the configuration has `memory-size iomem`.
"""

from collections.abc import Callable

from emulator.console.modes import ROMMON
from emulator.console.render.system import rommon as screens
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router
from emulator.router.state import RommonState

HELP = {
    "context": "display the context of a loaded image",
    "cookie": "display contents of cookie PROM in hex",
    "dis": "display instruction stream",
    "dis <where>": "Address and length",
    "frame": "print out a selected stack frame",
    "frame <number>": "Number of the frame",
    "iomemset": "set IO memory percent",
    "iomemset <percent>": "Share of main memory",
    "meminfo": "main memory information",
    "rommon-pref": "Select ROMMON",
    "rommon-pref readonly": "The one that is always there",
    "rommon-pref upgrade": "An upgraded one",
    "showmon": "display currently selected ROM monitor",
    "stack": "produce a stack trace",
    "sysret": "print out info from last system return",
}


def _screen(render: Callable[[Router], str]) -> Callable[[Session], Handler]:
    """A command that shows what the machine is like."""

    def show(session: Session) -> Handler:
        yield Say(render(session.router))

    return show


def _of_stopped(session: Session, render: Callable[[RommonState], str]) -> Handler:
    """Return what is shown of an IOS that a break stopped."""
    stopped = session.router.monitor.stopped is not None
    yield Say(render(session.router.monitor) if stopped else wording("rommon.no_context"))


def stack(session: Session) -> Handler:
    return _of_stopped(session, screens.stack)


def context(session: Session) -> Handler:
    return _of_stopped(session, screens.context)


def frame(session: Session, *, number: int) -> Handler:
    """Show a stack frame; there is only one, and any other is the end of the stack."""
    return _of_stopped(session, screens.frame if number == 0 else lambda _: wording("rommon.no_context"))


def disassemble(_session: Session, *, where: str | None) -> Handler:
    """Disassemble nothing: the twin's images hold no instructions."""
    yield Say(wording("rommon.no_context") if where is None else wording("rommon.no_instructions", where=where))


def set_io_memory(session: Session, *, percent: int) -> Handler:
    yield Say(wording("rommon.iomem_set"))
    session.router.monitor.environment.variables[screens.IOMEM] = str(percent)


def prefer(_session: Session, *, which: str) -> Handler:
    yield Say(wording("rommon.readonly_selected" if which == "readonly" else "rommon.no_upgrade"))


_887VA = "ROM monitor session of an 887VA"
_NAMES = "help of a VG204XM; ROM monitor appendix of the 800 series guides"
_OUTPUT = "rommon_information"
MODES = (ROMMON,)
COMMANDS = (
    Command("meminfo", modes=MODES, run=_screen(screens.memory), output=_OUTPUT, source=_887VA, basis="C"),
    Command("showmon", modes=MODES, run=_screen(screens.monitor_version), output=_OUTPUT, source=_887VA, basis="C"),
    Command("sysret", modes=MODES, run=_screen(screens.last_return), output=_OUTPUT, source=_887VA, basis="C"),
    Command("cookie", modes=MODES, run=_screen(screens.cookie), output=_OUTPUT, source=_NAMES, basis="R"),
    Command("stack", modes=MODES, run=stack, output="rommon_break", source=_NAMES, basis="R"),
    Command("context", modes=MODES, run=context, output="rommon_break", source=_NAMES, basis="R"),
    Command("frame <number:Lines>", modes=MODES, run=frame, output="rommon_break", source=_NAMES, basis="R"),
    Command("dis [<where:Line>]", modes=MODES, run=disassemble, output=_OUTPUT, source=_NAMES, basis="I"),
    Command("iomemset <percent:IoMemory>", modes=MODES, run=set_io_memory, output=_OUTPUT, source=_NAMES, basis="R"),
    Command("rommon-pref <which:readonly|upgrade>", modes=MODES, run=prefer, output=_OUTPUT, source=_NAMES, basis="I"),
)
