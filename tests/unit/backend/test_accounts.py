"""Accounts: who may log in, who may change what of whom, and that there is always an operator."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.backend.entities import Role
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.kernel.time import DAY

from .desk import PASSWORD, R1, Desk

anything = st.text(max_size=20)


def test_there_is_an_account_for_the_lab():
    desk = Desk()
    assert desk.accounts.logs_in("lab", "lab")
    assert not desk.state.rows("accounts"), "nothing is hashed before it is asked for"


@pytest.mark.parametrize(
    ("user", "password"),
    [("lab", ""), ("lab", "Lab"), ("lab", "lab "), ("Lab", "lab"), ("", ""), ("", "lab"), ("joe", "lab"), ("joe", "")],
)
def test_nobody_else_logs_in(user, password):
    assert not Desk().accounts.logs_in(user, password)


def test_an_account_can_be_opened():
    desk = Desk()
    desk.add_account("joe", PASSWORD)
    assert desk.accounts.logs_in("joe", PASSWORD)
    assert not desk.accounts.logs_in("joe", "lab")
    assert not desk.accounts.logs_in("lab", PASSWORD)
    assert desk.accounts.logs_in("lab", "lab")


def test_a_password_can_be_changed_the_labs_too():
    desk = Desk()
    desk.customer("joe")
    for user in ("joe", "lab"):
        for password in ("the first one", "the second one"):
            desk.change_account(user, password=password)
        assert desk.accounts.logs_in(user, "the second one")
        assert not desk.accounts.logs_in(user, "the first one")
    assert not desk.accounts.logs_in("lab", "lab")
    assert not desk.accounts.logs_in("ann", "the second one")


def test_only_a_salted_hash_is_kept():
    desk = Desk()
    for user in ("joe", "ann"):
        desk.add_account(user, PASSWORD)
    assert PASSWORD not in str(desk.database.dump())
    hashes = [row["password"] for row in desk.state.rows("accounts")]
    assert [len(bytes.fromhex(each)) for each in hashes] == [64, 64]
    assert hashes[0] != hashes[1]


def test_the_same_world_keeps_the_same_hash_and_finds_it_again():
    one, other = Desk(), Desk()
    for desk in (one, other):
        desk.add_account("joe", PASSWORD)
    assert one.state.rows("accounts") == other.state.rows("accounts")
    restored = Desk(one.database.dump())
    assert restored.accounts.logs_in("joe", PASSWORD)


@given(anything, anything)
@settings(max_examples=15, deadline=None)
def test_any_password_is_told_from_any_other(password, other):
    desk = Desk()
    password = f"not easy {password}"
    desk.add_account("joe", password)
    assert desk.accounts.logs_in("joe", password)
    assert desk.accounts.logs_in("joe", other) is (other == password)
    assert not desk.accounts.logs_in(other, password) or other in {"joe", "lab"}


def test_what_a_terminal_could_not_decode_is_no_error():
    assert not Desk().accounts.logs_in("lab\udcff", "\udcff")


def test_opening_an_account_that_there_is_changes_nothing():
    desk = Desk()
    desk.add_account("joe", PASSWORD, role=Role.OPERATOR)
    before = desk.database.dump()
    for user in ("joe", "lab"):
        with pytest.raises(PortalError, match=f"There is an account '{user}' already") as caught:
            desk.add_account(user, "another one", role=Role.CUSTOMER)
        assert caught.value.refusal is PortalRefusal.ACCOUNT_EXISTS
    assert desk.database.dump() == before
    assert desk.accounts.logs_in("lab", "lab")


def test_what_is_left_out_of_a_change_stays():
    desk = Desk()
    desk.add_account("joe", PASSWORD, address="joe@branch.example")
    desk.change_account("joe", role=Role.OPERATOR)
    assert desk.accounts.logs_in("joe", PASSWORD)
    assert desk.accounts.get("joe").address == "joe@branch.example"
    desk.change_account("joe", by="joe", password="another one", address="joe@home.example")
    assert desk.accounts.get("joe").role is Role.OPERATOR
    before = desk.database.dump()
    desk.change_account("joe", role=Role.OPERATOR)
    assert desk.database.dump() == before, "what changes nothing is no act"
    assert [(each.act, each.detail) for each in desk.queries.audit(by="lab", text="joe").items] == [
        ("account changed", "address joe@home.example, password"),
        ("account changed", "role operator"),
        ("account", "customer"),
    ]


def test_there_is_always_an_operator():
    desk = Desk()
    with pytest.raises(PortalError, match="lab is the last operator and stays one"):
        desk.change_account("lab", role=Role.CUSTOMER)
    desk.change_account("lab", password="the lab's own")
    with pytest.raises(PortalError, match="lab is the last operator and stays one"):
        desk.change_account("lab", role=Role.CUSTOMER, password="another one")
    assert desk.accounts.logs_in("lab", "the lab's own")
    desk.add_account("joe", PASSWORD, role=Role.OPERATOR)
    desk.change_account("lab", role=Role.CUSTOMER)
    with pytest.raises(PortalError, match="joe is the last operator and stays one"):
        desk.change_account("joe", by="joe", role=Role.CUSTOMER)
    desk.change_account("lab", by="joe", role=Role.OPERATOR)
    desk.change_account("joe", role=Role.CUSTOMER)


def test_two_operators_cannot_take_each_others_role_at_once():
    desk = Desk()
    for name in ("ann", "joe"):
        desk.add_account(name, PASSWORD, role=Role.OPERATOR)
    desk.change_account("lab", role=Role.CUSTOMER)
    start = Barrier(2)

    def demote(name: str) -> str:
        start.wait()
        try:
            desk.change_account(name, role=Role.CUSTOMER, by="joe" if name == "ann" else "ann")
        except PortalError as error:
            return error.refusal.name
        return ""

    with ThreadPoolExecutor(2) as threads:
        done = sorted(threads.map(demote, ("ann", "joe")))
    assert done in (["", "LAST_OPERATOR"], ["", "FORBIDDEN"])
    assert [desk.accounts.get(name).role for name in ("ann", "joe")].count(Role.OPERATOR) == 1


def test_tokens_end_with_the_password_and_with_nothing_else():
    desk = Desk()
    for name in ("joe", "ann"):
        desk.customer(name)
    secrets = {
        name: desk.accounts.new_token(name, "ci", 0, by=name, entropy=name.encode() * 8)[1]
        for name in ("joe", "ann", "lab")
    }
    desk.change_account("joe", address="joe@home.example")
    assert desk.accounts.token_account(secrets["joe"]) is not None
    desk.change_account("joe", password="another one", by="joe")
    assert desk.accounts.token_account(secrets["joe"]) is None
    assert [desk.accounts.token_account(secrets[name]) is not None for name in ("ann", "lab")] == [True, True]


def test_the_built_in_password_is_short_and_no_other():
    desk = Desk()
    assert desk.accounts.logs_in("lab", "lab")
    with pytest.raises(PortalError, match="A password has at least 8 characters"):
        desk.add_account("joe", "1234567")
    desk.add_account("joe", "12345679")
    with pytest.raises(PortalError, match="A password has at least 8 characters"):
        desk.change_account("lab", password="lab")


def test_an_extension_tells_who_granted_it():
    desk = Desk()
    desk.manufacture(R1, [], 0)
    with pytest.raises(PortalError, match="who granted it") as caught:
        desk.extension(R1, "advipservices", DAY, 0, why=" ")
    assert caught.value.refusal.field == "why"
    desk.extension(R1, "advipservices", DAY, 0, why="Mary at the TAC, case 6")
    assert desk.queries.audit(by="lab", act="extension").items[0].why == "Mary at the TAC, case 6"
