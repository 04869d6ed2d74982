"""`ping`, `traceroute`: reaching the hosts of the lab.

R: forms, five packets of 100 bytes, two seconds for an answer, the first packet lost while the neighbour's address is
asked for. I: who answers (`router/network/reachability.py`) and the times. Left out: the dialogue of `ping` without an
address.
"""

from collections.abc import Generator
from ipaddress import IPv4Address
from typing import Any

from emulator.console.modes import EXEC
from emulator.console.session.name_lookup import look_up
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Effect, Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.router.interface_counters import Neighbour
from emulator.router.network.reachability import obstacle_on_way
from emulator.router.network.routes import lookup, routes
from emulator.router.network.views import interface_views

HELP = {
    "ping": "Send echo messages",
    "ping <host>": "Ping destination address or hostname",
    "ping ip": "IP echo",
    "ping ip <host>": "Ping destination address or hostname",
    "traceroute": "Trace route to destination",
    "traceroute <host>": "Trace route to destination address or hostname",
}

PACKETS = 5
TIMEOUT = 2 * SECOND
PROBES, MOST_HOPS, PROBE_TIMEOUT = 3, 30, 3 * SECOND


def reaches(router: Router, address: str) -> bool:
    """Tell whether a host answers: the router itself, or another one that a path leads to."""
    return obstacle_on_way(router, IPv4Address(address)) is None


def _learn(router: Router, address: str) -> bool:
    """Ask for the hardware address of a neighbour; says whether that was new."""
    route = lookup(routes(router), IPv4Address(address))
    known = any(each.address == address for each in router.running.neighbours)
    own = any(view.address == address for view in interface_views(router))
    if known or own or route is None or route.code != "C":
        return False
    bits = router.draw(f"hardware address of {address}").getrandbits(24)
    hardware = f"0200.5e{bits >> 16:02x}.{bits & 0xFFFF:04x}"
    neighbour = Neighbour(address, hardware, route.interface, router.now)
    router.running.neighbours = [*router.running.neighbours, neighbour]
    return True


def ping(session: Session, *, host: str) -> Handler:
    router = session.router
    address = yield from look_up(router, host)
    if address is None:
        yield Say(wording("ping.unknown"))
        return
    yield Say(wording("ping.begin", count=PACKETS, address=address, timeout=TIMEOUT // SECOND))
    times: list[int] = []
    for _ in range(PACKETS):
        if not reaches(router, address) or _learn(router, address):
            yield from _lost(TIMEOUT)
            continue
        times.append(router.draw(f"ping {len(times)}").choice((1, 1, 1, 2, 4)))
        yield Wait(times[-1])
        yield Say("!")
    rate = 100 * len(times) // PACKETS
    trip = f", round-trip min/avg/max = {min(times)}/{sum(times) // len(times)}/{max(times)} ms" if times else ""
    yield Say(wording("ping.end", rate=rate, got=len(times), count=PACKETS, trip=trip))


def _lost(timeout: int) -> Generator[Effect, Any, None]:
    yield Wait(timeout)
    yield Say(".")


def traceroute(session: Session, *, host: str) -> Handler:
    router = session.router
    address = yield from look_up(router, host)
    if address is None:
        yield Say(wording("traceroute.unknown"))
        return
    shown = address if address == host else f"{host} ({address})"
    yield Say(wording("traceroute.begin", address=shown))
    if reaches(router, address):
        times = [router.draw(f"probe {number}").choice((0, 0, 4)) for number in range(PROBES)]
        yield Wait(sum(times))
        yield Say(f"  1 {shown} {' '.join(f'{each} msec' for each in times)}\n")
        return
    for hop in range(1, MOST_HOPS + 1):
        yield Say(f"{hop:3d} ")
        for _ in range(PROBES):
            yield Wait(PROBE_TIMEOUT)
            yield Say(" * ")
        yield Say("\n")


_SOURCE = "IOS configuration fundamentals command reference, recalled"
COMMANDS = (
    Command("ping [ip] <host:Word>", modes=(EXEC,), run=ping, output="ping", source=_SOURCE, basis="R"),
    Command("traceroute <host:Word>", modes=(EXEC,), run=traceroute, output="ping", source=_SOURCE, basis="R"),
)
