"""The stretch of a typed line that a terminal shows.

C: where the cursor reaches the right margin the line shifts by ten columns, and `$` in its first column stands for
what is out of sight to the left (examples of the guide to the command line); a line that goes on to the right ends in
`$`. I: the margin is the last column, and moving to the left brings back ten columns at a time.
"""

SHIFT = 10
MARK = "$"


class LineWindow:
    """The part of one line that is in sight; it follows the cursor.

    Attributes:
        room: columns behind the prompt; 0 for a line without bounds.
        first: place of the first character in sight.
    """

    def __init__(self, room: int = 0) -> None:
        """Begin at the start of a line; room for less than two shifts is no bound."""
        self.room = room if room >= 2 * SHIFT else 0
        self.first = 0

    def follow(self, cursor: int) -> None:
        """Shift the line so that the cursor is in sight."""
        if not self.room:
            return
        while self.first and cursor <= self.first:
            self.first -= SHIFT
        while cursor - self.first >= self.room:
            self.first += SHIFT

    def shown(self, text: str) -> str:
        """Return what is in sight of a text."""
        if not self.room:
            return text
        begin, end = self.first, self.first + self.room
        seen = text[begin:end] if len(text) <= end else text[begin : end - 1] + MARK
        return MARK + seen[1:] if begin and seen else seen


def room_behind(prompt: str, columns: int) -> int:
    """Columns that a screen has behind a prompt; 0 where the screen has no bound."""
    return max(columns - len(prompt.rpartition("\n")[2]), 1) if columns else 0
