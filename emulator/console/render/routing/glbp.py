"""`show glbp`, `show glbp brief`: redundancy that shares its load, from the configuration.

R: forms. Nobody else speaks GLBP here, so a router whose interface is up is the active gateway and the one forwarder.
I: it has been so since the boot.
"""

from collections.abc import Iterator

import msgspec

from emulator.console.render.ages import age
from emulator.console.render.interface_lists import short_name
from emulator.console.wording import text_file
from emulator.router.configuration import Block
from emulator.router.device import Router
from emulator.router.network.views import InterfaceView, dotted, interface_views

HEAD = "Interface   Grp  Fwd Pri State    Address         Active router   Standby router\n"
USUAL_PRIORITY = "100"
FIRST_ADDRESS = 0x0007B4000000
"""Virtual MAC address of group 0; the group and the forwarder follow in its last bytes (R)."""


class GlbpGroup(msgspec.Struct, frozen=True):
    """A group of an interface: its number, and the values of its lines by their first word."""

    view: InterfaceView
    number: int
    lines: dict[str, str]

    @property
    def is_active(self) -> bool:
        """Tell whether the router is the active gateway."""
        return self.view.protocol.startswith("up")

    @property
    def mac(self) -> str:
        """Virtual MAC address of the forwarder."""
        return dotted(FIRST_ADDRESS + self.number * 256 + 1)


def groups(router: Router) -> Iterator[GlbpGroup]:
    """Yield the groups that have a virtual address."""
    for view in interface_views(router):
        section = router.configuration.sections.get(f"interface {view.name}", Block())
        found: dict[int, dict[str, str]] = {}
        for line in section.lines.values():
            words = line.split()
            if words[0] == "glbp" and len(words) > 2:
                found.setdefault(int(words[1]), {})[words[2]] = " ".join(words[3:])
        for number, lines in sorted(found.items()):
            if "ip" in lines:
                yield GlbpGroup(view, number, lines)


def show_glbp_brief(router: Router) -> str:
    """Two lines a group: the gateway, and its forwarder."""
    rows = ""
    for each in groups(router):
        state, gateway = ("Active", "local") if each.is_active else ("Init", "unknown")
        name, priority = short_name(each.view.name), each.lines.get("priority", USUAL_PRIORITY)
        start = f"{name:<12s}{each.number:<5d}"
        rows += f"{start}{'-':<4s}{priority:<4s}{state:<9s}{each.lines['ip']:<16s}{gateway:<16s}unknown\n"
        if each.is_active:
            rows += f"{start}{'1':<4s}{'-':<4s}{state:<9s}{each.mac:<16s}{'local':<16s}-\n"
    return HEAD + rows if rows else ""


def show_glbp(router: Router) -> str:
    """A block a group."""
    text = ""
    for each in groups(router):
        priority = each.lines.get("priority")
        active = each.is_active
        since = age(router.uptime())
        text += text_file(
            "glbp",
            name=each.view.name,
            number=each.number,
            state="Active" if active else "Init (interface down)",
            changes=f"    1 state change, last state change {since}\n" if active else "",
            address=each.lines["ip"],
            due="    Next hello sent in 2.144 secs\n" if active else "",
            preemption="enabled" if "preempt" in each.lines else "disabled",
            router="local" if active else "unknown",
            priority=f"{priority} (configured)" if priority else f"{USUAL_PRIORITY} (default)",
            balancing=each.lines.get("load-balancing") or "round-robin",
            hardware=each.view.hardware,
            own=each.view.address or "0",
            mac=each.mac,
            since=since,
            forwarder="Active" if active else "Init",
            count=int(active),
        )
    return text
