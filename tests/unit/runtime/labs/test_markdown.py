"""Text for a learner to type is told apart from the words around it."""

import pytest

from emulator.runtime.labs.markdown import shown


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Type `lab check`.", "Type `lab check`.\n"),
        ("`a_b_c` and `*x*` and `<file>`", "`a_b_c` and `*x*` and `<file>`\n"),
        ("- `PID`: which?", "\n • `PID`: which?\n"),
        ("no code", "no code\n"),
    ],
)
def test_what_is_typed_stands_between_backquotes(markdown: str, text: str) -> None:
    assert shown(markdown) == text
