"""Interfaces on which the routing processes of the configuration run, and the ID that a process takes.

R: a `network` line fits the addresses that agree with it in the bits outside of its wildcard, or that lie in its class
without one; the first line that fits decides the OSPF area; `ip ospf N area A` at the interface comes before all of
them. A router ID is the highest address of a loopback interface that is up, else of any interface that is up.
"""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network

import msgspec

from emulator.router.configuration import Block, Configuration, Section
from emulator.router.network.addressing import natural_length, vrf_of
from emulator.router.network.host import Host
from emulator.router.network.views import InterfaceView, interface_views

UNSET = IPv4Address(0)
BACKBONE = "0"
NAMED_EIGRP = "router eigrp instance "
"""Start of the keys of named instances of EIGRP, whose processes are their address families."""
FAMILY = "address-family ipv4 unicast autonomous-system "


class OspfInterface(msgspec.Struct, frozen=True):
    """An interface of an OSPF process.

    Attributes:
        named: the area stands at the interface, not in a `network` line.
    """

    view: InterfaceView
    area: str
    named: bool


def router_id(router: Host) -> IPv4Address:
    """Highest address of a loopback interface that is up, else of any interface that is up; 0.0.0.0 without one."""
    up = [view for view in interface_views(router) if view.is_up and view.address is not None]
    loopbacks = [view for view in up if view.kind == "loopback"]
    return max((IPv4Address(view.address or UNSET) for view in loopbacks or up), default=UNSET)


def processes(router: Host, protocol: str) -> dict[str, Section]:
    """Processes of a protocol by number, as the configuration has them."""
    found = routing_sections(router.configuration)
    return {number: section for name, number, section in found if name == protocol}


def routing_sections(configuration: Configuration) -> Iterator[tuple[str, str, Section]]:
    """Yield each routing process with its protocol and number; of a named EIGRP those of IPv4, by their systems."""
    for key, section in configuration.sections.items():
        if key.startswith(NAMED_EIGRP):
            for family, process in section.sections.items():
                if family.startswith(FAMILY):
                    yield "eigrp", family.removeprefix(FAMILY), process
        elif key.startswith("router "):
            protocol, _, number = key.removeprefix("router ").partition(" ")
            yield protocol, number, section


def ospf_interfaces(router: Host, number: str) -> list[OspfInterface]:
    """List the interfaces of an OSPF process, up or not."""
    process = processes(router, "ospf").get(number, Section())
    areas = [(words[1:3], words[4]) for words in _networks(process) if words[3:4] == ["area"] and words[4:]]
    found = []
    for view in _addressed(router):
        section = router.configuration.sections.get(f"interface {view.name}", Block())
        own = section.word(f"ip ospf {number} area")
        area = own or next((area for words, area in areas if _covers(words, view)), "")
        if area:
            found.append(OspfInterface(view, area, bool(own)))
    return found


def network_interfaces(router: Host, process: Block, vrf: str = "") -> list[InterfaceView]:
    """List the interfaces of a VRF, or of none, that a process's `network` lines cover."""
    lines = [words[1:3] for words in _networks(process)]
    return [
        view for view in _addressed(router)
        if vrf_of(router, view.name) == vrf and any(_covers(words, view) for words in lines)
    ]  # fmt: skip


def is_passive(process: Block, name: str) -> bool:
    """Tell whether a process sends nothing on an interface."""
    named = f"passive-interface {name}" in process.lines
    return named != ("passive-interface default" in process.lines)


def vrf_processes(router: Host, protocol: str, vrf: str) -> dict[str, Section]:
    """Address families of a VRF by the number of their system, or of the process that they stand in."""
    found = {}
    for number, process in processes(router, protocol).items():
        family = process.sections.get(f"address-family ipv4 vrf {vrf}")
        if family is not None:
            found[family.word("autonomous-system") or number] = family
    return found


def _addressed(router: Host) -> Iterator[InterfaceView]:
    return (view for view in interface_views(router) if view.address is not None and view.prefix is not None)


def _networks(process: Block) -> Iterable[list[str]]:
    return (line.split() for line in process.lines.values() if line.startswith("network "))


def _covers(words: list[str], view: InterfaceView) -> bool:
    """Tell whether a network, with a wildcard or by its class, has the first address of an interface."""
    address = IPv4Address(view.address or UNSET)
    if len(words) > 1:
        fixed = ~int(IPv4Address(words[1]))
        return not (int(address) ^ int(IPv4Address(words[0]))) & fixed
    return address in IPv4Network((words[0], natural_length(words[0])), strict=False)
