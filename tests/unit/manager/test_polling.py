"""Polling: what is new at a device, and what stays of one that does not answer or was replaced."""

import asyncio

from emulator.licensing.udi import Udi
from emulator.manager import inventory
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import CredentialSet, DeviceFault, DeviceGroup
from emulator.manager.polling import EVERY_DEVICE, PolledDevice, poll
from emulator.manager.store.devices import DeviceFilter
from tests.fakes.devices import FakeDevice
from tests.unit.manager.conftest import HOUR, Bench
from tests.unit.manager.test_discovery import R1, R2, address


def discovered(bench: Bench, device: FakeDevice | None = None) -> None:
    bench.network.devices[address(1)] = device or FakeDevice()
    asyncio.run(discover(bench.context(), [DiscoveryTarget(address(1))]))
    bench.network.tried.clear()
    bench.now += HOUR


def polled(bench: Bench, chosen: DeviceFilter = EVERY_DEVICE) -> list[PolledDevice]:
    return asyncio.run(poll(bench.context(), chosen))


def test_changes_are_told_in_words(bench: Bench) -> None:
    discovered(bench)
    device = bench.network.at(1)
    device.next_level, device.licensed = "advipservices", "advipservices"
    assert polled(bench) == [
        PolledDevice(
            R1,
            changes=(
                "level after the next reload: advsecurity -> advipservices",
                "license new: advipservices, Permanent",
            ),
        )
    ]
    assert polled(bench) == [PolledDevice(R1)]
    device.licensed = "advsecurity"
    assert polled(bench) == [PolledDevice(R1, changes=("license gone: advipservices, Permanent",))]


def test_one_that_does_not_answer_stays_as_it_was_last_seen(bench: Bench) -> None:
    discovered(bench)
    before = inventory.show_device(bench.context(), R1)[0]
    bench.network.devices.clear()
    assert polled(bench) == [PolledDevice(R1, DeviceFault.UNREACHABLE, "no connection within 5 s")]
    after = inventory.show_device(bench.context(), R1)[0]
    assert (after.reading, after.seen) == (before.reading, before.seen)
    assert (after.tried, after.fault) == (bench.now, DeviceFault.UNREACHABLE)
    bench.network.devices[address(1)] = FakeDevice()
    assert polled(bench) == [PolledDevice(R1)]
    assert inventory.show_device(bench.context(), R1)[0].fault is None


def test_another_device_at_its_address_is_an_rma_candidate_and_overwrites_nothing(bench: Bench) -> None:
    discovered(bench)
    before = inventory.show_device(bench.context(), R1)[0]
    bench.network.at(1).serial = R2.serial
    assert polled(bench) == [PolledDevice(R1, DeviceFault.OTHER_DEVICE, f"{R2} answers at its address")]
    polled(bench)
    after = inventory.show_device(bench.context(), R1)[0]
    assert (after.successor, after.reading) == (R2, before.reading)
    told = [outcome for _, act, _, outcome in bench.trail() if act == "poll" and "RMA" in outcome]
    assert told == [f"RMA candidate: {R2} answers at 192.0.2.1"]
    bench.network.at(1).serial = R1.serial
    polled(bench)
    assert inventory.show_device(bench.context(), R1)[0].successor is None


def test_credentials_that_worked_come_first_then_those_of_the_groups(bench: Bench) -> None:
    for name in ("aaa", "new", "spare"):
        inventory.keep_credentials(bench.context(), CredentialSet(name, "admin", "changed"))
    inventory.keep_group(bench.context(), DeviceGroup("north", ("new", "spare")))
    asyncio.run(_discover_with_lab(bench))
    inventory.change_members(bench.context(), "north", [R1], join=True)
    bench.network.tried.clear()
    bench.network.at(1).password = "changed"
    assert polled(bench) == [PolledDevice(R1)]
    assert [name for _, name in bench.network.tried] == ["lab", "new"]
    assert inventory.show_device(bench.context(), R1)[0].credentials == "new"


async def _discover_with_lab(bench: Bench) -> None:
    bench.network.devices[address(1)] = FakeDevice()
    await discover(bench.context(), [DiscoveryTarget(address(1))], credentials=["lab"])


def test_a_device_known_by_its_udi_alone_is_left_out(bench: Bench) -> None:
    inventory.add_devices(bench.context(), [Udi("CISCO881-K9", "FTX1405YDC9")])
    assert polled(bench) == []


def test_a_choice_of_devices(bench: Bench) -> None:
    discovered(bench)
    assert polled(bench, DeviceFilter(level="advipservices")) == []
    assert [each.udi for each in polled(bench, DeviceFilter(text="192.0.2.1"))] == [R1]
