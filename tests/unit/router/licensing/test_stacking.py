"""Two metered licenses for one feature (B.7): warnings by the sum, and the level goes on without a word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.time import DAY, MINUTE, SECOND, Duration
from emulator.licensing.events import NextLevelChosen
from emulator.licensing.expiry import LicenseExpired, LicenseExpiring
from emulator.licensing.store import HistoryKind
from emulator.licensing.types import LicenseType
from tests.unit.router.lab import BASE, EVALUATION, LOST, TOP, Lab
from tests.unit.router.records import recorded, restored, saved


def extended(after: Duration = 10 * DAY, period: Duration = 30 * DAY, *, exclusive: bool = False) -> Lab:
    """An evaluation in use, and an extension installed after so much of it."""
    lab = Lab().evaluate()
    lab.used_for(after)
    lab.events.clear()
    lab.install(lab.line(LicenseType.EXTENSION, "extension", period=period, exclusive=exclusive))
    return lab


def days(lab: Lab, *kinds: type) -> list[float]:
    return [since / DAY for _, since in lab.told(*kinds)]


def test_the_extension_is_in_the_sum_at_once() -> None:
    lab = extended()
    [feature] = [each for each in lab.router.activation.inventory.features() if each.feature == TOP]
    assert feature.license is not None
    assert (feature.license.line.id, feature.left) == (EVALUATION, 80 * DAY)


def test_warnings_go_by_the_sum_and_the_hand_over_is_silent() -> None:
    lab = extended()
    lab.used_for(60 * DAY - 1)
    assert lab.router.running.license_id == EVALUATION
    lab.used_for(60 * DAY)
    assert lab.router.running.license_id == "extension"
    lab.used_for(98 * DAY)
    assert days(lab, LicenseExpiring, LicenseExpired) == [62, 69, 76, 83, 84, 85, 86, 87, 88, 89, 90, 97]
    assert days(lab, LicenseExpired) == [90, 97]
    assert days(lab, NextLevelChosen) == [90]


def test_used_times_are_exact_afterwards() -> None:
    lab = extended()
    lab.used_for(65 * DAY + 123)
    assert (lab.used(), lab.used("extension")) == (60 * DAY, 5 * DAY + 123)
    lab.reload()
    assert lab.router.activation.inventory.licenses.used == {EVALUATION: 60 * DAY, "extension": 5 * DAY + 123}
    lab.used_for(20 * DAY)
    assert lab.used("extension") == 25 * DAY + 123


@pytest.mark.parametrize("day", [59, 61])
def test_the_next_boot_uses_the_extension(day: int) -> None:
    lab = extended()
    lab.used_for(day * DAY)
    chosen = lab.next_level()
    assert chosen.license is not None
    assert (chosen.level, chosen.license.line.id) == (TOP, "extension")
    lab.reload()
    assert (lab.router.running.level, lab.router.running.license_id) == (TOP, "extension")


def test_an_extension_needs_no_boot_line() -> None:
    lab = extended()
    lab.boot_line(None)
    lab.reload()
    assert lab.router.running.license_id == "extension"
    lab.used_for(31 * DAY)
    assert lab.router.running.license_id == EVALUATION, "what is left of it follows"
    assert lab.next_level().level == BASE, "but it brings no level up by itself"
    lab.reload()
    assert lab.router.running.level == BASE


def test_the_history_notes_each_end_once() -> None:
    lab = extended()
    lab.used_for(120 * DAY)
    ends = [(record.license_id, record.at) for record in lab.router.activation.inventory.licenses.history
            if record.kind is HistoryKind.EXPIRED]  # fmt: skip
    begin = lab.router.running.booted
    assert ends == [(EVALUATION, begin + 60 * DAY), ("extension", begin + 90 * DAY)]


def test_an_extension_after_the_end_takes_over_at_once() -> None:
    lab = extended(after=65 * DAY)
    assert lab.router.running.license_id == "extension"
    begin = lab.router.running.booted
    lab.used_for(70 * DAY)
    assert lab.used("extension") == 5 * DAY
    lab.used_for(96 * DAY)
    assert days(lab, LicenseExpired) == [95]
    ends = [record for record in lab.router.activation.inventory.licenses.history if record.kind is HistoryKind.EXPIRED]
    assert [(record.license_id, record.at - begin) for record in ends] == [
        (EVALUATION, 60 * DAY), ("extension", 95 * DAY)
    ]  # fmt: skip


def test_an_exclusive_extension_stands_alone_until_the_next_boot() -> None:
    lab = extended(exclusive=True)
    lab.used_for(61 * DAY)
    assert days(lab, LicenseExpired) == [60]
    assert lab.router.running.license_id == EVALUATION
    assert lab.used("extension") == 0
    lab.reload()
    assert lab.router.running.license_id == "extension"


def test_taken_away_again_the_sum_falls() -> None:
    lab = extended()
    lab.clear("extension")
    lab.used_for(61 * DAY)
    assert days(lab, LicenseExpiring, LicenseExpired) == [32, 39, 46, 53, 54, 55, 56, 57, 58, 59, 60]


def test_what_has_come_into_use_meanwhile_is_not_cleared() -> None:
    """The dialogue of `license clear` may stay open over a hand-over."""
    lab = extended()
    listed = lab.stored("extension")
    assert listed is not None
    lab.used_for(60 * DAY)
    assert not lab.router.activation.clear(listed)
    assert lab.stored("extension") == listed


def test_two_grace_periods_add_up() -> None:
    lab = Lab(factory=(BASE, TOP))
    lab.install(lab.line(LicenseType.PERMANENT, "second"))
    [first] = [each for each in lab.states() if lab.router.running.license_id == each]
    lab.revoke(first, lab.line(LicenseType.GRACE_PERIOD, "grace 1", period=60 * DAY))
    assert lab.router.running.license_id == "second", "the other permanent one takes over"
    lab.revoke("second", lab.line(LicenseType.GRACE_PERIOD, "grace 2", period=60 * DAY))
    assert lab.router.running.license_id == "grace 1"
    [feature] = [each for each in lab.router.activation.inventory.features() if each.feature == TOP]
    assert feature.left == 120 * DAY
    lab.pass_time(61 * DAY)
    assert lab.router.running.license_id == "grace 2"


def test_a_right_to_use_is_not_followed_by_an_extension() -> None:
    lab = Lab(right_to_use=True).evaluate()
    lab.used_for(70 * DAY)
    lab.install(lab.line(LicenseType.EXTENSION, "extension", period=30 * DAY))
    lab.used_for(71 * DAY)
    assert lab.router.running.license_id == EVALUATION
    assert not any(record.kind is HistoryKind.EXPIRED for record in lab.router.activation.inventory.licenses.history)


@pytest.mark.parametrize("day", [52, 60, 90, 97])
def test_a_change_in_the_instant_of_a_notice_does_not_swallow_it(day: int) -> None:
    """The console comes before the clocks of licenses in the order of one instant."""
    quiet = extended()
    quiet.used_for(98 * DAY)
    busy = extended()
    clock, activation = busy.world.clock, busy.router.activation
    instant = busy.router.running.booted + day * DAY

    def act() -> None:
        activation.accept_eula_for_all()

    clock.after(instant - clock.now, act)
    busy.used_for(98 * DAY)
    assert busy.told(LicenseExpiring, LicenseExpired) == quiet.told(LicenseExpiring, LicenseExpired)


def test_a_change_just_before_the_clocks_of_its_instant_does_not_swallow_a_notice() -> None:
    lab = Lab().evaluate()
    activation, keeper = lab.router.activation, lab.world.timekeeper

    class Early:
        """Comes before the clocks of licenses, as a command does."""

        done = False

        def next_deadline(self) -> int | None:
            return None if self.done else lab.router.running.booted + 60 * DAY

        def advance(self, now: int) -> tuple[()]:
            self.done = True
            activation.accept_eula_for_all()
            return ()

    keeper.enrol(("R1", "console"), Early())
    lab.used_for(61 * DAY)
    assert days(lab, LicenseExpired) == [60]
    assert lab.router.activation.inventory.licenses.ever(HistoryKind.EXPIRED, EVALUATION)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100 * DAY), st.lists(st.integers(1, 9 * DAY), max_size=15))
def test_saved_at_any_instant_and_stepped_anyhow_it_goes_on_the_same(instant: int, steps: list[int]) -> None:
    lab = extended()
    end = lab.now + 130 * DAY
    lab.world.clock.run_to(lab.now + instant)
    copy = restored(saved(lab.world))
    seen, later = len(lab.events), recorded(copy)
    for step in steps:
        copy.clock.run_to(min(copy.now + step, end))
    for each in (lab.world, copy):
        each.clock.run_to(end)
    assert later == lab.events[seen:]
    assert saved(copy) == saved(lab.world)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["cut", "reload"]), st.integers(0, 9 * DAY)), max_size=20))
def test_use_is_never_given_back_nor_lost(acts: list[tuple[str, int]]) -> None:
    lab = extended()
    total = lab.used() + lab.used("extension")
    for act, passed in acts:
        running_from = lab.now
        lab.pass_time(passed)
        now = lab.used() + lab.used("extension")
        expected = total + (lab.now - running_from if lab.router.running.license_id else 0)
        if lab.router.running.level == TOP:
            assert now == expected
        else:
            assert now == total
        (lab.cut if act == "cut" else lab.reload)()
        total = lab.used() + lab.used("extension")
        booting = lab.now - lab.router.running.booted if lab.router.running.level == TOP else 0
        assert 0 <= now - (total - booting) < (LOST if act == "cut" else 1)
    assert total <= 90 * DAY + 9 * DAY + MINUTE + SECOND


def test_a_permanent_license_after_an_expired_evaluation_is_used_from_the_reload_on() -> None:
    lab = Lab().evaluate()
    lab.used_for(61 * DAY)
    assert lab.next_level().level == BASE
    lab.install(lab.line(LicenseType.PERMANENT, "bought"))
    assert lab.router.running.license_id == EVALUATION, "it goes on until the reload"
    assert lab.next_level().level == TOP
    lab.reload()
    assert lab.router.running.license_id == "bought"
    assert lab.used() == pytest.approx(61 * DAY, abs=MINUTE)


def test_an_expired_evaluation_tells_of_its_end_until_the_reload() -> None:
    """The feature holds it still, whatever is installed beside it; the level takes the permanent one at the boot."""
    lab = Lab().evaluate()
    lab.used_for(61 * DAY)
    lab.install(lab.line(LicenseType.PERMANENT, "bought"))
    before = len(lab.events)
    lab.pass_time(14 * DAY)
    assert len([event for event in lab.events[before:] if isinstance(event, LicenseExpired)]) == 2
    lab.reload()
    before = len(lab.events)
    lab.pass_time(14 * DAY)
    assert not [event for event in lab.events[before:] if isinstance(event, LicenseExpired)]
