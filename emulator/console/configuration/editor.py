"""A session as the configuration language sees it: which router and section a line is typed for, and how."""

from typing import Protocol

from emulator.router.configuration import Block
from emulator.router.device import Router


class EditedModes(Protocol):
    """The modes that an editor has entered."""

    def enter(self, mode: str, section: str, others: tuple[str, ...] = (), /) -> None:
        """Enter a mode that edits a section, and others with it."""


class Editor(Protocol):
    """The editor of a configuration: a person at a line, or the reader of a saved configuration."""

    interactive: bool
    """True if questions can be asked."""
    spelled: str
    """Line that runs, its keywords in full."""

    @property
    def router(self) -> Router:
        """Router whose configuration is edited."""

    @property
    def exec(self) -> EditedModes:
        """Modes of the session in which the line is typed."""

    @property
    def block(self) -> Block:
        """Part of the configuration that the current mode edits."""

    @property
    def subject(self) -> str:
        """Header of the section that is being configured; empty at the top."""
