"""A router as its network parts see it: state and configuration, and nothing of what can be done to a router."""

from typing import Protocol

from emulator.images.manifest import ImageManifest
from emulator.router.clocks import WallTime
from emulator.router.configuration import Configuration
from emulator.router.link_state import Links, SchedulingRouter
from emulator.router.state import Running


class Host(SchedulingRouter, Protocol):
    """The facts of a running router, and a way to schedule a task."""

    @property
    def hostname(self) -> str:
        """Configured host name."""

    @property
    def running(self) -> Running:
        """Memory of the running IOS."""

    @property
    def manifest(self) -> ImageManifest:
        """Manifest of the running image."""

    @property
    def configuration(self) -> Configuration:
        """Running configuration."""

    supposed_up: frozenset[int] | None
    """Tracked objects that are taken to be up while they are being asked; None: they are not."""

    @property
    def objects_up(self) -> frozenset[int]:
        """Numbers of the tracked objects that are up."""

    @property
    def links(self) -> Links:
        """State of the interfaces."""

    def wall_time(self) -> WallTime:
        """Time of its calendar."""
