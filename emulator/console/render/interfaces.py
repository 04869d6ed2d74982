"""`show interfaces`: one block an interface, from the lines that its driver has (`hardware/ports.toml`).

C: FastEthernet4 of an 881; the other kinds R or I, as their rows say.
"""

from collections.abc import Mapping, Sequence

import msgspec

from emulator.console.render.ages import age
from emulator.hardware.ports import PortUnit, port_table
from emulator.kernel.time import Instant
from emulator.router.interface_counters import InterfaceCounters, InterfaceRecord
from emulator.router.network.views import InterfaceView

MOMENTS = ("last_input", "last_output", "output_hang", "cleared")
LEVELS = ("reliability", "txload", "rxload")
COUNTERS = InterfaceCounters.__struct_fields__
OPTIONAL = {"description": "description", "internet": "internet"}
"""Lines that appear only if the interface has the property, and the slot that decides."""

BOUND = "bound"
"""Line after which the block of another interface follows (R): of the virtual access that a dialer is bound to."""


def show_interfaces(
    views: Sequence[InterfaceView],
    records: Mapping[str, InterfaceRecord],
    units: Mapping[str, PortUnit],
    now: Instant,
    interface: str | None = None,
) -> str:
    """The blocks of all interfaces, or of the one that is named."""
    blocks = _Blocks({view.name: view for view in views}, records, units, now)
    return "".join(blocks.block(view) for view in views if interface in {None, view.name})


class _Blocks(msgspec.Struct, frozen=True):
    """Writes blocks, one within another where an interface is bound to another."""

    views: Mapping[str, InterfaceView]
    records: Mapping[str, InterfaceRecord]
    units: Mapping[str, PortUnit]
    now: Instant

    def block(self, view: InterfaceView, *, within: bool = False) -> str:
        """The lines of one interface."""
        table, unit = port_table(), self.units.get(view.name, PortUnit())
        slots = _slots(view, self.records.get(view.name, InterfaceRecord()), unit, self.now)
        text = f"{view.name} is {view.status}, line protocol is {view.protocol} \n"
        for name in unit.layout if unit.layout is not None else table.kind(view.kind).layout:
            if slots.get(OPTIONAL.get(name, ""), " "):
                text += table.lines[name].text.format_map(slots) + "\n"
            bound = self.views.get(slots[BOUND]) if name == BOUND and not within else None
            text += "" if bound is None else self.block(bound, within=True)
        return text


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
    slots["internet"] = "" if view.address is None else f"{view.address}/{view.prefix}"
    slots.update({name: str(getattr(record.counters, name)) for name in COUNTERS})
    slots.update({name: str(getattr(record, name)) for name in LEVELS})
    for name in MOMENTS:
        at: Instant | None = getattr(record, name)
        slots[name] = age(None if at is None else now - at)
    return slots
