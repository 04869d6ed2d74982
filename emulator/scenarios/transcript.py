"""The transcript of a replay: everything that was typed and seen, line by line, with who said it.

Each line begins with the device that it belongs to. Nothing of the host gets in, so the same scenario gives the same
bytes on every machine.
"""

from collections.abc import Callable

from emulator.kernel.errors import as_on_a_line

BENCH = "bench"
MARGIN = "| "


class Transcript:
    """Collects the text of several devices, keeping their lines whole."""

    def __init__(self, devices: list[str], tell: Callable[[str], object]) -> None:
        self._width = max(len(name) for name in (BENCH, *devices))
        self._tell = tell
        self._partial: dict[str, str] = {}
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """The whole transcript."""
        return "".join(self._lines)

    def write(self, device: str, text: str) -> None:
        """Text from a device, as it came."""
        *whole, rest = (self._partial.pop(device, "") + text).split("\n")
        for line in whole:
            self._put(f"{device:<{self._width}}{MARGIN}{line}\n")
        if rest:
            self._partial[device] = rest

    def heading(self, text: str) -> None:
        """A line of the scenario itself."""
        self.flush()
        self._put(f"{text}\n")

    def flush(self) -> None:
        """End every line that a device left open."""
        for device in sorted(self._partial):
            self.write(device, "\n")

    def _put(self, line: str) -> None:
        line = as_on_a_line(line)
        self._lines.append(line)
        self._tell(line)
