"""`show ipv6 protocols` and `show ipv6 rip`: the routing processes of the configuration, and their interfaces.

R: forms, by release. No other router answers, so nothing is counted but what the router sends by itself.
"""

from collections.abc import Iterator, Mapping, Sequence

from emulator.console.wording import text_file
from emulator.kernel.time import SECOND, Duration
from emulator.router.configuration import Block

START = "ipv6 router "
UPDATE = 30 * SECOND
NOTHING = "    None\n"


def show_ipv6_protocols(sections: Mapping[str, Block], names: Sequence[str], router_id: str, *, renewed: bool) -> str:
    """Screen of `show ipv6 protocols`; `names` of all interfaces; `renewed` in releases that know applications."""
    built_in = ("connected", "application", "ND") if renewed else ("connected", "static")
    text = "".join(f'IPv6 Routing Protocol is "{name}"\n' for name in built_in)
    for protocol, number, process in processes6(sections):
        text += f'IPv6 Routing Protocol is "{protocol} {number}"\n'
        interfaces = list(_interfaces(sections, names, protocol, number))
        identifier = process.word("eigrp router-id") or process.word("router-id") or router_id
        match protocol:
            case "ospf":
                text += _ospf(interfaces, identifier)
            case "eigrp":
                text += text_file("ipv6_eigrp", number=number, router_id=identifier) + _listed(interfaces)
            case _:
                text += _listed(interfaces)
        text += _redistributed(process)
    return text


def processes6(sections: Mapping[str, Block]) -> Iterator[tuple[str, str, Block]]:
    """Routing processes of IPv6: protocol, number or name, section."""
    for key, process in sections.items():
        if key.startswith(START):
            protocol, _, number = key.removeprefix(START).partition(" ")
            yield protocol, number, process


def _interfaces(
    sections: Mapping[str, Block], names: Sequence[str], protocol: str, number: str
) -> Iterator[tuple[str, str]]:
    """Interfaces on which a process runs, each with its OSPF area."""
    start = f"ipv6 {protocol} {number}"
    for name in names:
        lines = sections.get(f"interface {name}", Block()).lines.values()
        line = next((each for each in lines if each == start or each.startswith(f"{start} ")), None)
        if line is not None:
            yield name, line.split()[-1]


def _listed(interfaces: Sequence[tuple[str, str]]) -> str:
    return "  Interfaces:\n" + "".join(f"    {name}\n" for name, _ in interfaces) if interfaces else ""


def _ospf(interfaces: Sequence[tuple[str, str]], router_id: str) -> str:
    areas = sorted({area for _, area in interfaces})
    text = f"  Router ID {router_id}\n  Number of areas: {len(areas)} normal, 0 stub, 0 nssa\n"
    for area in areas:
        inside = "".join(f"    {name}\n" for name, each in interfaces if each == area)
        text += f"  Interfaces (Area {area}):\n{inside}"
    return text


def _redistributed(process: Block) -> str:
    lines = [line.removeprefix("redistribute ") for line in process.lines.values() if line.startswith("redistribute ")]
    rows = "".join(f"    Redistributing protocol {line}\n" for line in lines)
    return f"  Redistribution:\n{rows or NOTHING}"


def show_ipv6_rip(sections: Mapping[str, Block], names: Sequence[str], uptime: Duration) -> str:
    """Screen of `show ipv6 rip`: a block for each process."""
    found = [each for each in processes6(sections) if each[0] == "rip"]
    return "".join(
        text_file(
            "ipv6_rip",
            name=name,
            process=FIRST_PROCESS + number,
            paths=process.word("maximum-paths", "16"),
            updates=uptime // UPDATE,
            interfaces="".join(f"    {each}\n" for each, _ in _interfaces(sections, names, "rip", name)),
        )
        + _redistributed(process)
        for number, (_, name, process) in enumerate(found)
    )


FIRST_PROCESS = 178
"""Number of the process that the first one runs in (I)."""


def show_ipv6_rip_database(sections: Mapping[str, Block]) -> str:
    """Screen of `show ipv6 rip database`: the heading of each process, below which nothing was learned."""
    return "".join(
        f'RIP process "{name}", local RIB\n' for protocol, name, _ in processes6(sections) if protocol == "rip"
    )
