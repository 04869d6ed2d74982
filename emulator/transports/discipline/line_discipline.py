"""The line discipline of a network line: keys in, text out, over one line of a router.

The router echoes, edits and pages; nothing is left to the client's terminal. What is typed while a command runs waits
for the next prompt, but for Ctrl-C and Ctrl-^, which break the command off; at another router that takes Ctrl-^ twice,
and Ctrl-^ x comes back from there. C: `--More--` is wiped with backspaces; a message of what a command has done stands
behind the prompt that follows. R: Tab and Ctrl-R show the prompt again on a line of its own; a message that breaks into
a line being typed does not, unless `logging synchronous` stands.
"""

from collections.abc import Callable

from emulator.console.line.interactive_line import InteractiveLine
from emulator.console.line.line_table import ESCAPE
from emulator.console.line.line_window import room_behind
from emulator.console.line.phases import ASKED, Prompt, PromptKind
from emulator.console.line.recall import Recall
from emulator.console.session.help_pages import HelpPages
from emulator.transports.discipline.editing_keys import EDITING
from emulator.transports.discipline.editor import BACK, LineEditor
from emulator.transports.discipline.keys import BREAKS, RETURN, Key, KeyBuffer
from emulator.transports.discipline.shown_text import ShownText

OLDER, NEWER = {"\x10", Key.UP}, {"\x0e", Key.DOWN}
SHOWN_AGAIN = {"\x0c", "\x12"}
ABORT, QUOTE, END, HELP, TAB = "\x03", "\x16", "\x1a", "?", "\t"
LEAVING = frozenset("xX\x18")
"""Keys behind Ctrl-^ with which a connection is left (R)."""
LINES = {PromptKind.COMMAND, PromptKind.QUESTION}


class LineDiscipline:
    """Types what one client sends at one line, and sends what the line shows."""

    def __init__(
        self,
        line: InteractiveLine,
        send: Callable[[str], None],
        settle: Callable[[], None],
        *,
        windowed: bool = True,
    ) -> None:
        """Stand between a client and a line.

        Args:
            line: the line; its output goes to `show`.
            send: takes text for the client, ends of lines as CR LF.
            settle: lets happen what is due now, after every input.
            windowed: a typed line that is longer than the screen is shown in part; else the client shows it whole.
        """
        self._line, self._settle, self._windowed = line, settle, windowed
        self._keys = KeyBuffer()
        self._shown = ShownText(send)
        self._prompt: Prompt | None = None
        """The prompt that the cursor stands behind."""
        self._messages: list[str] = []
        """Messages that came before the prompt that is due, and stand behind it."""
        self._editor = self._beneath = LineEditor(self._shown.put, echoes=True)
        self._help_pages: HelpPages | None = None
        """Help that is being shown; the line that it was asked for is kept beneath."""
        self._recall: Recall | None = None
        self._quoting = self._escaping = False
        self._command: str | None = None
        self.through = False
        """The one command that was to be run is through."""
        self._ending = False
        """Ctrl-Z was typed: configuration is left once the command before it is through."""

    @property
    def waiting(self) -> int:
        """Number of characters that were typed ahead."""
        return len(self._keys)

    @property
    def unsent(self) -> int:
        """Number of characters that wait to be sent."""
        return self._shown.unsent

    @property
    def prompt(self) -> Prompt | None:
        """The prompt that the cursor stands behind; None while nothing is expected."""
        return self._prompt

    @property
    def empty(self) -> bool:
        """Tell whether nothing is typed yet behind the prompt."""
        return not self._editor.text and not self.waiting

    def run_alone(self, command: str) -> None:
        """Run one command at the first prompt, and show nothing but what it prints and asks."""
        self._command = command

    def move_to(self, line: InteractiveLine) -> None:
        """Go on at another line, with what was typed ahead."""
        self.show("")
        self._line, self._prompt, self._help_pages, self._ending = line, None, None, False
        self._messages.clear()

    def receive(self, text: str) -> None:
        """Take what the client has sent."""
        while text and self._line.busy and (self._escaping or _first_break(text) is not None):
            text = self._take_break(text)
        if not self._line.deaf:
            self._keys.add(text)

    def _take_break(self, text: str) -> str:
        """Act on the first key that is not typed ahead of what goes on; returns the rest of a text."""
        if self._escaping:
            self._escape(text[0])
            return text[1:]
        at = _first_break(text)
        if at is None:
            return text
        self._keys.add(text[:at])
        if text[at] == ESCAPE and self._line.remote:
            self._escape(ESCAPE)
        else:
            self._interrupt_line()
        return text[at + 1 :]

    def show(self, text: str) -> None:
        """Show what the line prints; at a prompt it begins on a line of its own."""
        prompt = self._prompt
        if prompt is None:
            self._shown.put(text)
            return
        self._shown.new_line()
        self._shown.put(text)
        if self._line.synchronous and prompt == self._line.prompt:
            self._shown.new_line()
            self._show_line()

    def tell(self, message: str) -> None:
        """Show a system message: behind the prompt that is due, or at once, on a line of its own."""
        if self._prompt is None and not self._line.busy and self._line.prompt.kind in ASKED:
            self._messages.append(message)
        elif self._prompt is None:
            self._shown.new_line()
            self._shown.put(message)
        else:
            self.show(message)

    def run(self, most: int, is_over: Callable[[], bool] = lambda: False) -> bool:
        """Act on what was typed, and show the prompt; says whether more can be done at once.

        Args:
            most: lines and keys that the line may take in this turn.
            is_over: tells after each whether the turn is over.
        """
        taken, over = 0, False
        while not over and self._at_prompt() and self._type():
            taken += 1
            over = taken >= most or (self.waiting > 0 and is_over())
        self.flush()
        return over

    # --- the prompt --------------------------------------------------------------------------------------------

    def _at_prompt(self) -> bool:
        """Show the prompt where it does not stand there yet; says whether something is expected."""
        line = self._line
        if line.busy:
            return False
        prompt = line.prompt
        if self._ending and prompt.kind is PromptKind.COMMAND:
            self._ending = False
            line.end_configuration()
            self._settle()
            prompt = line.prompt
        if self._command is not None and prompt.kind is PromptKind.COMMAND:
            return self._run_alone(self._command)
        if self._help_pages is not None and (page := self._page(self._help_pages, prompt)) is not None:
            prompt = page
        if prompt != self._prompt:
            if self._prompt is not None:
                self._shown.new_line()
            self._prompt = prompt
            self._shown.put(prompt.text)
            self._begin_line(prompt)
            self._show_messages()
        return not line.busy

    def _run_alone(self, command: str) -> bool:
        """Run the one command, or be through once it has run."""
        self.through, self._command = not command, ""
        if command:
            self._submit(command)
            return self._at_prompt()
        return False

    def _page(self, pages: HelpPages, prompt: Prompt) -> Prompt | None:
        """Prompt for the next page of help; at the end of it, the line that help was asked for is shown again."""
        if prompt == pages.beneath and pages.prompt is not None:
            return pages.prompt
        self._help_pages = None
        if prompt == pages.beneath:
            self._editor, self._prompt = self._beneath, prompt
            self._shown.new_line()
            self._show_line()
        return None

    def _begin_line(self, prompt: Prompt) -> None:
        room = room_behind(prompt.text, self._line.columns) if self._windowed else 0
        self._editor = LineEditor(self._shown.put, echoes=not prompt.hidden, room=room)
        self._recall, self._quoting, self._escaping = None, False, False

    def _show_messages(self) -> None:
        """Show what came before the prompt; it goes out on its own, some time after the prompt, as from a router."""
        messages, self._messages = self._messages, []
        for message in messages:
            self.flush()
            self.show(message)

    def _show_line(self) -> None:
        """Show the prompt again, with what was typed."""
        assert self._prompt is not None
        self._shown.put(self._prompt.text.rpartition("\n")[2])
        self._editor.show_again()

    # --- keys --------------------------------------------------------------------------------------------------

    def _type(self) -> bool:
        """Take keys until the line takes something of them; says whether it did."""
        prompt = self._prompt
        assert prompt is not None
        edits = prompt.kind in LINES
        while True:
            if edits and not (self._quoting or self._escaping) and (text := self._keys.take_text()):
                self._editor.insert(text)
            key = self._keys.take()
            if key is None or self._press(key):
                return key is not None

    def _press(self, key: str) -> bool:
        """Do what a key does; says whether the line took something."""
        prompt = self._prompt
        assert prompt is not None
        if self._escaping or (key == ESCAPE and prompt.escapes):
            return self._escape(key)
        if prompt.kind in LINES:
            return self._edit(key, prompt)
        if key == ABORT:
            return self._interrupt()
        if prompt.kind is PromptKind.KEY:
            self._answer("" if key == RETURN else key, prompt)
            return True
        if prompt.kind is PromptKind.RETURN and key == RETURN:
            self._submit("")
            return True
        return False

    def _escape(self, key: str) -> bool:
        """Ctrl-^ x: what is connected to is left; Ctrl-^ twice breaks off what goes on there; other keys do nothing."""
        self._escaping = not self._escaping
        if self._escaping or key not in {ESCAPE, *LEAVING}:
            return False
        if key == ESCAPE:
            self._interrupt_line()
            return True
        self._shown.put("\n")
        self._submit(ESCAPE)
        return True

    def _interrupt_line(self) -> None:
        self._line.interrupt()
        self._settle()

    def _answer(self, key: str, prompt: Prompt) -> None:
        """One key was wanted."""
        length = len(prompt.text)
        self._shown.put(f"{BACK * length}{' ' * length}{BACK * length}" if prompt.erase else "\n")
        self._shown.first_column = True
        self._submit(key)

    def _edit(self, key: str, prompt: Prompt) -> bool:
        editor = self._editor
        if self._quoting:
            self._quoting = False
            editor.insert(key[:1])
        elif key == RETURN:
            self._shown.put("\n")
            self._submit(editor.text)
            return True
        elif key == ABORT:
            return self._interrupt()
        elif key in EDITING:
            EDITING[key](editor)
        elif key == END and prompt.ends:
            self._shown.put("^Z\n")
            self._submit(editor.text + END)
            return True
        elif key == QUOTE:
            self._quoting = True
        elif key in SHOWN_AGAIN:
            self._shown.put("\n")
            self._show_line()
        elif prompt.kind is PromptKind.COMMAND and key in _COMMAND_KEYS:
            return _COMMAND_KEYS[key](self)
        elif len(key) == 1 and key.isprintable():
            editor.insert(key)
        return False

    def _submit(self, text: str) -> None:
        self._prompt = None
        if self._help_pages is not None:
            self._help_pages.answer(text)
            return
        self._line.submit(text)
        self._settle()

    def _interrupt(self) -> bool:
        """Ctrl-C: help or a question is left; where none is asked, configuration."""
        if self._help_pages is not None:
            self._shown.put("\n")
            self._help_pages.close()
            self._prompt = None
            return True
        asked = self._prompt is not None and self._prompt.kind in {PromptKind.QUESTION, PromptKind.KEY}
        self._shown.put("^C\n" if self._line.configuring and not asked else "\n")
        self._prompt = None
        self._interrupt_line()
        return True

    def _end(self) -> bool:
        """Ctrl-Z: what stands in the line still counts."""
        text, self._ending = self._editor.text, self._line.configuring
        self._shown.put("^Z\n")
        if self._ending and text.strip():
            self._submit(text)
        self._prompt = None
        return True

    def _help(self) -> bool:
        editor, prompt = self._editor, self._prompt
        assert prompt is not None
        self._shown.put("?\n")
        help_text = self._line.help(editor.text[: editor.cursor])
        self._help_pages, self._beneath = HelpPages(help_text, self._line.rows, prompt, self._shown.put), editor
        self._prompt = None
        return True

    def _complete(self) -> bool:
        editor = self._editor
        before, rest = editor.text[: editor.cursor], editor.text[editor.cursor :]
        completed = self._line.complete(before)
        if completed == before:
            editor.ring()
        editor.text, editor.cursor = completed + rest, len(completed)
        self._shown.put("\n")
        self._show_line()
        return True

    def _older(self) -> bool:
        return self._go(Recall.older)

    def _newer(self) -> bool:
        return self._go(Recall.newer)

    def _go(self, step: "Callable[[Recall, str], str | None]") -> bool:
        if self._recall is None:
            self._recall = Recall(self._line.history)
        line = step(self._recall, self._editor.text)
        if line is None:
            self._editor.ring()
        else:
            self._editor.replace(line)
        return False

    # --- output ------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Send what was shown."""
        self._shown.flush()


_COMMAND_KEYS: dict[str, Callable[[LineDiscipline], bool]] = {
    HELP: LineDiscipline._help,
    TAB: LineDiscipline._complete,
    END: LineDiscipline._end,
    **dict.fromkeys(OLDER, LineDiscipline._older),
    **dict.fromkeys(NEWER, LineDiscipline._newer),
}
"""What is heard at a command's prompt alone."""


def _first_break(text: str) -> int | None:
    return next((at for at, character in enumerate(text) if character in BREAKS), None)
