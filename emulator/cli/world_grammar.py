"""The grammar of `isrtwin world`: its acts and their options."""

import argparse

from emulator.cli.options import of_world


def add_world_acts(world: argparse.ArgumentParser) -> None:
    """Add the acts of a world."""
    acts = world.add_subparsers(title="acts", dest="act", required=True, metavar="ACT")

    def act(name: str, text: str, *, of_one: bool = True) -> argparse.ArgumentParser:
        command = acts.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        if of_one:
            of_world(command)
        return command

    new = act("new", "create a world with one router")
    new.add_argument(
        "--start", metavar="MOMENT", help="date and time at which it begins (default: 2010-03-01T09:00:00Z)"
    )
    act("list", "list your worlds", of_one=False).add_argument("--json", action="store_true", help="print as JSON")
    act("show", "show time, routers, history and snapshots")
    advance = act("advance", "let simulated time pass")
    advance.add_argument("duration", help="how long, such as 59d12h")
    advance.add_argument("--all", action="store_true", help="list everything that happened, not ten lines and a count")
    act("snapshot", "keep the present state under a name").add_argument("name", help="name of the snapshot")
    act("restore", "put the world back to a snapshot").add_argument("name", help="name of the snapshot")
    fork = act("fork", "copy this world into a new one")
    fork.add_argument("name", help="name of the new world, or its directory")
    fork.add_argument(
        "--snapshot", dest="at_snapshot", metavar="NAME", help="copy this snapshot (default: the present state)"
    )
    act("undo", "undo the last input that changed something")
    diff = act("diff", "describe the differences between two states")
    diff.add_argument("before", help="a snapshot, `start`, `now`, or another world by name or path")
    diff.add_argument("after", nargs="?", default="now", help="likewise (default: `now`)")
    act("journal", "list every input with its time").add_argument(
        "--json", action="store_true", help="print one JSON object a line"
    )
    find = act("bisect", "find the input after which a predicate no longer held")
    find.add_argument(
        "predicate",
        nargs="+",
        help="predicate that held once, such as level R1 advipservices; quote it if it has braces",
    )
    ahead = act("forecast", "forecast warnings, expiries and level changes, and which PAKs cover them")
    ahead.add_argument(
        "--for", dest="duration", default="365d", metavar="DURATION", help="how far ahead to look (default: 365d)"
    )
    ahead.add_argument("--format", choices=("table", "json", "csv", "ical", "svg"), default="table",
                       help="output format (default: table)")  # fmt: skip
    ahead.add_argument("--json", action="store_true", help="same as --format json")
    act("replay", "replay the history and compare every byte")
