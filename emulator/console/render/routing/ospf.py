"""`show ip ospf` and its parts, of a router that hears no other: it is the designated router wherever it is up.

R: forms, by release; costs from the reference bandwidth. The router's own LSA is made as RFC 2328 says, with its
checksum, so that what is printed of it agrees; it is made anew each half hour of use. I: its first number is that of a
process that was there at the boot.
"""

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network
from itertools import groupby

import msgspec

from emulator.console.render.ages import age
from emulator.console.render.interface_lists import short_name
from emulator.console.wording import text_file, wording
from emulator.kernel.time import MINUTE, SECOND, Duration
from emulator.router.configuration import Block
from emulator.router.network.routing_interfaces import OspfInterface, is_passive

REFRESH = 30 * MINUTE
FIRST_SEQUENCE = 0x80000001
DEMAND_CIRCUITS, EXTERNAL, ROUTER_LSA, STUB = 0x20, 0x02, 1, 3
AREA_BORDER, AS_BORDER = 1, 2
TOPOLOGIES_SINCE, ATTACHED_SINCE = (15, 0), (15, 2)
DEFAULT_HELLO = 10
KILOBIT = 1000


class OspfProcess(msgspec.Struct, frozen=True):
    """Facts of a process: its number, ID, section, interfaces, and of the interfaces their sections and bandwidths.

    Attributes:
        bandwidths: in Kbit/s, by the interface's name.
        uptime: since the router booted.
    """

    number: str
    router_id: IPv4Address
    section: Block
    interfaces: Sequence[OspfInterface]
    sections: Mapping[str, Block]
    bandwidths: Mapping[str, int]
    uptime: Duration
    release: tuple[int, ...]

    def areas(self) -> dict[str, list[OspfInterface]]:
        """Interfaces by area, in the areas' order."""
        ranked = sorted(self.interfaces, key=lambda each: area_number(each.area))
        return {area: list(group) for area, group in groupby(ranked, key=lambda each: each.area)}

    def block(self, interface: OspfInterface) -> Block:
        """Section of an interface."""
        return self.sections.get(f"interface {interface.view.name}", Block())

    def cost(self, interface: OspfInterface) -> int:
        """Cost of an interface."""
        own = self.block(interface).word("ip ospf cost")
        if own or interface.view.kind == "loopback":
            return int(own or 1)
        reference = int(self.section.word("auto-cost reference-bandwidth", "100")) * KILOBIT
        return min(65535, max(1, reference // self.bandwidths[interface.view.name]))

    @property
    def exports(self) -> bool:
        """True if it brings routes of others in."""
        return any(line.startswith("redistribute ") for line in self.section.lines.values())


def area_number(area: str) -> int:
    """Number of an area that may be written as an address."""
    return int(area) if area.isdecimal() else int(IPv4Address(area))


# --- the router's own LSA --------------------------------------------------------------------------------------------


class RouterLsa(msgspec.Struct, frozen=True):
    """Links of a router in an area: each the network, its mask and its cost."""

    router_id: IPv4Address
    flags: int
    links: tuple[tuple[IPv4Address, IPv4Address, int], ...]
    options: int
    age: int
    sequence: int

    def encoded(self) -> bytes:
        """Octets without the age, the checksum zero."""
        identifier = self.router_id.packed
        links = b"".join(
            network.packed + mask.packed + bytes([STUB, 0]) + cost.to_bytes(2) for network, mask, cost in self.links
        )
        length = 24 + len(links)
        head = bytes([self.options, ROUTER_LSA]) + identifier + identifier + self.sequence.to_bytes(4)
        return head + bytes(2) + length.to_bytes(2) + bytes([self.flags, 0]) + len(self.links).to_bytes(2) + links

    def checksum(self) -> int:
        """Fletcher checksum of RFC 905, annex B, over all but the age."""
        octets, place = self.encoded(), 15
        first = second = 0
        for octet in octets:
            first = (first + octet) % 255
            second = (second + first) % 255
        x = ((len(octets) - place) * first - second) % 255
        y = (second - (len(octets) - place + 1) * first) % 255
        return (x or 255) << 8 | (y or 255)


def router_lsa(process: OspfProcess, area: str) -> RouterLsa:
    """The router's LSA in an area."""
    links = []
    for interface in process.areas().get(area, []):
        view = interface.view
        if view.is_up:
            length = 32 if view.kind == "loopback" else view.prefix
            network = IPv4Network(f"{view.address}/{length}", strict=False)
            links.append((network.network_address, network.netmask, process.cost(interface)))
    flags = (AREA_BORDER if len(process.areas()) > 1 else 0) | (AS_BORDER if process.exports else 0)
    options = DEMAND_CIRCUITS | (0 if _kind(process, area) else EXTERNAL)
    times, since = divmod(process.uptime, REFRESH)
    return RouterLsa(process.router_id, flags, tuple(links), options, since // SECOND, FIRST_SEQUENCE + times)


# --- screens ---------------------------------------------------------------------------------------------------------


def show_ospf(process: OspfProcess) -> str:
    """Screen of a process."""
    areas = process.areas()
    kinds = [_kind(process, area) for area in areas]
    borders = "".join(
        f" It is an {words}\n"
        for words, holds in (("area border router", len(areas) > 1), ("autonomous system boundary router",
                                                                       process.exports))
        if holds
    )  # fmt: skip
    head = text_file(
        "ospf",
        number=process.number,
        router_id=process.router_id,
        elapsed=age(process.uptime),
        borders=borders,
        areas=len(areas),
        normal=kinds.count(""),
        stub=kinds.count("stub"),
        nssa=kinds.count("nssa"),
        reference=process.section.word("auto-cost reference-bandwidth", "100"),
    )
    return head + "".join(_area(process, area, interfaces) for area, interfaces in areas.items()) + "\n"


def _kind(process: OspfProcess, area: str) -> str:
    return next((kind for kind in ("stub", "nssa") if process.section.has(f"area {area} {kind}")), "")


def _area(process: OspfProcess, area: str, interfaces: Sequence[OspfInterface]) -> str:
    loopbacks = sum(each.view.kind == "loopback" for each in interfaces)
    secret = process.section.word(f"area {area} authentication", "none")
    return wording(
        "ospf.area",
        name=f"BACKBONE({area})" if area_number(area) == 0 else area,
        count=f"{len(interfaces)}{f' ({loopbacks} loopback)' if loopbacks else ''}",
        authentication={"none": "no", "": "simple password", "message-digest": "message digest"}[secret],
        elapsed=age(process.uptime),
        checksum=router_lsa(process, area).checksum(),
    )


def show_ospf_interfaces(process: OspfProcess, name: str | None = None) -> str:
    """Blocks of the interfaces of a process, of all or of one."""
    wanted = (each for each in process.interfaces if name in {None, each.view.name})
    return "".join(_interface(process, each) for each in wanted)


def _interface(process: OspfProcess, interface: OspfInterface) -> str:
    view, block = interface.view, process.block(interface)
    attached = "Interface Enable" if interface.named else "Network Statement"
    loopback = view.kind == "loopback"
    default = "LOOPBACK" if loopback else "POINT_TO_POINT" if view.kind in {"tunnel", "dialer"} else "BROADCAST"
    network = block.word("ip ospf network").replace("-", "_").upper() or default
    cost = process.cost(interface)
    text = (
        f"{view.name} is {view.status}, line protocol is {view.protocol} \n"
        f"  Internet Address {view.address}/{view.prefix}, Area {interface.area}"
        f"{f', Attached via {attached}' if process.release >= ATTACHED_SINCE else ''} \n"
        f"  Process ID {process.number}, Router ID {process.router_id}, Network Type {network}, Cost: {cost}\n"
    )
    if process.release >= TOPOLOGIES_SINCE:
        text += wording("ospf.topologies", cost=cost)
    if loopback and network == default:
        return text + "  Loopback interface is treated as a stub Host\n"
    hello = int(block.word("ip ospf hello-interval", str(DEFAULT_HELLO)))
    dead = block.word("ip ospf dead-interval", str(4 * hello))
    state = state_of(interface, network)
    text += (
        f"  Transmit Delay is {block.word('ip ospf transmit-delay', '1')} sec, State {state}"
        f"{f', Priority {_priority(block)}' if network == 'BROADCAST' else ''}\n"
    )
    if state == "DR":
        text += wording("ospf.designated", router_id=process.router_id, address=view.address)
    elif network == "BROADCAST":
        text += wording("ospf.undesignated")
    due = hello - process.uptime // SECOND % hello
    passive = is_passive(process.section, view.name)
    hellos = "No Hellos (Passive interface) " if passive else f"Hello due in {age(due * SECOND)}"
    return text + text_file(
        "ospf_interface",
        hello=hello,
        dead=dead,
        retransmit=block.word("ip ospf retransmit-interval", "5"),
        resync=dead if int(dead) > 40 else "40",
        hellos="" if not view.is_up else f"    {hellos}\n",
        index=process.interfaces.index(interface) + 1,
        within=process.areas()[interface.area].index(interface) + 1,
    )


def _priority(block: Block) -> str:
    return block.word("ip ospf priority", "1")


def state_of(interface: OspfInterface, network: str) -> str:
    """State of an interface on which no other router answers."""
    if not interface.view.is_up:
        return "DOWN"
    return {"BROADCAST": "DR", "NON_BROADCAST": "DR", "LOOPBACK": "LOOP"}.get(network, "P2P")


BRIEF = "Interface    PID   Area            IP Address/Mask    Cost  State Nbrs F/C\n"


def show_ospf_interface_brief(processes: Sequence[OspfProcess]) -> str:
    """Screen of `show ip ospf interface brief`."""
    rows = ""
    for process in processes:
        for each in process.interfaces:
            loopback = each.view.kind == "loopback"
            state = state_of(each, "LOOPBACK" if loopback else "BROADCAST")
            address = f"{each.view.address}/{each.view.prefix}"
            rows += (
                f"{short_name(each.view.name):<12s} {process.number:<5s} {each.area:<15s} {address:<18s} "
                f"{process.cost(each):<5d} {state:<5s} 0/0\n"
            )
    return BRIEF + rows


def show_ospf_database(process: OspfProcess, *, routers: bool) -> str:
    """Summary of the link states of a process, or its router link states in full."""
    text = f"\n            OSPF Router with ID ({process.router_id}) (Process ID {process.number})\n"
    for area in process.areas():
        lsa = router_lsa(process, area)
        text += f"\n\t\tRouter Link States (Area {area})\n\n"
        text += "".join(_router_lines(lsa)) if routers else _summary(lsa)
    return text


def _summary(lsa: RouterLsa) -> str:
    head = f"{'Link ID':<16s}{'ADV Router':<16s}{'Age':<12s}{'Seq#':<11s}Checksum Link count\n"
    cells = f"{lsa.age:<12d}0x{lsa.sequence:08X} 0x{lsa.checksum():06X} {len(lsa.links)}\n"
    return f"{head}{lsa.router_id!s:<16s}{lsa.router_id!s:<16s}{cells}"


def _router_lines(lsa: RouterLsa) -> Iterator[str]:
    roles = ((AREA_BORDER, "Area Border Router"), (AS_BORDER, "AS Boundary Router"))
    yield wording(
        "ospf.router_lsa",
        age=lsa.age,
        router_id=lsa.router_id,
        sequence=lsa.sequence,
        checksum=lsa.checksum(),
        length=24 + 12 * len(lsa.links),
        roles="".join(f"  {name}\n" for bit, name in roles if lsa.flags & bit),
        count=len(lsa.links),
    )
    for network, mask, cost in lsa.links:
        yield wording("ospf.stub_link", network=network, mask=mask, cost=cost)
    yield "\n"
