"""Screens of what runs by itself: applets, scheduled commands, and how often each message was logged.

R: forms. I: an applet is registered when the router comes up; an occurrence whose time is that of a day of the month or
the week tells its line alone.
"""

import re
from collections import Counter

from emulator.console.wording import wording
from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND, Duration
from emulator.router.configuration import Section
from emulator.router.device import Router
from emulator.router.syslog import severity

APPLET = "event manager applet "


def show_policies(router: Router) -> str:
    """Screen of the registered applets: what starts each, and its actions."""
    local = router.running.calendar.at(router.running.booted).local
    moment = f"{local:%a %b} {local.day} {local:%H:%M:%S %Y}"
    text = "No.  Class     Type    Event Type          Trap  Time Registered           Name\n"
    applets = ((key.removeprefix(APPLET), each) for key, each in router.configuration.sections.items() if _is(key))
    for number, (name, section) in enumerate(applets, start=1):
        event = next((line.split()[1:] for line in section.lines.values() if line.startswith("event ")), ["none"])
        kind = " ".join(event[:2]) if event[0] == "timer" else event[0]
        text += f"{number:<5d}{'applet':<10s}{'user':<8s}{kind:<20s}{'Off':<6s}{moment:<26s}{name}\n"
        text += "".join(_details(section, event))
    return text


def _is(key: str) -> bool:
    return key.startswith(APPLET)


def _details(section: Section, event: list[str]) -> list[str]:
    rows = [" ".join(event[2 if event[0] == "timer" else 1 :])]
    rows += [f"maxrun {int(section.word('maxrun') or '20')}.000"]
    rows += [line for line in section.lines.values() if line.startswith("action ")]
    return [f" {row}\n" for row in rows if row]


def show_schedule(router: Router) -> str:
    """Screen of the occurrences at which commands run, and when each does so next."""
    text = "\nKron Occurrence Schedule\n"
    for section in router.configuration.sections.values():
        words = section.header.split()
        if words[:2] == ["kron", "occurrence"]:
            text += _occurrence(router, words[2], words[3:])
    return text


def _occurrence(router: Router, name: str, words: list[str]) -> str:
    if words[0] == "in" and re.fullmatch(r"(?:\d{1,3}:)?(?:\d{1,2}:)?\d{1,3}", words[1]):
        *days, rest = (int(part) for part in words[1].split(":"))
        period = sum(unit * count for unit, count in zip((HOUR, DAY), reversed(days), strict=False)) + rest * MINUTE
        left = period - router.uptime() % period if period else 0
    elif len(words) == 3 and re.fullmatch(r"\d{1,2}:\d{2}", words[1]):
        hours, _, minutes = words[1].partition(":")
        local = router.running.calendar.at(router.now).local
        now = local.hour * HOUR + local.minute * MINUTE + local.second * SECOND
        left = (int(hours) * HOUR + int(minutes) * MINUTE - now) % DAY
    else:
        return f"{name} inactive, will run again {' '.join(words)}\n"
    return f"{name} inactive, will run again in {_span(left)}" + (
        f" {' '.join(words[:2])}\n" if words[0] == "at" else "\n"
    )


def _span(left: Duration) -> str:
    return f"{left // DAY} days {left % DAY // HOUR:02d}:{left % HOUR // MINUTE:02d}:{left % MINUTE // SECOND:02d}"


def show_message_counts(router: Router) -> str:
    """Screen of how often each message is in the buffer, by its facility."""
    texts = [entry.text for entry in router.running.log.entries if entry.text.startswith("%")]
    names = [text[1:].partition(":")[0] for text in texts]
    text = wording("log_count.head")
    by_facility: dict[str, Counter[str]] = {}
    for name, whole in zip(names, texts, strict=True):
        facility, _, mnemonic = name.rpartition("-")
        by_facility.setdefault(facility.rpartition("-")[0], Counter())[f"{mnemonic:<48s}{severity(whole):>4d}"] += 1
    for facility, counts in by_facility.items():
        for row, count in counts.items():
            text += f"{facility:<14s} {row}{count:>6d}\n"
        text += f"{'-' * 13} {'-' * 31} {'-' * 43}\n{facility + ' TOTAL':<67s}{sum(counts.values()):>6d}\n\n"
    return text
