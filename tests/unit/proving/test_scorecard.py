"""A scorecard fails by any line that fails, and not by what was left out."""

from emulator.proving.scorecard import Scorecard, ScoreLine, counted


def test_a_scorecard_is_a_table() -> None:
    card = Scorecard((counted("devices", 10, 10), ScoreLine("kills", "-", "left out")))
    assert card.passed
    assert list(card.text()) == [
        "             WANTED  FOUND",
        "ok  devices  10      10",
        "-   kills    -       left out",
    ]


def test_one_line_that_fails_is_enough() -> None:
    card = Scorecard((counted("devices", 10, 10), counted("licenses debited", 10, 11)))
    assert not card.passed
    assert list(card.text())[-1] == "FAILS  licenses debited  10      11"
