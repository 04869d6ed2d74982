"""`show track`: the objects that are followed, and whether they are up.

C2: the forms of 15.x, as public outputs have them. The state is asked now. I: an object has changed once, when the
router came up; a list that contains itself is down.
"""

from collections.abc import Iterator

import msgspec

from emulator.console.render.ages import age
from emulator.console.render.services.probes import probes, succeeds
from emulator.router.configuration import Section
from emulator.router.device import Router
from emulator.router.network.routes import routes
from emulator.router.network.views import interface_view

START = "track "
BRIEF_HEAD = "Track Type        Instance                   Parameter        State Last Change\n"


class Tracked(msgspec.Struct, frozen=True):
    """A tracked object: its number, what it is, in words, and its section."""

    number: int
    words: list[str]
    section: Section


def tracked(router: Router) -> Iterator[Tracked]:
    """Yield the tracked objects by their number."""
    found = [
        Tracked(int(key.removeprefix(START)), section.header.split()[2:], section)
        for key, section in router.configuration.sections.items()
        if key.startswith(START)
    ]
    yield from sorted(found, key=lambda each: each.number)


def is_up(router: Router, item: Tracked, seen: frozenset[int] = frozenset()) -> bool:
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


def _list_is_up(router: Router, item: Tracked, rest: list[str], seen: frozenset[int]) -> bool:
    known = {each.number: each for each in tracked(router)}
    states = []
    for line in item.section.lines.values():
        words = line.split()
        if words[0] == "object":
            number = int(words[1])
            up = number in known and number not in seen and is_up(router, known[number], seen)
            states.append(up != ("not" in words))
    return any(states) if "or" in rest else bool(states) and all(states)


def show_track(router: Router, number: int | None = None) -> str:
    """A block an object, or that of one."""
    return "".join(_block(router, each) for each in tracked(router) if number in {None, each.number})


def _block(router: Router, item: Tracked) -> str:
    title, fact = _titles(item.words)
    up = is_up(router, item)
    text = f"Track {item.number}\n  {title}\n  {fact} is {'Up' if up else 'Down'}\n"
    text += f"    1 change, last change {age(router.uptime())}\n"
    delay = item.section.word("delay").split()
    seconds = dict(zip(delay[::2], delay[1::2], strict=False))
    text += "".join(f"  Delay {each} {seconds[each]} secs\n" for each in ("up", "down") if each in seconds)
    if item.words[0] == "list":
        for line in item.section.lines.values():
            words = line.split()
            if words[0] == "object":
                object_up = any(each.number == int(words[1]) and is_up(router, each) for each in tracked(router))
                text += f"    object {words[1]} {'Up' if object_up else 'Down'}\n"
    if probe := _probe(item.words):
        found = next((each for each in probes(router) if each.number == probe), None)
        runs = found is not None and found.runs
        good = found is not None and succeeds(router, found)
        text += f"  Latest operation return code: {('OK' if good else 'Timeout') if runs else 'Unknown'}\n"
        text += "  Latest RTT (millisecs) 1\n" if good else ""
    return text


def _probe(words: list[str]) -> int:
    """Number of the probe that an object follows; 0 for none."""
    match words:
        case ["ip", "sla", number, *_] | ["rtr", number, *_]:
            return int(number)
    return 0


def _titles(words: list[str]) -> tuple[str, str]:
    """Titles of an object: its kind, and the fact that is up or down."""
    match words:
        case ["ip", "sla", number, *rest]:
            what = rest[0] if rest else "state"
            return f"IP SLA {number} {what}", what.capitalize()
        case ["rtr", number, *rest]:
            what = rest[0] if rest else "state"
            return f"Response Time Reporter {number} {what}", what.capitalize()
        case ["interface", name, "line-protocol"]:
            return f"Interface {name} line-protocol", "Line protocol"
        case ["interface", name, *_]:
            return f"Interface {name} ip routing", "IP routing"
        case ["ip", "route", network, mask, *rest]:
            return f"IP route {network} {mask} {' '.join(rest)}", rest[0].capitalize()
        case ["list", "boolean", how]:
            return f"List boolean {how}", f"Boolean {how.upper()}"
    return " ".join(words).capitalize(), "Threshold"


def show_track_brief(router: Router) -> str:
    """A line an object."""
    rows = ""
    for item in tracked(router):
        kind, instance, parameter = _columns(item.words)
        state = "Up" if is_up(router, item) else "Down"
        rows += f"{item.number:<6d}{kind:<12s}{instance:<27s}{parameter:<17s}{state:<6s}{age(router.uptime())}\n"
    return BRIEF_HEAD + rows if rows else ""


def _columns(words: list[str]) -> tuple[str, str, str]:
    match words:
        case ["ip", "sla", number, *rest] | ["rtr", number, *rest]:
            return "ip sla", number, rest[0] if rest else "state"
        case ["ip", "route", network, mask, *rest]:
            return "ip route", f"{network} {mask}", rest[0]
    return words[0], words[1], " ".join(words[2:])
