"""Letting time pass to an event, and the list of what happened meanwhile."""

from emulator.bench.happenings import SHOWN
from emulator.kernel.time import DAY
from emulator.router.syslog_messages import message_of
from emulator.world.world import World
from tests.driver import BenchDriver, ConsoleDriver, world_of

EVALUATE = ("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write", "reload")


def evaluating(*names: str) -> World:
    world = world_of(*names)
    for name in names:
        ConsoleDriver(world, name).boot().type(*EVALUATE, "").log_in()
    return world


def test_it_names_what_comes_next_and_goes_there() -> None:
    world = evaluating("R1")
    bench = BenchDriver(world)
    bench.succeeds("order SL-880-AIS=")
    assert bench.succeeds("advance next").splitlines() == [
        "next, in 5d: mail: Product authorization key, sales order 447311870301",
        "mail",
        "    Sat 2010-03-06 09:02:34 UTC  1: Product authorization key, sales order 447311870301",
        "It is Sat 2010-03-06 09:02:34 UTC",
    ]
    shown = bench.succeeds("advance next").splitlines()
    assert shown[0].endswith(": R1: Evaluation of advipservices warns, 28d left")
    assert shown[1] == "R1"
    assert "%LICENSE-1-EXPIRING: License for feature advipservices 1.0 will expire in 4 weeks." in shown[2]


def test_it_goes_to_an_event() -> None:
    world = evaluating("R1", "R2")
    bench = BenchDriver(world)
    bench.succeeds("advance until evaluation of R2 ends")
    inventory = world.router("R2").activation.inventory
    stored = inventory.in_use()
    assert stored is not None
    assert inventory.consumed().left(stored.line) == 0
    assert bench.is_refused("advance until evaluation of R2 ends") == "% no evaluation of R2 ends as things are\n"


def test_what_would_never_come_is_refused_and_no_time_passes() -> None:
    world = evaluating("R1")
    bench, before = BenchDriver(world), world.now
    assert bench.is_refused("advance until extension of R1 ends") == "% no extension of R1 ends as things are\n"
    assert bench.is_refused("advance until mail") == "% no letter is under way\n"
    assert "is not understood here" in bench.is_refused("advance until evaluation of R7 ends")
    assert world.now == before


def test_a_warning_or_a_letter_is_gone_to() -> None:
    world = evaluating("R1")
    bench = BenchDriver(world)
    bench.succeeds("order SL-880-AIS=")
    bench.succeeds("advance until mail")
    assert world.post.count() == 1
    assert "will expire in 4 weeks" in bench.succeeds("advance until license of R1 warns")


def test_ten_lines_and_a_count_or_all() -> None:
    listed, all_of_them = (
        BenchDriver(evaluating("R1", "R2")).succeeds(f"advance 90d{option}").splitlines() for option in ("", " --all")
    )
    messages = [line for line in all_of_them if line.startswith("    ")]
    assert [line for line in all_of_them if not line.startswith(" ")] == ["R1", "R2", all_of_them[-1]]
    assert [line for line in listed if line.startswith("    ")] == messages[:SHOWN]
    assert listed[-2] == f"and {len(messages) - SHOWN} more of 2 routers; --all lists them"


def test_everything_that_was_logged_is_listed() -> None:
    world = evaluating("R1")
    logged = []
    world.listeners.append(lambda event: logged.append(message_of(event, world.router("R1").state.udi)))
    shown = BenchDriver(world).succeeds("advance 100d --all").splitlines()
    messages = [line.partition(" UTC  ")[2] for line in shown if line.startswith("    ")]
    assert messages == [message for message in logged if message is not None]
    assert len(messages) > 15


def test_nothing_is_listed_where_nothing_happened() -> None:
    world = evaluating("R1")
    moment = world.calendar(world.now + DAY)
    assert BenchDriver(world).succeeds("advance 1d") == f"It is {moment:%a %Y-%m-%d %H:%M:%S} UTC\n"


def test_messages_of_the_routers_are_switched() -> None:
    bench = BenchDriver(world_of("R1"))
    assert bench.line.bench.messages
    assert bench.succeeds("messages off") == ""
    assert not bench.line.bench.messages
    bench.succeeds("messages on")
    assert bench.line.bench.messages
