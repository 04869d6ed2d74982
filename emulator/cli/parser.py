"""The grammar of the command line: the commands, their options, and the help of both.

Each command names the module of `cli` that runs it; it is imported when the command is given.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from emulator import __version__
from emulator.cli.options import at_moment, directory_options, of_world, session_options
from emulator.cli.values import (
    default,
    directory,
    jobs,
    kills,
    percent,
    port_base,
    router_port_base,
    seed,
    switch,
    twins,
)
from emulator.kernel.errors import nearest, shortened, visible

END_OF_OPTIONS = "--"
"""Word behind which nothing is an option."""


LINE_OPTION = "-c"
"""Option whose value is a line to type, which may begin as an option does: the rule in a banner, a list."""

_OPTION = re.compile(r"--?[A-Za-z][\w-]*(=.*)?", re.DOTALL)


def with_lines(given: Sequence[str]) -> list[str]:
    """Return the words of a command line, with each line to type that begins with a dash joined to its option.

    argparse would take such a line for an option; what may be one is left to it.
    """
    words = list(given)
    for at in range(len(words) - 1, 0, -1):
        if words[at - 1] == LINE_OPTION and words[at].startswith("-") and not _OPTION.fullmatch(words[at]):
            words[at - 1 : at + 1] = [f"{LINE_OPTION}{words[at]}"]
    return words


class _Parser(argparse.ArgumentParser):
    """A parser whose messages repeat nothing raw of what was typed, and nothing endless."""

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(visible(shortened(message)), file)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Parse; words that no option or argument takes are told here, where the options are known."""
        found, extras = super().parse_known_args(args, namespace)
        if extras and self._subparsers is None:
            hints = [_meant(each.partition("=")[0], self._option_string_actions) for each in extras]
            self.error(f"unrecognized arguments: {' '.join(extras)}{next(filter(None, hints), '')}")
        return found, extras

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices and (hint := _meant(value, action.choices)):
            raise argparse.ArgumentError(action, f"invalid choice: {value!r}{hint}")
        super()._check_value(action, value)

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        if action.nargs is None and arg_strings == [END_OF_OPTIONS]:  # argparse would take it away and leave a list
            if LINE_OPTION in action.option_strings:
                return END_OF_OPTIONS
            raise argparse.ArgumentError(action, f"'{END_OF_OPTIONS}' is no value")
        return super()._get_values(action, arg_strings)


def _meant(word: object, known: Iterable[object]) -> str:
    """The end of a message that tells the nearest right word; empty where none is near."""
    hint = nearest(str(word), map(str, known))
    return f". {hint}" if hint.startswith("Did you mean") else ""


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """Build the grammar of the command line; where a command is named, only that one has its arguments.

    To build those of all commands takes a twentieth of the time to the first prompt.
    """
    root = _Parser(prog="isrtwin", description="A digital twin of software activation on Cisco 860 and 880 routers.")
    root.add_argument("--version", action="version", version=f"isrtwin {__version__}")
    commands = root.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, each in COMMANDS.items():
        described = commands.add_parser(name, help=each.text, description=each.text[0].upper() + each.text[1:] + ".")
        described.set_defaults(module=each.module or name)
        if command is None or command == name:
            each.add(described)
    return root


def _add_console(console: argparse.ArgumentParser) -> None:
    """`isrtwin console`."""
    console.add_argument("router", nargs="?", help="router at the bench (default: the first)")
    console.add_argument("--pid", default=default("pid"), help="product of a new world's router")
    console.add_argument("--real-https", action="store_true", default=switch("real_https"),
                         help="also serve the portal and call home; routers call over HTTPS")  # fmt: skip
    session_options(console)


def _add_import(importing: argparse.ArgumentParser) -> None:
    """`isrtwin import`."""
    importing.add_argument("files", nargs="+", metavar="FILE", help="a log of a session, or the output of a command")
    of_world(importing)
    importing.add_argument("--name", dest="names", action="append", default=[], metavar="NAME",
                           help="name at the bench; repeat it for several devices")  # fmt: skip
    importing.add_argument("--pid", default=default("pid"), metavar="PID",
                           help="product of the routers, whatever the captures say")  # fmt: skip
    importing.add_argument("--image", default=default("image"), metavar="IMAGE",
                           help="image that they run, whatever the captures say")  # fmt: skip
    importing.add_argument("--json", action="store_true", help="print the report as JSON")


def _add_serve(serve: argparse.ArgumentParser) -> None:
    """`isrtwin serve`."""
    serve.add_argument("recipe", nargs="?", type=Path, metavar="WORLD.yaml",
                       help="file from which the world is built on first use")  # fmt: skip
    serve.add_argument("--class", dest="class_file", type=Path, default=default("class"), metavar="CLASS.yaml",
                       help="serve a class instead: pages with labs and consoles for each learner, and for the"
                       " teacher")  # fmt: skip
    directory_options(serve)
    serve.add_argument(
        "--host", default=default("host") or "127.0.0.1", help="address to listen on (default: loopback)"
    )
    serve.add_argument("--port-base", type=port_base, default=default("port_base") or 8443, metavar="N",
                       help="port of the portal; call home and the files by HTTP and TFTP use the next three"
                       " (default: 8443)")  # fmt: skip
    serve.add_argument("--router-port-base", type=router_port_base, default=default("router_port_base"), metavar="N",
                       help="port of the routers' SSH; Telnet, console, SNMP, HTTP and HTTPS use the next five"
                       " (default: 22, 23, 2001, 161, 80 and 443 where available)")  # fmt: skip
    serve.add_argument("--write-inventory", type=directory, default=default("write_inventory"), metavar="DIR",
                       help="write an ssh_config and inventories for Ansible, Nornir and pyATS here")  # fmt: skip
    serve.add_argument("--weather", default=default("weather") or "calm", metavar="calm|office|storm",
                       help="disturbances that the clients meet, logged to weather.log in the world's directory;"
                       " follows from --seed")  # fmt: skip
    serve.add_argument("--database", default=default("database"), metavar="URL",
                       help="postgresql://… for a new world (default: a file in its directory)")  # fmt: skip
    serve.add_argument("--seed", type=seed, default=default("seed"), metavar="N",
                       help="serial numbers and addresses of a new world are derived from it")  # fmt: skip
    serve.add_argument("--smtp", default=default("smtp"), metavar="HOST:PORT",
                       help="mail server (default: .eml files in the world's directory)")  # fmt: skip
    serve.add_argument("--proxy", default=default("proxy"), metavar="ADDRESS,…",
                       help="reverse proxies whose X-Forwarded-For is trusted (default: none)")  # fmt: skip
    serve.add_argument("--consoles", action="store_true",
                       help="offer consoles and bench in the portal with --host too"
                       " (default: on loopback alone)")  # fmt: skip
    serve.add_argument("--gallery", action="store_true",
                       help="for developers: show every component of the pages at /gallery")  # fmt: skip


def _add_validate(validate: argparse.ArgumentParser) -> None:
    """`isrtwin validate`."""
    validate.add_argument(
        "files",
        nargs="*",
        metavar="NAME|FILE",
        help="scenario by name, or a file (default: every data file that ships)",
    )


def _add_schema(schema: argparse.ArgumentParser) -> None:
    """`isrtwin schema`."""
    schema.add_argument("kind", choices=("scenario", "lab", "world", "class"))


def _add_new(new: argparse.ArgumentParser) -> None:
    """`isrtwin new`."""
    new.add_argument("kind", choices=("scenario", "lab", "world", "class"))
    new.add_argument("name", metavar="NAME", help="name; the file is NAME.yaml, or NAME.md for a lab")


def _add_list(listing: argparse.ArgumentParser) -> None:
    """`isrtwin list`."""
    listing.add_argument("topic", choices=("pids", "images", "skus", "features", "scenarios", "labs", "commands",
                                                 "messages"))  # fmt: skip
    listing.add_argument("--json", action="store_true", help="print as JSON, basis marks included")
    listing.add_argument("--image", action="append", default=[], help="features: those of this image")
    listing.add_argument("--pid", action="append", default=[], help="features: those of this product")
    listing.add_argument("--level", action="append", default=[], metavar="LEVEL",
                         help="features: those of this level; repeat a choice to compare")  # fmt: skip
    listing.add_argument("--need", action="append", default=[], metavar="TEXT",
                         help="features: which level a feature or a command needs, such as 'bgp' or 'ip route vrf'; "
                              "repeat for several")  # fmt: skip


def _add_explain(explain: argparse.ArgumentParser) -> None:
    """`isrtwin explain`."""
    explain.add_argument("router", help="router at the bench")
    explain.add_argument("subject", nargs="?",
                         help="level, feature, call-home, tftp, mail or license-agent"
                         " (default: the highest level)")  # fmt: skip
    of_world(explain)
    at_moment(explain, "the world as it was at this moment, such as 2010-04-29T23:59")
    explain.add_argument("--json", action="store_true", help="print the chain as JSON")


def _add_export(export: argparse.ArgumentParser) -> None:
    """`isrtwin export`."""
    export.add_argument("form", choices=("snmprec",), help="snmprec: everything it answers by SNMP, for a simulator")
    export.add_argument("router", help="router at the bench")
    of_world(export)
    at_moment(export, "the world as it was at this moment, such as 2010-04-29T23:59")


def _run_options(run: argparse.ArgumentParser) -> None:
    """Add the options of `run`: what is played, how it is told, and what is kept."""
    run.add_argument(
        "scenarios", nargs="*", metavar="NAME|FILE", help="scenario by name, its file, or a page in Markdown"
    )
    run.add_argument("--all", action="store_true", help="every scenario that ships")
    run.add_argument("--real-https", action="store_true", default=switch("real_https"),
                     help="routers call home over HTTPS on the loopback")  # fmt: skip
    run.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="value of a variable")
    run.add_argument("--jobs", type=jobs, default=default("jobs") or 1, metavar="N", help="play N at a time")
    run.add_argument("--quiet", action="store_true", default=switch("quiet"), help="print failures and a summary only")
    run.add_argument("--json", action="store_true", help="print the outcomes as JSON")
    run.add_argument("--junit", type=Path, metavar="FILE", help="write the outcomes as JUnit XML to FILE")
    run.add_argument("--transcript", type=Path, metavar="FILE", help="write what was typed and printed")
    run.add_argument("--update", action="store_true", help="show the differences and record new transcripts")
    run.add_argument("--keep-world", type=directory, metavar="DIR", help="keep the world where a step failed")
    run.add_argument("--step", action="store_true", help="pause before every step, and let you type lines of your own")
    run.add_argument("--cast", type=Path, metavar="FILE", help="write the session as an asciicast")
    run.add_argument("--html", type=Path, metavar="FILE", help="write the session as a page: screens, mail, licenses")
    run.add_argument("--svg", type=Path, metavar="FILE", help="write the session as a picture of a terminal")


def _add_record(record: argparse.ArgumentParser) -> None:
    """`isrtwin record`."""
    record.add_argument("file", type=Path, metavar="FILE.yaml", help="scenario to write")
    record.add_argument("--title", default="A recorded session", help="title of the scenario, in one line")
    of_world(record)


def _add_lab_acts(lab: argparse.ArgumentParser) -> None:
    """`isrtwin lab`; its grammar is read when it is asked for."""
    from emulator.cli.lab_grammar import add_lab_acts

    add_lab_acts(lab)


def _add_world_acts(world: argparse.ArgumentParser) -> None:
    """`isrtwin world`; its grammar is read when it is asked for."""
    from emulator.cli.world_grammar import add_world_acts

    add_world_acts(world)


def _add_manager_acts(manager: argparse.ArgumentParser) -> None:
    """`isrtwin manager`; its grammar is read when it is asked for."""
    from emulator.cli.manager_grammar import add_manager_acts

    add_manager_acts(manager)


def _add_prove(prove: argparse.ArgumentParser) -> None:
    """`isrtwin prove`."""
    prove.add_argument("url", nargs="?", metavar="URL", help="interface of the manager, https://host:port/"
                       " (default: one of ours, started for this)")  # fmt: skip
    prove.add_argument("--ca", type=Path, metavar="FILE.pem",
                       help="certificate authority of the manager (default: those of the system)")  # fmt: skip
    prove.add_argument("--manager-command", metavar="COMMAND",
                       help="start the manager by this, to kill it meanwhile (default: it runs, and is not"
                       " killed)")  # fmt: skip
    prove.add_argument("--devices", type=twins, default=1000, metavar="N",
                       help="number of twins, 1 to 30,000 (default: 1000)")  # fmt: skip
    prove.add_argument("--failing", type=percent, default=1.0, metavar="PERCENT",
                       help="share of the twins that fail at random (default: 1)")  # fmt: skip
    prove.add_argument("--seed", type=seed, default=1, metavar="N",
                       help="serial numbers and troubles follow from it (default: 1)")  # fmt: skip
    prove.add_argument("--kills", type=kills, default=3, metavar="N",
                       help="kill the manager N times, 0 to 20 (default: 3)")  # fmt: skip
    prove.add_argument("--reload", action="store_true", help="have the twins reloaded, to run the new level")
    prove.add_argument("--json", action="store_true", help="print the scorecard as JSON")


class _Command(NamedTuple):
    """A command: what it does, the function that adds its arguments, and the module that runs it where not its name."""

    text: str
    add: Callable[[argparse.ArgumentParser], None]
    module: str = ""


COMMANDS = {
    "console": _Command("open a router's console", _add_console),
    "bench": _Command("work at the bench: rack, power, cables, mail, portal, time", session_options),
    "run": _Command("replay scenarios and check the results", _run_options),
    "import": _Command("make twins of real routers from captured output", _add_import, "importing"),
    "serve": _Command("run a world: its routers by SSH and Telnet, its portal and its call-home server", _add_serve),
    "explain": _Command("explain why a level or feature of a router is on or off, and what to do next", _add_explain),
    "export": _Command("export a router's data for another program", _add_export),
    "world": _Command("worlds: time, snapshots, forks, history and forecasts", _add_world_acts),
    "record": _Command("turn everything typed in a world since it began into a scenario", _add_record),
    "lab": _Command("labs: tasks in a world of their own, with hints and grades", _add_lab_acts),
    "list": _Command("list products, images, SKUs, features, scenarios, labs, commands or messages", _add_list,
                     "listing"),
    "manager": _Command("license manager: discover, poll and license a fleet of devices", _add_manager_acts),
    "prove": _Command("try a license manager on served twins that fail, and show its scorecard", _add_prove),
    "validate": _Command("check scenarios, labs, worlds, platforms and images, and report every mistake",
                         _add_validate),
    "schema": _Command("print the JSON Schema of a kind of file, for editors", _add_schema),
    "new": _Command("create a commented template to start from", _add_new),
}  # fmt: skip
"""The commands, in the order of the help."""
