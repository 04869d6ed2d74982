"""`show vrf` and `show ip vrf`."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.routing.vrf import show_ip_vrf, show_vrf, show_vrf_detail
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Section
from emulator.router.network.addressing import vrf_of
from emulator.router.network.routes import vrfs
from emulator.router.network.views import interface_names

HELP = {
    "show": "Show running system information",
    "show ip": "IP information",
    "show ip vrf": "VPN Routing/Forwarding instance information",
    "show ip vrf <name>": "VPN Routing/Forwarding instance name",
    "show vrf": "VPN Routing/Forwarding instance information",
    "show vrf <name>": "VPN Routing/Forwarding instance name",
    "show vrf detail": "Display detailed information",
    "show vrf detail <name>": "VPN Routing/Forwarding instance name",
}

VrfTable = Callable[[Mapping[str, Section], Mapping[str, Sequence[str]]], str]


def _chosen(session: Session, name: str | None) -> dict[str, Section]:
    return {each: section for each, section in vrfs(session.router).items() if name in {None, each}}


def _members(session: Session, names: Mapping[str, Section]) -> dict[str, list[str]]:
    interfaces = interface_names(session.router)
    return {name: [each for each in interfaces if vrf_of(session.router, each) == name] for name in names}


def table_of(session: Session, *, name: str | None, render: VrfTable) -> Handler:
    found = _chosen(session, name)
    if name is not None and not found:
        yield Say(wording("route.no_such_vrf", vrf=name))
    elif found:
        yield Say(render(found, _members(session, found)))


def detail(session: Session, *, name: str | None) -> Handler:
    found = _chosen(session, name)
    members = _members(session, found)
    if name is not None and not found:
        yield Say(wording("route.no_such_vrf", vrf=name))
    numbers = {each: number for number, each in enumerate(vrfs(session.router), start=1)}
    for each, section in found.items():
        yield Say(show_vrf_detail(numbers[each], each, section, members[each]))


_SHOW = partial(Command, modes=(EXEC,), piped=True, when=feature("vrf"), output="show_vrf", basis="R",
                source="IOS routing command references, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show ip vrf [<name:Word>]", run=partial(table_of, render=show_ip_vrf)),
    _SHOW("show vrf [<name:Word>]", run=partial(table_of, render=show_vrf)),
    _SHOW("show vrf detail [<name:Word>]", run=detail),
)
