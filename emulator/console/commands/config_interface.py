"""Interface configuration, as far as reaching the lab's file server needs it: address, shutdown, description."""

from emulator.console.grammar import Command
from emulator.console.modes import CONFIG
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Handler, Say

HELP = {
    "interface": "Select an interface to configure",
    "interface <name>": "Interface type and number",
    "interface <kind>": "Interface type",
    "interface <kind> <number>": "Interface number",
    "description": "Interface specific description",
    "description <text>": "Up to 200 characters describing this interface",
    "ip": "Interface Internet Protocol config commands",
    "ip address": "Set the IP address of an interface",
    "ip address <address>": "IP address",
    "ip address <address> <mask>": "IP subnet mask",
    "ip address dhcp": "IP Address negotiated via DHCP",
    "shutdown": "Shutdown the selected interface",
    "no": "Negate a command or set its defaults",
    "no description": "Interface specific description",
    "no ip": "Interface Internet Protocol config commands",
    "no ip address": "Set the IP address of an interface",
    "no shutdown": "Shutdown the selected interface",
}

INTERFACE = "config-if"


def interface(session: Session, *, name: str) -> Handler:
    session.line.enter(INTERFACE, f"interface {name}")
    if not session.interactive:
        # A saved configuration names what is shut; without that line even a port that is shut by default is open.
        session.section.lines.setdefault("shutdown", "no shutdown")
    kind = next(each.kind for each in session.router.platform.interfaces if each.name == name)
    if kind == "wlan-ap" and session.interactive:
        yield Say(wording("config.wlan_ap"))


def interface_in_words(session: Session, *, kind: str, number: int) -> Handler:
    yield from interface(session, name=f"{kind}{number}")


def _put(session: Session, key: str, line: str | None) -> None:
    if line is None:
        session.section.lines.pop(key, None)
    else:
        session.section.lines[key] = line
    session.router.running.changed = True
    session.router.links.follow()


def description(session: Session, *, text: str) -> None:
    _put(session, "description", f"description {text}")


def no_description(session: Session) -> None:
    _put(session, "description", None)


def address(session: Session, *, address: str, mask: str) -> None:
    _put(session, "ip address", f"ip address {address} {mask}")


def address_by_dhcp(session: Session) -> None:
    _put(session, "ip address", "ip address dhcp")


def no_address(session: Session) -> None:
    _put(session, "ip address", None)


def shutdown(session: Session) -> None:
    _put(session, "shutdown", "shutdown")


def no_shutdown(session: Session) -> None:
    _put(session, "shutdown", "no shutdown")


_SOURCE = "IOS interface command reference"
COMMANDS = (
    Command("interface <name:Interface>", modes=(CONFIG,), run=interface, source=_SOURCE, basis="C"),
    Command("interface <kind:InterfaceKind> <number:InterfaceNumber>", modes=(CONFIG,), run=interface_in_words,
            source=_SOURCE, basis="C"),
    Command("description <text:Line>", modes=(INTERFACE,), run=description, source=_SOURCE, basis="C"),
    Command("no description", modes=(INTERFACE,), run=no_description, source=_SOURCE, basis="R"),
    Command("ip address <address:Address> <mask:Address>", modes=(INTERFACE,), run=address, source=_SOURCE, basis="C"),
    Command("ip address dhcp", modes=(INTERFACE,), run=address_by_dhcp, source=_SOURCE, basis="C"),
    Command("no ip address", modes=(INTERFACE,), run=no_address, source=_SOURCE, basis="C"),
    Command("shutdown", modes=(INTERFACE,), run=shutdown, source=_SOURCE, basis="C"),
    Command("no shutdown", modes=(INTERFACE,), run=no_shutdown, source=_SOURCE, basis="C"),
)  # fmt: skip
