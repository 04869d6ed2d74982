"""Routing protocols: RIP at every level, OSPF, BGP and EIGRP where the level contains them (R for the levels).

`router` itself always exists, so without the level the caret stands under the protocol's name.
"""

from functools import partial

from emulator.console.arguments import feature
from emulator.console.grammar import Command
from emulator.console.modes import CONFIG
from emulator.console.session import Session

HELP = {
    "router": "Enable a routing process",
    "router rip": "Routing Information Protocol (RIP)",
    "router ospf": "Open Shortest Path First (OSPF)",
    "router ospf <number>": "Process ID",
    "router bgp": "Border Gateway Protocol (BGP)",
    "router bgp <number>": "Autonomous system number",
    "router eigrp": "Enhanced Interior Gateway Routing Protocol (EIGRP)",
    "router eigrp <number>": "Autonomous System",
    "network": "Enable routing on an IP network",
    "network <rest>": "Network number and what the protocol needs beside it",
    "neighbor": "Specify a neighbor router",
    "neighbor <rest>": "Neighbor address and what the protocol needs beside it",
    "no": "Negate a command or set its defaults",
    "no router": "Enable a routing process",
    "no router rip": "Routing Information Protocol (RIP)",
    "no router ospf": "Open Shortest Path First (OSPF)",
    "no router ospf <number>": "Process ID",
    "no router bgp": "Border Gateway Protocol (BGP)",
    "no router bgp <number>": "Autonomous system number",
    "no router eigrp": "Enhanced Interior Gateway Routing Protocol (EIGRP)",
    "no router eigrp <number>": "Autonomous System",
    "no network": "Enable routing on an IP network",
    "no network <rest>": "Network number and what the protocol needs beside it",
    "no neighbor": "Specify a neighbor router",
    "no neighbor <rest>": "Neighbor address and what the protocol needs beside it",
}

ROUTER = "config-router"


def process(session: Session, *, protocol: str, number: int | None) -> None:
    header = _header(protocol, number)
    session.router.configuration.section(header)
    session.router.running.changed = True
    session.line.enter(ROUTER, header)


def no_process(session: Session, *, protocol: str, number: int | None) -> None:
    session.router.configuration.sections.pop(_header(protocol, number), None)
    session.router.running.changed = True


def _header(protocol: str, number: int | None) -> str:
    return f"router {protocol}" if number is None else f"router {protocol} {number}"


def statement(session: Session, *, word: str, rest: str) -> None:
    line = f"{word} {' '.join(rest.split())}"
    session.section.lines[line] = line
    session.router.running.changed = True


def no_statement(session: Session, *, word: str, rest: str) -> None:
    session.section.lines.pop(f"{word} {' '.join(rest.split())}", None)
    session.router.running.changed = True


_SOURCE = "IOS routing command references; levels after the feature matrix"


def _protocol(name: str, argument: str) -> tuple[Command, ...]:
    return tuple(
        Command(f"{no}router {name} <number:{argument}>", modes=(CONFIG,), run=partial(run, protocol=name),
                when=feature(name), source=_SOURCE, basis="R")
        for no, run in (("", process), ("no ", no_process))
    )  # fmt: skip


COMMANDS = (
    Command(
        "router rip", modes=(CONFIG,), run=partial(process, protocol="rip", number=None), source=_SOURCE, basis="R"
    ),
    Command(
        "no router rip",
        modes=(CONFIG,),
        run=partial(no_process, protocol="rip", number=None),
        source=_SOURCE,
        basis="R",
    ),
    *_protocol("ospf", "Process"),
    *_protocol("bgp", "Autonomous"),
    *_protocol("eigrp", "Autonomous"),
    Command("network <rest:Line>", modes=(ROUTER,), run=partial(statement, word="network"), source=_SOURCE),
    Command("neighbor <rest:Line>", modes=(ROUTER,), run=partial(statement, word="neighbor"), source=_SOURCE),
    Command("no network <rest:Line>", modes=(ROUTER,), run=partial(no_statement, word="network"), source=_SOURCE),
    Command("no neighbor <rest:Line>", modes=(ROUTER,), run=partial(no_statement, word="neighbor"), source=_SOURCE),
)
