"""A recorded session as data: what appeared where and when, the mail that came, and what licenses did meanwhile."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

import msgspec

from emulator.kernel.time import Instant


class Piece(msgspec.Struct, frozen=True):
    """Text that appeared.

    Attributes:
        at: when.
        place: the bench, a router, a client, or a shell.
        text: as it came.
        typed: what a person typed of it; it stands at its end, before the line's end.
    """

    at: Instant
    place: str
    text: str
    typed: str = ""


class Passage(msgspec.Struct):
    """A step of a scenario, or a section of a page: its title, and what appeared in it."""

    at: Instant
    number: int
    title: str
    pieces: list[Piece] = []

    def in_turn(self) -> Iterator[Piece]:
        """The pieces, place by place between what is typed: what appears at several places at once is not mixed."""
        together: dict[str, list[Piece]] = {}
        for piece in self.pieces:
            if piece.typed:
                yield from chain.from_iterable(together.values())
                together = {}
            together.setdefault(piece.place, []).append(piece)
        yield from chain.from_iterable(together.values())


class Stretch(msgspec.Struct, frozen=True):
    """A time through which a router ran one level on one license.

    Attributes:
        level: empty while it ran none.
        license: type of the license, as the router names it; `none` for a base level without one.
    """

    router: str
    level: str
    license: str
    begin: Instant
    end: Instant


class LicenseMark(msgspec.Struct, frozen=True):
    """Event of the licenses of a router."""

    router: str
    at: Instant
    kind: str
    text: str


class Letter(msgspec.Struct, frozen=True):
    """A letter that came."""

    at: Instant
    sender: str
    subject: str
    body: str
    attachments: tuple[str, ...]


class SessionRecording(msgspec.Struct):
    """A whole session.

    Attributes:
        title: what happens, in one line.
        question: that it answers; empty if none.
        lesson: in a few sentences; empty if none.
        start: the calendar at instant 0.
        end: the instant at which it ended.
        timed: whether its instants mean anything; a page that was run has none.
    """

    title: str
    question: str
    lesson: str
    start: datetime
    end: Instant = 0
    parts: list[Passage] = []
    stretches: list[Stretch] = []
    marks: list[LicenseMark] = []
    letters: list[Letter] = []
    timed: bool = True

    def calendar(self, instant: Instant) -> datetime:
        """The calendar at an instant."""
        return self.start + timedelta(milliseconds=instant)

    @property
    def places(self) -> list[str]:
        """Places at which text appeared, in the order of its first appearance."""
        return list(dict.fromkeys(piece.place for part in self.parts for piece in part.pieces))
