"""The system message catalog: which event is told with which words. The table is `messages.toml`.

Every sink (console, buffer, syslog, trap) takes its text from here, so that one later capture corrects a string in
one place. Events without a row are not told to the router's user.
"""

import re
import string
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from emulator.hardware import events as hardware_events
from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName, nearest
from emulator.kernel.events import Event
from emulator.kernel.time import DAY, HOUR, MINUTE, WEEK, Duration
from emulator.licensing import events as license_events
from emulator.licensing import expiry
from emulator.licensing.udi import Udi
from emulator.router import events as router_events

_ID = re.compile(r"[A-Z0-9_]+-[0-7]-[A-Z0-9_]+", re.ASCII)

NO_LICENSE = "No valid license found"
"""License name in the level message when the next boot has none (C)."""


class MessageRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the message catalog: `id` is FACILITY-SEVERITY-MNEMONIC."""

    id: str
    text: str
    basis: Basis
    source: str

    @property
    def shown(self) -> str:
        """Text as documents show it, each slot by its name alone."""
        return _template(self.text)[0]


@cache
def catalogue() -> dict[str, MessageRule]:
    """Rows of the catalog by event class name."""
    return read_catalogue(Path(__file__).with_name("messages.toml"))


def read_catalogue(file: Path) -> dict[str, MessageRule]:
    """Rows of a table by event class name.

    Raises:
        DataFileError: the file is wrong, an event is unknown, or a slot is not a field of its event or has an unknown
            format.
    """
    rules = read_toml(file, dict[str, MessageRule])
    for name, rule in rules.items():
        _check(str(file), name, rule)
    return rules


@cache
def events() -> dict[str, type[Event]]:
    """The events of routers, their hardware and their licenses by the names of their classes."""
    found: dict[str, type[Event]] = {}
    for module in (router_events, hardware_events, license_events, expiry):
        found |= {
            name: each for name, each in vars(module).items() if isinstance(each, type) and issubclass(each, Event)
        }
    return found


def _check(file: str, name: str, rule: MessageRule) -> None:
    if name not in events():
        raise DataFileError(file, name, str(UnknownName("event", name, events())))
    if not _ID.fullmatch(rule.id):
        raise DataFileError(file, f"{name}.id", f"'{rule.id}' is not FACILITY-SEVERITY-MNEMONIC")
    known = {*events()[name].__struct_fields__, "udi"}
    try:
        slots = list(string.Formatter().parse(rule.text))
    except ValueError as error:
        raise DataFileError(file, f"{name}.text", f"is not well formed: {error}") from None
    for _, slot, written, conversion in slots:
        if slot is not None and slot not in known:
            raise DataFileError(file, f"{name}.text", str(UnknownName("slot", slot, known)))
        if slot is not None and (written or conversion) and written not in FORMATS:
            problem = (
                f"unknown format '{written or conversion}' of the slot '{slot}'. {nearest(written or '', FORMATS)}"
            )
            raise DataFileError(file, f"{name}.text", problem)


@lru_cache(maxsize=16)
def message_of(event: Event, udi: Udi) -> str | None:
    """Text `%LICENSE-6-INSTALL: Feature …` of an event, or None if it has no message.

    The last few texts are cached, since the sinks of one event ask one after the other.
    """
    rule = catalogue().get(type(event).__name__)
    if rule is None:
        return None
    text, slots = _template(rule.text)
    words = {name: getattr(event, name) if write is None else write(getattr(event, name)) for name, write in slots}
    return f"%{rule.id}: " + text.format(udi=udi, **words)


@cache
def _template(text: str) -> tuple[str, tuple[tuple[str, Callable[[Any], str] | None], ...]]:
    """A text without the formats of its slots, and the fields of the event that it shows with what writes each."""
    plain, slots = "", {}
    for before, slot, written, _ in string.Formatter().parse(text):
        plain += before.replace("{", "{{").replace("}", "}}")
        if slot is not None:
            plain += f"{{{slot}}}"
            slots[slot] = FORMATS.get(written or "")
    slots.pop("udi", None)
    return plain, tuple(slots.items())


@lru_cache(maxsize=1024)
def period_words(period: Duration) -> str:
    """Format a period as `1 week 6 days`: the two largest units that are not zero, larger first (R)."""
    words = []
    for unit, size in (("week", WEEK), ("day", DAY), ("hour", HOUR), ("minute", MINUTE)):
        count, period = divmod(period, size)
        if count:
            words.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(words[:2]) or "0 minutes"


def _ago(period: Duration) -> str:
    return f"{period_words(period)} ago" if period else "now.."


def _license(name: str | None) -> str:
    return NO_LICENSE if name is None else name


def _updown(up: bool) -> str:
    return "up" if up else "down"


FORMATS: dict[str, Callable[[Any], str]] = {
    "period": period_words,
    "ago": _ago,
    "license": _license,
    "updown": _updown,
}
"""Formats of a slot by their names in the table: each writes the value of a field."""
