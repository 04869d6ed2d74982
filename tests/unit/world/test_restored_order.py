"""A world that was saved and restored tells things in the same order and the same number as one that was not."""

from tests.driver import BenchDriver, world_of
from tests.unit.router.records import recorded, restored, saved


def test_two_boots_of_one_instant_keep_their_order_when_the_world_is_restored() -> None:
    world = world_of("R1", "R2")
    world.routers["R2"].power_on()
    world.routers["R1"].power_on()
    world.clock.run_to(2_000)
    copy = restored(saved(world))
    events, later = recorded(world), recorded(copy)
    for each in (world, copy):
        each.clock.run_to(200_000)
    assert later == events


def test_electronic_mail_is_told_alike_in_a_restored_world() -> None:
    world = world_of()
    world.clock.run_to(3_600_000)
    copy = restored(saved(world))
    events, later = recorded(world), recorded(copy)
    for each in (world, copy):
        BenchDriver(each).do("order L-880-AIS=")
    assert later == events


def test_every_letter_of_an_instant_is_told() -> None:
    world = world_of()
    world.clock.run_to(3_600_000)
    events = recorded(world)
    BenchDriver(world).do("order L-880-AIS=", "order L-880-AIS=")
    assert len(events) == 2


def test_the_status_lists_routers_in_the_same_order_in_a_restored_world() -> None:
    world = world_of("R2", "R1")
    assert BenchDriver(restored(saved(world))).do("status") == BenchDriver(world).do("status")
