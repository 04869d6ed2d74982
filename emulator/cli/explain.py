"""`isrtwin explain`: why a level, a feature or a way to a server is there or not, and the next step towards it."""

from argparse import Namespace

from emulator.cli.output import say_json, show
from emulator.kernel.errors import Refused
from emulator.runtime.attach import at_world
from emulator.runtime.held_world import hold
from emulator.runtime.scripted_bench import do_lines
from emulator.world.directory import HeldElsewhere, WorldDirectory
from emulator.world.recipe import RouterRecipe


def run(options: Namespace) -> int:
    """Explain; a world that another process holds is asked through its bench.

    Raises:
        Refused: another process holds the world and JSON is wanted.
    """
    options.lines, options.plain = [f"explain {options.router} {options.subject or ''}".rstrip()], True
    try:
        return _json(options) if options.json else at_world("bench", options, _text)
    except HeldElsewhere as held:
        raise Refused(f"{held}; without --json it answers by itself") from None


def _text(directory: WorldDirectory, options: Namespace) -> int:
    held = hold(directory, fresh=False, first=RouterRecipe())
    return do_lines(held, held.bench, options.lines, show)


def _json(options: Namespace) -> int:
    from emulator.runtime.held_world import world_path
    from emulator.runtime.visiting import visited
    from emulator.world.explanation.explain import explain
    from emulator.world.explanation.paths import PATHS, explain_path
    from emulator.world.explanation.view import explanation_plain

    with visited(world_path(options.world), options.at) as path, WorldDirectory(path) as directory:
        world = hold(directory, fresh=False, first=RouterRecipe()).world
        if options.subject in PATHS:
            found = explain_path(world, options.router, options.subject)
        else:
            found = explain(world, options.router, options.subject)
    say_json(explanation_plain(found))
    return 0
