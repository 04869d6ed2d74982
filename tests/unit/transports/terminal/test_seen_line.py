"""The line being typed, as it stands on the screen of a local terminal."""

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.layout import BufferControl
from prompt_toolkit.layout.processors import TransformationInput

from emulator.console.line.phases import Prompt, PromptKind
from emulator.transports.terminal.seen_line import SeenLine

PROMPT = Prompt("R1#", PromptKind.COMMAND)


class Screen:
    """A line on a screen of forty columns."""

    def __init__(self, text: str, cursor: int, prompt: Prompt = PROMPT) -> None:
        self.buffer = Buffer(document=Document(text, cursor))
        self.line = SeenLine(prompt, lambda: "", 40, self.buffer)

    @property
    def seen(self) -> tuple[str, int]:
        """The text in sight, and the column of the cursor in it."""
        control = BufferControl(self.buffer)
        given = TransformationInput(control, self.buffer.document, 0, lambda at: at, [], 40, 1, None)
        changed = self.line.apply_transformation(given)
        (fragment,) = changed.fragments
        return fragment[1], changed.source_to_display(self.buffer.cursor_position)


def test_a_short_line_is_shown_whole():
    assert Screen("show clock", 4).seen == ("show clock", 4)


def test_a_long_line_is_shown_from_where_it_was_shifted_to():
    text = "0123456789" * 5
    assert Screen(text, 50).seen == (f"${text[21:]}", 30)
    assert Screen(text, 0).seen == (f"{text[:36]}$", 0)
    assert Screen(text, 40).seen == (f"${text[11:46]}$", 30)


def test_what_stands_above_a_message_is_not_shown_again():
    screen = Screen("sho", 3)
    assert screen.line.tear(again=False) == "R1#sho"
    screen.buffer.insert_text("w")
    assert screen.seen == ("w", 1)
    assert screen.line.tear(again=False) == "w"
    screen.buffer.cursor_position = 1
    assert screen.seen == ("", 0)


def test_all_is_shown_again_where_the_line_is_synchronous():
    screen = Screen("sho", 3)
    assert screen.line.tear(again=True) == "R1#sho"
    assert screen.line.tear(again=True) == "R1#sho"
    assert screen.seen == ("sho", 3)


def test_a_password_is_never_seen():
    screen = Screen("secret", 6, Prompt("Password: ", PromptKind.QUESTION, hidden=True))
    assert screen.seen == ("", 0)
    assert screen.line.tear(again=False) == "Password: "
