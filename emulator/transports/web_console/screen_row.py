"""The last row of a screen, out of the characters that a line of a router sends.

R: a line of IOS moves its cursor with CR, LF and backspaces alone, and rings the bell. So what is above the last row
never changes, and is handed on as text; the row itself is told as it stands.
"""

import re

LONGEST = 4096
"""Characters of a row; one that goes on is handed on as a row of its own."""

_PIECES = re.compile(r"[^\x00-\x1f\x7f]+|[\r\n\b\a]")


class ScreenRow:
    """The row that the cursor is in.

    Attributes:
        text: the row as it stands.
        column: place of the cursor.
        rung: the bell has rung since this was last set to False.
    """

    def __init__(self) -> None:
        self.text, self.column, self.rung = "", 0, False

    def feed(self, text: str) -> str:
        """Take what was sent; the rows that it has finished are returned, each with its line feed."""
        finished = []
        for piece in _PIECES.findall(text):
            match piece:
                case "\n":
                    finished.append(f"{self.text.rstrip()}\n")
                    self.text, self.column = "", 0
                case "\r":
                    self.column = 0
                case "\b":
                    self.column = max(self.column - 1, 0)
                case "\a":
                    self.rung = True
                case _:
                    self._print(piece)
                    if len(self.text) > LONGEST:
                        finished.append(f"{self.text}\n")
                        self.text, self.column = "", 0
        return "".join(finished)

    def _print(self, piece: str) -> None:
        end = self.column + len(piece)
        self.text = self.text[: self.column].ljust(self.column) + piece + self.text[end:]
        self.column = end

    def parts(self, prompt: str) -> tuple[str, str, int]:
        """Split the row into prompt and typed line, and tell the place of the cursor in the line.

        Args:
            prompt: text of the prompt that the cursor stands behind; empty where nothing is expected.
        """
        last = prompt.rpartition("\n")[2]
        if not last or not self.text.startswith(last):
            last = self.text if not prompt else ""
        line = self.text[len(last) :]
        cursor = max(self.column - len(last), 0)
        return last, line.rstrip() if cursor <= len(line.rstrip()) else line[:cursor], cursor
