"""`isrtwin explain`: why a level, a feature or a way to a server is there or not, and the next step toward it.

The world is looked at and stays as it is; one that another process holds is asked at its bench.
"""

from argparse import Namespace

from emulator.cli.output import say_json, show
from emulator.kernel.errors import Refused
from emulator.runtime.attach import attach_to_holder
from emulator.runtime.held_world import look_at
from emulator.runtime.visiting import visited
from emulator.runtime.world_paths import existing_world, world_path
from emulator.world.directory import HeldElsewhere
from emulator.world.explanation.explain import explain
from emulator.world.explanation.paths import PATHS, explain_path
from emulator.world.explanation.view import explanation_lines, explanation_plain


def run(options: Namespace) -> int:
    """Explain why a router has a function or not.

    Raises:
        Refused: another process holds the world and JSON is wanted.
    """
    try:
        with visited(world_path(options.world), options.at) as path, existing_world(path) as directory:
            to_explain = explain_path if options.subject in PATHS else explain
            found = to_explain(look_at(directory), options.router, options.subject)
    except HeldElsewhere as held:
        if options.json:
            raise Refused(f"{held}; without --json it answers by itself") from None
        options.lines, options.plain = [f"explain {options.router} {options.subject or ''}".rstrip()], True
        return attach_to_holder("bench", options, held)
    if options.json:
        say_json(explanation_plain(found))
    else:
        show("\n".join(explanation_lines(found)) + "\n")
    return 0
