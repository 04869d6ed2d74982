"""Thousands of random lives of two routers and a back end, with power cuts anywhere, under the laws of `laws.py`.

Four shards, each with a seed of its own, so that two workers share them and a failure is seen again. A twin is now
and then made from the saved world and does the same acts for a while: it must do so with the same record.
"""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND
from tests.backend_records import records_of
from tests.heavy.lab import BASE, TOP, Lab, prepared
from tests.heavy.laws import Laws
from tests.sizes import trials
from tests.unit.router.records import saved

SHARDS = 4
LIVES, STEPS = trials(250, full=5_000), trials(40, full=80)
TWIN_LIFE = 8

first_or_second = st.integers(0, 1)
durations = st.one_of(
    st.integers(0, MINUTE), st.integers(0, 3 * HOUR), st.integers(0, 9 * DAY), st.integers(20 * DAY, 70 * DAY)
)
some_number = st.integers(0, 30)
features = st.sampled_from([TOP, TOP, TOP, BASE, "securityk9"])
levels = st.sampled_from([TOP, TOP, BASE])
mostly = st.sampled_from([True, True, True, False])

pytestmark = pytest.mark.heavy


class Lives(RuleBasedStateMachine):
    """A person at the bench and at two consoles, whom the power company does not like."""

    steps_done = 0

    def __init__(self) -> None:
        super().__init__()
        self.lab = Lab(prepared("R1", "R2"))
        self.laws = Laws(self.lab)
        self.twin: Lab | None = None
        self.twin_since = self.twin_acts = 0
        self.rma_done = False

    def perform(self, act: Callable[[Lab], object]) -> None:
        """Do an act here, and in the twin."""
        type(self).steps_done += 1
        act(self.lab)
        if self.twin is not None:
            act(self.twin)
            self.twin_acts += 1

    def name(self, which: int) -> str:
        return self.lab.names[which]

    # --- buying and installing ---------------------------------------------------------------------------------

    @precondition(lambda self: len(records_of(self.lab.world).paks) < 3)
    @rule(quantity=st.integers(1, 2), paper=st.sampled_from([False, False, False, True]))
    def order(self, quantity: int, paper: bool) -> None:
        sku = "SL-880-AIS=" if paper else "L-880-AIS="
        self.perform(lambda lab: lab.do(f"order {sku} quantity {quantity}"))

    @precondition(lambda self: bool(records_of(self.lab.world).paks))
    @rule(pak=some_number, which=first_or_second, both=st.booleans())
    def register(self, pak: int, which: int, both: bool) -> None:
        names = self.lab.names if both else [self.name(which)]
        self.perform(lambda lab: lab.register(pak, *names))

    @precondition(lambda self: self.lab.letters("License file"))
    @rule(which=first_or_second, letter=some_number)
    def install(self, which: int, letter: int) -> None:
        letters = self.lab.letters("License file")
        self.perform(lambda lab: lab.install(self.name(which), letters[-1 - letter % len(letters)]))

    @rule(which=first_or_second)
    def resend(self, which: int) -> None:
        self.perform(lambda lab: lab.do(f"portal resend {self.name(which)}"))

    @rule(which=first_or_second, feature=features, index=st.integers(1, 2), yes=mostly)
    def clear(self, which: int, feature: str, index: int, yes: bool) -> None:
        self.perform(lambda lab: lab.clear(self.name(which), feature, index=index, yes=yes))

    @rule(which=first_or_second, what=st.sampled_from(["resend", "pak"]), pak=some_number)
    def call_home(self, which: int, what: str, pak: int) -> None:
        if what == "pak":
            self.perform(lambda lab: lab.call_home_pak(self.name(which), pak))
        else:
            self.perform(lambda lab: lab.converse(self.name(which), "license call-home resend"))

    @precondition(lambda self: len(records_of(self.lab.world).paks) < 6)
    @rule(which=first_or_second, reload=mostly)
    def buy(self, which: int, reload: bool) -> None:
        """The whole way to a license, in one act."""
        self.perform(lambda lab: lab.buy(self.name(which), reload=reload))

    # --- moving ------------------------------------------------------------------------------------------------

    @rule(which=first_or_second)
    def permission(self, which: int) -> None:
        self.perform(lambda lab: lab.do(f"portal permission {self.name(which)}"))

    @precondition(lambda self: self.lab.letters("Permission ticket"))
    @rule(which=first_or_second, letter=some_number, yes=mostly)
    def revoke(self, which: int, letter: int, yes: bool) -> None:
        letters = self.lab.letters("Permission ticket")
        self.perform(lambda lab: lab.revoke(self.name(which), letters[-1 - letter % len(letters)], yes=yes))

    @precondition(lambda self: self.lab.letters("Permission ticket"))
    @rule(source=first_or_second, onto=first_or_second)
    def rehost(self, source: int, onto: int) -> None:
        self.perform(lambda lab: lab.rehost(self.name(source), self.name(onto)))

    @precondition(lambda self: self.lab.letters("License file"))
    @rule(which=first_or_second, steps=st.integers(1, 4))
    def move(self, which: int, steps: int) -> None:
        """The whole way of a rehost, or the beginning of it."""
        source, target = self.name(which), self.name(1 - which)
        self.perform(lambda lab: lab.move(source, target, steps))

    @precondition(lambda self: self.lab.letters("License file"))
    @rule(which=first_or_second)
    def call_home_revoke(self, which: int) -> None:
        target = self.lab.router(self.name(1 - which)).state.udi
        self.perform(lambda lab: lab.converse(self.name(which), f"license call-home revoke udi {target}"))

    @precondition(lambda self: not self.rma_done and self.lab.letters("License file"))
    @rule(failed=first_or_second)
    def rma(self, failed: int) -> None:
        self.rma_done = True
        dead, replacement = self.name(failed), self.name(1 - failed)
        self.perform(lambda lab: lab.rma(dead, replacement))

    # --- running -----------------------------------------------------------------------------------------------

    @rule(which=first_or_second, level=levels, yes=mostly, write=mostly)
    def boot_line(self, which: int, level: str, yes: bool, write: bool) -> None:
        self.perform(lambda lab: lab.boot_line(self.name(which), level, yes=yes, write=write))

    @rule(which=first_or_second)
    def evaluate(self, which: int) -> None:
        """Up to a boot that may use the evaluation."""
        self.perform(lambda lab: lab.evaluate(self.name(which)))

    @rule(which=first_or_second, write=st.booleans())
    def no_boot_line(self, which: int, write: bool) -> None:
        self.perform(lambda lab: lab.no_boot_line(self.name(which), write=write))

    @rule(which=first_or_second, high=st.booleans())
    def priority(self, which: int, high: bool) -> None:
        line = f"license modify priority {TOP} {'high' if high else 'low'}"
        self.perform(lambda lab: lab.converse(self.name(which), line))

    @rule(which=first_or_second)
    def accept_for_all(self, which: int) -> None:
        self.perform(lambda lab: lab.accept_for_all(self.name(which)))

    @rule(which=first_or_second, save=st.booleans())
    def reload(self, which: int, save: bool) -> None:
        self.perform(lambda lab: lab.reload(self.name(which), save=save))

    @rule(which=first_or_second, state=st.sampled_from(["on", "on", "off", "cycle", "cycle"]))
    def power(self, which: int, state: str) -> None:
        self.perform(lambda lab: lab.power(self.name(which), state))

    @rule(
        which=first_or_second,
        text=st.sampled_from(["reload", "write memory", f"license clear {TOP}", "show version"]),
        delay=st.integers(0, 120 * SECOND),
    )
    def cut_during(self, which: int, text: str, delay: int) -> None:
        self.perform(lambda lab: lab.cut_during(self.name(which), text, delay))

    @rule(which=first_or_second, writes=st.integers(0, 9))
    def fuse(self, which: int, writes: int) -> None:
        self.perform(lambda lab: lab.fuse(self.name(which), writes))

    @rule(duration=durations)
    def advance(self, duration: int) -> None:
        self.perform(lambda lab: lab.advance(duration))

    @rule(which=first_or_second, days=st.integers(0, 20_000))
    def set_calendar(self, which: int, days: int) -> None:
        self.perform(lambda lab: lab.set_calendar(self.name(which), days * DAY))

    # --- the twin ----------------------------------------------------------------------------------------------

    @rule()
    def fork(self) -> None:
        self.twin = Lab(saved(self.lab.world))
        self.twin_since, self.twin_acts = len(self.lab.events), 0

    @invariant()
    def laws_hold(self) -> None:
        self.laws.check()

    @invariant()
    def the_twin_goes_the_same_way(self) -> None:
        if self.twin is None:
            return
        assert self.twin.events == self.lab.events[self.twin_since :]
        assert saved(self.twin.world) == saved(self.lab.world)
        if self.twin_acts >= TWIN_LIFE:
            self.twin = None


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_sequence_breaks_a_law(shard: int) -> None:
    machine: type[Lives] = type(f"Lives{shard}", (Lives,), {"steps_done": 0})
    run_state_machine_as_test(
        seed(shard)(machine),
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"shard {shard}: {machine.steps_done} acts")
