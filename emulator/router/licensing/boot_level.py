"""The level of the next boot, chosen without a dialog: `license boot module` as managers do it.

I: whoever chooses a level has accepted the agreement that its license needs, as the dialog of the command asks for.
"""

from typing import Protocol

from emulator.images.manifest import ImageManifest
from emulator.kernel.time import Duration
from emulator.router.configuration import boot_level_key
from emulator.router.configured_lines import ConfiguredRouter, put_line
from emulator.router.licensing.action_queue import LEVEL_TOLD_AFTER
from emulator.router.licensing.activation import Activation
from emulator.router.state import DeferredTask


class LevelledRouter(ConfiguredRouter, Protocol):
    """A router as the choice of its level sees it."""

    activation: Activation

    @property
    def manifest(self) -> ImageManifest:
        """Manifest of the running image."""

    def schedule(self, task: DeferredTask, delay: Duration) -> None:
        """Schedule a task for later in this boot."""


def choose_boot_level(router: LevelledRouter, level: str) -> None:
    """Have the next boot bring up a level of the image; an empty one leaves it to the licenses."""
    waiting = router.activation.inventory.needs_eula(level) if level else None
    if waiting is not None:
        router.activation.accept_eula(waiting)
    key = boot_level_key(router.manifest.license_module)
    put_line(router, key, f"{key} {level}" if level else None)
    router.schedule(DeferredTask.ANNOUNCE_LEVEL, LEVEL_TOLD_AFTER)
