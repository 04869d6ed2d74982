"""`show ip dhcp …` and `show dhcp lease`: the address server and the client at the WAN port."""

from functools import partial

from emulator.console.modes import EXEC
from emulator.console.render.services import dhcp
from emulator.console.session.screens import show_screen
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.device import Router

HELP = {
    "show": "Show running system information",
    "show dhcp": "Dynamic Host Configuration Protocol status",
    "show dhcp lease": "Show DHCP Addresses leased from a server",
    "show dhcp server": "Show DHCP Servers we know about",
    "show ip": "IP information",
    "show ip dhcp": "Show items in the DHCP database",
    "show ip dhcp conflict": "DHCP address conflicts",
    "show ip dhcp pool": "DHCP pools information",
    "show ip dhcp pool <name>": "DHCP pool name",
    "show ip dhcp server": "Miscellaneous DHCP server information",
    "show ip dhcp server statistics": "Miscellaneous DHCP server statistics",
}


def pool(session: Session, *, name: str | None) -> Handler:
    found = dhcp.pools(session.router.configuration)
    if name is not None:
        if name not in found:
            yield Say(wording("show.dhcp_no_pool", name=name))
            return
        found = {name: found[name]}
    yield Say(dhcp.show_pools(found))


def conflicts(_session: Session) -> Handler:
    yield Say(wording("show.dhcp_conflicts"))


def _statistics(router: Router) -> str:
    return dhcp.show_statistics(router.configuration)


def _servers(router: Router) -> str:
    servers = dict.fromkeys(lease.gateway for lease in router.running.leases.values()) or ["255.255.255.255"]
    return "".join(wording("show.dhcp_server", server=each) for each in servers)


_SHOW = partial(Command, modes=(EXEC,), piped=True, output="show_dhcp", basis="R",
                source="IOS IP addressing command reference, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show dhcp lease", run=partial(show_screen, screen=dhcp.show_lease)),
    _SHOW("show dhcp server", run=partial(show_screen, screen=_servers)),
    _SHOW("show ip dhcp conflict", run=conflicts),
    _SHOW("show ip dhcp pool [<name:Word>]", run=pool),
    _SHOW("show ip dhcp server statistics", run=partial(show_screen, screen=_statistics)),
)
