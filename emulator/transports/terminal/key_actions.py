"""Acts of a person at the keyboard, as values: the reader says them, the conversation carries them out."""

import msgspec


class TypedLine(msgspec.Struct, frozen=True):
    """A line ended with RETURN, or the one key that was asked for (RETURN itself is the empty text)."""

    text: str


class ConfigurationEnded(msgspec.Struct, frozen=True):
    """End of configuration by Ctrl-Z; the text of the line still counts."""

    text: str


class Repeated(msgspec.Struct, frozen=True):
    """The prompt is to be shown again with the text kept, after something was printed below the line."""

    text: str
    cursor: int
    printed: str = ""


class Interrupted(msgspec.Struct, frozen=True):
    """Interruption by Ctrl-C."""


class Left(msgspec.Struct, frozen=True):
    """Return to the bench by Ctrl-^ x."""


class HungUp(msgspec.Struct, frozen=True):
    """End by Ctrl-D at the bench, or as the terminal is gone."""


class Overtaken(msgspec.Struct, frozen=True):
    """The prompt no longer holds: something happened while `text` was being typed."""

    text: str
    cursor: int


Act = TypedLine | ConfigurationEnded | Repeated | Interrupted | Left | HungUp | Overtaken
