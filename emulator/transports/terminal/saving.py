"""Saving a world between what a person does there."""

from collections.abc import Callable

from emulator.kernel.errors import Refused


class Saving:
    """The saves of one world.

    Attributes:
        due: something was done that is not saved.
    """

    def __init__(self, save: Callable[[], None], write: Callable[[str], object]) -> None:
        """Save with a function, and tell with another what went wrong."""
        self._save, self._write = save, write
        self.due = self._failed = False

    def keep(self) -> None:
        """Save what was done; a save that fails is told, and tried again at the next prompt."""
        if not self.due:
            return
        try:
            self._save()
        except Refused as error:
            if not self._failed:
                self._write(f"% {error}\n% What is done now may be lost; saving is tried again.\n")
            self._failed = True
            return
        if self._failed:
            self._write("% The world is saved again.\n")
        self.due = self._failed = False
