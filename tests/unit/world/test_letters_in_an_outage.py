"""Letters that come while the records are away are announced when those are back, under their right numbers."""

from collections.abc import Callable

import pytest

from emulator.backend.store.database import Database
from emulator.kernel.events import Event
from emulator.kernel.time import DAY, HOUR, MINUTE
from emulator.world.mail_delivery import FIRST_PAUSE, LONGEST_PAUSE, MailArrived
from emulator.world.world import World
from tests.fakes.outage import outage

PAPER = "SL-880-AIS="


@pytest.fixture
def arrived(world: World) -> list[MailArrived]:
    seen: list[MailArrived] = []

    def hear(event: Event) -> None:
        if isinstance(event, MailArrived):
            seen.append(event)

    world.listeners.append(hear)
    return seen


def database(world: World) -> Database:
    return world.backend.database


def run(world: World, duration: int) -> None:
    world.clock.run_to(world.now + duration)


def days(world: World, sku: str) -> int:
    return world.backend.skus[sku].mail_days


def test_a_letter_on_paper_that_comes_in_an_outage(world: World, arrived: list[MailArrived]) -> None:
    world.backend.order(PAPER, 1, world.now, by="lab")
    due = world.now + days(world, PAPER) * DAY
    run(world, due - world.now - MINUTE)
    assert arrived == []
    with outage(database(world)) as away:
        run(world, 5 * MINUTE)
        assert 1 < away.asked < 10, "it is asked again, less and less often"
    assert arrived == []
    run(world, 5 * MINUTE)
    assert [(each.number, each.subject) for each in arrived] == [(1, world.post.subjects()[0][1])]
    assert due < arrived[0].at <= world.now
    assert world.post.next_deadline() is None


def test_letters_of_acts_that_were_committed_just_before_the_outage(world: World, arrived: list[MailArrived]) -> None:
    waiting: list[Callable[[], None]] = []
    world.backend.order("L-880-AIS=", 1, world.now, by="lab")
    world.in_turn = waiting.append
    for sku in ("L-880-AIS=", PAPER):
        world.backend.order(sku, 1, world.now, by="lab")
    with outage(database(world)):
        for act in waiting:
            act()
    assert [each.number for each in arrived] == [1]
    run(world, FIRST_PAUSE)
    assert [each.number for each in arrived] == [1, 2]
    run(world, days(world, PAPER) * DAY)
    assert [each.number for each in arrived] == [1, 2, 3]


def test_a_long_outage_is_looked_at_once_an_hour(world: World, arrived: list[MailArrived]) -> None:
    world.backend.order(PAPER, 1, world.now, by="lab")
    with outage(database(world)) as away:
        run(world, (days(world, PAPER) + 10) * DAY)
        assert away.asked <= 20 + 10 * DAY // LONGEST_PAUSE
    run(world, HOUR)
    assert [each.number for each in arrived] == [1]
