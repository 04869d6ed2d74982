"""A session as the configuration language sees it: which router and section a line is typed for, and how."""

from typing import Protocol

from emulator.router.configuration import Block
from emulator.router.device import Router


class EditedModes(Protocol):
    """The modes that an editor has entered."""

    def enter(self, mode: str, section: str, others: tuple[str, ...] = (), /) -> None:
        """Go into a mode that edits a section, and others with it."""


class Editor(Protocol):
    """Who edits a configuration: a person at a line, or the reader of a saved configuration."""

    interactive: bool
    """Whether anything can be asked."""
    spelled: str
    """The line that runs, its keywords in full."""

    @property
    def router(self) -> Router:
        """Whose configuration it is."""

    @property
    def exec(self) -> EditedModes:
        """The modes of the session in which it is typed."""

    @property
    def block(self) -> Block:
        """The part of the configuration that the current mode edits."""

    @property
    def subject(self) -> str:
        """The header of the section that is being configured; empty at the top."""
