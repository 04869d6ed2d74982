"""Sessions by SNMP at served routers: read, licensed through a TFTP server, cleared, and refused."""

from collections.abc import Iterator
from typing import Any

import pytest

from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceFault
from emulator.manager.errors import DeviceError
from emulator.manager.transport_order import parse_transport
from emulator.transports.device_sessions import tftp_files
from emulator.transports.device_sessions.connect import SessionConnector
from emulator.transports.device_sessions.limits import USUAL_LIMITS, SessionLimits
from emulator.transports.device_sessions.snmp import NO_COMMANDS, NO_RELOAD, NO_SERVER, NOT_SAVED
from emulator.transports.files.lab_files import LabFiles
from emulator.transports.files.tftp import TftpFiles
from emulator.world.world import World
from tests.unit.transports.agent.network import Network, served, world_with

pytestmark = pytest.mark.anyio
by_whole_worlds = pytest.mark.heavy

LINES = (
    "snmp-server community public RO",
    "snmp-server community private RW",
    "snmp-server engineID local 800000090300000000000001",
    "snmp-server group g v3 priv write v1default",
    "snmp-server user anna g v3 auth sha authentic priv aes 128 encrypted",
    "interface FastEthernet4",
    " ip address 192.0.2.1 255.255.255.0",
    " no shutdown",
)
WRITER = CredentialSet("w", "", "private")
READER = CredentialSet("r", "", "public")
ANNA = CredentialSet("a", "anna", "authentic", "encrypted")
QUICK = SessionLimits(connect=0.3)


@pytest.fixture
def world() -> World:
    return world_with(*LINES)


@pytest.fixture
def server(world: World) -> Iterator[int]:
    """The port of the lab's TFTP server."""
    files = TftpFiles(LabFiles(world), 0)
    files.start()
    yield files.port
    files.stop()


def session(
    network: Network, user: CredentialSet = WRITER, transport: str = "snmp", path: str = "",
    limits: SessionLimits = USUAL_LIMITS,
) -> Any:  # fmt: skip
    choice = parse_transport(f"{transport}:{network.ports.snmp}{path}")
    address = DeviceAddress(network.routers.addresses.of(network.world.router("R1")))
    return SessionConnector(limits)(choice.at(address), choice, user)


async def fault_at(opened: Any) -> tuple[DeviceFault, str]:
    with pytest.raises(DeviceError) as caught:
        async with opened as agent:
            await agent.read()
    return caught.value.fault, caught.value.detail


@by_whole_worlds
async def test_a_router_is_licensed_and_cleared_by_snmp_alone(world: World, server: int) -> None:
    udi = world.router("R1").state.udi
    order, _ = world.backend.order("L-880-AIS=", 1, world.now, by="lab")
    [letter] = world.backend.register(order.pak, [udi], world.now, by="lab")
    [file] = [each.content for each in letter.attachments]
    async with served(world, pace="200") as network, session(network, path=f"/192.0.2.10/127.0.0.1:{server}") as agent:
        before = await agent.read()
        assert (before.udi, before.hostname, before.release, before.level, before.level_type, before.next_level) == (
            udi, "R1", "15.0(1)M4", "advsecurity", "Permanent", "advsecurity",
        )  # fmt: skip
        assert {(each.feature, each.store, each.left) for each in before.licenses} >= {
            ("advsecurity", "Primary License Storage", ""),
            ("advipservices", "Evaluation License Storage", "8 weeks 4 days"),
        }
        counts = await agent.install("a.lic", file, accept=True)
        assert (counts.installed, counts.existing, (await agent.read()).next_level) == (1, 0, "advipservices")
        again = await agent.install("a.lic", file)
        assert (again.installed, again.existing) == (0, 1)
        await agent.annotate("advipservices", "by snmp")
        [held] = [each for each in world.router("R1").activation.inventory.views() if each.stored.comment]
        assert held.stored.comment == "by snmp"
        for refused, told in ((agent.choose_level("advipservices"), NOT_SAVED), (agent.restart(save=True), NO_RELOAD)):
            with pytest.raises(DeviceError, match=told):
                await refused
        with pytest.raises(DeviceError, match=r"it did not install b\.lic: the file is no license file"):
            await agent.install("b.lic", b"<no/>")
        await agent.clear("advipservices")
        assert (await agent.read()).next_level == "advsecurity"
        with pytest.raises(DeviceError, match="no license for advipservices is installed"):
            await agent.clear("advipservices")
        with pytest.raises(DeviceError, match="it did not clear advsecurity: the license is in use"):
            await agent.clear("advsecurity")
        assert not world.router("R1").running.license_actions.actions, "every row is destroyed"
        with pytest.raises(DeviceError, match=NO_COMMANDS):
            await agent.show("show clock")


@by_whole_worlds
async def test_version_3_reads_the_same(world: World) -> None:
    async with served(world) as network:
        async with session(network) as first, session(network, ANNA, "snmpv3") as second:
            assert await first.read() == await second.read()
        wrong = CredentialSet("x", "anna", "a wrong guess", "encrypted")
        assert await fault_at(session(network, wrong, "snmpv3")) == (
            DeviceFault.WRONG_CREDENTIALS, "its SNMP refuses the user or the password",
        )  # fmt: skip


async def test_refusals_say_what_would_be_right(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tftp_files, "PATIENCE", 0.05)
    async with served(world) as network:
        async with session(network, READER) as agent:
            assert (await agent.read()).hostname == "R1"
            with pytest.raises(DeviceError, match=NO_SERVER):
                await agent.install("a.lic", b"<no/>")
        silent, told = await fault_at(session(network, CredentialSet("x", "", "other"), limits=QUICK))
        assert (silent, told) == (
            DeviceFault.UNREACHABLE,
            "no answer to SNMP within 0.3 s: nothing is there, or the community is another one",
        )
        async with session(network, READER, path="/192.0.2.10/127.0.0.1:9") as agent:
            with pytest.raises(DeviceError) as caught:
                await agent.install("a.lic", b"<no/>")
        assert caught.value.detail.startswith("the TFTP server 127.0.0.1:9 does not take a.lic: ")
