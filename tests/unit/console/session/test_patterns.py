"""The regular expressions of the output filters."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.console.session.patterns import BadPattern, matcher


@pytest.mark.parametrize(
    ("pattern", "line", "found"),
    [
        ("uptime", "R1 uptime is 5 minutes", True),
        ("Uptime", "R1 uptime is 5 minutes", False),
        ("^interface", "interface Vlan1", True),
        ("^interface", " interface Vlan1", False),
        ("down$", "is down", True),
        ("down$", "is down now", False),
        ("1[0-9]+", "port 17", True),
        ("1[^0-9]", "port 17", False),
        ("[]x]", "a]", True),
        ("(ab)+c?", "xababy", True),
        ("(one|two) words", "two words", True),
        ("_65000_", "1 65000 2", True),
        ("_65000_", "65000", True),
        ("_65000_", "(65000)", True),
        ("_65000_", "{65000,1}", True),
        ("_65000_", "165000 2", False),
        ("MY_LIST", "access-list MY_LIST", True),
        (r"10\.0", "10.0.0.1", True),
        (r"10\.0", "1030", False),
        (r"\d", "d", True),
        (r"\d", "7", False),
        ("a{2}", "aa", False),
        ("a{2}", "a{2}", True),
        ("a\\", "a\\", True),
        ("#", "# comment", True),
        ("é", "café", True),
        ("", "anything", True),
    ],
)
def test_patterns(pattern: str, line: str, found: bool) -> None:
    assert matcher(pattern)(line) is found


@pytest.mark.parametrize("pattern", ["(", "a)", "[a", "[", "*a", "a**", "[z-a]"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        matcher(pattern)


def test_no_pattern_holds_the_console() -> None:
    for pattern in ("(a*)*b", "(a|aa)+$b", "(a+)+" * 40 + "b", "((a?)+)+b"):
        begun = time.process_time()
        assert not matcher(pattern)("a" * 5_000)
        assert time.process_time() - begun < 0.1


@settings(max_examples=300)
@given(st.text(st.sampled_from("ab_.*+?^$[]()|\\-{},: é\ud800"), max_size=60), st.text(max_size=200))
def test_any_pattern_is_read_or_refused(pattern: str, line: str) -> None:
    try:
        found = matcher(pattern)
    except BadPattern:
        return
    assert found(line) in {True, False}
