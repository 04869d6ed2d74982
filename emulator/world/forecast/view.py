"""A forecast as facts: what happens when, to which router, and which PAK on hand would cover it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

import msgspec

from emulator.kernel.time import Duration, Instant, format_duration


class ForecastKind(StrEnum):
    """The kind of an event in a forecast.

    TRANSITION: an evaluation goes over into a right to use. RELOAD: from then on a reload brings another level.
    """

    WARNING = "warning"
    END = "end"
    TRANSITION = "transition"
    RELOAD = "reload"
    LETTER = "letter"


class ForecastRow(msgspec.Struct, frozen=True, gc=False):
    """An event in a forecast.

    Attributes:
        router: the router concerned; empty for a letter.
        subject: the feature of a license, the level that a reload brings, or the subject of a letter.
        license: the type of the license, by the word that `show license` prints; empty where it is about none.
        left: milliseconds that remain at a warning; None for other events.
        pak: the PAK on hand that would cover an end; empty where none does, or none is needed.
        installed: at an end, the type of a license of the same feature in the router that has no end, which the next
            boot uses; empty without one.
    """

    at: Instant
    router: str
    kind: ForecastKind
    subject: str
    license: str = ""
    left: Duration | None = None
    pak: str = ""
    installed: str = ""

    @property
    def text(self) -> str:
        """Event in words, without the router."""
        match self.kind:
            case ForecastKind.WARNING:
                return f"{self.license} of {self.subject} warns, {format_duration(self.left or 0)} left"
            case ForecastKind.END:
                return f"{self.license} of {self.subject} ends"
            case ForecastKind.TRANSITION:
                return f"{self.license} of {self.subject} goes over into a right to use"
            case ForecastKind.RELOAD:
                return f"from then on a reload brings {self.subject}"
            case ForecastKind.LETTER:
                return f"mail comes: {self.subject}"


class Forecast(msgspec.Struct, frozen=True):
    """The events of a world from `begin` to `end`, in order; `start` is the calendar at instant 0."""

    world: str
    start: datetime
    begin: Instant
    end: Instant
    rows: tuple[ForecastRow, ...]

    def calendar(self, instant: Instant) -> datetime:
        """Calendar of the world at an instant."""
        return self.start + timedelta(milliseconds=instant)


class DayEntry(msgspec.Struct, frozen=True):
    """An event on a day, of one router or many.

    Attributes:
        routers: their names in order; empty for a letter.
        paks: the PAKs that cover it, each once.
        covered: the number of routers that they cover.
        installed: the number of routers that need none, for a license without end is installed.
    """

    day: date
    kind: ForecastKind
    text: str
    routers: tuple[str, ...]
    paks: tuple[str, ...]
    covered: int
    installed: int

    @property
    def who(self) -> str:
        """Names of up to three routers, or the number of more."""
        names = self.routers
        return ", ".join(names) if len(names) <= 3 else f"{len(names)} routers ({names[0]} … {names[-1]})"

    @property
    def cover(self) -> str:
        """Licenses and PAKs on hand that cover it, in words; empty if it is no end."""
        if self.kind is not ForecastKind.END:
            return ""
        said = []
        if self.installed:
            said.append(f"a license without end is installed{self._share(self.installed)}")
        if self.covered:
            shown = ", ".join(self.paks[:3]) + (", …" if len(self.paks) > 3 else "")
            said.append(f"PAK {shown}{self._share(self.covered)}")
        return "; ".join(said) or "no PAK on hand"

    def _share(self, count: int) -> str:
        return f" ({count} of {len(self.routers)})" if count < len(self.routers) else ""


def days(forecast: Forecast) -> list[DayEntry]:
    """Group the forecast by day: one event of many routers on one day is one entry."""

    def key(row: ForecastRow) -> tuple[date, int, str]:
        return forecast.calendar(row.at).date(), order[row.kind], row.text

    order = {kind: place for place, kind in enumerate(ForecastKind)}
    found = []
    for (day, _, text), rows in groupby(sorted(forecast.rows, key=key), key):
        found.append(_entry(day, text, list(rows)))
    return found


def _entry(day: date, text: str, rows: list[ForecastRow]) -> DayEntry:
    names: Iterable[str] = dict.fromkeys(row.router for row in rows if row.router)
    paks: Iterable[str] = dict.fromkeys(row.pak for row in rows if row.pak)
    covered = sum(1 for row in rows if row.pak)
    installed = sum(1 for row in rows if row.installed)
    return DayEntry(day, rows[0].kind, text, tuple(sorted(names)), tuple(paks), covered, installed)
