"""A router as its network parts see it: state and configuration, and nothing of what can be done to a router."""

from typing import Protocol

from emulator.images.manifest import ImageManifest
from emulator.router.clocks import WallTime
from emulator.router.configuration import Configuration
from emulator.router.link_state import Links, SchedulingRouter
from emulator.router.state import Running


class Host(SchedulingRouter, Protocol):
    """The facts of a running router, and a way to have something done a moment later."""

    @property
    def hostname(self) -> str:
        """Its configured name."""

    @property
    def running(self) -> Running:
        """What lives in memory."""

    @property
    def manifest(self) -> ImageManifest:
        """The running image."""

    @property
    def configuration(self) -> Configuration:
        """The running configuration."""

    @property
    def links(self) -> Links:
        """The state of its interfaces."""

    def wall_time(self) -> WallTime:
        """The time of its calendar."""
