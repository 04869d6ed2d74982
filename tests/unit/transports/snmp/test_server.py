"""The agents of several routers at one real socket."""

from contextlib import AbstractContextManager
from typing import Any

import pytest
from snmp.message import Message, ProtocolVersion
from snmp.smi import OctetString

from emulator.console.line.inputs import InputSink
from emulator.router.snmp_traffic import SnmpCounter
from emulator.snmp.inputs import SnmpCounted, SnmpRefused, SnmpSet
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from tests.unit.transports.snmp.network import (
    SILENCE,
    GetBulkRequestPDU,
    GetRequestPDU,
    SetRequestPDU,
    served,
)

STARTUP = "hostname {name}\nsnmp-server community public RO\nsnmp-server community private RW\nend\n"
NAME, LOCATION = "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.6.0"

pytestmark = pytest.mark.anyio


@pytest.fixture
def world():
    recipes = {name: RouterRecipe(powered=True, startup=STARTUP.format(name=name)) for name in ("R1", "R2")}
    recipes["R3"] = RouterRecipe(powered=False)
    recipes["R4"] = RouterRecipe(powered=True, startup="hostname R4\nend\n")
    world = new_world(WorldRecipe(routers=recipes))
    world.clock.run_while(lambda: any(world.lines_of(name).console.busy for name in ("R1", "R2", "R4")))
    return world


async def test_the_address_says_which_router_is_asked(world):
    async with served(world) as network:
        for name in ("R1", "R2"):
            pdu = await network.ask(GetRequestPDU(NAME), b"public", name=name)
            assert pdu.variableBindings[0].value.data == name.encode()


async def test_a_router_without_power_or_agent_is_silent(world):
    async with served(world) as network:
        await network.ask(GetRequestPDU(NAME))
        for name in ("R3", "R4"):
            data = Message(ProtocolVersion.SNMPv2c, b"public", GetRequestPDU(NAME)).encode()
            assert await network.exchange(data, name, SILENCE) is None


async def test_inputs_are_sets_refusals_and_counts_before_them(world):
    taken: list[object] = []
    sink = world.sink
    assert isinstance(sink, InputSink)
    taking = sink.taking

    def noted(what: Any) -> AbstractContextManager[None]:
        taken.append(what)
        return taking(what)

    sink.taking = noted
    async with served(world) as network:
        await network.ask(GetRequestPDU(NAME, LOCATION))
        pdu = await network.ask(SetRequestPDU((LOCATION, OctetString(b"Cellar"))))
        assert not pdu.errorStatus
        await network.ask(GetRequestPDU(NAME))
    kinds = [type(each) for each in taken if isinstance(each, SnmpSet | SnmpRefused | SnmpCounted)]
    assert kinds == [SnmpCounted, SnmpSet, SnmpCounted]
    traffic = world.routers["R1"].running.snmp.traffic
    assert traffic[SnmpCounter.PACKETS_IN] == traffic[SnmpCounter.RESPONSES] == 3
    assert (traffic[SnmpCounter.REQUESTED], traffic[SnmpCounter.ALTERED]) == (3, 1)
    assert "snmp-server location Cellar" in world.routers["R1"].configuration.lines.values()


async def test_an_answer_is_no_larger_than_the_packet_size(world):
    world.routers["R1"].configuration.lines["snmp-server packetsize"] = "snmp-server packetsize 484"
    async with served(world) as network:
        pdu = await network.ask(GetRequestPDU(*["1.3.6.1.2.1.1.1.0"] * 3))
        assert (pdu.errorStatus.name, len(pdu.variableBindings)) == ("tooBig", 0)
        pdu = await network.ask(GetBulkRequestPDU("1.3.6.1.2.1.2.2", maxRepetitions=200))
        assert 15 < len(pdu.variableBindings) < 30
        pdu = await network.ask(GetBulkRequestPDU(NAME, nonRepeaters=0, maxRepetitions=2_000_000_000))
        assert len(pdu.variableBindings) > 1


async def test_a_manager_reads_counts_at_once(world):
    """Every read is of now, though counts are an input of the world every few seconds only."""
    bad_encodings, packets = "1.3.6.1.2.1.11.6.0", "1.3.6.1.2.1.11.1.0"
    async with served(world) as network:
        assert await network.exchange(b"no message", "R1", SILENCE) is None
        for number in range(2, 5):
            pdu = await network.ask(GetRequestPDU(bad_encodings, packets))
            assert [variable.value.value for variable in pdu.variableBindings] == [1, number]
        assert SnmpCounter.PACKETS_IN not in world.routers["R1"].running.snmp.traffic
