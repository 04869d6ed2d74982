"""`show ip cef`, `show adjacency`: the tables that packets are forwarded by."""

from collections.abc import Callable
from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC
from emulator.console.render.routing.forwarding import show_adjacency, show_ip_cef, show_ip_cef_in_detail
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router
from emulator.router.network.routes import vrfs

HELP = {
    "show": "Show running system information",
    "show adjacency": "Adjacent nodes",
    "show ip": "IP information",
    "show ip cef": "Cisco Express Forwarding",
    "show ip cef detail": "Display detailed information",
    "show ip cef vrf": "Display CEF information about VRF",
    "show ip cef vrf <vrf>": "VPN Routing/Forwarding instance name",
    "show ip cef vrf <vrf> detail": "Display detailed information",
}


def prefixes(session: Session, *, screen: Callable[[Router, str], str], vrf: str) -> Handler:
    """Show the forwarding table; none where forwarding by it is switched off."""
    router = session.router
    if vrf and vrf not in vrfs(router):
        yield Say(wording("ping.no_vrf", vrf=vrf))
    elif router.configuration.lines.get("ip cef") == "no ip cef":
        yield Say(wording("show.cef_off"))
    else:
        yield Say(screen(router, vrf))


def adjacencies(session: Session) -> Handler:
    yield Say(show_adjacency(session.router))


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_forwarding", basis="R",
                source="tests of ntc-templates: show ip cef, show ip cef detail, show adjacency")  # fmt: skip
COMMANDS = (
    _SHOW("show adjacency", run=adjacencies),
    *(
        _SHOW(f"show ip cef {how}".rstrip(), run=partial(prefixes, screen=screen, vrf=""))
        for how, screen in (("", show_ip_cef), ("detail", show_ip_cef_in_detail))
    ),
    *(
        _SHOW(f"show ip cef vrf <vrf:Word> {how}".rstrip(), run=partial(prefixes, screen=screen), when=feature("vrf"))
        for how, screen in (("", show_ip_cef), ("detail", show_ip_cef_in_detail))
    ),
)
