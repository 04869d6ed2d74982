"""Passwords of users: kept as hashes, told right from wrong, gone with the user."""

import pytest

from emulator.kernel.errors import Refused, UnknownName
from emulator.manager import inventory
from emulator.manager.entities import ManagerUser
from emulator.manager.errors import NotAllowed
from emulator.manager.passwords import is_password, keep_password
from emulator.manager.roles import ManagerRole
from tests.unit.manager.conftest import Bench


def test_a_password_is_told_from_others_until_the_user_is_deleted(bench: Bench) -> None:
    inventory.keep_user(bench.context(), ManagerUser("ann", ManagerRole.REPORT))
    keep_password(bench.context(), "ann", "first one")
    keep_password(bench.context("ann"), "ann", "second one")
    with bench.database.reading() as records:
        tried = [is_password(records, "ann", text) for text in ("first one", "second one", "")]
    assert tried == [False, True, False]
    inventory.delete_user(bench.context(), "ann")
    with bench.database.reading() as records:
        assert not is_password(records, "ann", "second one")
    assert ("ann", "password", "ann", "changed") in bench.trail()


def test_refusals(bench: Bench) -> None:
    inventory.keep_user(bench.context(), ManagerUser("ann", ManagerRole.REPORT))
    with pytest.raises(Refused, match="a password has 8 to 200 characters"):
        keep_password(bench.context(), "ann", "short")
    with pytest.raises(UnknownName):
        keep_password(bench.context(), "bob", "long enough")
    with pytest.raises(NotAllowed):
        keep_password(bench.context("ann"), "bob", "long enough")
