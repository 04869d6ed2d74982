"""Editing one line, and the echo of it: the characters and backspaces that bring a terminal from one state to the next.

R: a line of IOS holds 254 characters and rings at one more; deleted text can be recalled with Ctrl-Y; the keys are
those of Emacs. A line that is longer than the screen is shown in part (`line_window.py`).
"""

from collections.abc import Callable

from emulator.console.line.line_window import LineWindow

LONGEST = 254
BELL, BACK = "\a", "\b"


class LineEditor:
    """A line being typed."""

    def __init__(self, send: Callable[[str], None], *, echoes: bool, room: int = 0) -> None:
        """Begin an empty line.

        Args:
            send: takes the echo.
            echoes: shows what is typed; False for a password.
            room: columns of the screen behind the prompt; 0 for a screen without bounds.
        """
        self._send, self.echoes = send, echoes
        self.text, self.cursor = "", 0
        self._window = LineWindow(room)
        self._shown, self._column = "", 0
        self._deleted = ""

    def ring(self) -> None:
        """Sound the bell."""
        self._send(BELL)

    def insert(self, text: str) -> None:
        """Type at the cursor."""
        room = LONGEST - len(self.text)
        self._send(BELL * len(text[room:]))
        text = text[:room]
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)
        self._show()

    def replace(self, text: str, cursor: int | None = None) -> None:
        """Put another text in place of the whole line, with the cursor at its end unless told otherwise."""
        self.text, self.cursor = text, len(text) if cursor is None else cursor
        self._show(anew=True)

    def move(self, cursor: int) -> None:
        """Put the cursor elsewhere."""
        self.cursor = cursor
        self._show()

    def delete(self, start: int, end: int) -> None:
        """Take out a stretch; the cursor stands where it was."""
        if start == end:
            self.move(start)
            return
        if end - start > 1:
            self._deleted = self.text[start:end]
        self.text, self.cursor = self.text[:start] + self.text[end:], start
        self._show()

    def show_again(self) -> None:
        """Show the line where nothing of it stands yet, as behind a prompt that is shown again."""
        self._shown, self._column = "", 0
        self._show()

    def _show(self, *, anew: bool = False) -> None:
        """Bring the screen from what it shows to what the line is now.

        Args:
            anew: the whole line is sent, and not only what differs.
        """
        if not self.echoes:
            return
        self._window.follow(self.cursor)
        before, now = self._shown, self._window.shown(self.text)
        column, wanted = self._column, self.cursor - self._window.first
        if before != now or anew:
            at = 0 if anew else _agreement(before, now)
            blanks = " " * (len(before) - len(now))
            self._send(BACK * (column - at) + before[column:at] + now[at:] + blanks)
            column = len(now) + len(blanks)
        self._send(BACK * (column - wanted) + now[column:wanted])
        self._shown, self._column = now, wanted

    # --- keys --------------------------------------------------------------------------------------------------

    def backspace(self) -> None:
        """Delete the character before the cursor."""
        self.delete(max(self.cursor - 1, 0), self.cursor)

    def delete_character(self) -> None:
        """Delete the character under the cursor."""
        self.delete(self.cursor, min(self.cursor + 1, len(self.text)))

    def delete_to_start(self) -> None:
        """Delete the text before the cursor."""
        self.delete(0, self.cursor)

    def delete_to_end(self) -> None:
        """Delete the text from the cursor on."""
        self.delete(self.cursor, len(self.text))

    def delete_word_before(self) -> None:
        """Delete the word to the left."""
        self.delete(self._word_before(), self.cursor)

    def delete_word_after(self) -> None:
        """Delete the word to the right."""
        self.delete(self.cursor, self._word_after())

    def left(self) -> None:
        """Move the cursor one character to the left."""
        self.move(max(self.cursor - 1, 0))

    def right(self) -> None:
        """Move the cursor one character to the right."""
        self.move(min(self.cursor + 1, len(self.text)))

    def to_start(self) -> None:
        """Move the cursor to the first character."""
        self.move(0)

    def to_end(self) -> None:
        """Move the cursor behind the last character."""
        self.move(len(self.text))

    def word_left(self) -> None:
        """Move the cursor to the beginning of the word to the left."""
        self.move(self._word_before())

    def word_right(self) -> None:
        """Move the cursor behind the word to the right."""
        self.move(self._word_after())

    def transpose(self) -> None:
        """Exchange the two characters before the cursor."""
        at = self.cursor
        if at < 2:
            self.ring()
            return
        self.replace(self.text[: at - 2] + self.text[at - 1] + self.text[at - 2] + self.text[at:], at)

    def recall_deleted(self) -> None:
        """Insert the text that was deleted last."""
        self.insert(self._deleted)

    def _word_before(self) -> int:
        head = self.text[: self.cursor].rstrip()
        return head.rfind(" ") + 1

    def _word_after(self) -> int:
        rest = self.text[self.cursor :]
        skipped = len(rest) - len(rest.lstrip())
        end = rest.find(" ", skipped)
        return len(self.text) if end < 0 else self.cursor + end


def _agreement(one: str, other: str) -> int:
    """Number of characters with which both texts begin."""
    if other.startswith(one):
        return len(one)
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))
