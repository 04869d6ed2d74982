"""Passwords that accounts are not given, and those that they are."""

import pytest

from emulator.backend.passwords import weakness
from emulator.backend.refusals import PortalRefusal


@pytest.mark.parametrize("password", ["", " ", " " * 12, "\t" * 8, "\N{ZERO WIDTH SPACE}" * 9, "\0" * 8, "\xa0" * 8])
def test_blanks_are_none(password):
    problem = weakness("joe", password)
    assert problem is not None
    assert problem.refusal is PortalRefusal.NO_PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        "password", "PassWord", "p@ssw0rd", "Password2010", "password!!", "!password", "  password  ", "12345678",
        "87654321", "abcdefgh", "qwertyui", "aaaaaaaa", "abababab", "abcdabcd", "zzzzyyyy", "letmein123", "trustno1",
        "joejoe12", "joe-12345", "12345joe", "cisco123", "Winter2010!", "00000000", "iloveyou1", "welcome01",
    ],
)  # fmt: skip
def test_what_stands_in_every_list_is_refused_however_it_is_disguised(password):
    problem = weakness("joe", password)
    assert problem is not None
    assert problem.refusal is PortalRefusal.EASY_PASSWORD
    assert not problem.slots, "no sentence repeats a password"


@pytest.mark.parametrize(
    "password", ["s3cret w0rd", "another one", "the lab's own", "joe's secret", "пароль мой", "tr0ub4dor&3"]
)
def test_others_are_taken(password):
    assert weakness("joe", password) is None
