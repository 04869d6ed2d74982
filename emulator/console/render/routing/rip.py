"""`show ip rip database`: the networks that RIP announces, and their classful summaries (R: the form)."""

from collections.abc import Iterable
from ipaddress import IPv4Network

from emulator.console.render.routing.ip_route import classful
from emulator.router.network.views import InterfaceView


def show_rip_database(views: Iterable[InterfaceView]) -> str:
    """Screen of the database; `views` are the interfaces that RIP covers."""
    direct = {IPv4Network(f"{view.address}/{view.prefix}", strict=False): view.name for view in views if view.is_up}
    rows = []
    for natural in sorted({classful(network) for network in direct}):
        rows.append(f"{natural}    auto-summary\n")
        inside = sorted(network for network in direct if classful(network) == natural)
        rows += [f"{network}    directly connected, {direct[network]}\n" for network in inside]
    return "".join(rows)
