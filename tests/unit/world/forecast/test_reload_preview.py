"""A reload that is tried beforehand: it says what the reload itself then does, and changes nothing."""

import pytest

from emulator.console.configuration.placed_lines import placed
from emulator.world.comparison import differences
from emulator.world.fork import copied_state, fork, reload
from emulator.world.reload_preview import preview_lines, preview_reload
from tests.driver import BenchDriver, ConsoleDriver, world_of

UP = ("configure terminal", "license boot module c880-data level advipservices", "yes", "end", "write")
DOWN = ("configure terminal", "no license boot module c880-data level advipservices", "end", "write")
OSPF = ("configure terminal", "router ospf 1", "network 10.0.0.0 0.0.0.255 area 0", "end")
NAME = ("configure terminal", "hostname branch", "interface Vlan1", "ip address 192.0.2.1 255.255.255.0", "end")


@pytest.mark.parametrize(
    "typed",
    [(), UP, NAME, (*NAME, "write"), (*OSPF, "write", *DOWN), (*NAME, *OSPF, "write", *DOWN, *NAME[:2], "end")],
)
def test_it_says_what_the_reload_then_does(typed):
    world = world_of("R1")
    console = ConsoleDriver(world).boot()
    console.type(*UP, "reload", "").log_in().type(*typed)
    before = copied_state(world)
    preview = preview_reload(world, "R1")
    assert copied_state(world) == before
    router = world.router("R1")
    lines = placed(router)
    reload(router)
    after = placed(router)
    assert (preview.next_level, preview.next_image) == (router.running.level, router.running.image)
    assert {*preview.refused, *preview.unsaved} == lines.keys() - after.keys()
    assert set(preview.returning) == after.keys() - lines.keys()


def test_lines_of_the_level_and_lines_that_were_not_saved_are_told_apart():
    world = world_of("R1")
    ConsoleDriver(world).boot().type(*UP, "reload", "").log_in().type(*OSPF, "write", *DOWN, *NAME)
    assert BenchDriver(world).do("status R1").splitlines()[-7:] == [
        "    a reload now brings advsecurity in place of advipservices",
        "    lost by a reload, not understood at advsecurity: router ospf 1",
        "    lost by a reload, not understood at advsecurity: router ospf 1 / network 10.0.0.0 0.0.0.255 area 0",
        "    lost by a reload, not saved: hostname branch",
        "    lost by a reload, not saved: interface Vlan1 / ip address 192.0.2.1 255.255.255.0",
        "    back after a reload, still saved: hostname Router",
        "    back after a reload, still saved: interface Vlan1 / no ip address",
    ]


def test_a_router_without_an_image_would_end_in_rommon():
    world = world_of("R1")
    ConsoleDriver(world).boot()
    world.router("R1").format("flash")
    assert preview_lines(preview_reload(world, "R1")) == ["a reload now ends in ROMMON"]


def test_a_fork_of_the_whole_world_is_like_it():
    world = world_of("R1", "R2")
    ConsoleDriver(world).boot()
    assert list(differences(world, fork(world))) == []
