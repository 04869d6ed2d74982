"""Addresses of served routers: one a device, given once, kept over restarts and changes of the rack."""

import pytest

from emulator.kernel.errors import Refused
from emulator.runtime import router_addresses
from emulator.runtime.router_addresses import RouterAddresses, addresses_in, first_addresses
from emulator.world.build import open_world, rack, unrack
from emulator.world.recipe import RouterRecipe
from emulator.world.saved_file import rack_of, written
from tests.driver import world_of


def test_in_the_order_of_the_rack():
    world = world_of("R1", "R2", "R3")
    addresses = RouterAddresses(world)
    assert [addresses.of(world.router(name)) for name in ("R1", "R2", "R3")] == ["127.1.0.1", "127.1.0.2", "127.1.0.3"]
    assert addresses.router_at("127.1.0.2") is world.router("R2")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.0.0", "127.1.0.4", "127.1.0.251", "127.2.0.1", "192.0.2.1"])
def test_nobody_is_at_the_others(address):
    assert RouterAddresses(world_of("R1", "R2", "R3")).router_at(address) is None


def test_a_device_keeps_its_address():
    world = world_of("R1", "R2", "R3")
    addresses = RouterAddresses(world)
    unrack(world, "R1")
    assert addresses.router_at("127.1.0.1") is None
    rack(world, "R4", RouterRecipe(serial="FTX1405YDD1"))
    assert addresses.router_at("127.1.0.4") is world.router("R4")
    again = open_world(world.state)
    assert RouterAddresses(again).of(again.router("R3")) == "127.1.0.3"
    assert RouterAddresses(again).of(again.router("R4")) == "127.1.0.4"


def test_a_block_of_addresses_has_no_first_and_no_last(monkeypatch):
    world = world_of("R1")
    addresses = RouterAddresses(world)
    world.state.addresses[str(world.router("R1").state.udi)] = router_addresses.HOSTS
    addresses.assign()
    assert addresses.of(world.router("R1")) == "127.1.1.1"
    assert addresses.router_at("127.1.1.1") is world.router("R1")


def test_more_devices_than_addresses(monkeypatch):
    monkeypatch.setattr(router_addresses, "MOST", 2)
    with pytest.raises(Refused, match="loopback addresses for 2 devices"):
        RouterAddresses(world_of("R1", "R2", "R3"))


def test_addresses_are_known_before_the_world_is_there():
    world = world_of("R1", "R2", "R3")
    unrack(world, "R1")
    addresses = RouterAddresses(world)
    rack(world, "R4", RouterRecipe(serial="FTX1405YDD1"))
    told = addresses_in(rack_of(written(world.state)))
    addresses.assign()
    assert told == {name: addresses.of(router) for name, router in world.routers.items()}
    assert first_addresses(["R1", "R2"]) == {"R1": "127.1.0.1", "R2": "127.1.0.2"}
