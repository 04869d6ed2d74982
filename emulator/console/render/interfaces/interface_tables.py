"""Tables of interfaces: switch ports, trunks, queues and rates, packets by protocol and switching path (R: forms).

The lab forwards nothing, so packets are those that an interface's counters have, and all were switched by the process.
"""

from collections.abc import Iterable, Mapping, Sequence

from emulator.console.render.interface_lists import short_name
from emulator.console.wording import text_file
from emulator.hardware.platform import SWITCHED
from emulator.router.configuration import Block
from emulator.router.interface_counters import InterfaceRecord
from emulator.router.network.views import ADMINISTRATIVELY_DOWN, InterfaceView

SUMMARY_HEAD = """
 *: interface is up
 IHQ: pkts in input hold queue     IQD: pkts dropped from input queue
 OHQ: pkts in output hold queue    OQD: pkts dropped from output queue
 RXBS: rx rate (bits/sec)          RXPS: rx rate (pkts/sec)
 TXBS: tx rate (bits/sec)          TXPS: tx rate (pkts/sec)
 TRTL: throttle count

  Interface              IHQ   IQD  OHQ   OQD  RXBS RXPS  TXBS TXPS TRTL
------------------------------------------------------------------------
"""
ACCOUNTING_HEAD = "                Protocol    Pkts In   Chars In   Pkts Out  Chars Out\n"
STATS_HEAD = "          Switching path    Pkts In   Chars In   Pkts Out  Chars Out\n"
PORT_COUNTERS = (
    ("InOctets", "InUcastPkts", "InMcastPkts", "InBcastPkts"),
    ("OutOctets", "OutUcastPkts", "OutMcastPkts", "OutBcastPkts"),
)
DEFAULT_VLAN, ALL_VLANS = "1", "1-4094"

Sections = Mapping[str, Block]
InterfaceRecords = Mapping[str, InterfaceRecord]


def switch_ports(views: Iterable[InterfaceView]) -> list[InterfaceView]:
    """List the ports of the switch."""
    return [view for view in views if view.kind in SWITCHED]


def show_switchport(view: InterfaceView, section: Block) -> str:
    """Block of a port in `show interfaces switchport`."""
    trunk = section.word("switchport mode") == "trunk"
    operational = ("trunk" if trunk else "static access") if view.is_up else "down"
    access = section.word("switchport access vlan") or DEFAULT_VLAN
    return text_file(
        "switchport",
        name=short_name(view.name),
        mode="trunk" if trunk else "static access",
        operational=operational,
        encapsulation="dot1q" if trunk else "native",
        access=_with_name(access),
        native=_with_name(section.word("switchport trunk native vlan") or DEFAULT_VLAN),
        allowed=_allowed(section).replace(ALL_VLANS, "ALL"),
        protected="true" if "switchport protected" in section.lines else "false",
        voice=section.word("switchport voice vlan") or "none",
    )


def _with_name(vlan: str) -> str:
    return f"{vlan} ({'default' if vlan == DEFAULT_VLAN else f'VLAN{int(vlan):04d}' if vlan.isdecimal() else vlan})"


def _allowed(section: Block) -> str:
    return section.word("switchport trunk allowed vlan") or ALL_VLANS


def show_trunks(views: Iterable[InterfaceView], sections: Sections, active: Sequence[int]) -> str:
    """Screen of `show interfaces trunk`; empty where no port is a trunk."""
    trunks = [
        (short_name(view.name), section)
        for view in switch_ports(views)
        if view.is_up and (section := _section(view, sections)).word("switchport mode") == "trunk"
    ]
    if not trunks:
        return ""
    known = ",".join(str(each) for each in active)
    native = "switchport trunk native vlan"
    parts = (
        ("Mode         Encapsulation  Status        Native vlan",
         lambda section: f"{'on':<13s}{'802.1q':<15s}{'trunking':<14s}{section.word(native) or DEFAULT_VLAN}"),
        ("Vlans allowed on trunk", _allowed),
        ("Vlans allowed and active in management domain", lambda _: known),
        ("Vlans in spanning tree forwarding state and not pruned", lambda _: known),
    )  # fmt: skip
    return "".join(
        f"\n{'Port':<10s}{title}\n" + "".join(f"{name:<10s}{told(section)}\n" for name, section in trunks)
        for title, told in parts
    )


def _section(view: InterfaceView, sections: Sections) -> Block:
    return sections.get(f"interface {view.name}", Block())


def show_summary(views: Iterable[InterfaceView], records: InterfaceRecords) -> str:
    """Screen of `show interfaces summary`."""
    return SUMMARY_HEAD + "".join(_summary(view, _record(view, records)) for view in views)


def _summary(view: InterfaceView, record: InterfaceRecord) -> str:
    count = record.counters
    queues = f"{count.input_size:5d} {count.input_drops:5d} {count.output_size:4d} {count.output_drops:5d}"
    rates = f"{count.input_bits:5d} {count.input_rate:4d} {count.output_bits:5d} {count.output_rate:4d}"
    return f"{'*' if view.is_up else ' '} {view.name:<21s}{queues} {rates} {count.throttles:4d}\n"


def _record(view: InterfaceView, records: InterfaceRecords) -> InterfaceRecord:
    return records.get(view.name, InterfaceRecord())


def show_accounting(view: InterfaceView, records: InterfaceRecords) -> str:
    """Block of an interface in `show interfaces accounting`."""
    if view.status == ADMINISTRATIVELY_DOWN:
        return f"Interface {view.name} is disabled\n\n"
    head = f"{view.name} {view.description}\n{ACCOUNTING_HEAD}"
    numbers = _numbers(_record(view, records))
    if not any(numbers):
        return f"{head}No traffic sent or received on this interface.\n"
    return head + _row("Other", numbers, 24)


def show_stats(view: InterfaceView, records: InterfaceRecords) -> str:
    """Block of an interface in `show interfaces stats`."""
    if view.status == ADMINISTRATIVELY_DOWN:
        return f"Interface {view.name} is disabled\n\n"
    numbers = _numbers(_record(view, records))
    rows = (("Processor", numbers), ("Route cache", (0, 0, 0, 0)), ("Total", numbers))
    return f"{view.name}\n{STATS_HEAD}" + "".join(_row(name, each, 24) for name, each in rows)


def _numbers(record: InterfaceRecord) -> tuple[int, int, int, int]:
    count = record.counters
    return count.packets_input, count.bytes_input, count.packets_output, count.bytes_output


def _row(name: str, numbers: tuple[int, int, int, int], width: int) -> str:
    return f"{name:>{width}s}{''.join(f'{each:11d}' for each in numbers)}\n"


def show_port_counters(views: Iterable[InterfaceView], records: InterfaceRecords) -> str:
    """Screen of `show interfaces counters`: the ports of the switch, in and out."""
    ports, parts = switch_ports(views), []
    for number, titles in enumerate(PORT_COUNTERS):
        parts.append(f"\n{'Port':<10s}{''.join(f'{each:>16s}' for each in titles)}\n")
        parts += [f"{short_name(each.name):<10s}{_cells(_record(each, records), number)}\n" for each in ports]
    return "".join(parts)


def _cells(record: InterfaceRecord, outward: int) -> str:
    count = record.counters
    if outward:
        cells = (count.bytes_output, count.packets_output, 0, 0)
    else:
        unicast = max(0, count.packets_input - count.broadcasts)
        cells = (count.bytes_input, unicast, count.multicasts, count.broadcasts - count.multicasts)
    return "".join(f"{each:16d}" for each in cells)
