"""`interface range`: several interfaces configured at once; the running configuration keeps no trace of it.

R: five parts at most, each an interface or a first and a last number, one that does not exist refuses the list. I: what
a configuration can make is made by naming it, as by `interface`. Left out: lists with names (`define interface-range`).
"""

from emulator.console.commands.configure.config_interface import default_interface, make, no_interface
from emulator.console.modes import CONFIG
from emulator.console.session.interface_range import RANGE
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "interface": "Select an interface to configure",
    "interface range": "interface range command",
    "interface range <names>": "Interfaces",
    "default": "Set a command to its defaults",
    "no": "Negate a command or set its defaults",
}


def interface_range(session: Session, *, names: tuple[str, ...]) -> Handler:
    """Enter the sections of all interfaces of the range."""
    if not names:
        yield Say(wording("config.bad_interface_list"))
        return
    for name in names:
        make(session, name)
    first, *others = (f"interface {name}" for name in names)
    session.exec.enter(RANGE, first, tuple(others))


def no_interface_range(session: Session, *, names: tuple[str, ...]) -> Handler:
    if not names:
        yield Say(wording("config.bad_interface_list"))
    for name in names:
        yield from no_interface(session, name=name)


def default_interface_range(session: Session, *, names: tuple[str, ...]) -> Handler:
    if not names:
        yield Say(wording("config.bad_interface_list"))
    for name in names:
        yield from default_interface(session, name=name)


_SOURCE = "IOS interface command reference"
COMMANDS = (
    Command("interface range <names:InterfaceList>", modes=(CONFIG,), run=interface_range, source=_SOURCE, basis="R"),
    Command("no interface range <names:InterfaceList>", modes=(CONFIG,), run=no_interface_range, source=_SOURCE,
            basis="R"),
    Command("default interface range <names:InterfaceList>", modes=(CONFIG,), run=default_interface_range,
            source=_SOURCE, basis="R"),
)  # fmt: skip
