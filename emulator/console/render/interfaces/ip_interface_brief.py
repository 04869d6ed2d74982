"""`show ip interface brief`: one row an interface. C: an 881 with 15.5(3)M8, trailing blanks included; an address that
`ip unnumbered` lends is shown as `unset` (`wlan-ap0` of a router with an access point).
"""

from collections.abc import Iterable

from emulator.router.network.views import InterfaceView

HEAD = "Interface                  IP-Address      OK? Method Status                Protocol\n"


def show_ip_interface_brief(views: Iterable[InterfaceView]) -> str:
    """Screen of `show ip interface brief`."""
    return HEAD + "".join(
        f"{view.name:<27s}{view.speaks_as or 'unassigned':<16s}YES {view.method:<7s}"
        f"{view.status:<22s}{view.protocol:<8s}\n"
        for view in views
    )
