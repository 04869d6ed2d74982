"""Licenses that are cleared, and those that the device does not give up."""

import asyncio

import pytest

from emulator.kernel.errors import Refused
from emulator.manager.clearing import ClearedDevice, clear_licenses
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import DeviceFault
from emulator.manager.inventory import show_device
from tests.fakes.devices import FakeDevice
from tests.unit.manager.conftest import Bench
from tests.unit.manager.test_discovery import R1, R2, address


def test_a_license_is_cleared_unless_it_is_in_use(bench: Bench) -> None:
    bench.network.devices = {address(1): FakeDevice(licensed="advipservices", next_level="advipservices")}
    context = bench.context()
    asyncio.run(discover(context, [DiscoveryTarget(address(1))]))
    changes = ("level after the next reload: advipservices -> advsecurity", "license gone: advipservices, Permanent")
    assert asyncio.run(clear_licenses(context, [R1, R2], "advipservices")) == [
        ClearedDevice(R1, changes),
        ClearedDevice(R2, (), DeviceFault.UNREACHABLE, "it is not under management"),
    ]
    assert bench.trail()[-1] == ("local", "clear", str(R1), "advipservices cleared")
    device, _ = show_device(context, R1)
    assert device.reading is not None
    assert device.reading.next_level == "advsecurity"
    [refused] = asyncio.run(clear_licenses(context, [R1], "advsecurity"))
    assert refused.detail == (
        "it did not clear advsecurity: % Error: License advsecurity is in use and cannot be cleared"
    )
    with pytest.raises(Refused, match="'a b' is no name of a feature"):
        asyncio.run(clear_licenses(context, [R1], "a b"))
