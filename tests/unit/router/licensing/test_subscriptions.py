"""Subscriptions look at the router's calendar, metered licenses do not; counted features; the unlicensed base."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.kernel.time import DAY, HOUR, MINUTE, WEEK
from emulator.licensing.events import LicenseRequestFailed, NextLevelChosen, UsageAtLimit, UsageNearLimit
from emulator.licensing.expiry import (
    LicenseExpired,
    LicenseExpiring,
    RightToUseAhead,
    RightToUseBegan,
    SubscriptionEnded,
    SubscriptionEnding,
)
from emulator.licensing.states import LicenseState
from emulator.licensing.types import LicenseType
from tests.unit.router.lab import BASE, EVALUATION, IPS, SSL, TOP, Lab
from tests.unit.router.records import recorded, restored, saved

ENDS = 400 * DAY
"""End of a subscription, by the calendar."""


def subscribed() -> Lab:
    lab = Lab()
    lab.install(lab.line(LicenseType.SUBSCRIPTION, "subscription", IPS, ends=ENDS))
    return lab


def left(lab: Lab, *kinds: type) -> list[int]:
    return [getattr(event, "left", 0) or -getattr(event, "ago", 0) for event in lab.events if isinstance(event, kinds)]


def test_nothing_is_said_while_the_calendar_was_never_set() -> None:
    lab = subscribed()
    lab.pass_time(20 * 365 * DAY)
    assert left(lab, SubscriptionEnding, SubscriptionEnded) == []
    assert lab.states()["subscription"] is LicenseState.IN_USE


def test_warnings_come_at_their_dates() -> None:
    lab = subscribed()
    lab.router.set_calendar(ENDS - 60 * DAY)
    begin = lab.now
    lab.pass_time(63 * DAY)
    told = [event for event in lab.events if isinstance(event, SubscriptionEnding | SubscriptionEnded)]
    dates = [event.at - begin - 60 * DAY for event in told]
    assert dates == [
        *(-weeks * WEEK for weeks in range(8, 1, -1)),
        *(-days * DAY for days in range(7, 0, -1)),
        *(-hours * HOUR for hours in range(23, 0, -1)),
        0, DAY, 2 * DAY, 3 * DAY,
    ]  # fmt: skip
    assert [getattr(event, "left", 0) or -getattr(event, "ago", 0) for event in told] == [-date for date in dates]
    assert lab.states()["subscription"] is LicenseState.EXPIRED_IN_USE


def test_setting_the_calendar_tells_where_it_stands() -> None:
    lab = subscribed()
    for today, expected in ((ENDS - 100 * DAY, []), (ENDS - 13 * DAY, [13 * DAY]), (ENDS + 5 * DAY, [-5 * DAY])):
        lab.events.clear()
        lab.router.set_calendar(today)
        lab.world.clock.settle()
        assert left(lab, SubscriptionEnding, SubscriptionEnded) == expected


def renewed(lab: Lab, id_: str = "renewal", ends: int = ENDS + 365 * DAY) -> None:
    lab.install(lab.line(LicenseType.SUBSCRIPTION, id_, IPS, ends=ends))


def test_a_renewal_ends_what_is_told_of_the_one_before() -> None:
    lab = subscribed()
    lab.router.set_calendar(ENDS - DAY)
    lab.pass_time(3 * DAY)
    renewed(lab)
    assert lab.states()["subscription"] is LicenseState.EXPIRED_NOT_IN_USE
    assert lab.states()["renewal"] is LicenseState.IN_USE
    lab.events.clear()
    lab.pass_time(200 * DAY)
    lab.reload()
    assert left(lab, SubscriptionEnding, SubscriptionEnded) == []
    lab.clear("subscription")
    assert "subscription" not in lab.states()


def test_one_that_is_renewed_in_time_never_ends() -> None:
    lab = subscribed()
    lab.router.set_calendar(ENDS - 20 * DAY)
    renewed(lab)
    renewed(lab, "shorter", ENDS + DAY)
    lab.events.clear()
    lab.pass_time(25 * DAY)
    assert left(lab, SubscriptionEnding, SubscriptionEnded) == []
    assert lab.states() | {"subscription": LicenseState.EXPIRED_NOT_IN_USE, "shorter": LicenseState.EXPIRED_NOT_IN_USE,
                           "renewal": LicenseState.IN_USE} == lab.states()  # fmt: skip
    lab.pass_time(361 * DAY)
    assert left(lab, SubscriptionEnded) == [0, -DAY]
    assert lab.states()["renewal"] is LicenseState.EXPIRED_IN_USE


def test_the_one_in_use_is_not_cleared() -> None:
    lab = subscribed()
    renewed(lab)
    lab.clear("renewal")
    assert "renewal" in lab.states()
    lab.clear("subscription")
    assert lab.states()["renewal"] is LicenseState.IN_USE


def test_the_one_before_is_used_again_when_the_renewal_has_moved_away() -> None:
    lab = subscribed()
    lab.router.set_calendar(ENDS - DAY)
    lab.pass_time(2 * DAY + HOUR)
    renewed(lab)
    lab.events.clear()
    lab.revoke("renewal")
    assert lab.states()["subscription"] is LicenseState.EXPIRED_IN_USE
    lab.pass_time(2 * DAY)
    assert left(lab, SubscriptionEnded) == [-2 * DAY, -3 * DAY]


def test_setting_it_back_gives_the_subscription_back() -> None:
    lab = subscribed()
    lab.router.set_calendar(ENDS + DAY)
    assert lab.states()["subscription"] is LicenseState.EXPIRED_IN_USE
    lab.router.set_calendar(ENDS - DAY)
    assert lab.states()["subscription"] is LicenseState.IN_USE


def test_a_boot_forgets_the_calendar_and_so_the_end() -> None:
    lab = subscribed()
    lab.router.set_calendar(ENDS + DAY)
    lab.reload()
    lab.events.clear()
    lab.pass_time(30 * DAY)
    assert lab.states()["subscription"] is LicenseState.IN_USE
    assert left(lab, SubscriptionEnded) == []


@pytest.mark.parametrize("days", [56, 7, 1, 0, -1])
def test_a_change_in_the_instant_of_a_notice_does_not_swallow_it(days: int) -> None:
    """A command comes before the clocks of licenses in the order of one instant."""
    lab = subscribed()
    lab.router.set_calendar(ENDS - 60 * DAY)
    instant, begin = lab.now + (60 - days) * DAY, len(lab.events)

    class Command:
        done = False

        def next_deadline(self) -> int | None:
            return None if self.done else instant

        def advance(self, now: int) -> tuple[()]:
            self.done = True
            lab.router.activation.accept_eula_for_all()
            return ()

    lab.world.timekeeper.enrol(("R1", "console"), Command())
    lab.pass_time(62 * DAY)
    told = [event.at for event in lab.events[begin:] if isinstance(event, SubscriptionEnding | SubscriptionEnded)]
    assert told.count(instant) == 1


def test_an_image_that_does_not_know_the_feature_does_not_use_it() -> None:
    lab = Lab()
    lab.install(lab.line(LicenseType.SUBSCRIPTION, "strange", "voice-pack", ends=ENDS))
    assert lab.states()["strange"] is LicenseState.INACTIVE
    lab.router.set_calendar(ENDS + DAY)
    lab.world.clock.settle()
    assert lab.states()["strange"] is LicenseState.INACTIVE
    assert left(lab, SubscriptionEnded) == []


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 90 * DAY))
def test_a_subscription_saved_at_any_instant_goes_on_the_same(instant: int) -> None:
    lab = subscribed()
    lab.router.set_calendar(ENDS - 60 * DAY)
    lab.pass_time(instant)
    copy = restored(saved(lab.world))
    seen, later = len(lab.events), recorded(copy)
    end = lab.now + 70 * DAY
    for each in (lab.world, copy):
        each.clock.run_to(end)
    assert later == lab.events[seen:]
    assert saved(copy) == saved(lab.world)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10 * DAY), st.integers(0, 40 * 365 * DAY)), max_size=10))
def test_the_calendar_is_nothing_to_a_metered_license(settings_: list[tuple[int, int]]) -> None:
    lab = Lab().evaluate()
    for passed, today in settings_:
        lab.pass_time(passed)
        lab.router.set_calendar(today)
    assert lab.used() == lab.now - lab.router.running.booted
    lab.used_for(101 * DAY)
    days = [since // DAY for _, since in lab.told(LicenseExpiring, LicenseExpired)]
    assert days == [32, 39, 46, 53, 54, 55, 56, 57, 58, 59, 60, 67, 74, 81, 88, 95]


# --- an evaluation that becomes a right to use ----------------------------------------------------------------------


def test_an_evaluation_becomes_a_right_once_and_for_all_boots() -> None:
    lab = Lab(right_to_use=True).evaluate()
    lab.events.clear()
    lab.used_for(100 * DAY)
    told = lab.told(RightToUseAhead, RightToUseBegan, LicenseExpiring, LicenseExpired, NextLevelChosen)
    assert [(name, since // DAY) for name, since in told if name != "NextLevelChosen"] == [
        ("RightToUseAhead", 50), ("RightToUseAhead", 55), ("RightToUseBegan", 60)
    ]  # fmt: skip
    assert lab.next_level().level == TOP
    lab.events.clear()
    for act in (lab.reload, lab.cut, lab.reload):
        act()
        assert lab.router.running.license_id == EVALUATION
        lab.pass_time(30 * DAY)
    assert lab.told(RightToUseAhead, RightToUseBegan, LicenseExpired) == []
    assert lab.states()[EVALUATION] is LicenseState.IN_USE
    [view] = [each for each in lab.router.activation.inventory.views() if each.line.id == EVALUATION]
    assert (view.title, view.left) == ("RightToUse", 0)


def test_a_boot_inside_its_window_repeats_one_warning() -> None:
    lab = Lab(right_to_use=True).evaluate()
    lab.used_for(52 * DAY)
    lab.events.clear()
    lab.reload()
    assert [name for name, _ in lab.told(RightToUseAhead, RightToUseBegan)] == ["RightToUseAhead"]


# --- counted features -----------------------------------------------------------------------------------------------


def counted(*counts: int) -> Lab:
    lab = Lab()
    for number, count in enumerate(counts):
        lab.install(lab.line(LicenseType.PERMANENT, f"ssl {number}", SSL, count=count))
    lab.events.clear()
    return lab


@pytest.mark.parametrize(
    ("counts", "near"), [((10,), 8), ((25,), 20), ((5,), 4), ((10, 25), 28), ((4,), None), ((1,), None), ((11,), 9)]
)
def test_uses_up_to_the_limit_with_a_warning_at_four_fifths_and_at_the_end(
    counts: tuple[int, ...], near: int | None
) -> None:
    lab, limit = counted(*counts), sum(counts)
    activation = lab.router.activation
    for number in range(1, limit + 1):
        lab.events.clear()
        assert activation.feature_use.take_seat(SSL)
        kinds = [
            (type(event), event.in_use, event.count)
            for event in lab.events
            if isinstance(event, UsageNearLimit | UsageAtLimit)
        ]
        expected = {limit: [(UsageAtLimit, limit, limit)], near: [(UsageNearLimit, number, limit)]}
        assert kinds == expected.get(number, [])
    lab.events.clear()
    assert not activation.feature_use.take_seat(SSL)
    assert [type(event) for event in lab.events] == [LicenseRequestFailed]
    assert lab.router.running.seats[SSL] == limit


@given(st.integers(1, 10_000))
def test_the_warning_comes_at_the_first_use_that_is_four_fifths(limit: int) -> None:
    from emulator.router.licensing.feature_use import NEAR_LIMIT

    first = next(number for number in range(limit + 1) if number >= NEAR_LIMIT * limit)
    assert first == -(-4 * limit // 5)


def test_a_use_given_back_can_be_taken_again() -> None:
    lab = counted(2)
    activation = lab.router.activation
    assert not activation.feature_use.release_seat(SSL)
    assert activation.feature_use.take_seat(SSL)
    assert activation.feature_use.take_seat(SSL)
    assert lab.states()["ssl 0"] is LicenseState.IN_USE
    assert activation.feature_use.release_seat(SSL)
    assert activation.feature_use.take_seat(SSL)
    assert not activation.feature_use.take_seat(SSL)
    assert activation.feature_use.release_seat(SSL)
    assert activation.feature_use.release_seat(SSL)
    assert not activation.feature_use.release_seat(SSL)
    assert lab.states()["ssl 0"] is LicenseState.NOT_IN_USE


def test_a_license_in_use_by_a_counted_feature_is_in_use() -> None:
    lab = counted(10, 25)
    lab.router.activation.feature_use.take_seat(SSL)
    assert not lab.clear("ssl 0")
    lab.router.activation.feature_use.release_seat(SSL)
    assert lab.clear("ssl 0")
    [view] = [each for each in lab.router.activation.inventory.views() if each.line.id == "ssl 1"]
    assert view.count_text == "25/0/0  (Active/In-use/Violation)"


def test_an_agreement_that_is_not_accepted_gives_no_use() -> None:
    lab = counted(1)
    lab.install(lab.line(LicenseType.EVALUATION, "trial", SSL, 60 * DAY, count=5))
    assert lab.router.activation.feature_use.take_seat(SSL)
    assert not lab.router.activation.feature_use.take_seat(SSL)
    [view] = [each for each in lab.router.activation.inventory.views() if each.line.id == "trial"]
    assert view.state is LicenseState.INACTIVE, "the permanent one stands before it, and it is not in use"


def test_a_boot_ends_all_uses() -> None:
    lab = counted(2)
    lab.router.activation.feature_use.take_seat(SSL)
    lab.reload()
    assert lab.router.running.seats == {}


# --- the base level without a license -------------------------------------------------------------------------------


def test_the_base_level_runs_without_a_license_and_says_so_every_week() -> None:
    lab = Lab(factory=())
    begin = lab.router.running.booted
    assert (lab.router.running.level, lab.router.running.license_id) == (BASE, None)
    lab.pass_time(3 * WEEK)
    told = [(event.feature, event.at - begin) for event in lab.events if isinstance(event, LicenseRequestFailed)]
    assert [feature for feature, _ in told] == [BASE] * 4
    first = told[0][1]
    assert first < 10_000
    assert [since - first for _, since in told] == [0, WEEK, 2 * WEEK, 3 * WEEK]


def test_with_a_license_it_says_nothing() -> None:
    lab = Lab()
    lab.pass_time(5 * WEEK)
    assert not any(isinstance(event, LicenseRequestFailed) for event in lab.events)


def test_the_base_level_may_be_configured_without_a_license_for_it() -> None:
    lab = Lab(factory=(TOP,))
    assert lab.router.running.level == TOP
    lab.boot_line(BASE)
    assert lab.next_level().license is None
    lab.reload()
    assert (lab.router.running.level, lab.router.running.license_id) == (BASE, None)
    lab.pass_time(MINUTE)
    assert any(isinstance(event, LicenseRequestFailed) for event in lab.events)


def test_the_weekly_word_survives_saving() -> None:
    lab = Lab(factory=())
    lab.pass_time(10 * DAY)
    copy = restored(saved(lab.world))
    later = recorded(copy)
    copy.clock.run_to(copy.now + WEEK)
    assert [type(event) for event in later] == [LicenseRequestFailed]


def test_an_update_is_refused_after_the_end_and_without_a_subscription() -> None:
    assert not Lab().router.activation.feature_use.may_update(IPS)
    lab = subscribed()
    assert lab.router.activation.feature_use.may_update(IPS)
    lab.router.set_calendar(ENDS - DAY)
    assert lab.router.activation.feature_use.may_update(IPS)
    lab.pass_time(2 * DAY)
    assert not lab.router.activation.feature_use.may_update(IPS)
