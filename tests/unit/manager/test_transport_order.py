"""Transports are tried in the order of a group or a discovery, and never Telnet unless it is named."""

import pytest

from emulator.kernel.errors import EmulatorError
from emulator.manager import inventory
from emulator.manager.attempts import Ways
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import SSH, DeviceAddress, DeviceFault, DeviceGroup
from emulator.manager.polling import poll
from emulator.manager.transport_order import parse_transport, parse_transports
from tests.fakes.devices import FakeDevice
from tests.unit.manager.conftest import Bench

HERE = DeviceAddress("192.0.2.1", 2022)
TELNET = parse_transport("telnet:2023")


def test_names_are_read_and_written() -> None:
    order = parse_transports(["ssh", "telnet:2023", "ssh"])
    assert [str(each) for each in order] == ["ssh", "telnet:2023"]
    assert [str(each.at(HERE)) for each in order] == ["192.0.2.1:2022", "192.0.2.1:2023"]
    assert str(parse_transport("telnet").at(HERE)) == "192.0.2.1:23"
    agent = parse_transport("https:8443/lic-agent")
    assert (str(agent), str(agent.at(HERE)), agent.path) == ("https:8443/lic-agent", "192.0.2.1:8443", "/lic-agent")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("telnet:0", "'telnet:0' is no transport; write a name, or a name and a port such as telnet:2023"),
        ("telnet:99999", "'telnet:99999' is no transport; write a name, or a name and a port such as telnet:2023"),
        ("a:b:c", "'a:b:c' is no transport; write a name, or a name and a port such as telnet:2023"),
        ("https", "'https' has no path of a license agent; write for example https/lic-agent"),
        ("ssh:22/a", "'ssh:22/a' has a path, which is for license agents alone"),
        ("https:8443/a b", "'https:8443/a b' is no transport; write a name, or a name and a port such as telnet:2023"),
        ("telnt", "unknown transport 'telnt'. Did you mean telnet?"),
    ],
)
def test_what_is_no_transport_is_told(text: str, told: str) -> None:
    with pytest.raises(EmulatorError) as caught:
        parse_transports([text])
    assert str(caught.value) == told


@pytest.mark.anyio
async def test_the_next_one_is_tried_and_the_device_says_which_it_was(bench: Bench) -> None:
    context, by_telnet, reached = bench.context(), TELNET.at(HERE), bench.network.reached
    bench.network.devices[by_telnet] = FakeDevice()
    inventory.keep_group(context, DeviceGroup("old", (), (SSH, TELNET)))
    [alone] = await discover(context, [DiscoveryTarget(HERE)])
    assert (alone.fault, reached) == (DeviceFault.UNREACHABLE, [HERE])
    [found] = await discover(context, [DiscoveryTarget(HERE, group="old")])
    assert reached == [HERE, HERE, by_telnet]
    assert found.udi is not None
    device, _ = inventory.show_device(context, found.udi)
    assert (device.address, str(device.transport)) == (HERE, "telnet:2023")
    with context.database.reading() as records:
        assert Ways(records).to(device).transports == (TELNET, SSH)
    await poll(context)
    assert reached[3:] == [by_telnet]
    inventory.keep_group(context, DeviceGroup("old"))
    with context.database.reading() as records:
        assert Ways(records).to(device).transports == (SSH,)
