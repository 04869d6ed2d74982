"""`show interfaces`: one block an interface, from the lines that its driver has (`hardware/ports.toml`).

C: FastEthernet4 of an 881; the other kinds R or I, as their rows say.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from emulator.console.render.ages import age
from emulator.hardware.ports import PortUnit, port_table
from emulator.kernel.time import Instant
from emulator.router.configuration import Block
from emulator.router.device import Router
from emulator.router.interface_counters import InterfaceCounters, InterfaceRecord
from emulator.router.network.views import InterfaceView

MOMENTS = ("last_input", "last_output", "output_hang", "cleared")
LEVELS = ("reliability", "txload", "rxload")
COUNTERS = InterfaceCounters.__struct_fields__
OPTIONAL = {
    "description": "description",
    "tunnel_ends": "tunnel_destination",
    "tunnel_source": "tunnel_source_alone",
    "tunnel_key": "tunnel_key",
    "tunnel_protection": "protection",
    "tunnel_transport": "transport",
}
"""Lines that appear only if the interface has the property, and the slot that decides."""

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - shown, not bound
"""Address of a lender that has none (C2: `show protocols` in a command reference)."""

ADDRESS_LINES = ("internet", "unnumbered", "negotiated")
"""Lines that tell the address, each with a slot of its name: one of them stands in the place of any."""

BOUND = "bound"
"""Line after which the block of another interface follows (R): of the virtual access that a dialer is bound to."""


def show_interfaces(
    views: Sequence[InterfaceView],
    records: Mapping[str, InterfaceRecord],
    units: Mapping[str, PortUnit],
    sections: Mapping[str, Block],
    now: Instant,
    interface: str | None = None,
) -> str:
    """The blocks of all interfaces, or of the one that is named; `sections` are those of the configuration."""
    blocks = _Blocks({view.name: view for view in views}, records, units, sections, now)
    return "".join(blocks.block(view) for view in views if interface in {None, view.name})


class _Blocks(msgspec.Struct, frozen=True):
    """Writes blocks, one within another where an interface is bound to another."""

    views: Mapping[str, InterfaceView]
    records: Mapping[str, InterfaceRecord]
    units: Mapping[str, PortUnit]
    sections: Mapping[str, Block]
    now: Instant

    def block(self, view: InterfaceView, *, within: bool = False) -> str:
        """The lines of one interface."""
        table, unit = port_table(), self.units.get(view.name, PortUnit())
        slots = _slots(view, self.records.get(view.name, InterfaceRecord()), unit, self.now)
        slots.update(_own_texts(view, self.sections))
        text = f"{view.name} is {view.status}, line protocol is {view.protocol} \n"
        for name in unit.layout if unit.layout is not None else table.kind(view.kind).layout:
            if name in ADDRESS_LINES:
                text += _address_line(slots)
            elif name not in OPTIONAL or slots.get(OPTIONAL[name]):
                text += table.lines[name].text.format_map(slots) + "\n"
            bound = self.views.get(slots[BOUND]) if name == BOUND and not within else None
            text += "" if bound is None else self.block(bound, within=True)
        return text


def interface_texts(
    view: InterfaceView, record: InterfaceRecord, unit: PortUnit, sections: Mapping[str, Block], now: Instant
) -> Mapping[str, str]:
    """Texts of the slots of one interface: `mtu`, `bandwidth` in Kbit/s, and what else its lines print."""
    slots = _slots(view, record, unit, now)
    slots.update(_own_texts(view, sections))
    return slots


def bandwidth(router: Router, view: InterfaceView) -> int:
    """Bandwidth of an interface in Kbit/s."""
    record = router.running.interfaces.get(view.name, InterfaceRecord())
    unit = router.state.unit.ports.get(view.name, PortUnit())
    return int(interface_texts(view, record, unit, router.configuration.sections, router.now)["bandwidth"])


ETHERNET_MTU = 1500
PROTOCOL_MTUS = {"loopback": 1514, "tunnel": 1476}
"""Largest packets of a protocol on interfaces that are none of Ethernet: those of a tunnel leave room for GRE (R)."""


def protocol_mtu(view: InterfaceView, sections: Mapping[str, Block], protocol: str) -> int:
    """Largest packet in bytes that `ip` or `ipv6` sends on an interface: by its own line, or as frames there are."""
    own = sections.get(f"interface {view.name}", Block()).word(f"{protocol} mtu")
    frames = dict(_own_texts(view, sections)).get("mtu")
    return int(own or frames or PROTOCOL_MTUS.get(view.kind, ETHERNET_MTU))


def delay(router: Router, view: InterfaceView) -> int:
    """Delay of an interface in microseconds."""
    record = router.running.interfaces.get(view.name, InterfaceRecord())
    unit = router.state.unit.ports.get(view.name, PortUnit())
    return int(interface_texts(view, record, unit, router.configuration.sections, router.now)["delay"])


def _own_texts(view: InterfaceView, sections: Mapping[str, Block]) -> Iterator[tuple[str, str]]:
    """Texts of the interface's own lines, behind those of the interface that it is a part of."""
    whole = view.name.partition(".")[0]
    for name in (whole, view.name) if whole != view.name else (view.name,):
        yield from _configured(view, sections.get(f"interface {name}", Block()))


def address_line(view: InterfaceView) -> str:
    """Line that tells the address of an interface, or where it will come from; empty if IP does not run there."""
    return _address_line(_Slots(_address_slots(view)))


def _address_line(slots: Mapping[str, str]) -> str:
    form = next((each for each in ADDRESS_LINES if slots.get(each)), None)
    return "" if form is None else port_table().lines[form].text.format_map(slots) + "\n"


def _address_slots(view: InterfaceView) -> Iterator[tuple[str, str]]:
    if view.address is not None:
        yield "internet", f"{view.address}/{view.prefix}"
    if view.lender:
        yield "unnumbered", f"{view.lender} ({view.lent or NO_ADDRESS})"
    if view.asks:
        yield "negotiated", view.asks


class _Slots(dict[str, str]):
    """A slot that nothing is known of is empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _slots(view: InterfaceView, record: InterfaceRecord, unit: PortUnit, now: Instant) -> _Slots:
    table = port_table()
    slots = _Slots(table.texts)
    slots.update(table.kind(view.kind).texts)
    slots.update(address=view.hardware, bia=view.hardware, description=view.description)
    if not view.is_up:
        slots["duplex"] = slots["duplex_down"]
    own = dict(unit.texts)
    if unit.was_up is not None and unit.was_up != view.is_up:
        own.pop("duplex", None)
    slots.update(own)
    slots.update(_address_slots(view))
    slots.update({name: str(getattr(record.counters, name)) for name in COUNTERS})
    slots.update({name: str(getattr(record, name)) for name in LEVELS})
    for name in MOMENTS:
        at: Instant | None = getattr(record, name)
        slots[name] = age(None if at is None else now - at)
    return slots


TENS_OF_MICROSECONDS = 10
ENCAPSULATIONS = {"ppp": "PPP", "hdlc": "HDLC", "frame-relay": "FRAME-RELAY", "slip": "SLIP"}
TUNNEL_MODES = {"gre ip": "GRE/IP", "gre multipoint": "multi-GRE/IP", "ipip": "IP/IP", "ipsec ipv4": "IPSEC/IP",
                "ipv6ip": "IPv6/IP"}  # fmt: skip


def _configured(view: InterfaceView, section: Block) -> Iterator[tuple[str, str]]:
    """Texts that lines of the interface's section give (R)."""
    for key, slot in (("mtu", "mtu"), ("bandwidth", "bandwidth")):
        if section.word(key).isdecimal():
            yield slot, section.word(key)
    if section.word("delay").isdecimal():
        yield "delay", str(int(section.word("delay")) * TENS_OF_MICROSECONDS)
    seconds = section.word("load-interval")
    if seconds.isdecimal():
        yield "load_interval", f"{int(seconds) // 60} minute" if int(seconds) % 60 == 0 else f"{seconds} second"
    keepalive = section.lines.get("keepalive", "")
    if keepalive.startswith("no "):
        yield "keepalive", "not set"
    elif keepalive:
        yield "keepalive", f"set ({keepalive.split()[1]} sec)"
    lines = (line.split()[1:] for line in section.lines.values() if line.startswith("encapsulation "))
    encapsulation = next(lines, [])
    if encapsulation[:1] == ["dot1Q"]:
        yield "vlan_id", encapsulation[1]
    elif encapsulation and encapsulation[0] in ENCAPSULATIONS:
        yield "encapsulation", ENCAPSULATIONS[encapsulation[0]]
    if view.kind == "tunnel":
        yield from _tunnel(section)


def _tunnel(section: Block) -> Iterator[tuple[str, str]]:
    source, destination = section.word("tunnel source"), section.word("tunnel destination")
    if destination:
        yield from (("tunnel_source", source or "UNKNOWN"), ("tunnel_destination", destination))
    elif source:
        yield from (("tunnel_source", source), ("tunnel_source_alone", "yes"))
    yield "transport", TUNNEL_MODES.get(section.word("tunnel mode") or "gre ip", "GRE/IP")
    if section.word("tunnel key"):
        yield from (("tunnel_key", f"0x{int(section.word('tunnel key')):X}"), ("sequencing", "disabled"))
    if section.word("tunnel protection ipsec profile"):
        yield "protection", section.word("tunnel protection ipsec profile").split()[0]
