"""A router out of its box: its serial number, its addresses, and what a recipe may say."""

import re

import pytest

from emulator.hardware.platform import PlatformCatalogue
from emulator.kernel.errors import Refused
from emulator.kernel.time import HOUR
from emulator.licensing.udi import is_serial
from emulator.router.state import RouterState
from emulator.world.build import new_world, rack, unrack
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World
from tests.driver import world_of

MANY = 400


@pytest.fixture(scope="module")
def many() -> World:
    """A world with many routers, some of them on the shelf, racked in between."""
    world = new_world(WorldRecipe(seed=5))
    for number in range(MANY):
        rack(world, f"R{number}", RouterRecipe())
        if number % 7 == 3:
            unrack(world, f"R{number}")
        if number % 14 == 3:
            state = next(reversed(world.state.shelf.values()))
            rack(world, f"R{number}", RouterRecipe(serial=state.udi.serial))
    return world


def devices(world: World) -> list[RouterState]:
    return [*world.state.routers.values(), *world.state.shelf.values()]


def test_every_serial_number_is_one_that_a_factory_could_have_written(many: World) -> None:
    serials = [state.udi.serial for state in devices(many)]
    assert len(set(serials)) == MANY
    for serial in serials:
        assert is_serial(serial)
        assert serial.startswith("FTX14"), "made in the year of the world's start"


def test_every_router_has_sixteen_addresses_of_its_own(many: World) -> None:
    macs = [state.mac for state in devices(many)]
    first = [int(mac.replace(".", ""), 16) for mac in macs]
    assert len(set(first)) == MANY
    assert all(number % 16 == 0 for number in first)
    assert len({number >> 24 for number in first}) == 1, "in one block of 24 bits"
    for mac in macs:
        assert re.fullmatch(r"02[0-9a-f]{2}(\.[0-9a-f]{4}){2}", mac), "locally administered, in Cisco's form"


def test_another_world_has_other_addresses() -> None:
    one, other = (new_world(WorldRecipe(seed=seed, routers={"R1": RouterRecipe()})) for seed in (1, 2))
    assert one.routers["R1"].state.mac != other.routers["R1"].state.mac


@pytest.mark.parametrize(
    ("start", "year"), [("2001-01-01", "12"), ("2008-06-01", "12"), ("2012-06-01", "16"), ("2019-01-01", "19")]
)
def test_a_unit_is_made_while_the_product_was_made(start: str, year: str) -> None:
    world = new_world(WorldRecipe(start=f"{start}T00:00:00Z", routers={"R1": RouterRecipe()}))
    assert world.routers["R1"].state.udi.serial[3:5] == year


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        (
            RouterRecipe(serial="FTX1000038X"),
            "'FTX1000038X' is not a serial number; it has the form FTX1405YDC7, and no unit was made in week 00",
        ),
        (RouterRecipe(serial="FTX1460038X"), "'FTX1460038X' is not a serial number; it has the form FTX1405YDC7"),
        (RouterRecipe(serial="FTX1405YDO7"), "'FTX1405YDO7' is not a serial number; it has the form FTX1405YDC7"),
        (RouterRecipe(dram_mib=1024), "1024 MB is not what a CISCO881-K9 can have: 64 to 768"),
        (RouterRecipe(dram_mib=32), "32 MB is not what a CISCO881-K9 can have: 64 to 768"),
        (RouterRecipe("CISCO861-K9", dram_mib=512), "512 MB is not what a CISCO861-K9 can have: 64 to 256"),
        (
            RouterRecipe(right_to_use=True),
            "the evaluations of c880data-universalk9-mz.150-1.M4.bin end; none of them can become a right to use",
        ),
        (
            RouterRecipe("CISCO861-K9", right_to_use=True, image="c860-universalk9-mz.151-4.M5.bin"),
            "the evaluations of c860-universalk9-mz.151-4.M5.bin end; none of them can become a right to use",
        ),
        (
            RouterRecipe("CISCO861-K9", factory=("advipservices",)),
            "unknown level 'advipservices'. Known: advsecurity",
        ),
    ],
)
def test_a_recipe_that_no_unit_can_have_is_refused(recipe: RouterRecipe, message: str) -> None:
    world = new_world(WorldRecipe())
    with pytest.raises(Refused) as caught:
        rack(world, "R1", recipe)
    assert str(caught.value) == message
    assert not world.routers


def test_the_lab_plugs_in_its_own_network_and_the_line() -> None:
    for pid, cables in (
        ("CISCO881-K9", ["FastEthernet0", "FastEthernet4"]),
        ("CISCO887VA-K9", ["Ethernet0", "FastEthernet0"]),
        ("CISCO888-K9", ["ATM0", "FastEthernet0"]),
        ("CISCO861W-GN-A-K9", ["FastEthernet0", "FastEthernet4"]),
    ):
        assert world_of(pid=pid).routers["R1"].state.cables == cables


def test_the_back_end_looks_only_at_products_that_there_are() -> None:
    world = world_of(pid="IAD881F-K9")
    world.platforms = PlatformCatalogue()
    world.clock.run_to(HOUR)
    world.backend.queries.entitlements(world.routers["R1"].state.udi, by="lab")
    assert set(world.platforms._read) <= {"IAD881F-K9"}
