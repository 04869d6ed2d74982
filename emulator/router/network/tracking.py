"""Tracked objects: what a router follows, and whether it is up, which is asked now.

Static routes hang on objects, and objects on routes, as a probe needs a way to its target. So the objects are asked in
rounds, as a router finds them after its start: all are down at first, and each round has the routes of the one before.
I: an object that takes its own ground away, and so would never come to rest, is down; and so is a list that contains
itself.
"""

from collections.abc import Iterator

import msgspec

from emulator.router.configuration import Section
from emulator.router.network.host import Host
from emulator.router.network.probes import probes, succeeds
from emulator.router.network.routes import routes
from emulator.router.network.views import interface_view

START = "track "


class Tracked(msgspec.Struct, frozen=True):
    """A tracked object: its number, what it is, in words, and its section."""

    number: int
    words: list[str]
    section: Section


def tracked(router: Host) -> Iterator[Tracked]:
    """Yield the tracked objects by their number."""
    found = [
        Tracked(int(key.removeprefix(START)), section.header.split()[2:], section)
        for key, section in router.configuration.sections.items()
        if key.startswith(START)
    ]
    yield from sorted(found, key=lambda each: each.number)


def is_up(router: Host, item: Tracked, seen: frozenset[int] = frozenset()) -> bool:
    """Tell whether a tracked object is up; `seen` are the lists that it is an object of."""
    match item.words:
        case ["ip", "sla", number, *_] | ["rtr", number, *_]:
            return any(succeeds(router, probe) for probe in probes(router) if probe.number == int(number))
        case ["interface", name, "line-protocol"]:
            return interface_view(router, name).protocol == "up"
        case ["interface", name, *_]:
            view = interface_view(router, name)
            return view.protocol == "up" and view.address is not None
        case ["ip", "route", network, mask, *_]:
            nets = (route.network for route in routes(router))
            return any((str(net.network_address), str(net.netmask)) == (network, mask) for net in nets)
        case ["list", *rest]:
            return _list_is_up(router, item, rest, seen | {item.number})
    return False


def _list_is_up(router: Host, item: Tracked, rest: list[str], seen: frozenset[int]) -> bool:
    known = {each.number: each for each in tracked(router)}
    states = []
    for line in item.section.lines.values():
        words = line.split()
        if words[0] == "object":
            number = int(words[1])
            up = number in known and number not in seen and is_up(router, known[number], seen)
            states.append(up != ("not" in words))
    return any(states) if "or" in rest else bool(states) and all(states)


def objects_up(router: Host) -> frozenset[int]:
    """Numbers of the tracked objects that are up."""
    items = list(tracked(router))
    rounds: list[frozenset[int]] = []
    found: frozenset[int] = frozenset()
    try:
        while found not in rounds:
            rounds.append(found)
            router.supposed_up = found
            found = frozenset(item.number for item in items if is_up(router, item))
    finally:
        router.supposed_up = None
    return frozenset.intersection(*rounds[rounds.index(found) :])
