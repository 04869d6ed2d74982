"""`show interfaces description` and `show interfaces status`: a line an interface (R: forms)."""

import re
from collections.abc import Iterable

from emulator.hardware.platform import SWITCHED
from emulator.router.configuration import Block, Configuration
from emulator.router.network.views import ADMINISTRATIVELY_DOWN, InterfaceView

DESCRIPTION = f"{'Interface':<31s}{'Status':<15s}{'Protocol':<9s}Description\n"
STATUS = "\nPort      Name               Status       Vlan       Duplex  Speed Type\n"


def short_name(name: str) -> str:
    """Short name of an interface: `Fa4`, `Vl1`, `Gi0`: two letters and the number (R)."""
    kind = re.match(r"[A-Za-z-]+", name)
    return name if kind is None else kind.group()[:2] + name[kind.end() :]


def show_description(views: Iterable[InterfaceView]) -> str:
    """Names, state, and what the configuration says of them."""
    rows = (
        f"{short_name(view.name):<31s}{_status(view):<15s}{view.protocol:<9s}{view.description}".rstrip() + "\n"
        for view in views
    )
    return DESCRIPTION + "".join(rows)


def _status(view: InterfaceView) -> str:
    return "admin down" if view.status == ADMINISTRATIVELY_DOWN else view.status


def show_status(views: Iterable[InterfaceView], configuration: Configuration) -> str:
    """Screen of `show interfaces status`: the switch ports."""
    return STATUS + "".join(
        _port(view, configuration.sections.get(f"interface {view.name}", Block()))
        for view in views
        if view.kind in SWITCHED
    )


def _port(view: InterfaceView, section: Block) -> str:
    trunk = section.word("switchport mode") == "trunk"
    vlan = "trunk" if trunk else section.word("switchport access vlan") or "1"
    state = "connected" if view.is_up else "notconnect"
    state = "disabled" if view.status == ADMINISTRATIVELY_DOWN else state
    duplex, speed = section.word("duplex") or "auto", section.word("speed") or "auto"
    if view.is_up:
        duplex = "a-full" if duplex == "auto" else duplex
        speed = "a-100" if speed == "auto" else speed
    row = f"{short_name(view.name):<10s}{view.description[:18]:<19s}{state:<13s}{vlan:<10s} {duplex:>6s} {speed:>6s}"
    return f"{row} 10/100BaseTX\n"
