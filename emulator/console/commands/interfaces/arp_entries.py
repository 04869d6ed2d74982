"""`show arp` of one interface or address, of a VRF, and its summary; `clear arp-cache` and `clear counters`.

R: forms; the counters of an interface begin anew, and say since when.
"""

from functools import partial

from msgspec.structs import replace

from emulator.console.configuration.conditions import feature
from emulator.console.dialogs.questions import confirmed
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.interfaces.arp import show_arp, show_arp_summary
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import ALWAYS, Command
from emulator.kernel.effects import Handler, Say
from emulator.router.events import CountersCleared
from emulator.router.interface_counters import InterfaceCounters, InterfaceRecord
from emulator.router.network.addressing import vrf_of
from emulator.router.network.routes import vrfs
from emulator.router.network.views import arp_table, interface_names

_STARTS = ("show arp", "show ip arp")
_ENTRY = {
    "<address>": "IP address or hostname of ARP entry",
    "<interface>": "Interface",
}
HELP = {
    "clear": "Reset functions",
    "clear arp-cache": "Clear the entire ARP cache",
    "clear ip": "IP",
    "clear ip arp": "Clear IP ARP table entry",
    "clear ip arp <address>": "Hostname or IP address of the entry to clear",
    "clear counters": "Clear counters on one or all interfaces",
    "clear counters <interface>": "Interface",
    "show": "Show running system information",
    "show ip": "IP information",
    "show arp": "ARP table",
    "show ip arp": "IP ARP table",
    **{f"{start} {word}": text for start in _STARTS for word, text in _ENTRY.items()},
    **{f"{start} summary": "IP ARP table summary" for start in _STARTS},
    **{f"{start} vrf": "ARP entries of a VRF" for start in _STARTS},
    **{f"{start} vrf <vrf>": "VPN Routing/Forwarding instance name" for start in _STARTS},
    **{f"{start} vrf <vrf> {word}": text for start in _STARTS for word, text in _ENTRY.items()},
}


def entries(session: Session, *, address: str | None, interface: str | None) -> Handler:
    found = (
        each
        for each in arp_table(session.router)
        if address in {None, each.address} and interface in {None, each.interface}
    )
    yield Say(show_arp(found, session.router.now))


def entries_of_vrf(session: Session, *, vrf: str, address: str | None, interface: str | None) -> Handler:
    router = session.router
    if vrf not in vrfs(router):
        yield Say(wording("route.no_such_vrf", vrf=vrf))
        return
    found = (
        each
        for each in arp_table(router)
        if vrf_of(router, each.interface) == vrf
        and address in {None, each.address}
        and interface in {None, each.interface}
    )
    yield Say(show_arp(found, router.now))


def summary(session: Session) -> Handler:
    yield Say(show_arp_summary(arp_table(session.router)))


def clear_arp(session: Session) -> None:
    session.router.running.neighbours = []


def clear_entry(session: Session, *, address: str) -> None:
    """Clear what was learned of one address; an own address stays."""
    running = session.router.running
    running.neighbours = [each for each in running.neighbours if each.address != address]


def clear_counters(session: Session, *, interface: str | None) -> Handler:
    question = "interfaces.clear_all" if interface is None else "interfaces.clear_one"
    if not (yield from confirmed(wording(question))):
        return
    router = session.router
    names = interface_names(router) if interface is None else [interface]
    for name in names:
        record = router.running.interfaces.get(name, InterfaceRecord())
        router.running.interfaces[name] = replace(record, counters=InterfaceCounters(), cleared=router.now)
    what = "all interfaces" if interface is None else f"interface {interface}"
    router.tell(CountersCleared, what=what, by=session.line.who)


_SOURCE = "IOS IP addressing and interface command references, recalled"
_SHOW = partial(Command, modes=(EXEC,), piped=True, output="arp_entries", source=_SOURCE, basis="R")
_WHICH = "{<address:Address> | <interface:Interface>}"
COMMANDS = (
    Command("clear arp-cache", modes=(EXEC,), privilege=PRIVILEGED, run=clear_arp, source=_SOURCE, basis="R"),
    Command("clear ip arp <address:Address>", modes=(EXEC,), privilege=PRIVILEGED, run=clear_entry, source=_SOURCE,
            basis="R"),
    Command("clear counters [<interface:Interface>]", modes=(EXEC,), privilege=PRIVILEGED, run=clear_counters,
            output="arp_entries", source=_SOURCE, basis="R"),
    *(_SHOW(f"{start} {_WHICH}", run=entries) for start in _STARTS),
    *(_SHOW(f"{start} summary", run=summary) for start in _STARTS),
    *(_SHOW(f"{start} vrf <vrf:Word> [{_WHICH}]", run=entries_of_vrf, when=ALWAYS & feature("vrf"))
      for start in _STARTS),
)  # fmt: skip
