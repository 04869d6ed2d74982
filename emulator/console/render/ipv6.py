"""`show ipv6 interface`: addresses of the configuration, and the link-local one that follows from the MAC address.

R: forms; what the router joins on its own.
"""

from collections.abc import Iterator
from ipaddress import IPv6Address, IPv6Interface

from emulator.console.wording import text_file
from emulator.router.configuration import Block
from emulator.router.network.views import InterfaceView

ALL_NODES, ALL_ROUTERS = "FF02::1", "FF02::2"
LINK_LOCAL = int(IPv6Address("fe80::"))


def link_local(view: InterfaceView, section: Block) -> IPv6Address:
    """Link-local address: the one that is configured, or that of the interface's MAC address."""
    for line in section.lines.values():
        words = line.split()
        if words[:2] == ["ipv6", "address"] and words[-1] == "link-local":
            return IPv6Address(words[2])
    return IPv6Address(LINK_LOCAL | _identifier(view.hardware))


def _identifier(hardware: str) -> int:
    """Modified EUI-64 of a MAC address."""
    mac = int(hardware.replace(".", ""), 16)
    return ((mac >> 24) ^ 0x020000) << 40 | 0xFFFE << 24 | mac & 0xFFFFFF


def addresses(view: InterfaceView, section: Block) -> list[IPv6Interface]:
    """Global addresses of an interface."""
    found = []
    for line in section.lines.values():
        words = line.split()
        if words[:2] == ["ipv6", "address"] and "/" in words[2]:
            address = IPv6Interface(words[2])
            if words[-1] == "eui-64":
                whole = int(address.network.network_address) | _identifier(view.hardware)
                address = IPv6Interface((whole, address.network.prefixlen))
            found.append(address)
    return found


def enabled(section: Block) -> bool:
    """Tell whether IPv6 runs on an interface."""
    return any(line == "ipv6 enable" or line.startswith("ipv6 address ") for line in section.lines.values())


def show_ipv6_interface(view: InterfaceView, section: Block, *, routing: bool) -> str:
    """Block of an interface on which IPv6 runs; empty for another."""
    if not enabled(section):
        return ""
    listed = addresses(view, section)
    known = "".join(_unicast(each) for each in listed)
    return text_file("ipv6_interface").format(
        name=view.name,
        status=view.status,
        protocol=view.protocol,
        local=_shown(link_local(view, section)),
        unicast=f"  Global unicast address(es):\n{known}" if listed else "  No global unicast address is configured\n",
        groups="".join(f"    {each}\n" for each in _groups(view, section, routing=routing)),
        mtu=section.word("ipv6 mtu") or section.word("mtu") or "1500",
    )


def _unicast(address: IPv6Interface) -> str:
    network = address.network
    return f"    {_shown(address.ip)}, subnet is {_shown(network.network_address)}/{network.prefixlen} \n"


def _groups(view: InterfaceView, section: Block, *, routing: bool) -> Iterator[str]:
    yield ALL_NODES
    if routing:
        yield ALL_ROUTERS
    parts = {
        int(each) & 0xFFFFFF for each in (link_local(view, section), *(one.ip for one in addresses(view, section)))
    }
    yield from sorted(f"FF02::1:FF{part >> 16:02X}:{part & 0xFFFF:X}" for part in parts)


def _shown(address: IPv6Address) -> str:
    return str(address).upper()


def show_ipv6_interface_brief(view: InterfaceView, section: Block) -> str:
    """Lines of an interface in `show ipv6 interface brief`."""
    head = f"{view.name:<27s}[{view.status}/{view.protocol}]\n"
    if not enabled(section):
        return f"{head}    unassigned\n"
    listed = [link_local(view, section), *(each.ip for each in addresses(view, section))]
    return head + "".join(f"    {_shown(each)}\n" for each in listed)
