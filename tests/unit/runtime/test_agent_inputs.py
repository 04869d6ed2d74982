"""Requests of managers to a license agent are journalled, and a replay needs no network for it."""

from pathlib import Path

from emulator.kernel.time import MINUTE
from emulator.license_agent.applying import carry_out
from emulator.license_agent.inputs import AgentAsked, AgentCounted, AgentCounter, AgentInput
from emulator.license_agent.messages import (
    AgentRequest,
    Annotate,
    Clear,
    GetCredential,
    Install,
    ProcessTicket,
    RegenerateTicket,
    Reload,
    SaveConfiguration,
    SaveLicenses,
    SetLevel,
)
from emulator.runtime.held_world import hold
from emulator.runtime.replay import replaying, same_state
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.recipe import RouterRecipe

STARTUP = "hostname R1\nend\n"


def test_a_replay_does_again_what_managers_asked(tmp_path: Path) -> None:
    requests = (
        AgentRequest("1", (Annotate(1, "spare & <so on>"), GetCredential(), SaveLicenses())),
        AgentRequest(
            "2", (Install(b"\0\xff", stop_on_failure=True), Clear(9), ProcessTicket(b"x"), RegenerateTicket(b""))
        ),
        AgentRequest("3", (SetLevel("advipservices", accept_agreement=True), SaveConfiguration(), Reload())),
    )
    with WorldDirectory(tmp_path / "world") as directory:
        held = hold(directory, fresh=False, first=RouterRecipe(serial="FTX1405YDC7", powered=True, startup=STARTUP))
        world = held.world
        world.clock.run_to(5 * MINUTE)
        inputs: list[AgentInput] = [AgentAsked("R1", "anna", "127.0.0.1", each) for each in requests]
        inputs.insert(2, AgentCounted("R1", {AgentCounter.REQUESTS: 4, AgentCounter.REQUEST_ERRORS: 2}, 3))
        for what in inputs:
            with world.sink.taking(what):
                carry_out(world.routers["R1"], what)
            world.clock.settle()
        traffic = world.routers["R1"].running.agent
        assert (traffic.requests, traffic.request_errors, traffic.operations, traffic.operation_errors) == (7, 2, 10, 4)
        assert traffic.sessions == 3
        world.clock.run_to(world.now + 5 * MINUTE)
        assert world.routers["R1"].running.level == "advipservices"
        held.save()
        world.close()
        state = directory.load()
        assert state is not None
        history = History(directory)
        taken = [entry.input for entry in history.entries(state.stretch)]
        assert [each for each in taken if isinstance(each, AgentInput)] == inputs
        with replaying(history.origin(state.stretch)) as replay:
            replay.play(history.entries(state.stretch))
            assert same_state(replay.state(state.now), state)
