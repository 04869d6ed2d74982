"""`ping`, `traceroute`: reaching the hosts of the lab.

R: forms, five packets of 100 bytes, two seconds for an answer, the first packet lost while the neighbor's address is
asked for; questions (`console/dialogs/probe_questions.py`) and options. C: the lines of replies that are told one by
one, and the head of a sweep, which sends all its sizes as often as packets were wanted. I: who answers
(`router/network/reachability.py`) and the times; patterns, types of service and routes are asked for, and change
nothing.
"""

from collections.abc import Generator
from functools import partial
from ipaddress import IPv4Address
from typing import Any

import msgspec

from emulator.console.configuration.conditions import feature
from emulator.console.dialogs.probe_questions import (
    LARGEST,
    SMALLEST,
    VERBOSE,
    ask_bounded,
    ask_flag,
    ask_probed,
    ask_route,
    ask_sweep,
)
from emulator.console.modes import EXEC
from emulator.console.render.interfaces.interfaces import protocol_mtu
from emulator.console.render.system.packet_debug import packet_lines
from emulator.console.session.name_lookup import look_up
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Effect, Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.router.events import PacketDebugged
from emulator.router.interface_counters import Neighbour
from emulator.router.network.addressing import vrf_of
from emulator.router.network.reachability import obstacle_on_way, way_out
from emulator.router.network.routes import has_address, lookup, routes, vrfs
from emulator.router.network.traffic import count_echo, count_packets, fate
from emulator.router.network.views import interface_view, interface_views

_HOST = "destination address or hostname"
HELP = {
    "ping": "Send echo messages",
    "traceroute": "Trace route to destination",
    **{f"{verb} {words}": text for verb, option in (("ping", "data"), ("traceroute", "probe")) for words, text in (
        ("<host>", f"{verb.capitalize()} {_HOST}"),
        ("<host> <options>", "Options"),
        ("ip", "IP echo" if option == "data" else "IP Trace"),
        ("ip <host>", f"{verb.capitalize()} {_HOST}"),
        ("ip <host> <options>", "Options"),
        ("vrf", "Select VPN routing instance"),
        ("vrf <vrf>", "VPN Routing/Forwarding instance name"),
        ("vrf <vrf> <host>", f"{verb.capitalize()} {_HOST}"),
        ("vrf <vrf> <host> <options>", "Options"),
        ("vrf <vrf> ip", "IP echo" if option == "data" else "IP Trace"),
        ("vrf <vrf> ip <host>", f"{verb.capitalize()} {_HOST}"),
        ("vrf <vrf> ip <host> <options>", "Options"),
    )},
}  # fmt: skip

MARKS_A_LINE = 70
"""Marks of one line of `!` and `.` (R)."""

PACKETS = 5
TIMEOUT = 2 * SECOND
PROBES, MOST_HOPS, PROBE_TIMEOUT = 3, 30, 3 * SECOND


def reaches(router: Router, address: str) -> bool:
    """Tell whether a host answers: the router itself, or another one that a path leads to."""
    return obstacle_on_way(router, IPv4Address(address)) is None


def _learn(router: Router, address: str) -> bool:
    """Ask for the hardware address of a neighbor; says whether that was new."""
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


class Probe(msgspec.Struct, frozen=True):
    """An order to probe: the number of echoes and their size, the source, and the seconds to wait for an answer.

    Attributes:
        whole: packets may not be broken into fragments.
        sweep: the sizes of a sweep, in their order; empty for packets of one size.
        verbose: each reply is told by a line of its own.
    """

    count: int = PACKETS
    size: int = 100
    timeout: int = TIMEOUT // SECOND
    source: str = ""
    vrf: str = ""
    whole: bool = False
    sweep: range = range(0)
    verbose: bool = False

    @property
    def total(self) -> int:
        """Number of echoes."""
        return self.count * max(len(self.sweep), 1)

    @property
    def sizes(self) -> str:
        """Size as the head tells it."""
        return f"[{self.sweep[0]}..{self.sweep.stop - 1}]" if self.sweep else str(self.size)

    def size_of(self, number: int) -> int:
        """Size of an echo."""
        return self.sweep[number % len(self.sweep)] if self.sweep else self.size


def _first(options: dict[str, list[Any]], name: str, default: Any) -> Any:
    """Value of an option, or its default."""
    return options.get(name, [default])[0]


def ping(session: Session, *, host: str, options: dict[str, list[Any]] | None) -> Handler:
    yield from ping_in_vrf(session, vrf="", host=host, options=options)


def ping_in_vrf(session: Session, *, vrf: str, host: str, options: dict[str, list[Any]] | None) -> Handler:
    given, usual = options or {}, Probe()
    probe = Probe(
        _first(given, "repeat", usual.count),
        _first(given, "size", usual.size),
        _first(given, "timeout", usual.timeout),
        _first(given, "source", ""),
        vrf,
        "df-bit" in given,
    )
    yield from _ping(session, host, probe)


def ping_by_questions(session: Session) -> Handler:
    """Ask for everything, as a bare `ping` does (R)."""
    target = yield from ask_probed(session.router)
    if target is None:
        return
    count = yield from ask_bounded("ping.repeat", PACKETS, 1, 2147483647)
    size = yield from ask_bounded("ping.size", 100, SMALLEST, LARGEST)
    timeout = yield from ask_bounded("ping.timeout", TIMEOUT // SECOND, 0, 3600)
    source, whole, route = "", False, ""
    if (yield from ask_flag("ping.extended")):
        source = (yield Ask(wording("ping.source"))).strip()
        yield from ask_bounded("ping.tos", 0, 0, 255)
        whole = yield from ask_flag("ping.df_bit")
        yield from ask_flag("ping.validate")
        yield Ask(wording("ping.pattern"))
        route = yield from ask_route()
    sweep = yield from ask_sweep()
    if sweep is None:
        return
    probe = Probe(count, size, timeout, source, whole=whole, sweep=sweep, verbose=VERBOSE in route)
    yield from _ping(session, target[1], probe)


def _ping(session: Session, host: str, probe: Probe) -> Handler:
    router = session.router
    source = yield from _find_source(router, probe.vrf, probe.source)
    if source is None:
        return
    address = yield from look_up(router, host)
    if address is None:
        yield Say(wording("ping.unknown"))
        return
    begin = wording("ping.begin", count=probe.total, size=probe.sizes, address=address, timeout=probe.timeout)
    yield Say(begin)
    if source:
        yield Say(wording("ping.from", source=source))
    if probe.whole:
        yield Say(wording("ping.whole"))
    times: list[int] = []
    for sent in range(probe.total):
        if sent and sent % MARKS_A_LINE == 0 and not probe.verbose:
            yield Say("\n")
        size = probe.size_of(sent)
        goes = _fits(router, address, size, whole=probe.whole) and _answers(router, address, probe.vrf)
        asked = goes and _learn(router, address)
        answered = goes and not asked
        if not probe.vrf:
            count_packets(router, address, size, answered=answered)
            outcome = fate(router, address, answered=answered, asked=asked)
            count_echo(router, outcome)
            for text in packet_lines(router, address, source, size, outcome):
                router.tell(PacketDebugged, text=text)
        if answered:
            times.append(router.draw(f"ping {len(times)}").choice((1, 1, 1, 2, 4)))
            yield Wait(times[-1])
        else:
            yield Wait(probe.timeout * SECOND, _result(times, max(sent, 1), probe))
        yield Say(_told(probe, sent, times[-1] if answered else None))
    yield Say(_result(times, probe.total, probe))


def _told(probe: Probe, number: int, time: int | None) -> str:
    """Tell of one echo: a mark, or a line where each is told at length; no time is none that came in time."""
    if not probe.verbose:
        return "." if time is None else "!"
    size = f" (size {probe.size_of(number)})" if probe.sweep else ""
    return f"Request {number} timed out{size}\n" if time is None else f"Reply to request {number} ({time} ms){size}\n"


def _result(times: list[int], count: int, probe: Probe) -> str:
    """The last line, of so many echoes; one who breaks off is told of those that were sent (R)."""
    rate = 100 * len(times) // count
    trip = f", round-trip min/avg/max = {min(times)}/{sum(times) // len(times)}/{max(times)} ms" if times else ""
    text = wording("ping.end", rate=rate, got=len(times), count=count, trip=trip)
    return text.removeprefix("\n") if probe.verbose else text


def _fits(router: Router, address: str, size: int, *, whole: bool) -> bool:
    """Tell whether a packet leaves: one that may not be broken is dropped where it is larger than those of the way."""
    out = way_out(router, IPv4Address(address)) if whole and not has_address(router, address) else None
    return out is None or size <= protocol_mtu(interface_view(router, out), router.configuration.sections, "ip")


def _answers(router: Router, address: str, vrf: str) -> bool:
    """Tell whether a host answers; in a VRF only the router itself does, for the lab's hosts are behind the others."""
    if not vrf:
        return reaches(router, address)
    return any(view.address == address and vrf_of(router, view.name) == vrf for view in interface_views(router))


def _find_source(router: Router, vrf: str, text: str) -> Generator[Effect, Any, str | None]:
    """Find the address of a source; returns None once it was told that there is no such VRF or source."""
    if vrf and vrf not in vrfs(router):
        yield Say(wording("ping.no_vrf", vrf=vrf))
        return None
    source = _source(router, text)
    if source is None:
        yield Say(wording("ping.bad_source"))
    return source


def _source(router: Router, text: str) -> str | None:
    """Address that a source means; empty for none, None for one that the router does not have (R)."""
    if not text:
        return ""
    found = {view.name: view.address for view in interface_views(router) if view.protocol.startswith("up")}
    address = found.get(text, text)
    return address if address in found.values() and address is not None else None


def traceroute(session: Session, *, host: str, options: dict[str, list[Any]] | None) -> Handler:
    yield from traceroute_in_vrf(session, vrf="", host=host, options=options)


def traceroute_by_questions(session: Session) -> Handler:
    """Ask for everything, as a bare `traceroute` does (R)."""
    target = yield from ask_probed(session.router)
    if target is None:
        return
    source = (yield Ask(wording("traceroute.source"))).strip()
    yield from ask_flag("traceroute.numeric")
    given: dict[str, list[Any]] = {"source": [source]} if source else {}
    for name, default, most in (
        ("timeout", PROBE_TIMEOUT // SECOND, 3600),
        ("probe", PROBES, 65535),
        ("least", 1, 255),
        ("most", MOST_HOPS, 255),
        ("port", 33434, 65535),
    ):
        given[name] = [(yield from ask_bounded(f"traceroute.{name}", default, 1, most))]
    yield from ask_route()
    given["ttl"] = [*given.pop("least"), *given.pop("most")]
    if (yield from _find_source(session.router, "", source)) is not None:
        yield from _trace(session.router, "", *target, given)


def traceroute_in_vrf(session: Session, *, vrf: str, host: str, options: dict[str, list[Any]] | None) -> Handler:
    router, given = session.router, options or {}
    if (yield from _find_source(router, vrf, _first(given, "source", ""))) is None:
        return
    address = yield from look_up(router, host)
    if address is None:
        yield Say(wording("traceroute.unknown"))
        return
    yield from _trace(router, vrf, host, address, given)


def _trace(router: Router, vrf: str, host: str, address: str, given: dict[str, list[Any]]) -> Handler:
    """Probe the way to an address, hop after hop."""
    probes, timeout = _first(given, "probe", PROBES), _first(given, "timeout", PROBE_TIMEOUT // SECOND)
    first_hop, last_hop = given.get("ttl", [1, MOST_HOPS])
    shown = address if address == host else f"{host} ({address})"
    yield Say(wording("traceroute.begin", address=shown))
    answering = _answering(router, address, vrf)
    for hop in range(first_hop, last_hop + 1):
        if not answering:
            yield from _unanswered_probes(hop, probes, timeout)
        elif hop <= len(answering):
            at = answering[hop - 1]
            drawn = range((hop - 1) * probes, hop * probes)
            times = [router.draw(f"probe {number}").choice((0, 0, 4)) for number in drawn]
            yield Wait(sum(times))
            name = shown if at == address else at
            yield Say(f"{hop:3d} {name} {' '.join(f'{each} msec' for each in times)}\n")


def _answering(router: Router, address: str, vrf: str) -> list[str]:
    """Addresses that answer probes on the way to a host, one a hop; none where the host is not reached."""
    if not _answers(router, address, vrf):
        return []
    return [address] if vrf else router.context.network.hops(router.name, address)


def _unanswered_probes(hop: int, probes: int, timeout: int) -> Handler:
    yield Say(f"{hop:3d} ")
    for _ in range(probes):
        yield Wait(timeout * SECOND, "\n")
        yield Say(" * ")
    yield Say("\n")


_SOURCE = "IOS configuration fundamentals command reference, recalled"
_VRF = feature("vrf")
_PING = partial(Command, modes=(EXEC,), source=_SOURCE, basis="R")
COMMANDS = (
    _PING("ping", run=ping_by_questions, output="ping_options"),
    _PING("ping [ip] <host:Word> [<options:PingOptions>]", run=ping, output="ping"),
    _PING("ping vrf <vrf:Word> [ip] <host:Word> [<options:PingOptions>]", run=ping_in_vrf, when=_VRF),
    _PING("traceroute", run=traceroute_by_questions, output="ping_options"),
    _PING("traceroute [ip] <host:Word> [<options:TraceOptions>]", run=traceroute, output="ping"),
    _PING("traceroute vrf <vrf:Word> [ip] <host:Word> [<options:TraceOptions>]", run=traceroute_in_vrf, when=_VRF),
)
