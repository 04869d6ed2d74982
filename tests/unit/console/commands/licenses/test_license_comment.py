"""`license comment` and `license modify priority`."""

import pytest

from emulator.licensing.types import LicenseType
from tests.driver import UDI, ConsoleDriver
from tests.unit.console.papers import LEVEL_MESSAGE, TOP, installed, line, on_flash, paper, unstamped


def comments(console: ConsoleDriver) -> list[str]:
    return [stored.comment for stored in console.router.activation.inventory.licenses.primary]


@pytest.mark.parametrize(("typed", "kept"), [("spare", "spare"), ('"a  b"', "a  b"), ('"', '"'), ("x" * 99, "x" * 99)])
def test_a_comment_is_added(console: ConsoleDriver, typed: str, kept: str) -> None:
    console.type(f"license comment add advsecurity {typed}")
    console.sees_exactly(f'Comment "{kept}" added.\n')
    assert comments(console) == [kept]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("advsecurity " + "x" * 100, "% Error: Comment is longer than 99 characters\n"),
        ("advsecurity naïve", "% Error: Comment has characters that are not ASCII\n"),
        ("advsecurity a\tb", "% Error: Comment has characters that are not ASCII\n"),
        ("advipservices x", "% Error: No license found for feature advipservices\n"),
    ],
)
def test_a_comment_is_refused(console: ConsoleDriver, typed: str, error: str) -> None:
    console.type(f"license comment add {typed}")
    console.sees_exactly(error)
    assert comments(console) == [""]


def test_a_comment_changes_nothing_else(console: ConsoleDriver) -> None:
    before = console.router.activation.inventory.licenses
    console.type("license comment add advsecurity x", "license comment delete advsecurity", "yes")
    assert console.router.activation.inventory.licenses == before


def test_of_several_the_index_is_asked_for(console: ConsoleDriver) -> None:
    installed(console, line(id_="x-1"), line(id_="x-2"))
    console.type("license comment add advipservices second")
    console.sees("Feature: advipservices\n    1  License Type: Permanent\n", "    2  License Type: Permanent\n")
    assert console.prompt == "Select Index to Add Comment [1-2]: "
    console.type("2")
    assert comments(console) == ["", "", "second"]
    console.type("license comment add advipservices x", "3")
    console.sees_exactly("% Error: Invalid index\n")
    console.type("license comment add advipservices first", "1", "license comment delete advipservices")
    assert console.prompt == "Select Index to Delete Comment [1-2]: "
    console.type("0")
    console.sees_exactly("% Error: Invalid index\n")
    console.type("license comment delete advipservices", "1", "yes")
    console.sees_exactly("Comment deleted.\n")
    assert comments(console) == ["", "", "second"]


@pytest.mark.parametrize("answer", ["no", "", "n"])
def test_deleting_is_not_confirmed(console: ConsoleDriver, answer: str) -> None:
    console.type("license comment add advsecurity x", "license comment delete advsecurity", answer)
    console.sees_exactly("")
    assert comments(console) == ["x"]


def test_deleting_asks_again_for_yes_or_no(console: ConsoleDriver) -> None:
    console.type("license comment add advsecurity x", "license comment delete advsecurity", "x")
    console.sees_exactly("% Please answer 'yes' or 'no'.\n")
    console.type("yes")
    assert comments(console) == [""]


def test_deleting_what_is_not_there(console: ConsoleDriver) -> None:
    console.type("license comment delete advsecurity")
    console.sees_exactly("% Error: No comment found for feature advsecurity\n")
    console.type("license comment delete foo")
    console.sees_exactly("% Error: No license found for feature foo\n")


def test_the_priority_of_a_permanent_license(console: ConsoleDriver) -> None:
    console.type("license modify priority advsecurity high")
    console.sees_exactly("%Error: Priority of permanent licenses cannot be modified\n")
    console.type("license modify priority foo low")
    console.sees_exactly("% Error: No license found for feature foo\n")
    assert console.router.activation.inventory.licenses.priorities == {}


def test_high_priority_lets_an_extension_win(console: ConsoleDriver) -> None:
    installed(console, line())
    on_flash(console, paper(console, line(LicenseType.EXTENSION, "e-1")))
    console.type("license install flash:a.lic", "yes", "license modify priority advipservices high")
    assert unstamped(console.shown) == (
        f"%LICENSE-6-PRIORITY: License priority of feature advipservices 1.0 has changed to high. UDI={UDI}\n"
        + LEVEL_MESSAGE.format(TOP, TOP)
    )
    console.reload().type("show license in-use")
    console.sees("\tLicense Type: Extension\n\tLicense State: Active, In Use\n", "\tLicense Priority: High\n")
    console.type("license modify priority advipservices low")
    console.reload().type("show license in-use")
    console.sees("\tLicense Type: Permanent\n\tLicense State: Active, In Use\n")
