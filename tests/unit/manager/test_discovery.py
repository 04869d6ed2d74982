"""Discovery: what comes under management, in which order credentials are tried, and what is told of the others."""

import asyncio

import pytest

from emulator.kernel.errors import UnknownName
from emulator.licensing.udi import Udi
from emulator.manager import inventory
from emulator.manager.discovery import DiscoveryTarget, Finding, FoundDevice, discover
from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceFault, DeviceGroup, ManagerUser
from emulator.manager.errors import NotAllowed
from emulator.manager.roles import ManagerRole
from emulator.manager.store.devices import DeviceFilter
from tests.fakes.devices import FakeDevice
from tests.unit.manager.conftest import HOUR, Bench

R1, R2 = Udi("CISCO881-K9", "FTX1405YDC7"), Udi("CISCO881-K9", "FTX1405YDC8")


def address(last: int) -> DeviceAddress:
    return DeviceAddress(f"192.0.2.{last}")


def found(bench: Bench, *lasts: int, credentials: tuple[str, ...] = (), group: str = "") -> list[FoundDevice]:
    targets = [DiscoveryTarget(address(last), group=group) for last in lasts]
    return asyncio.run(discover(bench.context(), targets, credentials=credentials))


def test_what_answers_is_kept_with_its_state_and_the_way_to_it(bench: Bench) -> None:
    bench.network.devices[address(1)] = FakeDevice()
    one, other = found(bench, 1, 2)
    assert one == FoundDevice(address(1), Finding.NEW, R1)
    assert other == FoundDevice(address(2), Finding.FAILED, None, DeviceFault.UNREACHABLE, "no connection within 5 s")
    device, _ = inventory.show_device(bench.context(), R1)
    assert (device.address, device.credentials, device.seen, device.fault) == (address(1), "lab", bench.now, None)
    assert device.reading is not None
    assert (device.reading.hostname, device.reading.level) == ("R1", "advsecurity")
    assert [(each.feature, each.type, each.store) for each in device.reading.licenses] == [
        ("advsecurity", "Permanent", "Primary License Storage")
    ]
    assert bench.trail()[1:] == [
        ("local", "discover", str(R1), "new at 192.0.2.1"),
        ("local", "discover", "2 addresses, 192.0.2.1 to 192.0.2.2", "1 new, 1 unreachable"),
    ]


def test_credentials_are_tried_in_order_and_wrong_ones_are_named(bench: Bench) -> None:
    inventory.keep_credentials(bench.context(), CredentialSet("old", "admin", "before"))
    bench.network.devices[address(1)] = FakeDevice()
    bench.network.devices[address(2)] = FakeDevice(serial="FTX1405YDC8", password="other")
    one, other = found(bench, 1, 2, credentials=("old", "lab"))
    assert one.finding is Finding.NEW
    assert (other.fault, other.detail) == (DeviceFault.WRONG_CREDENTIALS, "user 'admin' was refused (tried: old, lab)")
    assert bench.network.tried == [(f"192.0.2.{last}", name) for last in (1, 2) for name in ("old", "lab")]


def test_one_that_hangs_or_lies_or_is_lost_costs_the_others_nothing(bench: Bench) -> None:
    bench.network.devices |= {
        address(1): FakeDevice(silent=True),
        address(2): FakeDevice(lie="FTX1405YDC9"),
        address(3): FakeDevice(dies_at="show version"),
        address(4): FakeDevice(serial="ANONYMOUS"),
        address(5): FakeDevice(),
    }
    outcomes = found(bench, 1, 2, 3, 4, 5)
    assert [each.fault for each in outcomes] == [
        DeviceFault.SILENT, DeviceFault.UNREADABLE, DeviceFault.DROPPED, DeviceFault.UNREADABLE, None,
    ]  # fmt: skip
    assert outcomes[1].detail == (
        "it tells two identities: CISCO881-K9:FTX1405YDC7 in 'show license udi',"
        " CISCO881-K9:FTX1405YDC9 in 'show version'"
    )
    assert inventory.list_devices(bench.context(), DeviceFilter())[1] == 1


def test_a_device_that_moved_keeps_its_groups(bench: Bench) -> None:
    inventory.keep_group(bench.context(), DeviceGroup("north"))
    bench.network.devices[address(1)] = FakeDevice()
    found(bench, 1, group="north")
    bench.network.devices = {address(2): FakeDevice()}
    assert found(bench, 2) == [FoundDevice(address(2), Finding.MOVED, R1, detail="it was at 192.0.2.1")]
    device, groups = inventory.show_device(bench.context(), R1)
    assert (device.address, groups) == (address(2), ["north"])


def test_a_device_with_two_addresses_is_one_device(bench: Bench) -> None:
    bench.network.devices = {address(1): FakeDevice(), address(2): FakeDevice()}
    assert [each.finding for each in found(bench, 1, 2)] == [Finding.NEW, Finding.ALSO_HERE]
    assert inventory.show_device(bench.context(), R1)[0].address == address(1)


def test_another_device_at_a_known_address_is_an_rma_candidate(bench: Bench) -> None:
    bench.network.devices[address(1)] = FakeDevice()
    found(bench, 1)
    first = inventory.show_device(bench.context(), R1)[0]
    bench.now += HOUR
    bench.network.devices[address(1)] = FakeDevice(serial=R2.serial)
    outcome = FoundDevice(address(1), Finding.SUCCESSOR, R2, detail=f"{R1} was known here")
    assert found(bench, 1) == [outcome]
    before = inventory.show_device(bench.context(), R1)[0]
    assert (before.successor, before.fault) == (R2, DeviceFault.OTHER_DEVICE)
    assert (before.reading, before.seen) == (first.reading, first.seen)
    assert found(bench, 1)[0].finding is Finding.KNOWN


def test_a_target_that_must_be_a_certain_device_takes_no_other(bench: Bench) -> None:
    bench.network.devices[address(1)] = FakeDevice()
    [outcome] = asyncio.run(discover(bench.context(), [DiscoveryTarget(address(1), R2)]))
    assert (outcome.fault, outcome.detail) == (
        DeviceFault.OTHER_DEVICE, f"{R1} answers, and {R2} was expected",
    )  # fmt: skip
    assert inventory.list_devices(bench.context(), DeviceFilter())[1] == 0


def test_names_that_are_not_known(bench: Bench) -> None:
    with pytest.raises(UnknownName, match=r"unknown credential set 'lap'\. Did you mean lab\?"):
        found(bench, 1, credentials=("lap",))
    with pytest.raises(UnknownName, match=r"unknown group 'north'\. None is known\."):
        found(bench, 1, group="north")


def test_who_may_not_is_told_and_in_the_trail(bench: Bench) -> None:
    inventory.keep_user(bench.context(), ManagerUser("ida", ManagerRole.INVENTORY))
    with pytest.raises(NotAllowed) as caught:
        asyncio.run(discover(bench.context("ida"), [DiscoveryTarget(address(1))]))
    assert str(caught.value) == "'ida' may not discover devices: the role is InventoryMgr"
    assert bench.network.tried == []
    assert bench.trail()[-1] == ("ida", "discover devices", "", "refused: the role is InventoryMgr")


def test_a_manager_without_credentials_tries_nothing(bench: Bench) -> None:
    inventory.delete_credentials(bench.context(), "lab")
    bench.network.devices[address(1)] = FakeDevice()
    [outcome] = found(bench, 1)
    assert (outcome.fault, outcome.detail) == (
        DeviceFault.WRONG_CREDENTIALS, "there is no credential set to try",
    )  # fmt: skip
