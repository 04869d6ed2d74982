"""Who may use call home: accounts and passwords."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .desk import Desk

anything = st.text(max_size=20)


def test_there_is_an_account_for_the_lab():
    desk = Desk()
    assert desk.logs_in("lab", "lab")
    assert not desk.state.rows("accounts"), "nothing is hashed before it is asked for"


@pytest.mark.parametrize(
    ("user", "password"),
    [("lab", ""), ("lab", "Lab"), ("lab", "lab "), ("Lab", "lab"), ("", ""), ("", "lab"), ("joe", "lab"), ("joe", "")],
)
def test_nobody_else_logs_in(user, password):
    assert not Desk().logs_in(user, password)


def test_an_account_can_be_opened():
    desk = Desk()
    desk.add_account("joe", "s3cret")
    assert desk.logs_in("joe", "s3cret")
    assert not desk.logs_in("joe", "lab")
    assert not desk.logs_in("lab", "s3cret")
    assert desk.logs_in("lab", "lab")


def test_a_password_can_be_changed_the_labs_too():
    desk = Desk()
    for user in ("joe", "lab"):
        desk.add_account(user, "first")
        desk.add_account(user, "second")
        assert desk.logs_in(user, "second")
        assert not desk.logs_in(user, "first")
    assert not desk.logs_in("lab", "lab")
    assert not desk.logs_in("ann", "second")


def test_only_a_salted_hash_is_kept():
    desk = Desk()
    for user in ("joe", "ann"):
        desk.add_account(user, "s3cret")
    assert "s3cret" not in str(desk.database.dump())
    hashes = [row["password"] for row in desk.state.rows("accounts")]
    assert [len(bytes.fromhex(each)) for each in hashes] == [64, 64]
    assert hashes[0] != hashes[1]


def test_the_same_world_keeps_the_same_hash_and_finds_it_again():
    one, other = Desk(), Desk()
    for desk in (one, other):
        desk.add_account("joe", "s3cret")
    assert one.state.rows("accounts") == other.state.rows("accounts")
    restored = Desk(one.database.dump())
    assert restored.logs_in("joe", "s3cret")


@given(anything, anything)
@settings(max_examples=15, deadline=None)
def test_any_password_is_told_from_any_other(password, other):
    desk = Desk()
    desk.add_account("joe", password or "x")
    assert desk.logs_in("joe", password or "x")
    assert desk.logs_in("joe", other) is (other == (password or "x"))
    assert not desk.logs_in(other, password) or other in {"joe", "lab"}


def test_what_a_terminal_could_not_decode_is_no_error():
    assert not Desk().logs_in("lab\udcff", "\udcff")
