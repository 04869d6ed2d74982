"""Transports are tried in the order of a group or a discovery, and never Telnet unless it is named."""

import pytest

from emulator.kernel.errors import EmulatorError
from emulator.manager import inventory
from emulator.manager.attempts import Ways
from emulator.manager.discovery import DiscoveryTarget, discover
from emulator.manager.entities import SSH, CredentialSet, DeviceAddress, DeviceFault, DeviceGroup
from emulator.manager.polling import poll
from emulator.manager.transport_order import LicenseFileServer, file_server_of, parse_transport, parse_transports
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
    by_snmp = parse_transport("snmpv3:1161/192.0.2.10/10.0.0.1:6969")
    assert (str(by_snmp), file_server_of(by_snmp)) == (
        "snmpv3:1161/192.0.2.10/10.0.0.1:6969",
        LicenseFileServer("192.0.2.10", "10.0.0.1", 6969),
    )
    assert file_server_of(parse_transport("snmp/tftp.example.net")) == LicenseFileServer(
        "tftp.example.net", "tftp.example.net"
    )
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
        ("snmp/a:b", "'snmp/a:b' names no TFTP server; write for example snmp/192.0.2.10"),
        ("snmp/a/b:0", "'snmp/a/b:0' names no TFTP server; write for example snmp/192.0.2.10"),
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


@pytest.mark.anyio
@pytest.mark.parametrize(("transport", "tried"), [("snmp", ["first", "lab"]), ("telnet", ["first"])])
async def test_silence_may_be_a_wrong_community(bench: Bench, transport: str, tried: list[str]) -> None:
    inventory.keep_credentials(bench.context(), CredentialSet("first", "admin", "other"))
    await discover(bench.context(), [DiscoveryTarget(HERE)], transports=[transport])
    assert [name for _, name in bench.network.tried] == tried
