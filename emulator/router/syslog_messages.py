"""The system message catalogue: which event is told with which words. The table is `messages.toml`.

Every sink (console, buffer, syslog, trap) takes its text from here, so that one later capture corrects a string in
one place. Events without a row are not told to the router's user.
"""

import string
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from emulator.kernel.datafile import read_toml
from emulator.kernel.events import Event
from emulator.kernel.time import DAY, HOUR, MINUTE, WEEK, Duration
from emulator.licensing.udi import Udi

NO_LICENSE = "No valid license found"
"""What the level message names when the next boot has no license (C)."""


class MessageRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row: `id` is FACILITY-SEVERITY-MNEMONIC."""

    id: str
    text: str
    basis: str
    source: str


@cache
def catalogue() -> dict[str, MessageRule]:
    """Rows by event class name."""
    return read_toml(Path(__file__).with_name("messages.toml"), dict[str, MessageRule])


class _Told(msgspec.Struct):
    """The event that was last put into words: the sinks of one event ask one after the other."""

    event: Event | None = None
    text: str | None = None


_last = _Told()


def message_of(event: Event, udi: Udi) -> str | None:
    """`%LICENSE-6-INSTALL: Feature …` for an event, or None if it is not told."""
    if _last.event is not event:
        _last.event, _last.text = event, _worded(event, udi)
    return _last.text


def _worded(event: Event, udi: Udi) -> str | None:
    rule = catalogue().get(type(event).__name__)
    if rule is None:
        return None
    slots = {name: _word(name, getattr(event, name)) for name in _slots(rule.text)}
    return f"%{rule.id}: " + rule.text.format(udi=udi, **slots)


@cache
def _slots(text: str) -> tuple[str, ...]:
    """The fields of the event that a text shows."""
    named = (slot for _, slot, _, _ in string.Formatter().parse(text) if slot)
    return tuple(dict.fromkeys(slot for slot in named if slot != "udi"))


def _word(name: str, value: Any) -> Any:
    if name == "left":
        return period_words(value)
    if name == "ago":
        return f"{period_words(value)} ago" if value else "now.."
    if name == "license" and value is None:
        return NO_LICENSE
    return ("down", "up")[value] if isinstance(value, bool) else value


@lru_cache(maxsize=1024)
def period_words(period: Duration) -> str:
    """`1 week 6 days`: the two largest units that are not zero, larger first (R)."""
    words = []
    for unit, size in (("week", WEEK), ("day", DAY), ("hour", HOUR), ("minute", MINUTE)):
        count, period = divmod(period, size)
        if count:
            words.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(words[:2]) or "0 minutes"
