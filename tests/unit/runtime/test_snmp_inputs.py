"""Input by SNMP is journalled, and a replay needs no agent and no network."""

from pathlib import Path

from emulator.kernel.time import MINUTE
from emulator.router.license_action import ActionState
from emulator.router.snmp_traffic import SnmpCounter
from emulator.runtime.held_world import hold
from emulator.runtime.replay import replaying, same_state
from emulator.snmp.applying import carry_out
from emulator.snmp.inputs import SnmpCounted, SnmpInput, SnmpRefused, SnmpSet
from emulator.snmp.principals import Principal
from emulator.snmp.requests import PduType, SnmpRequest, Version
from emulator.snmp.values import Binding, Value, ValueType, made, oid
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.recipe import RouterRecipe

STARTUP = """\
hostname R1
snmp-server community private RW
snmp-server community public RO
snmp-server group g v3 auth write v1default
snmp-server user anna g v3 auth sha secret-of-anna
end
"""
ACTIONS = oid("1.3.6.1.4.1.9.9.543.1.1.2.1")
LOCATION = oid("1.3.6.1.2.1.1.6.0")
PRINCIPAL = Principal(Version.V2C, "private", "127.0.0.1")
ANNA = Principal(Version.V3, "anna", "127.0.0.1", "auth")
VALUES = (
    made(ValueType.OCTETS, "Cellar"),
    Value(ValueType.IDENTIFIER, (1, 3)),
    Value(ValueType.INTEGER, -1),
    Value(ValueType.ADDRESS, b"\x7f\0\0\1"),
)


def test_a_replay_does_again_what_managers_did(tmp_path: Path) -> None:
    with WorldDirectory(tmp_path / "world") as directory:
        held = hold(directory, fresh=False, first=RouterRecipe(serial="FTX1405YDC7", powered=True, startup=STARTUP))
        world = held.world
        line = world.lines_of("R1").console
        world.clock.run_while(lambda: line.busy)
        sets = [
            SnmpSet("R1", PRINCIPAL, SnmpRequest(Version.V2C, PduType.SET, (Binding(LOCATION, value),)))
            for value in VALUES
        ]
        action = {
            20: made(ValueType.INTEGER, 4),
            15: made(ValueType.INTEGER, 2),
            8: made(ValueType.OCTETS, "flash:a.lic"),
        }
        bindings = tuple(Binding((*ACTIONS, column, 1), value) for column, value in action.items())
        sets.append(SnmpSet("R1", ANNA, SnmpRequest(Version.V3, PduType.SET, bindings)))
        inputs: list[SnmpInput] = [SnmpRefused("R1", "127.0.0.2"), *sets, SnmpCounted("R1", {SnmpCounter.SETS: 4})]
        for what in inputs:
            with world.sink.taking(what):
                carry_out(world.routers["R1"], what)
            world.clock.settle()
        line.terminal.submit("")
        line.terminal.submit("show snmp")
        world.clock.run_to(world.now + MINUTE)
        world.clock.run_while(lambda: line.busy)
        held.save()
        world.close()
        state = directory.load()
        assert state is not None
        history = History(directory)
        taken = [entry.input for entry in history.entries(state.stretch)]
        assert [each for each in taken if isinstance(each, SnmpInput)] == inputs
        with replaying(history.origin(state.stretch)) as replay:
            replay.play(history.entries(state.stretch))
            assert same_state(replay.state(state.now), state)
            router = replay.world.routers["R1"]
            assert router.configuration.word("snmp-server location") == "Cellar"
            assert router.running.snmp.traffic[SnmpCounter.SETS] == 4
            assert [user.name for user in router.running.snmp.users] == ["anna"]
            assert router.running.license_actions.actions["1"].result.state is ActionState.FAILED
