"""The state of a twin follows from its plan alone, and the world is as before until it adopts it."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from emulator.images.manifest import ImageManifest
from emulator.kernel.errors import Refused
from emulator.router.device import Router
from emulator.router.state import RouterState
from emulator.twins.build import place, twin_plan
from emulator.twins.choice import FREE
from emulator.twins.router_state import router_state
from emulator.twins.use_case import Recording, read
from emulator.world import build
from emulator.world.build import adopt, console_grammar, manufacture, new_world
from emulator.world.recipe import WorldRecipe
from emulator.world.saved_file import encode
from emulator.world.world import World
from tests.unit.twins.recordings import CAPTURES


def recordings() -> list[str]:
    names = [file.name for file in sorted(CAPTURES.glob("show-*.c881*.txt"))]
    assert len(names) > 5
    return names


@pytest.mark.parametrize("name", recordings())
def test_a_state_follows_from_its_plan_and_changes_nothing_of_the_world(name: str) -> None:
    world = new_world(WorldRecipe())
    found = read([Recording(name, (CAPTURES / name).read_bytes())])
    heard: list[object] = []
    world.listeners.append(heard.append)
    before = encode(world.state)
    plan = twin_plan(world, "R1", found.devices[0], FREE)
    assert world.backend.manufacture(plan.udi, plan.factory_levels, world.now), "planning had it made"
    factory = manufacture(new_world(WorldRecipe()), plan.udi, plan.factory_levels)
    state = router_state(plan, factory, world.context, console_grammar())
    again = router_state(plan, factory, world.context, console_grammar())
    assert msgspec.json.encode(state, order="deterministic") == msgspec.json.encode(again, order="deterministic")
    assert encode(world.state) == before
    assert not world.routers
    assert not world.names
    assert world.next_due() is None
    assert heard == []
    adopt(world, state, plan.images)
    assert world.state.images == plan.images
    assert list(world.routers) == ["R1"]
    assert world.router("R1").state is state


def test_a_twin_is_put_into_the_rack_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.unit.twins.recordings import imported

    adopted: list[Router] = []
    real = build.adopt

    def counted(world: World, state: RouterState, images: Mapping[str, ImageManifest]) -> Router:
        adopted.append(real(world, state, images))
        return adopted[-1]

    monkeypatch.setattr("emulator.twins.build.adopt", counted)
    world, _ = imported((CAPTURES / recordings()[0]).read_bytes())
    assert adopted == [world.router("R1")]


def test_a_twin_that_is_refused_leaves_nothing_in_the_world() -> None:
    world = new_world(WorldRecipe())
    name = "887va-with-dialer-and-tunnel.log"
    device = read([Recording(name, (Path(__file__).parent / "samples" / name).read_bytes())]).devices[0]
    before = encode(world.state)
    with pytest.raises(Refused, match="is not a name for a router"):
        place(world, "bad name", device, FREE)
    assert encode(world.state) == before
    place(world, "R1", device, FREE)
    assert world.state.images
