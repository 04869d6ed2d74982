"""Room for many is shared out: a flood by one displaces nothing of another, and what is used is given back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.transports.web.guard.shares import Budget, Shares
from emulator.transports.web.problems import Busy

OWNERS = st.sampled_from("abcd")


@given(st.lists(st.tuples(OWNERS, st.integers(0, 5)), max_size=60))
def test_no_owner_has_more_than_its_share_and_all_no_more_than_all(puts: list[tuple[str, int]]) -> None:
    shares: Shares[int] = Shares(8, 20, lambda weight: weight)
    for number, (owner, weight) in enumerate(puts):
        before = {each: sum(shares.of(each)) for each in "abcd"}
        shares.put(owner, str(number), weight)
        after = {each: sum(shares.of(each)) for each in "abcd"}
        assert max(after.values()) <= 8
        assert sum(after.values()) <= 20
        assert shares.get(str(number)) == weight, "what was just put in is there"
        for each in set("abcd") - {owner}:
            lost = before[each] - after[each]
            assert not lost or before[each] >= max(after.values()) - 5, "only who has most makes room"


def test_one_flood_displaces_nothing_of_who_keeps_little() -> None:
    shares: Shares[int] = Shares(100, 150)
    shares.put("ann", "hers", 1)
    for number in range(10_000):
        shares.put("flood", f"f{number}", number)
        shares.put("second flood", f"s{number}", number)
    assert shares.get("hers") == 1
    assert len(shares) <= 150


def test_what_was_used_last_stays_longest() -> None:
    shares: Shares[int] = Shares(2, 10)
    for number, key in enumerate("ab"):
        shares.put("ann", key, number)
    shares.get("a")
    shares.put("ann", "c", 3)
    assert [shares.get(key) is not None for key in "abc"] == [True, False, True]
    shares.drop("a")
    shares.drop("a")
    assert shares.of("ann") == [3]


def test_a_budget_is_for_each_and_for_all_and_given_back() -> None:
    budget = Budget(10, 15)
    with budget.reserved("ann", 10):
        with pytest.raises(Busy), budget.reserved("ann", 1):
            pass
        with budget.reserved("bob", 5), pytest.raises(Busy), budget.reserved("eve", 1):
            pass
        with pytest.raises(ZeroDivisionError), budget.reserved("bob", 5):
            _ = 1 // 0
    assert budget.used == 0
