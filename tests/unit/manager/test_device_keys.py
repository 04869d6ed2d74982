"""Keys of devices: kept at first sight, another one told once, and trusted by a person."""

import asyncio

from emulator.manager.alerts import due_alerts
from emulator.manager.device_keys import list_keys, trust_keys
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import DeviceKey
from emulator.manager.polling import poll
from tests.fakes.devices import FakeDevice
from tests.unit.manager.conftest import Bench
from tests.unit.manager.test_discovery import R1, address

TOLD = "key of ssh: SHA256:one -> SHA256:two"


def test_another_key_is_told_once_until_it_is_trusted(bench: Bench) -> None:
    device, context, begun = FakeDevice(), bench.context(), bench.now
    bench.network.devices = {address(1): device}
    asyncio.run(discover(context, [DiscoveryTarget(address(1))]))
    assert list_keys(context, R1) == [DeviceKey("ssh", "SHA256:one", begun)]
    device.key, bench.now = "SHA256:two", begun + 1_000
    [first], [second] = (asyncio.run(poll(context)) for _ in range(2))
    assert (first.changes, second.changes) == ((TOLD,), ())
    assert ("local", "key", str(R1), TOLD) in bench.trail()
    assert list_keys(context, R1) == [DeviceKey("ssh", "SHA256:one", begun, "SHA256:two", begun + 1_000)]
    assert [each.line for each in due_alerts(context, 0).standing] == [f"{R1}, ssh: SHA256:two"]
    assert (trust_keys(context, [R1]), trust_keys(context, [R1])) == (1, 0)
    assert list_keys(context, R1) == [DeviceKey("ssh", "SHA256:two", begun + 1_000)]
    device.key = "SHA256:three"
    [found] = asyncio.run(discover(context, [DiscoveryTarget(address(1))]))
    assert found.detail == "key of ssh: SHA256:two -> SHA256:three"
    with context.database.writing() as records:
        records.devices.drop([R1])
    assert list_keys(context, R1) == []
