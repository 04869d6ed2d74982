"""`show ip ospf`, its interfaces and its database: what follows from the configuration, for no other router answers."""

from collections.abc import Callable, Sequence
from functools import partial
from ipaddress import IPv4Address

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.interfaces.interfaces import bandwidth
from emulator.console.render.routing import ospf
from emulator.console.render.routing.ospf import OspfProcess
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router
from emulator.router.network.routing_interfaces import ospf_interfaces, processes, router_id

HELP = {
    "show": "Show running system information",
    "show ip": "IP information",
    "show ip ospf": "OSPF information",
    "show ip ospf <number>": "Process ID number",
    "show ip ospf database": "Database summary",
    "show ip ospf database router": "Router link states",
    "show ip ospf interface": "Interface information",
    "show ip ospf interface <interface>": "Interface",
    "show ip ospf interface brief": "Summary of OSPF interfaces",
}


def ospf_processes(router: Router, number: str | None = None) -> list[OspfProcess]:
    """List the OSPF processes of a router, or the one that is named."""
    configuration = router.configuration
    found = []
    for each, section in processes(router, "ospf").items():
        if number in {None, each}:
            interfaces = ospf_interfaces(router, each)
            identifier = section.word("router-id") or router_id(router)
            bandwidths = {one.view.name: bandwidth(router, one.view) for one in interfaces}
            release = tuple(int(part) for part in router.manifest.release.split("."))
            found.append(
                OspfProcess(each, IPv4Address(identifier), section, interfaces, configuration.sections, bandwidths,
                            router.uptime(), release)
            )  # fmt: skip
    return found


def process(session: Session, *, number: int | None) -> Handler:
    found = ospf_processes(session.router, None if number is None else str(number))
    yield Say("".join(map(ospf.show_ospf, found)))


def interfaces(session: Session, *, interface: str | None) -> Handler:
    found = "".join(ospf.show_ospf_interfaces(each, interface) for each in ospf_processes(session.router))
    yield Say(found if found or interface is None else wording("ospf.not_enabled", name=interface))


OspfScreen = Callable[[Sequence[OspfProcess]], str]


def whole(session: Session, *, screen: OspfScreen) -> Handler:
    found = ospf_processes(session.router)
    yield Say(screen(found) if found else "")


def database(found: Sequence[OspfProcess], *, routers: bool) -> str:
    return "".join(ospf.show_ospf_database(each, routers=routers) for each in found)


_SHOW = partial(Command, modes=(EXEC,), piped=True, when=feature("ospf"), output="show_ospf", basis="R",
                source="IOS IP routing: OSPF command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show ip ospf [<number:1-65535>]", run=process),
    _SHOW("show ip ospf database", run=partial(whole, screen=partial(database, routers=False))),
    _SHOW("show ip ospf database router", run=partial(whole, screen=partial(database, routers=True))),
    _SHOW("show ip ospf interface [<interface:Interface>]", run=interfaces),
    _SHOW("show ip ospf interface brief", run=partial(whole, screen=ospf.show_ospf_interface_brief)),
)
