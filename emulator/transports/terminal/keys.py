"""The keys of IOS, over prompt_toolkit's editing of one line.

What IOS does not know (searching, undoing, completing from a menu) is taken away; moving and deleting by words with
Escape is the same in both. The context help is printed by whoever reads the act: here it is only asked for.
"""

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import ConditionalKeyBindings, KeyBindings, KeyBindingsBase, KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys

from emulator.console.line.recall import Recall
from emulator.transports.terminal.endpoints import Endpoint
from emulator.transports.terminal.key_actions import (
    Act,
    ConfigurationEnded,
    HungUp,
    Interrupted,
    Left,
    Repeated,
    TypedLine,
)

ESCAPE = (Keys.ControlCircumflex, "x")
NOT_IN_IOS = ("c-s", "c-o", "c-q", "c-_", "c-@", "c-g", "s-tab")
MOUSE = (Keys.Vt100MouseEvent, Keys.WindowsMouseEvent, Keys.ScrollUp, Keys.ScrollDown)
"""Keys that look like a report of the mouse, as of a color in a pasted line; prompt_toolkit fails at most of these."""


def key_bindings(kind_of_prompt: str, place: Endpoint) -> KeyBindingsBase:
    """The keys at a prompt of a kind (`console/line/phases.py: PromptKind`)."""
    if kind_of_prompt == "key":
        return one_key()
    if kind_of_prompt in {"return", "none"}:
        return return_only(answers=kind_of_prompt == "return")
    return line_keys(place, command=kind_of_prompt == "command")


def one_key() -> KeyBindings:
    """Key bindings of a question that takes exactly one key."""
    keys = _ways_out()

    @keys.add(Keys.Any)
    def _(event: KeyPressEvent) -> None:
        _finish(event.app, TypedLine("" if _is_return(event) else event.data))

    return keys


def return_only(*, answers: bool) -> KeyBindings:
    """A closed line: only RETURN does something, and on a dead one not even that."""
    keys = _ways_out()

    @keys.add(Keys.Any)
    def _(event: KeyPressEvent) -> None:
        if answers and _is_return(event):
            _finish(event.app, TypedLine(""))

    return keys


def line_keys(place: Endpoint, *, command: bool) -> KeyBindingsBase:
    """A line is typed: a command, with help and history, or the answer to a question."""
    keys = _ways_out()
    for dead in NOT_IN_IOS if command else (*NOT_IN_IOS, "tab", "c-z"):
        keys.add(dead, eager=True)(_nothing)

    for digit in "-0123456789":
        keys.add("escape", digit, eager=True)(_nothing)

    @keys.add("enter", eager=True)
    @keys.add("c-j", eager=True)
    def _(event: KeyPressEvent) -> None:
        _finish(event.app, TypedLine(event.current_buffer.text))

    @keys.add("c-v", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.quoted_insert = True

    @keys.add("c-u", eager=True)
    @keys.add("c-x", eager=True)
    def _(event: KeyPressEvent) -> None:
        """Delete to the beginning of the line; what was deleted comes back by Ctrl-Y, as after Ctrl-K."""
        deleted = event.current_buffer.delete_before_cursor(count=event.current_buffer.cursor_position)
        if deleted:
            event.app.clipboard.set_text(deleted)

    @keys.add("c-r", eager=True)
    @keys.add("c-l", eager=True)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        _finish(event.app, Repeated(buffer.text, buffer.cursor_position))

    @keys.add(Keys.BracketedPaste, eager=True)
    def _(event: KeyPressEvent) -> None:
        """Several lines are several commands: they are typed one by one."""
        text = event.data.replace("\r\n", "\r").replace("\n", "\r")
        event.key_processor.feed_multiple([_pressed(character) for character in text])

    _add_history(keys, Recall(place.line.history if command else ()))
    if command:
        _add_command_keys(keys, place)
    if not place.name:

        @keys.add("c-d", eager=True)
        def _(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            if buffer.text:
                buffer.delete()
            else:
                _finish(event.app, HungUp())

    return ConditionalKeyBindings(keys, Condition(lambda: not get_app().quoted_insert))


def _add_command_keys(keys: KeyBindings, place: Endpoint) -> None:
    @keys.add("?", eager=True)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        kept = Repeated(buffer.text, buffer.cursor_position, place.line.help(buffer.document.text_before_cursor))
        buffer.insert_text("?")
        _finish(event.app, kept)

    @keys.add("tab", eager=True)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        before, after = buffer.document.text_before_cursor, buffer.document.text_after_cursor
        completed = place.line.complete(before)
        if completed == before:
            event.app.output.bell()
        _finish(event.app, Repeated(completed + after, len(completed)))

    @keys.add("c-z", eager=True)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        typed = buffer.text
        buffer.document = Document(typed + "^Z")
        _finish(event.app, ConfigurationEnded(typed))


def _add_history(keys: KeyBindings, recall: Recall) -> None:
    def show(event: KeyPressEvent, line: str | None) -> None:
        if line is None:
            event.app.output.bell()
        else:
            event.current_buffer.document = Document(line)

    @keys.add("up", eager=True)
    @keys.add("c-p", eager=True)
    def _(event: KeyPressEvent) -> None:
        show(event, recall.older(event.current_buffer.text))

    @keys.add("down", eager=True)
    @keys.add("c-n", eager=True)
    def _(event: KeyPressEvent) -> None:
        show(event, recall.newer(event.current_buffer.text))


def _ways_out() -> KeyBindings:
    keys = KeyBindings()

    @keys.add(*ESCAPE)
    def _(event: KeyPressEvent) -> None:
        _finish(event.app, Left())

    @keys.add("c-c", eager=True)
    def _(event: KeyPressEvent) -> None:
        _finish(event.app, Interrupted())

    @keys.add(Keys.ControlCircumflex)
    @keys.add(Keys.CPRResponse)
    @keys.add(Keys.Ignore)
    @keys.add(Keys.SIGINT)
    def _(_event: KeyPressEvent) -> None:
        """Take nothing: a terminal answers, which is typed by no person, or half an answer came."""

    for report in MOUSE:
        keys.add(report, eager=True)(_nothing)

    return keys


def _finish(app: Application[Act], act: Act) -> None:
    app.exit(result=act)


def _is_return(event: KeyPressEvent) -> bool:
    return event.key_sequence[0].key in {Keys.ControlM, Keys.ControlJ}


def _nothing(_event: KeyPressEvent) -> None:
    """IOS has no such key."""


_CONTROL = {"\r": Keys.ControlM, "\t": Keys.ControlI}


def _pressed(character: str) -> KeyPress:
    return KeyPress(_CONTROL.get(character, character), character)
