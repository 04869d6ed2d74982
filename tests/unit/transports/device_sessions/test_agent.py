"""Sessions at license agents of served routers: read, licensed, and refused what an agent cannot do."""

from typing import Any

import pytest

from emulator.manager.entities import CredentialSet, DeviceAddress, DeviceFault
from emulator.manager.errors import DeviceError
from emulator.manager.transport_order import parse_transport
from emulator.transports.device_sessions.agent import NO_COMMANDS
from emulator.transports.device_sessions.connect import SessionConnector
from emulator.transports.device_sessions.no_commands import told_period
from tests.unit.transports.agent.network import PATH, Network, served, world_with

pytestmark = pytest.mark.anyio

ANNA = CredentialSet("anna", "anna", "secret-of-anna")


def session(network: Network, scheme: str = "http", path: str = PATH, user: CredentialSet = ANNA) -> Any:
    port = network.ports.http if scheme == "http" else network.ports.https
    choice = parse_transport(f"{scheme}:{port}{path}")
    address = DeviceAddress(network.routers.addresses.of(network.world.router("R1")))
    return SessionConnector()(choice.at(address), choice, user)


async def fault_at(opened: Any) -> tuple[DeviceFault, str]:
    with pytest.raises(DeviceError) as caught:
        async with opened as agent:
            await agent.read()
    return caught.value.fault, caught.value.detail


async def test_a_router_is_licensed_by_its_agent_alone():
    world = world_with("ip http authentication local")
    udi = world.router("R1").state.udi
    order, _ = world.backend.order("L-880-AIS=", 1, world.now, by="lab")
    [letter] = world.backend.register(order.pak, [udi], world.now, by="lab")
    [file] = [each.content for each in letter.attachments]
    async with served(world) as network:
        async with session(network) as agent:
            before = await agent.read()
            assert (before.udi, before.level, before.level_type) == (udi, "advsecurity", "Permanent")
            assert {(each.feature, each.store, each.left) for each in before.licenses} >= {
                ("advsecurity", "Primary License Storage", ""),
                ("advipservices", "Evaluation License Storage", "8 weeks 4 days"),
            }
            counts = await agent.install("a.lic", file, accept=True)
            assert (counts.installed, counts.existing) == (1, 0)
            assert ((await agent.install("a.lic", file)).installed, (await agent.read()).next_level) == (
                0, "advipservices",
            )  # fmt: skip
            await agent.annotate("advipservices", "by agent")
            await agent.clear("advipservices")
            assert (await agent.read()).next_level == "advsecurity"
            with pytest.raises(DeviceError, match="it did not take the level advipservices: "):
                await agent.choose_level("advipservices")
            await agent.choose_level("advipservices", accept=True)
            assert (await agent.read()).next_level == "advipservices"
            saved = world.router("R1").state.startup
            assert saved is not None
            assert "license boot module c880-data level advipservices" in saved.text
            with pytest.raises(DeviceError, match="it did not clear advsecurity: "):
                await agent.clear("advsecurity")
            with pytest.raises(DeviceError, match=r"it did not install b\.lic: "):
                await agent.install("b.lic", b"<no/>")
            for refused in (agent.show("show clock"), agent.ask("reload", {}), agent.send_file("a", b"")):
                with pytest.raises(DeviceError) as caught:
                    await refused
                assert caught.value.detail == NO_COMMANDS
        assert await fault_at(session(network, user=CredentialSet("x", "anna", "wrong"))) == (
            DeviceFault.WRONG_CREDENTIALS, "its license agent refuses the log-in",
        )  # fmt: skip
        assert await fault_at(session(network, path="/other")) == (
            DeviceFault.UNREADABLE, "no license agent: it answers 404",
        )  # fmt: skip


async def test_a_closed_port():
    choice = parse_transport("https:1/lic-agent")
    opened = SessionConnector()(choice.at(DeviceAddress("127.0.0.1")), choice, ANNA)
    assert await fault_at(opened) == (DeviceFault.UNREACHABLE, "no connection to its license agent")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (5_184_000, "8 weeks 4 days"),
        (604_800, "1 week"),
        (3_660, "1 hour 1 minute"),
        (5, "5 seconds"),
        (0, "0 seconds"),
    ],
)
def test_periods_are_written_as_devices_do(seconds: int, told: str) -> None:
    assert told_period(seconds) == told
