"""Editing one line, and the echo of it: the characters and backspaces that bring a terminal from one state to the next.

R: a line of IOS holds 254 characters and rings at one more; deleted text can be recalled with Ctrl-Y; the keys are
those of Emacs. I: a line longer than the screen wraps there, where IOS would shift it by ten characters.
"""

from collections.abc import Callable

LONGEST = 254
BELL, BACK = "\a", "\b"


class LineEditor:
    """A line being typed."""

    def __init__(self, send: Callable[[str], None], *, echoes: bool) -> None:
        self._send, self.echoes = send, echoes
        self.text, self.cursor = "", 0
        self._deleted = ""

    def echo(self, text: str) -> None:
        """Show, unless the line is typed unseen."""
        if self.echoes:
            self._send(text)

    def ring(self) -> None:
        """Sound the bell."""
        self._send(BELL)

    def insert(self, text: str) -> None:
        """Type at the cursor."""
        room = LONGEST - len(self.text)
        self._send(BELL * len(text[room:]))
        text = text[:room]
        rest = self.text[self.cursor :]
        self.text = self.text[: self.cursor] + text + rest
        self.cursor += len(text)
        self.echo(text + rest + BACK * len(rest))

    def replace(self, text: str, cursor: int | None = None) -> None:
        """Put another text in place of the whole line, with the cursor at its end unless told otherwise."""
        cursor = len(text) if cursor is None else cursor
        blanks = max(len(self.text) - len(text), 0)
        self.echo(BACK * self.cursor + text + " " * blanks + BACK * (len(text) + blanks - cursor))
        self.text, self.cursor = text, cursor

    def move(self, cursor: int) -> None:
        """Put the cursor elsewhere."""
        step = cursor - self.cursor
        self.echo(BACK * -step if step < 0 else self.text[self.cursor : cursor])
        self.cursor = cursor

    def delete(self, start: int, end: int) -> None:
        """Take out a stretch; the cursor stands where it was."""
        if start == end == self.cursor:
            return
        if end - start > 1:
            self._deleted = self.text[start:end]
        rest = self.text[end:]
        self.echo(BACK * (self.cursor - start) + rest + " " * (end - start) + BACK * (len(rest) + end - start))
        self.text, self.cursor = self.text[:start] + rest, start

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
