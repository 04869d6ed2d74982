"""Questions of a bare `ping` and a bare `traceroute`.

C: the questions of a sweep, and that the question about routes comes again with the letters chosen so far, until it
is answered by Enter. R: a name is looked up as soon as it is given; bounds of a number are told, and it is asked again;
what is asked about a route beside its letter. I: what is told of wrong bounds of a sweep, after which nothing is sent.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.session.name_lookup import look_up
from emulator.console.wording import wording
from emulator.console.yes_or_no import yes_or_no
from emulator.kernel.effects import Ask, Effect, Say
from emulator.router.device import Router

SMALLEST, LARGEST = 36, 18024
"""Bytes of the smallest and the largest packet."""

ROUTE_DETAILS = {"l": "source_route", "s": "source_route", "r": "hops", "t": "timestamps", "v": ""}
"""Question about a route that follows its letter."""

VERBOSE = "V"


def ask_probed(router: Router) -> Generator[Effect, Any, tuple[str, str] | None]:
    """Ask for the protocol and the host; returns the host as typed and its address, None once one was refused."""
    protocol = (yield Ask(wording("ping.protocol"))).strip().lower()
    if protocol and not "ip".startswith(protocol):
        yield Say(wording("ping.unknown_protocol", protocol=protocol))
        return None
    host: str = (yield Ask(wording("ping.target"))).strip()
    address = (yield from look_up(router, host)) if host else None
    if address is None:
        yield Say(wording("ping.bad_address"))
        return None
    return host, address


def ask_bounded(key: str, default: int, least: int, most: int) -> Generator[Effect, Any, int]:
    """Ask for a number until it is one within its bounds; an empty answer is the default."""
    while True:
        answer = (yield Ask(wording(key, default=default))).strip()
        if not answer:
            return default
        if answer.isascii() and answer.isdecimal() and least <= int(answer[:12]) <= most:
            return int(answer[:12])
        yield Say(wording("ping.bad_number", least=least, most=most))


def ask_flag(key: str) -> Generator[Effect, Any, bool]:
    """Ask for yes or no, where an empty answer is no."""
    return (yield from yes_or_no(wording(key), default=False))


def ask_route() -> Generator[Effect, Any, str]:
    """Ask for the letters of the options of a route until none is added; each brings the verbose form with it."""
    chosen = ""
    while True:
        answer = (yield Ask(wording("ping.route", chosen=chosen or "none"))).strip().lower()
        if not answer:
            return chosen
        letter = answer[0]
        if letter not in ROUTE_DETAILS:
            yield Say(wording("ping.bad_route"))
            continue
        if ROUTE_DETAILS[letter] and letter.upper() not in chosen:
            yield Ask(wording(f"ping.{ROUTE_DETAILS[letter]}"))
        chosen = "".join(dict.fromkeys((chosen + letter.upper()).replace(VERBOSE, "") + VERBOSE))


def ask_sweep() -> Generator[Effect, Any, range | None]:
    """Ask for the sizes to try; None once wrong bounds were told, and an empty range where none are wanted."""
    if not (yield from ask_flag("ping.sweep")):
        return range(0)
    least = _number((yield Ask(wording("ping.sweep_least", default=SMALLEST))), SMALLEST)
    if least is None or not SMALLEST <= least <= LARGEST:
        yield Say(wording("ping.bad_least"))
        return None
    most = _number((yield Ask(wording("ping.sweep_most", default=LARGEST))), LARGEST)
    if most is None or not least <= most <= LARGEST:
        yield Say(wording("ping.bad_most"))
        return None
    interval = _number((yield Ask(wording("ping.sweep_interval"))), 1)
    if interval is None or not 1 <= interval <= max(most - least, 1):
        yield Say(wording("ping.bad_interval"))
        return None
    return range(least, most + 1, interval)


def _number(answer: str, default: int) -> int | None:
    """Read an answer: the default where it is empty, None where it is no number."""
    text = answer.strip()
    if not text:
        return default
    return int(text) if len(text) < 6 and text.isascii() and text.isdecimal() else None
