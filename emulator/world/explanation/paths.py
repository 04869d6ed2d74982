"""The way from a router to the licensing service and to the lab's TFTP server, link by link.

Each link is judged by what the world itself asks for when a call or a copy is made; what it does not ask for, as an
address on a WAN port that nobody has configured, is said to be so.
"""

from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv4Address

from emulator.router.configuration import SERVICE_URL_KEY
from emulator.router.device import Router
from emulator.router.network.reachability import Lack, Obstacle, obstacle_on_way, obstacle_to_service
from emulator.router.network.wan import is_untouched
from emulator.world.call_home.gateway import SERVICE_HOST, WorldCallHome, destination_of
from emulator.world.explanation.starting import start_link
from emulator.world.explanation.view import (
    BENCH,
    Explanation,
    Link,
    LinkState,
    MendingStep,
    blocked,
    broken,
    not_needed,
    ok,
)
from emulator.world.site_network import NAME_SERVER, SERVER_HOST
from emulator.world.world import World

CALL_HOME, TFTP = "call-home", "tftp"

POWER, CABLE, ADDRESS, ROUTE, SITE, LOOKUP, NAME, REACH, CERTIFICATE = (
    "power", "cable", "address", "route", "site", "lookup", "name", "reachability", "certificate",
)  # fmt: skip

LAB_ADDRESS = "192.0.2.1 255.255.255.0"
"""Address in the network of the lab's server, with its mask."""


def explain_path(world: World, router: str, name: str) -> Explanation:
    """Say whether a router reaches a service, and where the path is broken.

    Args:
        name: one of `PATHS`.

    Raises:
        UnknownName: the router does not exist.
    """
    links = tuple(PATHS[name](world, world.router(router)))
    holds = all(link.state in {LinkState.OK, LinkState.NOT_NEEDED} for link in links)
    return Explanation(router, name, holds, links)


def _power(world: World, router: Router) -> Link:
    return start_link(POWER, world, router) or ok(POWER, f"{router.name} runs IOS")


def _call_home(world: World, router: Router) -> Iterator[Link]:
    yield _power(world, router)
    if router.state.running is not None and not is_untouched(router):
        yield from _configured(router)
        yield from _service(world, router)
        return
    wan = router.platform.wan_interface
    if wan in router.state.cables:
        yield ok(CABLE, f"the provider's line is in {wan}")
    else:
        step = MendingStep(BENCH, f"cable {router.name} {wan} in")
        yield broken(CABLE, f"the provider's line is not in {wan}", step)
    yield not_needed(ADDRESS, "the provider's line brings what call home needs")
    yield not_needed(ROUTE, "the provider's line brings what call home needs")
    if router.state.online:
        yield ok(SITE, "the site has Internet")
    else:
        yield broken(SITE, "the site has no Internet", MendingStep(BENCH, f"internet {router.name} on"))
    yield from _service(world, router)


def _configured(router: Router) -> Iterator[Link]:
    """The links of a WAN port that somebody has configured, up to the first that is broken."""
    destination = destination_of(router)
    obstacle = obstacle_to_service(router, destination.host if destination is not None else SERVICE_HOST)
    wan = router.platform.wan_interface
    facts = {
        CABLE: f"{wan} is up",
        ADDRESS: "an interface to the provider has an IP address",
        ROUTE: "a route leads there",
        SITE: "the site has Internet",
        LOOKUP: "its name is known",
    }
    lacking = LINK_OF[obstacle.lack] if obstacle is not None and obstacle.lack in LINK_OF else None
    met = True
    for name, fact in facts.items():
        if name == lacking:
            assert obstacle is not None
            met = False
            yield broken(name, f"{obstacle.at}: {obstacle.lack}", *mending(router, obstacle))
        else:
            yield ok(name, fact) if met else blocked(name, "what stands before it is missing")


LINK_OF: Mapping[Lack, str] = {
    Lack.CABLE: CABLE,
    Lack.SHUT: CABLE,
    Lack.LEASE: ADDRESS,
    Lack.ADDRESS: ADDRESS,
    Lack.ROUTE: ROUTE,
    Lack.SITE: SITE,
    Lack.LOOKUP: LOOKUP,
    Lack.NAME_SERVER: LOOKUP,
    Lack.NAME: LOOKUP,
}
"""The link at which each thing is missing."""


def mending(router: Router, obstacle: Obstacle) -> tuple[MendingStep, ...]:
    """The next commands that bring what is missing."""
    match obstacle.lack:
        case Lack.CABLE:
            return (MendingStep(BENCH, f"cable {router.name} {obstacle.at} in"),)
        case Lack.SITE:
            return (MendingStep(BENCH, f"internet {router.name} on"),)
        case Lack.LEASE:
            return (MendingStep(BENCH, "advance 1m"),)
        case Lack.SHUT:
            lines: tuple[str, ...] = (f"interface {obstacle.at}", "no shutdown")
        case Lack.ADDRESS:
            lines = (f"interface {obstacle.at}", "ip address dhcp", "no shutdown")
        case Lack.ROUTE:
            lines = (f"ip route 0.0.0.0 0.0.0.0 {router.platform.wan_interface}",)
        case Lack.LOOKUP:
            lines = ("ip domain lookup",)
        case Lack.NAME_SERVER:
            lines = (f"ip name-server {NAME_SERVER}",)
        case _:
            return ()
    return tuple(MendingStep(router.name, each) for each in ("configure terminal", *lines, "end"))


def _service(world: World, router: Router) -> Iterator[Link]:
    """Yield the links of name, reachability and certificate of the service that the configuration names."""
    home = world.context.call_home
    assert isinstance(home, WorldCallHome)
    if router.state.running is None:
        yield blocked(NAME, "the configuration is not read before IOS runs")
        yield blocked(REACH, "nobody calls before IOS runs")
        yield blocked(CERTIFICATE, "nobody calls before IOS runs")
        return
    line = router.configuration.lines.get(SERVICE_URL_KEY)
    steps = tuple(MendingStep(router.name, each) for each in ("configure terminal", "no license call-home url", "end"))
    destination = destination_of(router)
    if destination is None:
        yield broken(NAME, f"'{line}' names no HTTPS address", *steps)
        yield blocked(REACH, "there is no address to call")
        yield blocked(CERTIFICATE, "there is no address to call")
        return
    yield ok(NAME, f"{destination.host}, port {destination.port}{'' if line else ', as nothing else is configured'}")
    if not home.in_process:
        yield ok(REACH, "calls go over HTTPS to the server that this world serves")
        yield ok(CERTIFICATE, "checked at each call against the authority of this world")
        return
    if destination.host == SERVICE_HOST:
        yield ok(REACH, f"{destination.host} is the licensing service")
    else:
        yield broken(REACH, f"nobody answers at {destination.host}; the service is {SERVICE_HOST}", *steps)
    yield not_needed(CERTIFICATE, "this world answers its calls without a network")


def _tftp(world: World, router: Router) -> Iterator[Link]:
    yield _power(world, router)
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
    yield not_needed(NAME, f"the server is called by its address, {SERVER_HOST}")
    if world.reach(router.name, SERVER_HOST) is not None:
        yield ok(REACH, f"{SERVER_HOST} answers; a URL is tftp://{SERVER_HOST}/NAME")
    else:
        yield blocked(REACH, f"{SERVER_HOST} cannot be reached")
    yield not_needed(CERTIFICATE, "TFTP has none")


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
    """What brings the router into the network of the lab's server: an address there, or the cable of its LAN."""
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


PATHS: Mapping[str, Callable[[World, Router], Iterator[Link]]] = {CALL_HOME: _call_home, TFTP: _tftp}
"""Paths that can be explained, by the names that are asked for."""
