"""Paths of parts of a file, as a person counts: from 1."""

import pytest

from emulator.kernel.data_path import shown_path


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("title", "title"),
        ("steps[3].type[0]", "step 4, type 1"),
        ("[0].name", "item 1, name"),
        ("sku[9].years", "sku 10, years"),
        ("kinds.routed.layout[3]", "kinds.routed.layout 4"),
        ("rows[0][1]", "rows 1, 2"),
        ("rows: 'enable secret [0] <secret:Line>'.key", "rows: 'enable secret [0] <secret:Line>'.key"),
    ],
)
def test_the_path_of_a_part(path: str, shown: str) -> None:
    assert shown_path(path) == shown
