"""Routers after random lives, recorded and imported: the twin prints what the router printed."""

import random
import re

import pytest

from emulator.console.line.phases import PromptKind
from emulator.kernel.time import DAY, HOUR, MINUTE
from tests.heavy.lab import BASE, TOP, Lab, prepared
from tests.unit.twins.recordings import log_of, twin_of

pytestmark = pytest.mark.heavy

LIVES, ACTS = 150, 14


class Life:
    """Acts of a person at one router, one after the other."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lab = Lab(prepared("R1", "R2"))
        self.done: list[str] = []

    def live(self) -> None:
        acts = (self.buy, self.evaluate, self.level, self.priority, self.clear, self.accept, self.reload, self.advance,
                self.advance, self.calendar, self.configure, self.power, self.move)  # fmt: skip
        for _ in range(self.random.randrange(1, ACTS)):
            act = self.random.choice(acts)
            self.done.append(act.__name__)
            act()

    def buy(self) -> None:
        self.lab.buy("R1", reload=self.random.random() < 0.7)

    def evaluate(self) -> None:
        self.lab.evaluate("R1")

    def level(self) -> None:
        self.lab.boot_line("R1", self.random.choice((TOP, BASE)), yes=self.random.random() < 0.8, write=True)

    def priority(self) -> None:
        which = self.random.choice(("high", "low"))
        self.lab.converse("R1", f"license modify priority {TOP} {which}")

    def clear(self) -> None:
        self.lab.clear("R1", self.random.choice((TOP, BASE)), index=self.random.randrange(1, 3), yes=True)

    def accept(self) -> None:
        self.lab.accept_for_all("R1")

    def reload(self) -> None:
        self.lab.reload("R1", save=self.random.random() < 0.8)

    def advance(self) -> None:
        self.lab.advance(self.random.choice((MINUTE, HOUR, 3 * DAY, 20 * DAY, 61 * DAY)) + self.random.randrange(HOUR))

    def calendar(self) -> None:
        self.lab.set_calendar("R1", self.random.randrange(15_000, 20_000) * DAY)

    def configure(self) -> None:
        lines = ("hostname office-42", "clock timezone CET 1 0", "ip host a 192.0.2.9", "no ip domain lookup",
                 "logging buffered 8192", "interface Vlan1\nip address 10.0.0.1 255.255.255.0")  # fmt: skip
        self.lab.converse("R1", "configure terminal", *self.random.choice(lines).split("\n"), "end")

    def power(self) -> None:
        self.lab.power("R1", "cycle")

    def move(self) -> None:
        self.lab.move("R1", "R2", steps=self.random.randrange(1, 5))


SUM = re.compile(r"'\\tPeriod left: [^']*' is printed as '\\tPeriod left: ")
"""Periods left of stacked licenses are printed as their sum: of parts that are rounded down it may be one unit less."""


@pytest.mark.parametrize("shard", range(4))
def test_whatever_a_router_has_been_through_its_twin_prints(shard: int) -> None:
    wrong: list[str] = []
    for seed in range(shard * LIVES, (shard + 1) * LIVES):
        life = Life(seed)
        life.live()
        console = life.lab.console("R1")
        if console.line.prompt.kind is not PromptKind.COMMAND:
            continue
        console.type("enable", "terminal length 0")
        _, twin = twin_of(log_of(console))
        notes = [str(note) for note in twin.notes if note.matter in {"printed otherwise", "not read", "contradicts"}]
        notes = [note for note in notes if not SUM.search(note)]
        if notes:
            wrong.append(f"life {seed}, {' '.join(life.done)}:\n  " + "\n  ".join(notes))
    assert not wrong, f"{len(wrong)} of {LIVES}:\n" + "\n".join(wrong)
