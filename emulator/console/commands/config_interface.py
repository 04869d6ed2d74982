"""`interface`: go to an interface of the board, or make one.

I: the number of what can be made goes to 255 (Dialer, Tunnel, Loopback: far more on a real router, R). A saved
configuration names what is shut; without that line even a port that is shut by default is open.
"""

from emulator.console.arguments import interface_exists
from emulator.console.grammar import Command
from emulator.console.modes import CONFIG
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Handler, Say

HELP = {
    "interface": "Select an interface to configure",
    "interface <name>": "Interface type and number",
    "interface <name> point-to-point": "Treat as a point to point link",
    "interface <name> multipoint": "Treat as a multipoint link",
    "default": "Set a command to its defaults",
    "default interface": "Select an interface to configure",
    "default interface <name>": "Interface type and number",
    "interface <kind>": "Interface type",
    "interface <kind> <number>": "Interface number",
    "no": "Negate a command or set its defaults",
    "no interface": "Select an interface to configure",
    "no interface <name>": "Interface type and number",
}


def interface(session: Session, *, name: str) -> Handler:
    header = f"interface {name}"
    kind = next((each.kind for each in session.router.platform.interfaces if each.name == name), None)
    new = header not in session.router.configuration.sections
    section = session.router.configuration.section(header)
    session.line.enter("config-subif" if "." in name else "config-if", header)
    if not session.interactive and kind is not None:
        section.lines.setdefault("shutdown", "no shutdown")
    if kind is None and new:
        session.router.running.changed = True
        session.router.links.follow()
    if kind == "wlan-ap" and session.interactive:
        yield Say(wording("config.wlan_ap"))


def point_to_point(session: Session, *, name: str, link: str) -> Handler:
    """R: a sub-interface of an ATM interface says so in its header."""
    session.router.configuration.section(f"interface {name}").header = f"interface {name} {link}"
    yield from interface(session, name=name)


def default_interface(session: Session, *, name: str) -> Handler:
    """Everything that was typed for it is gone (R: and that is told)."""
    section = session.router.configuration.sections.get(f"interface {name}")
    if section is not None:
        section.lines.clear()
        section.sections.clear()
        session.router.running.changed = True
        session.router.links.follow()
    yield Say(wording("config.interface_default", name=name))


def interface_in_words(session: Session, *, kind: str, number: int) -> Handler:
    if interface_exists(session.router, f"{kind}{number}"):
        yield from interface(session, name=f"{kind}{number}")
    else:
        yield Say(wording("config.no_such_interface"))


def no_interface(session: Session, *, name: str) -> Handler:
    if any(each.name == name for each in session.router.platform.interfaces):
        yield Say(wording("config.interface_stays", kind=name.rstrip("0123456789")))
        return
    if session.router.configuration.remove(f"interface {name}"):
        session.router.running.changed = True
        session.router.links.follow()


_SOURCE = "IOS interface command reference"
COMMANDS = (
    Command("interface <name:Interface>", modes=(CONFIG,), run=interface, source=_SOURCE, basis="C"),
    Command("interface <kind:InterfaceKind> <number:InterfaceNumber>", modes=(CONFIG,), run=interface_in_words,
            source=_SOURCE, basis="C"),
    Command("interface <name:Interface> <link:point-to-point|multipoint>", modes=(CONFIG,), run=point_to_point,
            source=_SOURCE, basis="R"),
    Command("default interface <name:Interface>", modes=(CONFIG,), run=default_interface, source=_SOURCE, basis="R"),
    Command("no interface <name:Interface>", modes=(CONFIG,), run=no_interface, source=_SOURCE, basis="R"),
)  # fmt: skip
