"""Interfaces: what is plugged in, what is shut, and what is therefore up.

A switch port is up when it has a cable; a WAN port needs a cable and `no shutdown`; what leads to the access point
inside is up while IOS runs (I); a VLAN interface follows the switch ports in its VLAN. Which kinds are shut by
default: R. A modem is reported before the links behind it (C), here at the same second (I).
The link of a VLAN interface is told of when the configuration shuts or releases it, and only its line protocol when it
follows the ports (R).
Times: C for the order (link first, line protocol a second later), R for the seconds.
"""

from typing import Protocol

from emulator.hardware.events import ControllerChanged, LineProtocolChanged, LinkChanged, LinkShut
from emulator.hardware.platform import SWITCHED, Interface
from emulator.kernel.time import SECOND, Duration
from emulator.router.context import RouterCore
from emulator.router.state import DeferredTask, Running

LINK_DELAY: Duration = 3 * SECOND
PROTOCOL_DELAY: Duration = SECOND
LEASE_DELAY: Duration = 4 * SECOND
"""Time from a line protocol that is up to an address by DHCP, in milliseconds (I)."""

OPERATING_MODES = {
    "ethernet": ("auto", "vdsl2"),
    "atm": ("auto", "adsl1", "adsl2", "adsl2+", "ansi"),
}
"""Operating modes of a modem that train the line, by the kind of the port behind it at which the line comes in (R)."""

VLAN, TRUNK, DEFAULT_VLAN = "Vlan", "trunk", "1"


class SchedulingRouter(RouterCore, Protocol):
    """A router whose tasks can be scheduled for later."""

    def schedule(self, task: DeferredTask, delay: Duration, /) -> None:
        """Schedule a task for later in this boot."""


class Links:
    """The interfaces of one router."""

    __slots__ = ("_platform", "_router", "_state")

    def __init__(self, router: SchedulingRouter) -> None:
        self._router, self._state, self._platform = router, router.state, router.platform

    def is_shut(self, interface: Interface) -> bool:
        """Tell whether the configuration holds an interface down."""
        running = self._state.running
        section = running.configuration.sections.get(f"interface {interface.name}") if running else None
        default = "shutdown" if interface.rule.shut else "no shutdown"
        return (section.lines.get("shutdown", default) if section else default) == "shutdown"

    def is_up(self, interface: Interface) -> bool:
        """Tell whether an interface carries traffic now."""
        if self._state.running is None or self.is_shut(interface):
            return False
        if interface.kind == "vlan":
            return self.carries(interface.name.removeprefix(VLAN))
        return self.has_line(interface)

    def has_line(self, interface: Interface) -> bool:
        """Tell whether a cable is plugged in, if the interface has one, and its modem may train."""
        if interface.rule.cabled and interface.name not in self._state.cables:
            return False
        running = self._state.running
        modes = OPERATING_MODES.get(interface.kind)
        if running is None or modes is None:
            return True
        sections = running.configuration.sections
        modems = [sections[key] for name in self._platform.controllers if (key := f"controller {name}") in sections]
        return all(
            each.lines.get("shutdown") != "shutdown" and each.word("operating mode", "auto").split()[0] in modes
            for each in modems
        )

    def trained(self) -> list[Interface]:
        """Return the ports behind the modem for which it has trained a line, shut though they may be."""
        if not self._platform.controllers:
            return []
        return [each for each in self._platform.interfaces if each.kind in OPERATING_MODES and self.has_line(each)]

    def report(self, running: Running) -> None:
        """Take the links as they are for those that were reported last."""
        interfaces = self._platform.interfaces
        running.controllers_up = list(self._platform.controllers) if self.trained() else []
        running.links_up = [each.name for each in interfaces if self.is_up(each)]
        running.links_shut = [each.name for each in interfaces if self.is_shut(each)]

    def carries(self, vlan: str) -> bool:
        """Tell whether a switch port that is up is in a VLAN, or carries it as a trunk (R)."""
        ports = (port for port in self._platform.interfaces if port.kind in SWITCHED and self.is_up(port))
        return any(self.vlan_of(port) in {vlan, TRUNK} for port in ports)

    def vlan_of(self, port: Interface) -> str:
        """VLAN of a switch port: a number, or `trunk`."""
        running = self._state.running
        section = running.configuration.sections.get(f"interface {port.name}") if running else None
        if section is None:
            return DEFAULT_VLAN
        trunk = section.word("switchport mode") == TRUNK
        return TRUNK if trunk else section.word("switchport access vlan") or DEFAULT_VLAN

    def way_out(self) -> str | None:
        """Name of the first interface that is up and has an IP address; None: no neighbor can be reached."""
        running = self._state.running
        if running is None:
            return None
        for interface in self._platform.interfaces:
            section = running.configuration.sections.get(f"interface {interface.name}")
            if section is not None and "ip address" in section.lines and self.is_up(interface):
                return interface.name
        return None

    def follow(self) -> None:
        """Schedule the report of every interface whose state changed with a cable or the configuration."""
        if self._state.running is not None:
            self._router.schedule(DeferredTask.FOLLOW_LINKS, LINK_DELAY)
            self.follow_leases()

    def follow_leases(self) -> None:
        """Schedule the check of leased addresses for when the links have settled, if any is requested or held."""
        running = self._state.running
        if running is not None and (running.leases or any(running.configuration.asking_for_address())):
            self._router.schedule(DeferredTask.FOLLOW_LEASES, LINK_DELAY + PROTOCOL_DELAY + LEASE_DELAY)

    def tell_links(self) -> None:
        """Publish the links that changed since they were last reported."""
        running = self._state.running
        assert running is not None
        modems, before, shut = set(running.controllers_up), set(running.links_up), set(running.links_shut)
        self.report(running)
        for controller in self._platform.controllers:
            if (trained := controller in running.controllers_up) != (controller in modems):
                self._router.tell(ControllerChanged, controller=controller, up=trained)
        held_down = [each for each in self._platform.interfaces if each.name in running.links_shut]
        for interface in self._platform.interfaces:
            up = interface.name in running.links_up
            changed = up != (interface.name in before)
            if changed:
                running.link_changes[interface.name] = self._router.now
            released = interface.name in shut and interface not in held_down
            if released or (changed and interface not in held_down and interface.kind != "vlan"):
                self._router.tell(LinkChanged, interface=interface.name, up=up)
        for interface in held_down:
            if interface.name not in shut:
                self._router.tell(LinkShut, interface=interface.name, was_up=interface.name in before)
        if running.links_up != running.protocols_up:
            self._router.schedule(DeferredTask.FOLLOW_PROTOCOLS, PROTOCOL_DELAY)

    def tell_protocols(self) -> None:
        """Publish the line protocols that followed their links."""
        running = self._state.running
        assert running is not None
        before, running.protocols_up = set(running.protocols_up), list(running.links_up)
        for interface in self._platform.interfaces:
            up = interface.name in running.protocols_up
            if up != (interface.name in before):
                self._router.tell(LineProtocolChanged, interface=interface.name, up=up)
