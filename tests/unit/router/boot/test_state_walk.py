"""Every change of a license's state that a router goes through is in the table, and every row of it happens."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.time import DAY, Duration
from emulator.licensing.lines import LicenseLine
from emulator.licensing.states import TRANSITIONS, Cause, LicenseState
from emulator.licensing.types import LicenseType
from tests.unit.router.lab import BASE, EVALUATION, IPS, SSL, TOP, Lab

Pair = tuple[LicenseState, LicenseState]

CAUSES: dict[str, set[Cause]] = {
    "install": {Cause.OTHER_PERMANENT, Cause.RENEWED},
    "clear": {Cause.PERMANENT_GONE},
    "revoke": {Cause.PERMANENT_GONE},
    "accept": {Cause.EULA},
    "accept all": {Cause.EULA},
    "priority": {Cause.PRIORITY},
    "reload": {Cause.BOOT_USES, Cause.BOOT_LEAVES, Cause.CALENDAR},
    "cut": {Cause.BOOT_USES, Cause.BOOT_LEAVES, Cause.CALENDAR},
    "pass": {Cause.RUNS_OUT},
    "set clock": {Cause.CALENDAR},
    "take": {Cause.USE_TAKEN},
    "give": {Cause.USE_GIVEN},
    "boot line": set(),
}
"""Causes that an act may be of a change; beside them, at any instant a level may go on with another license."""

ACTS = [*sorted(CAUSES), "install", "accept", "reload", "pass"]


def follows(before: LicenseState, after: LicenseState, causes: set[Cause]) -> bool:
    """Tell whether it follows by one of the causes, or by one of them and then a take-over in the same instant."""
    row = TRANSITIONS[before]
    first = {state for cause in causes | {Cause.TAKES_OVER} for state in row.get(cause, ())}
    second = {state for each in first for state in TRANSITIONS[each].get(Cause.TAKES_OVER, ())}
    return after in first | second


class Walk:
    """Does anything to a router and watches the states."""

    def __init__(self, choose: Callable[[list[Any]], Any]) -> None:
        self._choose = choose
        self.lab = Lab(factory=self.pick((BASE,), (), (BASE, TOP)), right_to_use=self.one_in(4))
        self.pairs: set[Pair] = set()
        self.trail: list[object] = []
        self.number = 0

    def pick(self, *options: Any) -> Any:
        return self._choose(list(options))

    def one_in(self, count: int) -> bool:
        return bool(self.pick(*range(count)) == count - 1)

    def step(self) -> None:
        act = self.pick(*ACTS)
        assert isinstance(act, str)
        self.trail.append(act)
        before = self.lab.states()
        self.do(act)
        if act != "pass":
            self.watch(before, CAUSES[act])

    def watch(self, before: dict[str, LicenseState], causes: set[Cause]) -> None:
        for id_, after in self.lab.states().items():
            was = before.get(id_, after)
            if was is not after:
                self.pairs.add((was, after))
                assert follows(was, after, causes), f"{id_}: {was} -> {after} by {self.trail}"

    def do(self, act: str) -> None:
        """Do it, and let what follows from it at the same instant happen."""
        self.begin(act)
        self.lab.world.clock.settle()

    def begin(self, act: str) -> None:
        lab, activation = self.lab, self.lab.router.activation
        ids = sorted(lab.states())
        match act:
            case "install":
                lab.install(self.new_line())
            case "clear":
                installed = [id_ for id_ in ids if id_ != EVALUATION]
                if installed:
                    lab.clear(self.pick(*installed))
            case "revoke":
                self.revoke()
            case "accept":
                lab.accept(self.pick(*ids))
            case "accept all":
                if self.one_in(10):
                    activation.accept_eula_for_all()
            case "priority":
                activation.modify_priority(TOP, self.pick("high", "low"))
            case "reload":
                lab.reload()
            case "cut":
                lab.cut()
            case "pass":
                self.pass_time(self.pick(1, 6, 30, 61) * DAY)
            case "set clock":
                lab.router.set_calendar(self.pick(0, 15, 50) * DAY)
            case "take":
                activation.feature_use.take_seat(SSL)
            case "give":
                activation.feature_use.release_seat(SSL)
            case "boot line":
                lab.boot_line(self.pick(None, TOP, TOP, BASE))

    def pass_time(self, duration: Duration) -> None:
        """Go from one thing that happens to the next, so that no state is missed."""
        end, keeper = self.lab.now + duration, self.lab.world.timekeeper
        while self.lab.now < end:
            before, due = self.lab.states(), keeper.earliest("usage")
            self.lab.world.clock.run_to(end if due is None else min(due, end))
            self.watch(before, CAUSES["pass"])

    def new_line(self) -> LicenseLine:
        self.number += 1
        kinds = [kind for kind in LicenseType if kind is not LicenseType.EVAL_RIGHT_TO_USE]
        kind = self.pick(*kinds)
        features = (IPS, IPS, "unknown") if kind is LicenseType.SUBSCRIPTION else (TOP, TOP, TOP, BASE, SSL)
        feature = self.pick(*features)
        return self.lab.line(
            kind,
            f"{kind} {self.number}",
            feature,
            self.pick(5, 20) * DAY,
            exclusive=self.one_in(3),
            count=self.pick(2, 5) if feature == SSL else None,
            ends=self.pick(10, 40) * DAY if kind is LicenseType.SUBSCRIPTION else None,
        )

    def revoke(self) -> None:
        lab = self.lab
        stored = self.pick(*lab.router.activation.inventory.all())
        if stored.line.type is LicenseType.PERMANENT:
            self.number += 1
            grace = lab.line(LicenseType.GRACE_PERIOD, f"grace {self.number}", stored.line.feature, 20 * DAY)
            lab.revoke(stored.line.id, *self.pick((), (grace,), (grace,)))
        elif stored.line.type is LicenseType.SUBSCRIPTION:
            lab.revoke(stored.line.id)


@pytest.mark.heavy
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_change_of_state_is_in_the_table(data: st.DataObject) -> None:
    walk = Walk(lambda options: data.draw(st.sampled_from(options)))
    for _ in range(data.draw(st.integers(1, 40))):
        walk.step()


@pytest.mark.heavy
def test_every_row_of_the_table_happens() -> None:
    """Walk on routers to which anything is done at random; the same in every run."""
    expected = {(before, after) for before, row in TRANSITIONS.items() for states in row.values() for after in states}
    missing = {(before, after) for before, after in expected if before is not after}
    seed = 0
    while missing and seed < 800:
        seed += 1
        walk = Walk(random.Random(seed).choice)
        for _ in range(40):
            walk.step()
        missing -= walk.pairs
    assert missing == set()
