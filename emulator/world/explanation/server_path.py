"""The way from a router to a server in the lab's network, link by link: cable, address, route, reachability."""

from collections.abc import Iterator
from ipaddress import IPv4Address

import msgspec

from emulator.router.device import Router
from emulator.router.network.reachability import obstacle_on_way
from emulator.world.explanation.view import BENCH, Link, MendingStep, blocked, broken, not_needed, ok
from emulator.world.site_network import SERVER_HOST
from emulator.world.world import TFTP, World

CABLE, ADDRESS, ROUTE, NAME, REACH, CERTIFICATE = (
    "cable", "address", "route", "name", "reachability", "certificate",
)  # fmt: skip
"""Links that the ways to both servers have."""

LAB_ADDRESS = "192.0.2.1 255.255.255.0"
"""Address in the network of the lab's server, with its mask."""


class Server(msgspec.Struct, frozen=True):
    """A server of the lab.

    Attributes:
        name: as the bench stops and starts it.
        use: what it does at its address, and how a router names it.
        certificate: why none is needed.
    """

    name: str
    use: str
    certificate: str


TFTP_SERVER = Server(TFTP, f"answers; a URL is tftp://{SERVER_HOST}/NAME", "TFTP has none")


def server_links(world: World, router: Router, server: Server = TFTP_SERVER) -> Iterator[Link]:
    """Yield the links from a router that has power to a server of the lab."""
    if router.state.running is None:
        for name in (CABLE, ADDRESS):
            yield blocked(name, "no interface is up before IOS runs")
    else:
        yield from _interface(router)
    obstacle = obstacle_on_way(router, IPv4Address(SERVER_HOST)) if router.state.running is not None else None
    if obstacle is not None and router.links.way_out():
        yield broken(ROUTE, f"no way leads to {SERVER_HOST}", *_lab_network(router))
    elif obstacle is None and router.state.running is not None:
        yield ok(ROUTE, f"a route leads to {SERVER_HOST}")
    else:
        yield not_needed(ROUTE, "the lab's network is connected to every LAN")
    if server is TFTP_SERVER:
        yield not_needed(NAME, f"the server is called by its address, {SERVER_HOST}")
    if world.is_down(server.name):
        yield broken(REACH, f"{SERVER_HOST} does not answer", MendingStep(BENCH, f"server {server.name} up"))
    elif router.state.running is not None and obstacle is None:
        yield ok(REACH, f"{SERVER_HOST} {server.use}")
    else:
        yield blocked(REACH, f"{SERVER_HOST} cannot be reached")
    yield not_needed(CERTIFICATE, server.certificate)


def _interface(router: Router) -> Iterator[Link]:
    """Yield the links of cable and address of an interface that leads out."""
    links, interfaces = router.links, router.platform.interfaces
    way = links.way_out()
    sections = router.configuration.sections
    addressed = [
        each
        for each in interfaces
        if (section := sections.get(f"interface {each.name}")) is not None and "ip address" in section.lines
    ]
    if way is not None:
        yield ok(CABLE, f"{way} is up")
        yield ok(ADDRESS, f"{way} has {sections[f'interface {way}'].lines['ip address']}")
        return
    vlan = _lan(router)
    if not addressed:
        up = next((each.name for each in interfaces if links.is_up(each)), None)
        yield ok(CABLE, f"{up} is up") if up is not None else _plugged_in(router, vlan)
        yield broken(ADDRESS, "no interface has an IP address", *_lab_address(router))
        return
    interface = addressed[0]
    if links.is_shut(interface):
        opened = ("configure terminal", f"interface {interface.name}", "no shutdown", "end")
        yield broken(CABLE, f"{interface.name} is shut down", *(MendingStep(router.name, each) for each in opened))
    else:
        yield _plugged_in(router, interface.name)
    yield ok(ADDRESS, f"{interface.name} has {sections[f'interface {interface.name}'].lines['ip address']}")


def _lan(router: Router) -> str:
    """The interface of the LAN."""
    interfaces = router.platform.interfaces
    return next((each.name for each in interfaces if each.kind == "vlan"), router.platform.wan_interface)


def _lab_network(router: Router) -> tuple[MendingStep, ...]:
    """Steps that bring the router into the network of the lab's server: an address there, or the cable of its LAN."""
    section = router.configuration.sections.get(f"interface {_lan(router)}")
    line = section.lines.get("ip address", "") if section is not None else ""
    if line.removeprefix("ip address ") == LAB_ADDRESS:
        return _plugged_in(router, _lan(router)).mend
    return _lab_address(router)


def _lab_address(router: Router) -> tuple[MendingStep, ...]:
    """The lines that put the LAN into the network of the lab's server."""
    lines = ("configure terminal", f"interface {_lan(router)}", f"ip address {LAB_ADDRESS}", "no shutdown", "end")
    return tuple(MendingStep(router.name, each) for each in lines)


def _plugged_in(router: Router, interface: str) -> Link:
    """The link of an interface that has no cable; a VLAN interface is up with any of its ports."""
    switched = [each.name for each in router.platform.interfaces if each.kind == "switchport"]
    port = switched[0] if switched and interface.startswith("Vlan") else interface
    return broken(CABLE, f"{interface} is down", MendingStep(BENCH, f"cable {router.name} {port} in"))


def steps_to_server(world: World, router: Router) -> tuple[MendingStep, ...]:
    """The next steps that let a router which runs IOS reach the lab's TFTP server; empty where it does."""
    return next((link.mend for link in server_links(world, router) if link.mend), ())
