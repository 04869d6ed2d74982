"""A lab's world that another command of this program holds: it is played there as in the lab itself.

So the bench has the verbs that the lab leaves open, the status line gives nothing away, and nothing that happens is
missed. A world without a lab costs a look for its files.
"""

from collections.abc import Callable

from emulator.runtime.held_world import HeldWorld
from emulator.runtime.labs.file_names import has_lab
from emulator.world.directory import WorldDirectory


def hold_in_lab(
    directory: WorldDirectory, take: Callable[[], HeldWorld], *, fresh: bool
) -> tuple[HeldWorld, Callable[[HeldWorld], None]]:
    """Hold a world, and play the lab that was begun there; the second value is called whenever it was put back.

    Args:
        directory: of the world.
        take: holds it.
        fresh: the world is put aside, and the lab with it.
    """
    if fresh or not has_lab(directory.path):
        return take(), lambda _held: None
    from emulator.runtime.labs.playing import hold_with_lab

    return hold_with_lab(directory, take)
