"""Every question that takes yes or no: what is an answer, and what is not (C: the line that says so)."""

from collections.abc import Callable

import pytest

from emulator.console.wording import wordings
from tests.driver import BenchDriver, ConsoleDriver, world_of

ASKS_AGAIN = "% Please answer 'yes' or 'no'.\n"
NO_ANSWERS = ("?", "maybe", "show license", "write memory", "yess", "nope", "0")


def eula(console: ConsoleDriver) -> None:
    console.type("configure terminal", "license boot module c880-data level advipservices")


def agreement_for_all(console: ConsoleDriver) -> None:
    console.type("configure terminal", "license accept end user agreement")


def reload(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname X", "end", "reload")


def clearing(console: ConsoleDriver) -> None:
    bench = BenchDriver(console.world)
    console.type(f"license install usbflash0:{bench.license_on_stick()}", "license clear advipservices")


def commenting(console: ConsoleDriver) -> None:
    console.type("license comment add advsecurity mine", "license comment delete advsecurity")


def keys(console: ConsoleDriver) -> None:
    console.type("configure terminal", "hostname X", "ip domain-name x.com", "crypto key generate rsa", "512")
    console.type("crypto key generate rsa")


def removing_keys(console: ConsoleDriver) -> None:
    keys(console)
    console.type("no", "crypto key zeroize rsa")


QUESTIONS: tuple[Callable[[ConsoleDriver], None], ...] = (
    eula, agreement_for_all, reload, clearing, commenting, keys, removing_keys,
)  # fmt: skip
"""Ways to a question of each wording; those of the setup dialog and of call home are asked by the same function."""


@pytest.mark.parametrize("way", QUESTIONS)
def test_what_is_neither_is_asked_again(way: Callable[[ConsoleDriver], None]) -> None:
    console = ConsoleDriver(world_of()).boot()
    way(console)
    question = console.prompt
    assert "yes" in question, question
    for answer in NO_ANSWERS:
        console.type(answer)
        assert console.shown.startswith(ASKS_AGAIN), answer
        assert console.prompt == question, answer
    if "[no]" not in question:
        console.type("")
        assert console.prompt == question
    console.type("n")
    assert console.prompt != question


@pytest.mark.parametrize("answer", ["y", "Ye", "YES", " yes "])
def test_an_abbreviation_is_enough(answer: str) -> None:
    console = ConsoleDriver(world_of()).boot()
    eula(console)
    console.type(answer)
    console.sees("% use 'write' command to make license boot config take effect on next boot\n")


def test_a_pasted_page_does_not_refuse() -> None:
    """The lines that were pasted behind the command are no answers; what comes then is."""
    console = ConsoleDriver(world_of()).boot()
    eula(console)
    console.type("end", "write memory", "reload")
    assert console.prompt == "ACCEPT? [yes/no]: "
    console.type("yes")
    console.sees("EULA for feature advipservices 1.0 has been accepted.")


def test_every_question_of_this_form_is_known() -> None:
    """A new one belongs into the list above, or to a dialog that uses the function."""
    asked = {
        f"{topic}.{name}"
        for topic, words in wordings().items()
        for name, each in words.items()
        if "yes/no" in each.text or "yes/[no]" in each.text
    }
    assert asked == {
        "console.dialog_question", "setup.basic_question", "reload.save", "clear.confirm", "eula.ask",
        "comment.confirm",
        "call_home.install", "call_home.transfer", "keys.replace", "keys.remove",
    }  # fmt: skip
