"""The last row of a screen, as a terminal would show it."""

import pytest

from emulator.transports.web_console.screen_row import LONGEST, ScreenRow


@pytest.mark.parametrize(
    ("sent", "finished", "row", "column"),
    [
        ("R1#", "", "R1#", 3),
        ("R1#show\r\nCisco IOS\r\nR1#", "R1#show\nCisco IOS\n", "R1#", 3),
        ("R1#shwo\b\b \b\b", "", "R1#sh o", 4),
        ("R1#abc\b \b", "", "R1#ab ", 5),
        ("\b\b\bx", "", "x", 1),
        ("abc\rX", "", "Xbc", 1),
        (" --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\bnext\r\n", "next\n", "", 0),
        ("a\x1b[2Jb\0c\x7f", "", "a[2Jbc", 6),
        ("\a", "", "", 0),
    ],
)
def test_it_is_what_a_terminal_shows(sent: str, finished: str, row: str, column: int) -> None:
    for pieces in ([sent], list(sent)):
        screen = ScreenRow()
        assert "".join(screen.feed(piece) for piece in pieces) == finished
        assert (screen.text, screen.column) == (row, column)
        assert screen.rung == ("\a" in sent)


@pytest.mark.parametrize(
    ("row", "prompt", "parts"),
    [
        ("R1#show ver", "R1#", ("R1#", "show ver", 8)),
        ("R1#show ", "R1#", ("R1#", "show ", 5)),
        ("R1#show\b\b   \b\b\b", "R1#", ("R1#", "sh", 2)),
        ("Password: ", "Password: ", ("Password: ", "", 0)),
        ("Continue?\r\n[confirm]", "Continue?\n[confirm]", ("[confirm]", "", 0)),
        ("!!!!!", "", ("!!!!!", "", 0)),
        ("ver", "R1#", ("", "ver", 3)),
    ],
)
def test_it_is_split_at_the_prompt(row: str, prompt: str, parts: tuple[str, str, int]) -> None:
    screen = ScreenRow()
    screen.feed(row)
    assert screen.parts(prompt) == parts


def test_a_row_without_an_end_is_handed_on() -> None:
    screen = ScreenRow()
    handed = "".join(screen.feed("x" * 1000) for _ in range(20))
    assert len(handed.replace("\n", "")) + len(screen.text) == 20_000
    assert len(screen.text) <= LONGEST
