"""The WAN port of a router, and what stands behind it.

I: the WAN port, what is configured on it (subinterfaces), and dialers lead to the provider; all else is the lab's LAN.
A WAN port that nobody has configured stands for a line that the provider has made ready: call home works over it, as it
did when the box was opened, and nothing else does. From its first line on it needs what any port needs.
"""

from emulator.hardware.platform import Interface
from emulator.router.network.host import Host

DIALED = ("Dialer", "Cellular", "Virtual-PPP")
"""Prefixes of interfaces by which a provider is dialed."""


def wan_port(router: Host) -> Interface:
    """Port that the provider's line belongs in."""
    return next(each for each in router.platform.interfaces if each.name == router.platform.wan_interface)


def is_wan_up(router: Host) -> bool:
    """Tell whether the provider's line is plugged in and the port is not shut."""
    return router.links.is_up(wan_port(router))


def faces_provider(router: Host, interface: str) -> bool:
    """Tell whether an interface leads to the provider."""
    return interface.partition(".")[0] == router.platform.wan_interface or interface.startswith(DIALED)


def is_untouched(router: Host) -> bool:
    """Tell whether the WAN port has no configuration: shut or not as it was, and without an address."""
    port = wan_port(router)
    if any(
        key.startswith(f"interface {port.name}.") or key.removeprefix("interface ").startswith(DIALED)
        for key in router.configuration.sections
    ):
        return False
    section = router.configuration.sections.get(f"interface {port.name}")
    addressed = section is not None and section.lines.get("ip address", "no ip address") != "no ip address"
    return not addressed and router.links.is_shut(port) == port.rule.shut
