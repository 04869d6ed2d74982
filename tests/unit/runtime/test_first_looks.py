"""The first look at a router's lines is no input, so a replay may not depend on its moment."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from emulator.console.line.admission import LineRefused
from emulator.kernel.time import MINUTE, SECOND
from emulator.runtime.held_world import HeldWorld, hold
from emulator.runtime.replay import replaying, same_state
from emulator.runtime.scripted_bench import do_lines
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from emulator.world.recipe import RouterRecipe, WorldRecipe

ROUTERS = ("R1", "R2")
RECIPE = WorldRecipe(
    routers={
        "R1": RouterRecipe(serial="FTX1405YDC7"),
        "R2": RouterRecipe(serial="FTX1405YDC8", startup="line vty 0 4\n no login\n transport input telnet\n"),
    }
)
LINES = ("", "enable", "no", "show clock", "reload", "exit", "configure terminal", "hostname A", "end")


class Person:
    """Looks, types and waits, in a world that is held."""

    def __init__(self, held: HeldWorld, dice: random.Random) -> None:
        self._held, self._dice, self._world = held, dice, held.world
        self._vtys: list[Callable[[str], None]] = []

    def step(self) -> None:
        acts = (self.look, self.look, self.wait, self.wait, self.bench, self.bench, self.attend, self.type, self.key,
                self.telnet, self.type_there)  # fmt: skip
        self._dice.choice(acts)()

    def look(self) -> None:
        """Look at the lines of a router, as a list of consoles does; nothing comes in by that."""
        _ = self._world.lines_of(self._dice.choice(ROUTERS)).console.prompt

    def wait(self) -> None:
        self._world.clock.run_to(self._world.now + self._dice.choice((1, 40, SECOND, 7 * SECOND, MINUTE)))

    def bench(self) -> None:
        name = self._dice.choice(ROUTERS)
        line = self._dice.choice((f"power {name} on", f"power {name} off", f"power {name} cycle", "time", "advance 5s",
                                  "advance 20s", f"internet {name} off", f"break {name}"))  # fmt: skip
        do_lines(self._held, self._held.bench, [line], len)

    def attend(self) -> None:
        self._world.lines_of(self._dice.choice(ROUTERS)).console.terminal.attend(there=self._dice.random() < 0.7)

    def type(self) -> None:
        line = self._world.lines_of(self._dice.choice(ROUTERS)).console
        if not line.terminal.busy and not line.terminal.deaf:
            line.terminal.submit(self._dice.choice(LINES))

    def key(self) -> None:
        terminal = self._world.lines_of(self._dice.choice(ROUTERS)).console.terminal
        self._dice.choice((terminal.interrupt, terminal.send_break, terminal.end_configuration))()

    def telnet(self) -> None:
        try:
            line = self._world.lines_of("R2").open_vty("192.0.2.9", "telnet")
        except LineRefused:
            return
        line.terminal.begin(len, lambda: None)
        self._vtys.append(line.terminal.submit)

    def type_there(self) -> None:
        if self._vtys and len(self._world.lines_of("R2").in_use) > 1:
            terminal = self._world.lines_of("R2").in_use[-1].terminal
            if not terminal.busy and not terminal.deaf:
                terminal.submit(self._dice.choice(LINES))


def plays_again(folder: Path, seed: int, steps: int) -> None:
    dice = random.Random(seed)
    with WorldDirectory(folder) as directory:
        held = hold(directory, fresh=False, first=None, recipe=RECIPE)
        person = Person(held, dice)
        for _ in range(steps):
            person.step()
        held.world.clock.settle()
        held.save()
        directory.close_worlds()
        state, history = directory.load(), History(directory)
        assert state is not None
        with replaying(history.origin(state.stretch)) as replay:
            replay.play(history.entries(state.stretch))
            assert same_state(replay.state(state.now), state)


@pytest.mark.parametrize("seed", range(40))
def test_a_replay_does_not_depend_on_first_looks(tmp_path: Path, seed: int) -> None:
    plays_again(tmp_path / "world", seed, steps=30)
