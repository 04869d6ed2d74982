"""`show snmp chassis|community|contact|context|engineID|group|host|location|mib|user|view`."""

from collections.abc import Callable
from functools import partial

from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.services import snmp
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router
from emulator.router.network.snmp_identity import chassis

HELP = {
    "show": "Show running system information",
    "show snmp": "SNMP statistics",
    "show snmp chassis": "Show SNMP chassis",
    "show snmp community": "SNMPv2c Communities",
    "show snmp contact": "SNMP sysContact",
    "show snmp context": "Show SNMP contexts",
    "show snmp engineID": "Show local and remote SNMP engine IDs",
    "show snmp group": "Show SNMPv3 groups",
    "show snmp host": "Show SNMP hosts",
    "show snmp location": "SNMP sysLocation",
    "show snmp mib": "Show mib objects",
    "show snmp mib ifmib": "Show IF-MIB",
    "show snmp mib ifmib ifindex": "Show interface ifindex value",
    "show snmp mib ifmib ifindex <interface>": "Interface",
    "show snmp user": "Show SNMPv3 users",
    "show snmp view": "Show SNMP views",
}


def _line(router: Router, word: str) -> str:
    text = router.configuration.word(f"snmp-server {word}")
    return f"{text}\n" if text else ""


SCREENS: dict[str, Callable[[Router], str]] = {
    "chassis": lambda router: f"{chassis(router)}\n",
    "community": lambda router: snmp.show_communities(router.configuration),
    "contact": partial(_line, word="contact"),
    "context": lambda router: snmp.show_contexts(router.configuration),
    "engineID": snmp.show_engines,
    "group": lambda router: snmp.show_groups(router.configuration),
    "host": lambda router: snmp.show_hosts(router.configuration),
    "location": partial(_line, word="location"),
    "mib": lambda router: "".join(f"{name}\n" for name in router.context.managed_objects()),
    "user": snmp.show_users,
    "view": lambda router: snmp.show_views(router.configuration),
}
SECRET = frozenset({"community", "user", "group", "host", "view", "context"})
"""Screens for the privileged only, as they name communities and users (R)."""


def numbers(session: Session, *, interface: str | None) -> Handler:
    yield Say(snmp.show_interface_numbers(session.router, interface))


_SOURCE = "IOS network management command reference, recalled"
_NUMBERS = Command("show snmp mib ifmib ifindex [<interface:Interface>]", modes=(EXEC,), run=numbers, piped=True,
                   output="show_snmp_tables", source=_SOURCE, basis="R")  # fmt: skip
COMMANDS = (_NUMBERS, *(
    Command(f"show snmp {word}", modes=(EXEC,), privilege=PRIVILEGED if word in SECRET else 1,
            run=partial(show_screen, screen=screen), piped=True, output="show_snmp_tables",
            source=_SOURCE, basis="R")
    for word, screen in SCREENS.items()
))  # fmt: skip
