"""The text that a line has shown and the client was not sent yet, and whether the cursor stands in the first column."""

from collections.abc import Callable


class ShownText:
    """Collects what is shown and sends it at once, ends of lines as CR LF."""

    def __init__(self, send: Callable[[str], None]) -> None:
        self._send = send
        self._pending: list[str] = []
        self.first_column = True

    @property
    def unsent(self) -> int:
        """Number of characters that wait to be sent."""
        return sum(map(len, self._pending))

    def put(self, text: str) -> None:
        """Show a text; lines end with LF."""
        if text:
            self._pending.append(text)
            self.first_column = text.endswith("\n")

    def new_line(self) -> None:
        """Begin a line, unless the cursor stands at the begin of one."""
        if not self.first_column:
            self.put("\n")

    def flush(self) -> None:
        """Send what was shown."""
        if self._pending:
            text = "".join(self._pending).replace("\n", "\r\n")
            self._pending.clear()
            self._send(text)
