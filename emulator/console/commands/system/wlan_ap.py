"""`service-module wlan-ap 0 …`: the embedded access point, seen from the router that carries it.

R: forms of `status`, `reset` and `session`; that the session goes through the terminal line of the module and needs an
address on `wlan-ap0` (C: the message that recommends it). I: of the access point's own software only its prompt is
there; `exit` or `disconnect` comes back.
"""

from emulator.console.dialogs.questions import confirmed
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command, Condition
from emulator.kernel.effects import Ask, Handler, Say, Wait
from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND
from emulator.router.network.views import interface_view

HELP = {
    "service-module": "Service Module Control",
    "service-module wlan-ap": "Service module interface to embedded AP",
    "service-module wlan-ap <number>": "wlan-ap interface number",
    "service-module wlan-ap <number> reset": "Hardware reset of Service Module",
    "service-module wlan-ap <number> session": "Service module session",
    "service-module wlan-ap <number> session clear": "Clear service module session",
    "service-module wlan-ap <number> status": "Service Module Information",
}

NAME = "wlan-ap0"
LINE = 2002
"""TCP port of the line that leads to the access point: 2000 and the number of the line (R)."""

LEAVING = ("exit", "logout", "quit", "disconnect")
STARTING_TIME = 2 * MINUTE
"""Time from a reset of the access point, or the boot of the router, until it answers (I)."""

EMBEDDED = Condition(
    "an embedded access point", lambda session: any(each.name == NAME for each in session.router.platform.interfaces)
)


def session(session: Session, *, number: int) -> Handler:
    del number
    section = session.router.configuration.sections.get(f"interface {NAME}")
    lines = section.lines if section else {}
    address = _address(session)
    if address is None:
        yield Say(wording("wlan.no_address", name=NAME))
        return
    if lines.get("shutdown") == "shutdown":
        yield Say(wording("wlan.trying", address=address, port=LINE))
        yield Wait(SECOND)
        yield Say(wording("wlan.refused"))
        return
    yield Say(wording("wlan.trying", address=address, port=LINE))
    yield Wait(SECOND)
    yield Say(wording("wlan.open"))
    while True:
        typed = (yield Ask("ap>")).strip()
        if typed in LEAVING:
            break
        if typed:
            yield Say(wording("wlan.not_modeled"))
    yield Say(wording("wlan.closed", address=address))


def _address(session: Session) -> str | None:
    """Address of the interface: its own, or that of the one it borrows from."""
    return interface_view(session.router, NAME).speaks_as


def clear_session(_session: Session, *, number: int) -> Handler:
    del number
    if (yield from confirmed(wording("lines.confirm"))):
        yield Say(wording("lines.cleared"))


def status(session: Session, *, number: int) -> Handler:
    del number
    yield Say(wording("wlan.status", name=NAME, line=LINE - 2000))
    yield Wait(SECOND)
    up = session.router.uptime() - STARTING_TIME
    if up < 0:
        yield Say(wording("wlan.starting"))
        return
    yield Say(
        wording(
            "wlan.uptime",
            days=up // DAY,
            hours=up % DAY // HOUR,
            minutes=up % HOUR // MINUTE,
            seconds=up % MINUTE // SECOND,
        )
    )


def reset(_session: Session, *, number: int) -> Handler:
    del number
    if (yield from confirmed(wording("wlan.reset"))):
        yield Say(wording("wlan.resetting", name=NAME))


_SOURCE = "Cisco 860 and 880 software configuration guide, recalled"
_AP = "service-module wlan-ap <number:0-0>"
COMMANDS = (
    Command(f"{_AP} reset", modes=(EXEC,), privilege=PRIVILEGED, run=reset, when=EMBEDDED, output="wlan_ap",
            source=_SOURCE, basis="R"),
    Command(f"{_AP} session", modes=(EXEC,), privilege=PRIVILEGED, run=session, when=EMBEDDED, output="wlan_ap",
            source=_SOURCE, basis="R"),
    Command(f"{_AP} session clear", modes=(EXEC,), privilege=PRIVILEGED, run=clear_session, when=EMBEDDED,
            output="wlan_ap", source=_SOURCE, basis="R"),
    Command(f"{_AP} status", modes=(EXEC,), privilege=PRIVILEGED, run=status, when=EMBEDDED, output="wlan_ap",
            source=_SOURCE, basis="R"),
)  # fmt: skip
