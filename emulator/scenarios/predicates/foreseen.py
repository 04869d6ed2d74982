"""Mistakes of a predicate that was read, told before anything is played: lines of a configuration which no image of
the router would understand, at no level.
"""

from collections.abc import Iterator
from itertools import chain

from emulator.console.line.router_lines import RouterLines
from emulator.console.session.configuration_check import MisreadLine, misread_lines
from emulator.images.manifest import ImageManifest
from emulator.kernel.errors import nearest, printable
from emulator.scenarios.predicates.configuration import as_text, config, manifest_of, saved, scratch
from emulator.scenarios.predicates.language import Expression
from emulator.world.build import console_grammar
from emulator.world.world import World


def foreseen(expression: Expression, world: World) -> Iterator[str]:
    """The mistakes in the lines of configurations that a predicate names, in a world like the one it is for."""
    if expression.predicate.judge in {config, saved}:
        yield from _line_mistakes(world, expression.arguments["router"], as_text(expression.arguments["lines"]))
    yield from chain.from_iterable(foreseen(each, world) for each in expression.arguments.get("inner", ()))


def _line_mistakes(world: World, router: str, text: str) -> Iterator[str]:
    """The mistakes that the router's image finds, where no other image of its kind takes all lines."""
    found = None
    for manifest in _images(world, router):
        misread = _misread(world, router, manifest, text)
        if not misread:
            return
        found = found or misread
    yield from map(_told, found or ())


def _images(world: World, router: str) -> Iterator[ImageManifest]:
    """The images that the router can boot, its own first."""
    own = manifest_of(world.router(router).state, world)
    platform = world.platforms.get(world.router(router).state.udi.pid)
    yield own
    others = (world.images.get(name) for name in world.images.names() if name != own.file)
    yield from (manifest for manifest in others if platform.boots(manifest.families, manifest.version))


def _misread(world: World, router: str, manifest: ImageManifest, text: str) -> list[MisreadLine]:
    spoiled = scratch(world, router, world.router(router).state, manifest).router(router)
    lines = RouterLines(spoiled, spoiled.context.clock, spoiled.context.timekeeper)
    return misread_lines(lines.console, console_grammar(), text)


def _told(line: MisreadLine) -> str:
    where = f" after '{printable(line.before)}'" if line.before else ""
    if line.ambiguous:
        return f"'{printable(line.line)}' is ambiguous; write the words in full"
    if not line.word:
        return f"'{printable(line.line)}' is incomplete. {nearest('', line.possible)}"
    helped = nearest(line.word, line.possible) if line.possible else "Nothing may follow."
    return f"'{printable(line.word)}' is not known{where} in a configuration. {helped}"
