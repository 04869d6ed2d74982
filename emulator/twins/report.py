"""Report of an import: line by line what was not read, contradictory, assumed or printed differently."""

from enum import StrEnum

import msgspec


class Matter(StrEnum):
    """Subject of a note; the value heads its part of the report."""

    UNREAD = "not read"
    CONTRADICTION = "contradicts"
    ASSUMED = "assumed"
    WARNING = "warning"
    DIFFERS = "printed otherwise"
    REFUSED = "refused"


class Note(msgspec.Struct, frozen=True):
    """One thing to tell. `place`: file, or file and line; empty where it has none."""

    matter: Matter
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.matter}: {self.text}" if self.place else f"{self.matter}: {self.text}"


class Printed(msgspec.Struct, frozen=True):
    """One captured screen against what the twin prints.

    Attributes:
        bytes: length of the captured screen.
        differing: bytes that are not the same, as `proof.difference` counts them.
    """

    place: str
    command: str
    bytes: int
    differing: int


class Twin(msgspec.Struct):
    """One router that was made, or could not be.

    Attributes:
        router: its name at the bench; empty where none was made.
        host: the name that the captured router gives itself.
    """

    host: str
    router: str = ""
    udi: str = ""
    notes: list[Note] = []
    printed: list[Printed] = []

    def tell(self, matter: Matter, text: str, place: str = "") -> None:
        """Add a note, unless it is there already."""
        note = Note(matter, place, text)
        if note not in self.notes:
            self.notes.append(note)


class Report(msgspec.Struct):
    """Report on the making of twins: the routers, and notes that belong to none."""

    twins: list[Twin] = []
    notes: list[Note] = []

    @property
    def made(self) -> list[Twin]:
        """Twins that are routers now."""
        return [twin for twin in self.twins if twin.router]
