"""What a router needs from outside itself. Both ports name a router as the bench does."""

from typing import Protocol

from emulator.storage.filesystem import FileSystem


class ConfigurationReader(Protocol):
    """Carries out a saved configuration on a booting router, as if it were typed."""

    def read(self, router: str, text: str) -> None:
        """Apply every line that the running level knows; the rest is told on the console and dropped."""


class FileServer(Protocol):
    """The TFTP server of the lab."""

    def reach(self, router: str, host: str) -> FileSystem | None:
        """Its directory, or None where no path leads from the router to that host."""
