import pickle

import pytest

from emulator.kernel.errors import DataFileError, Refused, UnknownName, nearest


def test_a_near_name_is_proposed() -> None:
    error = UnknownName("PID", "CISCO881-K8", ["CISCO881-K9", "CISCO861-K9"])
    assert str(error) == "unknown PID 'CISCO881-K8'. Did you mean CISCO881-K9?"


def test_without_a_near_one_all_are_named() -> None:
    assert str(UnknownName("router", "x", ["R2", "R1"])) == "unknown router 'x'. Known: R1, R2"


def test_of_many_the_first_eight_are_named() -> None:
    names = [f"name{number}" for number in range(1, 10)]
    assert nearest("qqq", names) == "Known: name1, name2, name3, name4, name5, name6, name7, name8, …"


PIDS = ["C881-K9", "C887VA-K9", "CISCO881-K9", "CISCO881W-GN-E-K9", "IAD888F-K9"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("cisco881-k9", "Did you mean CISCO881-K9?"),  # the name itself, in another case
        ("cisco881-k", "Did you mean CISCO881-K9?"),  # but for its end
        ("887", "Did you mean C887VA-K9?"),  # one holds it
        ("c881", "Did you mean C881-K9?"),  # one begins with it, others hold it
        ("CISCO881", "Known: CISCO881-K9, CISCO881W-GN-E-K9, C881-K9, C887VA-K9, IAD888F-K9"),  # short for either
        ("881", "Known: C881-K9, CISCO881-K9, CISCO881W-GN-E-K9, C887VA-K9, IAD888F-K9"),
        ("88", "Known: C881-K9, C887VA-K9, CISCO881-K9, CISCO881W-GN-E-K9, IAD888F-K9"),  # too short to mean one
        ("CISCO881K9", "Did you mean CISCO881-K9?"),  # misspelt
    ],
)
def test_a_name_that_several_hold_is_none_of_them(name: str, told: str) -> None:
    assert nearest(name, PIDS) == told


def test_an_empty_registry_says_so() -> None:
    assert str(UnknownName("router", "R1", [])) == "unknown router 'R1'. None is known."


@pytest.mark.parametrize(
    ("where", "text"), [(None, "a.toml: wrong"), (3, "a.toml:3: wrong"), ("key", "a.toml:key: wrong")]
)
def test_a_data_file_error_names_its_place(where: int | str | None, text: str) -> None:
    assert str(DataFileError("a.toml", where, "wrong")) == text


@pytest.mark.parametrize("error", [DataFileError("a.toml", 3, "wrong"), UnknownName("PID", "x", ["y"]), Refused("no")])
def test_errors_are_rebuilt_from_their_arguments(error: Exception) -> None:
    """SimPy re-raises the failure of a process as `type(error)(*error.args)`."""
    assert str(type(error)(*error.args)) == str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_name_of_any_length_is_looked_for_in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("difflib.get_close_matches", lambda *_, **__: pytest.fail("it is compared"))
    assert nearest("n" * 5_000_000, ["name"]) == "Known: name"
