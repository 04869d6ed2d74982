"""Slots of the clients that copy files to or from one router, by SCP or SFTP.

R: a copy occupies one of the router's lines, of which there are at most 16. I: the lines themselves are not taken here,
so clients that copy are counted apart. A slot bounds the memory that copies under way take, whatever is sent, and what
all of them send is bounded as well.
"""

from emulator.transports.connections.intake import Intake

MOST_COPYING = 16
"""Clients that copy at once."""

NO_SLOT = "All lines are in use.\n"


class CopySlots:
    """The slots of one router, and what clients may send into it."""

    def __init__(self, most: int = MOST_COPYING) -> None:
        self._free = most
        self.intake = Intake()

    def take(self) -> "CopySlot | None":
        """Take a slot; None where all are taken."""
        if self._free == 0:
            return None
        self._free -= 1
        return CopySlot(self)

    def give_back(self) -> None:
        """Free a slot."""
        self._free += 1


class CopySlot:
    """The slot of one client."""

    def __init__(self, slots: CopySlots) -> None:
        self._slots: CopySlots | None = slots

    def free(self) -> None:
        """Give the slot back; may be repeated."""
        if self._slots is not None:
            self._slots.give_back()
            self._slots = None
