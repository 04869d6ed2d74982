"""The keys that edit a line (R: the list of the IOS configuration guides)."""

from collections.abc import Callable

from emulator.transports.discipline.editor import LineEditor
from emulator.transports.discipline.keys import Key

EDITING: dict[str, Callable[[LineEditor], None]] = {
    "\x01": LineEditor.to_start,
    "\x02": LineEditor.left,
    "\x04": LineEditor.delete_character,
    "\x05": LineEditor.to_end,
    "\x06": LineEditor.right,
    "\x08": LineEditor.backspace,
    "\x0b": LineEditor.delete_to_end,
    "\x14": LineEditor.transpose,
    "\x15": LineEditor.delete_to_start,
    "\x17": LineEditor.delete_word_before,
    "\x18": LineEditor.delete_to_start,
    "\x19": LineEditor.recall_deleted,
    "\x7f": LineEditor.backspace,
    Key.LEFT: LineEditor.left,
    Key.RIGHT: LineEditor.right,
    Key.WORD_LEFT: LineEditor.word_left,
    Key.WORD_RIGHT: LineEditor.word_right,
    Key.DELETE_WORD: LineEditor.delete_word_after,
}
"""Functions that edit a line, by key."""
