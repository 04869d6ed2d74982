"""`show ip interface`: what IP does on an interface. R: the form of 15.x; the twin forwards nothing, so counters and
features that packets would meet are those of an interface that has just come up.
"""

from collections.abc import Mapping

from emulator.console.render.interfaces.interfaces import address_line, protocol_mtu
from emulator.console.wording import text_file
from emulator.router.configuration import Block
from emulator.router.network.views import LEASES, SAVED, InterfaceView

_METHODS = {SAVED: "non-volatile memory", LEASES["ip address dhcp"]: "DHCP", LEASES["ip address negotiated"]: "IPCP"}


def show_ip_interface(view: InterfaceView, sections: Mapping[str, Block]) -> str:
    """The block of one interface."""
    section = sections.get(f"interface {view.name}", Block())
    head = f"{view.name} is {view.status}, line protocol is {view.protocol}\n"
    address = address_line(view)
    if not address:
        return head + "  Internet protocol processing disabled\n"
    lines = section.lines
    return (
        head
        + address
        + text_file(
            "ip_interface",
            determined=_determined(view),
            mtu=protocol_mtu(view, sections, "ip"),
            helper=_helpers(section),
            secondary="".join(f"  Secondary address {address}/{prefix}\n" for address, prefix in view.others),
            outgoing=_list(section, "out"),
            inbound=_list(section, "in"),
            proxy="disabled" if lines.get("ip proxy-arp") == "no ip proxy-arp" else "enabled",
            redirects="never" if lines.get("ip redirects") == "no ip redirects" else "always",
            unreachables="never" if lines.get("ip unreachables") == "no ip unreachables" else "always",
            policy=f"enabled, using route map {policy}"
            if (policy := section.word("ip policy route-map"))
            else "disabled",
            nat=_nat(section),
        )
    )


def _determined(view: InterfaceView) -> str:
    """Line on the origin of the address; an interface without one of its own has none (R)."""
    if view.address is None:
        return ""
    return f"  Address determined by {_METHODS.get(view.method, 'setup command')}\n"


def _helpers(section: Block) -> str:
    found = [line.split()[2] for line in section.lines.values() if line.startswith("ip helper-address ")]
    if not found:
        return "  Helper address is not set\n"
    if len(found) == 1:
        return f"  Helper address is {found[0]}\n"
    return f"  Helper addresses are {found[0]}\n" + "".join(f"{'':23s}{each}\n" for each in found[1:])


def _list(section: Block, direction: str) -> str:
    for line in section.lines.values():
        words = line.split()
        if words[:2] == ["ip", "access-group"] and words[-1] == direction:
            return words[2]
    return "not set"


def _nat(section: Block) -> str:
    for side in ("inside", "outside"):
        if f"ip nat {side}" in section.lines.values():
            return f"enabled, interface in domain {side}"
    return "disabled"
