"""`interface`: go to an interface of the board, or make one.

I: the number of what can be made goes to 255 (Dialer, Tunnel, Loopback: far more on a real router, R). A saved
configuration names what is shut; without that line even a port that is shut by default is open. R: a sub-interface of
an ATM interface and a virtual template say in their headers what they are for.
"""

from emulator.console.arguments.interfaces import interface_exists
from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Section

_HELP = {
    "interface": "Select an interface to configure",
    "interface <name>": "Interface type and number",
    "interface <name> type": "Virtual-Template interface type",
    "interface <name> type ethernet": "Create Virtual-Template of type ethernet",
    "interface <name> type serial": "Create Virtual-Template of type serial",
    "interface <name> type tunnel": "Create Virtual-Template of type tunnel",
}
_LINKS = {
    "interface <name> point-to-point": "Treat as a point to point link",
    "interface <name> multipoint": "Treat as a multipoint link",
}
HELP = {
    **_HELP,
    **_LINKS,
    "interface <kind>": "Interface type",
    "interface <kind> <number>": "Interface number",
    **{f"interface <kind> <number> {key.removeprefix('interface <name> ')}": text
       for key, text in {**_HELP, **_LINKS}.items() if key.count(" ") > 1},
    "default": "Set a command to its defaults",
    "no": "Negate a command or set its defaults",
}  # fmt: skip


def interface(session: Session, *, name: str) -> Handler:
    header = f"interface {name}"
    kind = next((each.kind for each in session.router.platform.interfaces if each.name == name), None)
    section = make(session, name)
    session.exec.enter("config-subif" if "." in name else "config-if", header)
    if session.loading and kind is not None:
        section.lines.setdefault("shutdown", "no shutdown")
    if kind == "wlan-ap" and session.interactive:
        yield Say(wording("config.wlan_ap"))


def make(session: Session, name: str) -> Section:
    """Section of an interface, made by naming it if the board has none of that name."""
    router, header = session.router, f"interface {name}"
    new = header not in router.configuration.sections
    section = router.configuration.section(header)
    if new and not is_of_board(session, name):
        router.running.changed = True
        router.links.follow()
    return section


def is_of_board(session: Session, name: str) -> bool:
    """Tell whether the interface belongs to the board."""
    return any(each.name == name for each in session.router.platform.interfaces)


def atm_part(session: Session, *, name: str, link: str | None) -> Handler:
    if link is not None:
        _say_in_header(session, name, link)
    yield from interface(session, name=name)


def template(session: Session, *, name: str, what: str | None) -> Handler:
    if what is not None:
        _say_in_header(session, name, f"type {what}")
    yield from interface(session, name=name)


def template_in_words(session: Session, *, kind: str, number: int, what: str | None) -> Handler:
    yield from template(session, name=f"{kind}{number}", what=what)


def _say_in_header(session: Session, name: str, what: str) -> None:
    header = f"interface {name} {what}"
    section = make(session, name)
    if section.header != header:
        section.header = header
        session.router.running.changed = True


def default_interface(session: Session, *, name: str) -> Handler:
    """Remove everything that was typed for an interface (R: and report it)."""
    section = session.router.configuration.sections.get(f"interface {name}")
    if section is not None:
        section.lines.clear()
        section.sections.clear()
        session.router.running.changed = True
        session.router.links.follow()
    yield Say(wording("config.interface_default", name=name))


def interface_in_words(session: Session, *, kind: str, number: str | int) -> Handler:
    yield from atm_part_in_words(session, kind=kind, number=str(number), link=None)


def atm_part_in_words(session: Session, *, kind: str, number: str, link: str | None) -> Handler:
    if interface_exists(session.router, f"{kind}{number}"):
        yield from atm_part(session, name=f"{kind}{number}", link=link)
    else:
        yield Say(wording("config.no_such_interface"))


def no_interface(session: Session, *, name: str) -> Handler:
    if is_of_board(session, name):
        yield Say(wording("config.interface_stays"))
        return
    if session.router.configuration.remove(f"interface {name}"):
        session.router.running.changed = True
        session.router.links.follow()
        if "." in name and session.interactive:
            yield Say(wording("config.parts_reappear"))


def no_template(session: Session, *, name: str, what: str | None) -> Handler:  # noqa: ARG001 - gone whatever its type
    yield from no_interface(session, name=name)


_SOURCE = "IOS interface command reference"
_LINK = "<link:point-to-point|multipoint>"
_TYPE = "type <what:ethernet|serial|tunnel>"
COMMANDS = (
    Command("interface <name:PlainInterface>", modes=(CONFIG,), run=interface, source=_SOURCE, basis="C"),
    Command("interface <kind:PlainKind> <number:NumberOrPart>", modes=(CONFIG,), run=interface_in_words,
            source=_SOURCE, basis="C"),
    Command("interface <kind:AtmKind> <number:InterfaceNumber>", modes=(CONFIG,), run=interface_in_words,
            source=_SOURCE, basis="C"),
    Command(f"interface <kind:AtmKind> <number:PartNumber> [{_LINK}]", modes=(CONFIG,), run=atm_part_in_words,
            source=_SOURCE, basis="R"),
    Command(f"interface <name:AtmPart> [{_LINK}]", modes=(CONFIG,), run=atm_part, source=_SOURCE, basis="R"),
    Command(f"interface <name:VirtualTemplate> [{_TYPE}]", modes=(CONFIG,), run=template, source=_SOURCE, basis="C"),
    Command(f"interface <kind:TemplateKind> <number:TemplateNumber> [{_TYPE}]", modes=(CONFIG,),
            run=template_in_words, source=_SOURCE, basis="C"),
    Command("default interface <name:Interface>", modes=(CONFIG,), run=default_interface, source=_SOURCE, basis="R"),
    Command("no interface <name:PlainInterface>", modes=(CONFIG,), run=no_interface, source=_SOURCE, basis="R"),
    Command("no interface <name:AtmPart>", modes=(CONFIG,), run=no_interface, source=_SOURCE, basis="R"),
    Command(f"no interface <name:VirtualTemplate> [{_TYPE}]", modes=(CONFIG,), run=no_template, source=_SOURCE,
            basis="R"),
)  # fmt: skip
