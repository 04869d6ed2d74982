"""Options that several commands of the command line share."""

import argparse

from emulator.cli.values import default, directory, switch

REDRAW = "show messages above the line being typed, not in it"


def session_options(command: argparse.ArgumentParser) -> None:
    """Add the options of an interactive session."""
    directory_options(command)
    command.add_argument("--plain", action="store_true", default=switch("plain"), help="no status line")
    command.add_argument("--redraw", action="store_true", default=switch("redraw"), help=REDRAW)
    command.add_argument(
        "-c",
        dest="lines",
        action="append",
        metavar="LINE",
        help="type this line, print the output and leave; can be repeated",
    )


def of_world(command: argparse.ArgumentParser, text: str = "world directory") -> None:
    """Add the choice of a world."""
    command.add_argument("--world", type=directory, default=default("world"), metavar="DIR", help=text)


def at_moment(command: argparse.ArgumentParser, text: str) -> None:
    """Add the choice of a past moment."""
    command.add_argument("--at", default=default("at"), metavar="MOMENT", help=text)


def directory_options(command: argparse.ArgumentParser) -> None:
    """Add the choice of a world and of its pace."""
    of_world(command)
    at_moment(command, "visit a past moment, such as 2010-04-29T23:59; nothing done there is kept")
    command.add_argument(
        "--fresh",
        action="store_true",
        default=switch("fresh"),
        help="start with a new world; the old one is kept in old/",
    )
    command.add_argument(
        "--pace", default=default("pace") or "", help="simulated seconds per real second, `warp` or `max`"
    )
