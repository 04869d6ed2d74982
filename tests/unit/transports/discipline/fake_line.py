"""A line that does nothing but note what it is given, for tests of the line discipline."""

from collections.abc import Callable

from emulator.console.line.phases import Prompt, PromptKind
from emulator.transports.discipline.line_discipline import LineDiscipline

COMMAND = Prompt("R1#", PromptKind.COMMAND)
CONFIGURATION = Prompt("R1(config)#", PromptKind.COMMAND)


class FakeLine:
    """A line at a prompt; `answer` says what a submitted line does."""

    def __init__(self) -> None:
        self.prompt = COMMAND
        self.busy = self.remote = self.deaf = self.logging_in = self.synchronous = False
        self.history: list[str] = []
        self.helped = ""
        self.submitted: list[str] = []
        self.interrupts, self.breakable = 0, True
        self.answer: Callable[[str], None] = lambda _: None
        self.open = True
        self.output: Callable[[str], object] | None = None
        self.messages: Callable[[str], object] | None = None
        self.rows, self.columns = 24, 0
        self.sizes: list[tuple[int, int]] = []
        self.breaks = 0

    @property
    def configuring(self) -> bool:
        return self.prompt == CONFIGURATION

    def submit(self, text: str) -> None:
        self.submitted.append(text)
        self.history.append(text)
        self.answer(text)

    def interrupt(self) -> None:
        self.interrupts += 1
        if self.breakable:
            self.busy, self.prompt = False, COMMAND

    def end_configuration(self) -> None:
        self.prompt = COMMAND

    def help(self, text: str) -> str:
        return self.helped or f"  help for <{text}>\n\n"

    def complete(self, text: str) -> str:
        return "show " if text == "sh" else text

    def print(self, text: str) -> None:
        assert self.output is not None
        self.output(text)

    def tell(self, message: str) -> None:
        assert self.messages is not None
        self.messages(message)

    # --- as a session's port -----------------------------------------------------------------------------------

    skips_time = False
    """The time that it waits for is lived through."""

    @property
    def line(self) -> "FakeLine":
        return self

    def resize(self, rows: int, columns: int) -> None:
        self.sizes.append((rows, columns))

    def unpaged(self) -> None:
        pass

    def send_break(self) -> None:
        self.breaks += 1

    def listen(self, show: Callable[[str], None], tell: Callable[[str], None], ended: Callable[[], None]) -> None:
        self.output, self.messages, self.ended = show, tell, ended

    def leave(self) -> None:
        self.open = False


class Typist:
    """A client at a fake line: what it sends, and what it has been sent."""

    def __init__(self) -> None:
        self.line = FakeLine()
        self.sent = ""
        self.discipline = LineDiscipline(self.line, self._take, lambda: None)
        self.line.output, self.line.messages = self.discipline.show, self.discipline.tell

    def type(self, text: str) -> str:
        """Send characters; what comes back."""
        before = len(self.sent)
        self.discipline.receive(text)
        while self.discipline.run(8):
            pass
        return self.sent[before:]

    @property
    def screen(self) -> list[str]:
        """The lines of a terminal that shows what was sent; wide, and as long as need be."""
        rows, column = [""], 0
        for character in self.sent:
            match character:
                case "\r":
                    column = 0
                case "\n":
                    rows.append("")
                case "\b":
                    column = max(column - 1, 0)
                case "\a":
                    pass
                case _:
                    rows[-1] = rows[-1][:column].ljust(column) + character + rows[-1][column + 1 :]
                    column += 1
        return rows

    def _take(self, text: str) -> None:
        self.sent += text
