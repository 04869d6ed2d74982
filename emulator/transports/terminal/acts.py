"""What a person did at the keyboard, as values: the reader says them, the conversation carries them out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typed:
    """A line ended with RETURN, or the one key that was asked for (RETURN itself is the empty text)."""

    text: str


@dataclass(frozen=True, slots=True)
class ConfigurationEnded:
    """Ctrl-Z; what stood in the line still counts."""

    text: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """The prompt is to be shown again with the text kept, after something was printed below the line."""

    text: str
    cursor: int
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Left:
    """Ctrl-^ x: back to the bench."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """Ctrl-D at the bench, or the terminal is gone."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The prompt no longer holds: something happened while `text` was being typed."""

    text: str
    cursor: int


Act = Typed | ConfigurationEnded | Repeated | Interrupted | Left | HungUp | Overtaken
