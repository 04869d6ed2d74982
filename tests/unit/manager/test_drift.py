"""Drift between devices, the license portal and captures."""

import asyncio

import pytest

from emulator.kernel.errors import Refused
from emulator.manager.captured import DeviceCapture, captured_devices, read_capture
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.drift import DeviceDrift, DriftRow, find_drift
from emulator.manager.entities import DeviceFault
from emulator.manager.inventory import show_device
from emulator.manager.polling import poll
from emulator.manager.store.devices import DeviceFilter
from tests.fakes.devices import FakeBackEnd, FakeDevice
from tests.unit.manager.conftest import Bench
from tests.unit.manager.test_discovery import R1, R2, address

LOST = DriftRow("permanent license for advipservices", "no", "yes")


def capture(device: FakeDevice, name: str = "R1") -> bytes:
    """A recording of the screens of a device."""
    commands = ("show license udi", "show version", "show license detail")
    return "".join(f"{name}#{each}\n{device.screen(each)}" for each in commands).encode() + f"{name}#\n".encode()


def drift(bench: Bench, portal: FakeBackEnd, *captures: bytes) -> list[DeviceDrift]:
    found = captured_devices(captures) if captures else None
    return asyncio.run(find_drift(bench.context(), portal, DeviceFilter(), found))


def test_a_device_is_compared_with_the_portal_and_a_capture(bench: Bench) -> None:
    device, portal = FakeDevice(), FakeBackEnd()
    bench.network.devices = {address(1): device}
    asyncio.run(discover(bench.context(), [DiscoveryTarget(address(1))]))
    assert drift(bench, portal) == [DeviceDrift(R1)]
    portal.paid.append(R1)
    assert drift(bench, portal) == [DeviceDrift(R1, (LOST,))]
    assert str(LOST) == "permanent license for advipservices: device no, portal yes"
    before = FakeDevice(licensed="advipservices", next_level="advipservices")
    shown = drift(bench, portal, capture(before))
    assert shown == [
        DeviceDrift(R1, (
            DriftRow("permanent license for advipservices", "no", "yes", "yes"),
            DriftRow("level after the next reload", "advsecurity", "", "advipservices"),
        )),
    ]  # fmt: skip
    device.silent = True
    [silent] = drift(bench, portal)
    assert (silent.rows, silent.detail.partition("; ")[2]) == ((LOST,), "compared as it was on 1970-02-11T16:00:00Z")
    portal.down = "device"
    [refused] = drift(bench, portal)
    assert (refused.fault, refused.detail) == (
        DeviceFault.REFUSED, "the portal: https://portal.example does not answer, 6 times",
    )  # fmt: skip
    other = capture(FakeDevice(serial=R2.serial), "R2")
    assert drift(bench, portal, other) == [DeviceDrift(R2, (), DeviceFault.UNREACHABLE, "it is not under management")]
    assert bench.trail()[-1] == ("local", "drift", "1 device(s)", "0 differ")


def test_a_contract_that_the_portal_tells_is_kept(bench: Bench) -> None:
    bench.network.devices = {address(1): FakeDevice()}
    asyncio.run(discover(bench.context(), [DiscoveryTarget(address(1))]))
    portal = FakeBackEnd()
    portal.contracts[R1] = "900000000001"
    drift(bench, portal)
    asyncio.run(poll(bench.context(), DeviceFilter()))
    assert show_device(bench.context(), R1)[0].contract == "900000000001"
    portal.contracts.clear()  # another account asks, which may not know it
    drift(bench, portal)
    assert show_device(bench.context(), R1)[0].contract == "900000000001"


def test_one_recording_may_hold_several_devices() -> None:
    both = capture(FakeDevice()) + capture(FakeDevice(serial=R2.serial, licensed="advipservices"), "R2")
    assert captured_devices([both]) == {
        R1: DeviceCapture(R1, None, "advsecurity", "advsecurity", frozenset({"advsecurity"})),
        R2: DeviceCapture(R2, None, "advsecurity", "advsecurity", frozenset({"advsecurity", "advipservices"})),
    }


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the capture shows no `show version` and no `show license`"),
        (b"x" * (1024 * 1024 + 1), "a capture has 1 MiB at most"),
        (
            b"R1#show license\n" + b"Index 1 Feature: advsecurity\n\tLicense Type: Permanent\nR1#\n",
            "'R1' shows no UDI in the capture; add `show license udi` or `show version`",
        ),
        (
            capture(FakeDevice(lie="FTX1405YDC9")),
            "'R1' shows two UDIs in the capture: CISCO881-K9:FTX1405YDC7 and CISCO881-K9:FTX1405YDC9",
        ),
    ],
)
def test_a_capture_that_cannot_be_compared(content: bytes, told: str) -> None:
    with pytest.raises(Refused) as caught:
        read_capture(content)
    assert str(caught.value) == told
