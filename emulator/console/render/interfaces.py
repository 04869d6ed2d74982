"""`show interfaces`: one block an interface, from the lines that its driver has (`hardware/ports.toml`).

C: FastEthernet4 of an 881; the other kinds R or I, as their rows say.
"""

from collections.abc import Iterable, Mapping

from emulator.console.render.ages import age
from emulator.hardware.ports import PortUnit, port_table
from emulator.kernel.time import Instant
from emulator.router.interface_views import InterfaceView
from emulator.router.interfaces import InterfaceCounters, InterfaceRecord

MOMENTS = ("last_input", "last_output", "output_hang", "cleared")
LEVELS = ("reliability", "txload", "rxload")
COUNTERS = InterfaceCounters.__struct_fields__
OPTIONAL = {"description": "description", "internet": "internet"}
"""Lines that are there only if the interface has the thing, and the slot that tells."""


def show_interfaces(
    views: Iterable[InterfaceView],
    records: Mapping[str, InterfaceRecord],
    units: Mapping[str, PortUnit],
    now: Instant,
) -> str:
    """The blocks of the interfaces given."""
    return "".join(
        _block(view, records.get(view.name, InterfaceRecord()), units.get(view.name, PortUnit()), now) for view in views
    )


def _block(view: InterfaceView, record: InterfaceRecord, unit: PortUnit, now: Instant) -> str:
    table = port_table()
    slots = _slots(view, record, unit, now)
    lines = [f"{view.name} is {view.status}, line protocol is {view.protocol} "]
    for name in unit.layout if unit.layout is not None else table.kind(view.kind).layout:
        if slots.get(OPTIONAL.get(name, ""), " "):
            lines.append(table.lines[name].text.format_map(slots))
    return "".join(f"{line}\n" for line in lines)


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
