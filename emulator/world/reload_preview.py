"""A reload that is tried on a fork: what it would bring, and which configuration lines would not come back.

R: a reload reads the saved configuration, so what was not saved is lost; a line that the new level does not contain is
refused while it is read. Nothing of that is worked out here: the fork boots, and the two configurations are compared.
"""

import msgspec

from emulator.console.configuration.placed_lines import PlacedLine, placed
from emulator.router.device import Router
from emulator.world.fork import fork_router, reload
from emulator.world.world import World


class ReloadPreview(msgspec.Struct, frozen=True):
    """The changes that a reload at this instant would bring, without saving the configuration before.

    Attributes:
        level, image: the level and image that run now.
        next_level, next_image: those that would run; None where the router would end in ROMMON.
        phase: the final phase of the board: `running`, `rommon`.
        refused: lines that are saved, but not understood at the new level; each with its section.
        unsaved: lines that are lost because they were not saved.
        returning: lines that were taken away, but not from the saved configuration.
    """

    level: str
    image: str
    next_level: str | None
    next_image: str | None
    phase: str
    refused: tuple[PlacedLine, ...] = ()
    unsaved: tuple[PlacedLine, ...] = ()
    returning: tuple[PlacedLine, ...] = ()


def preview_reload(world: World, name: str) -> ReloadPreview:
    """Try a reload of a router that runs IOS on a fork of it.

    Raises:
        RuntimeError: the router does not run IOS.
        UnknownName: the router does not exist.
    """
    router = world.router(name)
    running, before = router.running, placed(router)
    forked = fork_router(world, name)
    reload(forked)
    phase, after = str(forked.state.board.phase), forked.state.running
    if after is None:
        return ReloadPreview(running.level, running.image, None, None, phase)
    now = placed(forked)
    lost = [line for line in before if line not in now]
    saved = _saved(router)
    return ReloadPreview(
        running.level,
        running.image,
        after.level,
        after.image,
        phase,
        tuple(line for line in lost if line[1] in saved),
        tuple(line for line in lost if line[1] not in saved),
        tuple(line for line in now if line not in before),
    )


def _saved(router: Router) -> frozenset[str]:
    startup = router.state.startup
    return frozenset(line.strip() for line in startup.text.splitlines()) if startup is not None else frozenset()


def preview_lines(preview: ReloadPreview) -> list[str]:
    """Describe the changes in sentences; none where a reload changes nothing."""
    if preview.next_level is None:
        return [f"a reload now ends in {preview.phase.upper()}"]
    lines = []
    if preview.next_level != preview.level:
        lines.append(f"a reload now brings {preview.next_level} in place of {preview.level}")
    if preview.next_image != preview.image:
        lines.append(f"a reload now brings {preview.next_image}")
    for what, found in (
        (f"not understood at {preview.next_level}", preview.refused),
        ("not saved", preview.unsaved),
    ):
        lines += [f"lost by a reload, {what}: {_shown(line)}" for line in found]
    lines += [f"back after a reload, still saved: {_shown(line)}" for line in preview.returning]
    return lines


def _shown(line: PlacedLine) -> str:
    section, text = line
    return f"{section} / {text}" if section else text
