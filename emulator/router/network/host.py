"""A router as its network parts see it: state and configuration, and nothing of what can be done to a router."""

from typing import Protocol

from emulator.hardware.platform import Platform
from emulator.images.manifest import ImageManifest
from emulator.kernel.time import Duration
from emulator.router.clocks import WallTime
from emulator.router.configuration import Configuration
from emulator.router.context import RouterContext
from emulator.router.link_state import Links
from emulator.router.state import DeferredTask, RouterState, Running


class Host(Protocol):
    """The facts of a running router, and a way to have something done a moment later."""

    state: RouterState
    platform: Platform
    around: RouterContext

    @property
    def name(self) -> str:
        """Its name at the bench."""

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

    def schedule(self, task: DeferredTask, delay: Duration, /) -> None:
        """Have a task done later in this boot."""
