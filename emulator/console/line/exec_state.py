"""The facts of a session at a line for as long as it lasts: level, name, modes entered, the screen, lines typed.

All of it is forgotten when the session ends. R: 20 lines of history, a screen of 24 lines by 80 columns; what is typed
in the modes of configuration has a history of its own, of the same size.
"""

from emulator.console.line.connections import Connections
from emulator.console.line.phases import Frame
from emulator.console.modes import EXEC, MODES, USER, tree_of
from emulator.kernel.time import Instant
from emulator.router.configuration import Block
from emulator.storage.urls import FLASH

DEFAULT_LENGTH = 24
DEFAULT_WIDTH = 80
HISTORY = 20


class ExecState:
    """The facts of one EXEC session; a line has one session after the other.

    Attributes:
        default_length: lines of the screen by default; 0 for scripts, where no output stops at `--More--`.
        privilege, user: the level, and the user who logged in; empty without a log-in.
        length, width: of the screen; a length of 0 never stops at `--More--`.
        monitor: system messages are shown here (`terminal monitor`); con 0 shows them anyway.
        directory: the place of a file name without a device (`cd`).
        opened: the instant at which the session began.
        connections: the connections from here to other hosts.
    """

    def __init__(self) -> None:
        self.default_length = DEFAULT_LENGTH
        self.connections = Connections()
        self.reset()

    def reset(self) -> None:
        """Forget the session that has ended, and end the connections that were left open."""
        for connection in tuple(self.connections):
            connection.close()
        self.privilege, self.user = USER, ""
        self.frames: list[Frame] = [Frame(EXEC)]
        self.length = self.default_length
        self.width = DEFAULT_WIDTH
        self.history_size = HISTORY
        self.monitor = False
        self.directory = FLASH
        self._typed: dict[bool, list[str]] = {False: [], True: []}
        self.opened: Instant = 0

    def configure(self, settings: Block) -> None:
        """Begin a session with the terminal settings of its line."""
        numbers = {key: settings.word(key) for key in ("length", "width", "history size")}
        if numbers["length"].isdecimal() and self.default_length:
            self.length = int(numbers["length"])
        if numbers["width"].isdecimal():
            self.width = int(numbers["width"])
        if numbers["history size"].isdecimal():
            self.history_size = int(numbers["history size"])
        self.monitor = "monitor" in settings.lines

    @property
    def mode(self) -> str:
        """Mode that commands are typed in."""
        return self.frames[-1].mode

    @property
    def typed(self) -> list[str]:
        """Lines typed before in this mode and those that share its history, oldest first."""
        return self._typed[self.mode == EXEC]

    def forget_typed(self) -> None:
        """Clear both histories."""
        for lines in self._typed.values():
            lines.clear()

    def enter(self, mode: str, section: str = "", others: tuple[str, ...] = ()) -> None:
        """Enter a mode; a mode of the same depth is left for it."""
        while self.mode != EXEC and MODES[mode].parent not in {self.mode, tree_of(self.mode)}:
            self.frames.pop()
        self.frames.append(Frame(mode, section, others))

    def keep(self, text: str) -> None:
        """Add a typed line to the history."""
        if text.strip():
            self.typed.append(text)
            del self.typed[: max(len(self.typed) - self.history_size, 0)]
