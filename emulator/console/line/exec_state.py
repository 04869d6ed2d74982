"""What somebody at a line has for as long as they are there: level, name, modes entered, the screen, lines typed.

All of it is forgotten when the session ends. R: 20 lines of history, a screen of 24 lines by 80 columns; what is typed
in the modes of configuration has a history of its own, of the same size.
"""

from emulator.console.line.phases import Frame
from emulator.console.modes import EXEC, LIKE, MODES, USER
from emulator.kernel.time import Instant
from emulator.storage.urls import FLASH

DEFAULT_LENGTH = 24
DEFAULT_WIDTH = 80
HISTORY = 20


class ExecState:
    """A session's own facts; a line has one after the other."""

    def __init__(self) -> None:
        self.default_length = DEFAULT_LENGTH
        """Lines of the screen before it; 0 for paper and scripts, where nothing stops at `--More--`."""
        self.reset_session()

    def reset_session(self) -> None:
        """Whoever was there is gone."""
        self.privilege, self.user = USER, ""
        """Level, and who logged in; empty where nobody had to."""
        self.frames: list[Frame] = [Frame(EXEC)]
        self.length = self.default_length
        self.width = DEFAULT_WIDTH
        self.history_size = HISTORY
        self.directory = FLASH
        """Where a file name without a device lies (`cd`)."""
        self._typed: dict[bool, list[str]] = {False: [], True: []}
        self.opened: Instant = 0

    @property
    def mode(self) -> str:
        """The mode that commands are typed in."""
        return self.frames[-1].mode

    @property
    def typed(self) -> list[str]:
        """The lines typed before in this mode and those that share its history, oldest first."""
        return self._typed[self.mode == EXEC]

    def forget_typed(self) -> None:
        """Both histories are gone."""
        for lines in self._typed.values():
            lines.clear()

    @property
    def who(self) -> str:
        """Whom messages name: `console`, `cisco on console` (C)."""
        return f"{self.user} on console" if self.user else "console"

    def enter(self, mode: str, section: str = "", others: tuple[str, ...] = ()) -> None:
        """Go into a mode; a mode of the same depth is left for it."""
        while self.mode != EXEC and MODES[mode].parent not in {self.mode, LIKE.get(self.mode)}:
            self.frames.pop()
        self.frames.append(Frame(mode, section, others))

    def keep(self, text: str) -> None:
        """Remember a line that was typed."""
        if text.strip():
            self.typed.append(text)
            del self.typed[: max(len(self.typed) - self.history_size, 0)]
