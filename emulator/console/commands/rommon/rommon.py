"""ROMMON: booting, starting over, going on, and what is on its devices.

C: the names and their help (a VG204XM of the same bootstrap), the answer of `dir` where flash is not recognized (an
887VA). R: `boot` with a device and a file, the aliases, what a program that cannot go on is told, and that names are
neither abbreviated nor written in capitals. There is no license command here (I).
"""

from emulator.console.modes import ROMMON
from emulator.console.render.system import rommon as screens
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.boot.image_search import BOOTABLE, FLASH, system_of
from emulator.router.state import BootRequest

HELP = {
    "boot": "boot up an external process",
    "boot <target>": "Device and file",
    "cont": "continue executing a downloaded image",
    "dev": "list the device table",
    "dir": "List files in directories-dir <directory>",
    "dir <device>": "Device",
    "help": "monitor builtin command help",
    "reset": "system reset",
}


def boot(session: Session, *, target: str | None) -> Handler | None:
    if target is None:
        session.router.reset_control.load(BootRequest(FLASH))
        return None
    device, colon, name = target.partition(":")
    if not colon:
        device, name = FLASH, target
    if device not in BOOTABLE:
        return _cannot_open(device, name)
    session.router.reset_control.load(BootRequest(device, name.lstrip("/")))
    return None


def _cannot_open(device: str, name: str) -> Handler:
    yield Say(wording("rommon.cannot_open", device=device, file=name))


def reset(session: Session) -> None:
    session.router.reset_control.reset_rommon()


def go_on(session: Session) -> Handler | None:
    return None if session.router.reset_control.go_on() else _no_context()


def _no_context() -> Handler:
    yield Say(wording("rommon.no_context"))


def list_devices(session: Session) -> Handler:
    yield Say(screens.devices(session.router))


def list_files(session: Session, *, device: str) -> Handler:
    name = device.rstrip("/").removesuffix(":")
    system = system_of(session.router.state, name)
    if system is not None:
        system.settle(session.router.now)
        yield Say(screens.listing(system))
    else:
        known = name in BOOTABLE
        key = "rommon.unrecognized_device" if known else "rommon.no_device"
        yield Say(wording(key, command="dir", device=device))


def show_help(session: Session) -> Handler:
    yield Say(screens.monitor_help(session.grammar, session))


_NAMES = "help of a VG204XM; ROM monitor appendix of the 800 series guides"
MODES = (ROMMON,)
COMMANDS = (
    Command("boot [<target:Word>]", modes=MODES, run=boot, output="rommon_boot", source=_NAMES, basis="R"),
    Command("reset", modes=MODES, run=reset, source=_NAMES, basis="C"),
    Command("cont", modes=MODES, run=go_on, output="rommon_break", source=_NAMES, basis="R"),
    Command("dev", modes=MODES, run=list_devices, output="rommon", source="ROM monitor session of an 887VA", basis="C"),
    Command("dir <device:Word>", modes=MODES, run=list_files, output="rommon", source="ROM monitor session of an 887VA",
            basis="R"),
    Command("help", modes=MODES, run=show_help, output="rommon", source=_NAMES, basis="C"),
)  # fmt: skip
