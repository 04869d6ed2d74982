"""The ways from a router to the licensing service, to the lab's TFTP server and to its mail server, link by link, and
that of a manager to its license agent.

Each link is judged by what the world itself asks for when a call or a copy is made; what it does not ask for, as an
address on a WAN port that nobody has configured, is said to be so.
"""

from collections.abc import Callable, Iterator, Mapping
from ipaddress import IPv4Address

from emulator.router.configuration import SERVICE_URL_KEY
from emulator.router.device import Router
from emulator.router.network.reachability import Lack, Obstacle, obstacle_on_way, obstacle_to_service, way_out
from emulator.router.network.wan import is_untouched
from emulator.world.call_home.gateway import SERVER, SERVICE_HOST, WorldCallHome, destination_of
from emulator.world.explanation.agent_path import AGENT, agent_links
from emulator.world.explanation.mail_path import mail_links
from emulator.world.explanation.readable import readable
from emulator.world.explanation.server_path import (
    ADDRESS,
    CABLE,
    CERTIFICATE,
    NAME,
    REACH,
    ROUTE,
    server_links,
)
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
from emulator.world.mail_server import MAIL
from emulator.world.site_network import NAME_SERVER
from emulator.world.world import TFTP, World

CALL_HOME = "call-home"

POWER, SITE, LOOKUP = "power", "site", "lookup"


def explain_path(world: World, router: str, name: str) -> Explanation:
    """Say whether a router reaches a service, and where the path is broken.

    Args:
        name: one of `PATHS`.

    Raises:
        UnknownName: the router does not exist.
    """
    links = readable(world.router(router), PATHS[name](world, world.router(router)))
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
    if obstacle is not None and LINK_OF.get(obstacle.lack) == LOOKUP:
        # a call stops before it looks for a way; whoever has mended the name needs one next
        on_way = obstacle_on_way(router, IPv4Address(NAME_SERVER))
        obstacle = on_way if on_way is not None and on_way.lack in LINK_OF else obstacle
    wan = router.platform.wan_interface
    facts = {
        CABLE: f"{wan} is up",
        ADDRESS: "an interface to the provider has an IP address",
        ROUTE: "a route leads there",
        SITE: "the site has Internet",
        LOOKUP: "its name is known",
    }
    lacking = LINK_OF[obstacle.lack] if obstacle is not None and obstacle.lack in LINK_OF else None
    leased = lacking != SITE or way_out(router, IPv4Address(NAME_SERVER)) is not None
    met = True
    for name, fact in facts.items():
        if name == lacking:
            assert obstacle is not None
            met = False
            yield broken(name, f"{obstacle.at}: {obstacle.lack}", *mending(router, obstacle))
        elif name in {ADDRESS, ROUTE} and not leased:
            yield blocked(name, "the provider assigns none to a site without Internet")
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
    if world.is_down(SERVER) and (destination.host == SERVICE_HOST or not home.in_process):
        step = MendingStep(BENCH, f"server {SERVER} up")
        yield broken(REACH, f"the licensing service does not answer at {destination.host}", step)
        yield blocked(CERTIFICATE, "nobody answers who has one")
        return
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
    yield from server_links(world, router)


def _mail(world: World, router: Router) -> Iterator[Link]:
    yield _power(world, router)
    yield from mail_links(world, router)


def _agent(world: World, router: Router) -> Iterator[Link]:
    yield _power(world, router)
    yield from agent_links(router)


PATHS: Mapping[str, Callable[[World, Router], Iterator[Link]]] = {
    CALL_HOME: _call_home,
    TFTP: _tftp,
    MAIL: _mail,
    AGENT: _agent,
}
"""Paths that can be explained, by the names that are asked for."""
