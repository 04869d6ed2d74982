"""Coverage of licenses that end by PAKs on hand: each license left covers one router, in the order of the ends.

A PAK covers the end of a license if its SKU is for that feature and for the router's family, and if it is there by
then. These are the terms of a registration; nothing is registered here.
"""

from collections import defaultdict, deque
from collections.abc import Sequence

from msgspec.structs import replace

from emulator.backend.account_names import DEFAULT_USER
from emulator.backend.views import PakView
from emulator.kernel.time import Instant
from emulator.world.forecast.view import ForecastKind, ForecastRow
from emulator.world.world import World

AT_ONCE = 100
"""PAKs that are asked for at a time."""


def covered(world: World, rows: Sequence[ForecastRow]) -> tuple[ForecastRow, ...]:
    """The rows, each end with the PAK that covers it."""
    if not any(map(_needs_one, rows)):
        return tuple(rows)
    stock = _Stock(world)
    return tuple(replace(row, pak=stock.take(row)) if _needs_one(row) else row for row in rows)


def _needs_one(row: ForecastRow) -> bool:
    return row.kind is ForecastKind.END and not row.installed


class _Stock:
    """The PAKs on hand, by what they may be registered for; those that come first are used first."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._left: dict[str, int] = {}
        self._queues: defaultdict[tuple[str, str], deque[PakView]] = defaultdict(deque)
        self._given: dict[tuple[str, str], str] = {}
        for pak in _on_hand(world):
            self._left[pak.code] = pak.left
            for family in world.backend.skus[pak.sku].families:
                self._queues[pak.feature, family].append(pak)

    def take(self, row: ForecastRow) -> str:
        """The PAK for an end, the same again for the same router and feature; empty where there is none."""
        key = row.router, row.subject
        if key not in self._given:
            family = self._world.router(row.router).platform.family
            self._given[key] = self._next(self._queues[row.subject, family], row.at)
        return self._given[key]

    def _next(self, queue: deque[PakView], at: Instant) -> str:
        while queue and not self._left[queue[0].code]:
            queue.popleft()
        if not queue or queue[0].arrives > at:
            return ""
        self._left[queue[0].code] -= 1
        return queue[0].code


def _on_hand(world: World) -> list[PakView]:
    """PAKs with a license left, by their arrival."""
    found: list[PakView] = []
    while True:
        listing = world.backend.queries.paks(
            world.now, by=DEFAULT_USER, left_only=True, offset=len(found), limit=AT_ONCE
        )
        found += listing.items
        if len(found) >= listing.total or not listing.items:
            return sorted(found, key=lambda pak: (pak.arrives, pak.code))
