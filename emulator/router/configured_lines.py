"""Lines of the running configuration that managers set, as if they were typed."""

from typing import Protocol

from emulator.router.configuration import Configuration
from emulator.router.state import Running


class ConfiguredRouter(Protocol):
    """A router as its lines are set."""

    @property
    def configuration(self) -> Configuration:
        """Running configuration."""

    @property
    def running(self) -> Running:
        """Memory of the running IOS."""


def put_line(router: ConfiguredRouter, key: str, line: str | None) -> None:
    """Set the line of a key; None removes it."""
    if line is None:
        router.configuration.lines.pop(key, None)
    else:
        router.configuration.lines[key] = line
    router.running.changed = True
