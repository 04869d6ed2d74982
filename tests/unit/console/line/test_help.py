"""Help by `?` at a terminal: its text, and a blank line before the prompt that comes again."""

import pytest

from tests.driver import ConsoleDriver


@pytest.mark.parametrize("text", ["", "show ", "sh", "show clock "])
def test_a_blank_line_stands_before_the_prompt(console: ConsoleDriver, text: str) -> None:
    assert console.line.terminal.help(text) == console.session.help(text) + "\n"
