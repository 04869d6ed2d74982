"""`show track`: the objects that are followed, and whether they are up.

C2: the forms of 15.x, as public outputs have them. I: an object has changed once, when the router came up.
"""

from itertools import pairwise

from emulator.console.render.ages import age
from emulator.router.device import Router
from emulator.router.network.probes import probes, succeeds
from emulator.router.network.tracking import Tracked, tracked

BRIEF_HEAD = "Track Type        Instance                   Parameter        State Last Change\n"


def show_track(router: Router, number: int | None = None) -> str:
    """A block an object, or that of one."""
    return "".join(_block(router, each) for each in tracked(router) if number in {None, each.number})


def _block(router: Router, item: Tracked) -> str:
    title, fact = _titles(item.words)
    up = item.number in router.objects_up
    text = f"Track {item.number}\n  {title}\n  {fact} is {'Up' if up else 'Down'}\n"
    text += f"    1 change, last change {age(router.uptime())}\n"
    delay = item.section.word("delay").split()
    seconds = dict(zip(delay[::2], delay[1::2], strict=False))
    text += "".join(f"  Delay {each} {seconds[each]} secs\n" for each in ("up", "down") if each in seconds)
    if item.words[0] == "list":
        for line in item.section.lines.values():
            words = line.split()
            if words[0] == "object":
                object_up = int(words[1]) in router.objects_up
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


def show_track_table(router: Router) -> str:
    """Screen of `show ip route track-table`: the static routes that hang on objects (R)."""
    rows = ""
    for line in router.configuration.lines.values():
        words = line.split()
        numbers = [after for word, after in pairwise(words) if word == "track" and after.isdecimal()]
        if words[:2] == ["ip", "route"] and numbers:
            rows += f" {line} state is [{'up' if int(numbers[-1]) in router.objects_up else 'down'}]\n"
    return rows


def show_track_brief(router: Router) -> str:
    """A line an object."""
    rows = ""
    for item in tracked(router):
        kind, instance, parameter = _columns(item.words)
        state = "Up" if item.number in router.objects_up else "Down"
        rows += f"{item.number:<6d}{kind:<12s}{instance:<27s}{parameter:<17s}{state:<6s}{age(router.uptime())}\n"
    return BRIEF_HEAD + rows if rows else ""


def _columns(words: list[str]) -> tuple[str, str, str]:
    match words:
        case ["ip", "sla", number, *rest] | ["rtr", number, *rest]:
            return "ip sla", number, rest[0] if rest else "state"
        case ["ip", "route", network, mask, *rest]:
            return "ip route", f"{network} {mask}", rest[0]
    return words[0], words[1], " ".join(words[2:])
