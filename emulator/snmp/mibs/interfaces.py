"""IF-MIB (RFC 2863) and the addresses of IP-MIB, from the views of `show interfaces`.

Types by IANAifType-MIB, R for what IOS calls its own.
"""

from collections.abc import Mapping
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network

import msgspec

from emulator.console.render.interfaces.interfaces import interface_texts
from emulator.hardware.ports import PortUnit, kind_of_interface
from emulator.router.device import Router
from emulator.router.interface_counters import InterfaceCounters, InterfaceRecord
from emulator.router.network.interface_numbers import interface_numbers
from emulator.router.network.views import (
    ADMINISTRATIVELY_DOWN,
    InterfaceView,
    interface_names,
    interface_view,
    interface_views,
)
from emulator.snmp.tables import Column, Index, MibTable, scalars
from emulator.snmp.values import FALSE, TICK, TRUE, ValueType, oid

OTHER, ETHERNET, PPP, LOOPBACK, VIRTUAL, TUNNEL, PART = 1, 6, 23, 24, 53, 131, 135
TYPES = {
    "switchport": ETHERNET,
    "routed": ETHERNET,
    "ethernet": ETHERNET,
    "wlan-switchport": ETHERNET,
    "wlan-ap": ETHERNET,
    "atm": 37,
    "bri": 20,
    "cellular": PPP,
    "vlan": VIRTUAL,
    "loopback": LOOPBACK,
    "tunnel": TUNNEL,
    "dialer": PPP,
    "bvi": VIRTUAL,
    "virtual-template": PPP,
    "virtual-ppp": PPP,
    "part": PART,
    "ethernet-part": PART,
    "atm-part": 134,
}
"""Number of each kind of interface in IANAifType-MIB; the others are `other`."""

ETHERNETS = {ETHERNET, VIRTUAL, PART}
UP, DOWN = 1, 2
SHORT = {
    "FastEthernet": "Fa",
    "GigabitEthernet": "Gi",
    "Ethernet": "Et",
    "Vlan": "Vl",
    "Loopback": "Lo",
    "Tunnel": "Tu",
    "Dialer": "Di",
    "Cellular": "Ce",
    "ATM": "AT",
    "BRI": "BR",
    "Virtual-Template": "Vt",
    "Virtual-PPP": "Vp",
    "wlan-ap": "wl",
    "Wlan-GigabitEthernet": "Wl",
    "Null": "Nu",
    "BVI": "BV",
}
"""Short forms of the names of interfaces (R)."""

KBIT, MBIT = 1000, 1_000_000


class InterfaceRow:
    """An interface with its number; what its screens print is worked out when it is asked for."""

    def __init__(self, router: Router, number: int, name: str) -> None:
        self._router, self.number, self.name = router, number, name

    @cached_property
    def view(self) -> InterfaceView:
        """View of the interface."""
        return interface_view(self._router, self.name)

    @property
    def _record(self) -> InterfaceRecord:
        return self._router.running.interfaces.get(self.name, InterfaceRecord())

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Texts of the slots of its screen."""
        router = self._router
        unit = router.state.unit.ports.get(self.name, PortUnit())
        return interface_texts(self.view, self._record, unit, router.configuration.sections, router.now)

    @property
    def counters(self) -> InterfaceCounters:
        """Counters of the interface."""
        return self._record.counters

    @property
    def linked(self) -> bool:
        """Tell whether its links are trapped."""
        section = self._router.configuration.sections.get(f"interface {self.name}")
        return section is None or section.lines.get("snmp trap link-status") != "no snmp trap link-status"

    def figure(self, slot: str) -> int:
        """Return the number that a slot of the screen has; 0 where it has none."""
        text = self.texts[slot]
        return int(text) if text.isdecimal() else 0

    @property
    def type(self) -> int:
        """Number of its type."""
        return TYPES.get(kind_of_interface(self._router.platform, self.name), OTHER)

    @property
    def speed(self) -> int:
        """Bits a second."""
        return self.figure("bandwidth") * KBIT

    @property
    def changed(self) -> int:
        """Uptime at its last change, in hundredths of a second; 0 for one that has not changed since the boot."""
        running = self._router.running
        at = running.link_changes.get(self.name)
        return 0 if at is None else max(at - running.booted, 0) // TICK

    @property
    def unicasts_in(self) -> int:
        """Packets that came for this router alone."""
        return max(self.counters.packets_input - self.counters.broadcasts, 0)


def interface_rows(router: Router) -> dict[Index, InterfaceRow]:
    """Return the interfaces by number."""
    numbers = interface_numbers(router)
    return {(numbers[name],): InterfaceRow(router, numbers[name], name) for name in interface_names(router)}


def _hardware(row: InterfaceRow) -> bytes:
    return bytes.fromhex(row.view.hardware.replace(".", "")) if row.type in ETHERNETS else b""


def short_name(name: str) -> str:
    """Shorten the name of an interface: `Fa4`."""
    kind = name.rstrip("0123456789/.:")
    return SHORT.get(kind, kind) + name[len(kind) :]


def _admin(row: InterfaceRow) -> int:
    return DOWN if row.view.status == ADMINISTRATIVELY_DOWN else UP


def _operational(row: InterfaceRow) -> int:
    return UP if row.view.protocol.startswith("up") else DOWN


IF_TABLE = MibTable(
    oid("1.3.6.1.2.1.2.2.1"),
    interface_rows,
    (
        Column(1, "ifIndex", ValueType.INTEGER, lambda row: row.number),
        Column(2, "ifDescr", ValueType.OCTETS, lambda row: row.name),
        Column(3, "ifType", ValueType.INTEGER, lambda row: row.type),
        Column(4, "ifMtu", ValueType.INTEGER, lambda row: row.figure("mtu")),
        Column(5, "ifSpeed", ValueType.GAUGE, lambda row: row.speed),
        Column(6, "ifPhysAddress", ValueType.OCTETS, _hardware),
        Column(7, "ifAdminStatus", ValueType.INTEGER, _admin),
        Column(8, "ifOperStatus", ValueType.INTEGER, _operational),
        Column(9, "ifLastChange", ValueType.TICKS, lambda row: row.changed),
        Column(10, "ifInOctets", ValueType.COUNTER, lambda row: row.counters.bytes_input),
        Column(11, "ifInUcastPkts", ValueType.COUNTER, lambda row: row.unicasts_in),
        Column(12, "ifInNUcastPkts", ValueType.COUNTER, lambda row: row.counters.broadcasts),
        Column(13, "ifInDiscards", ValueType.COUNTER, lambda row: row.counters.input_drops),
        Column(14, "ifInErrors", ValueType.COUNTER, lambda row: row.counters.input_errors),
        Column(15, "ifInUnknownProtos", ValueType.COUNTER, lambda row: row.counters.unknown_drops),
        Column(16, "ifOutOctets", ValueType.COUNTER, lambda row: row.counters.bytes_output),
        Column(17, "ifOutUcastPkts", ValueType.COUNTER, lambda row: row.counters.packets_output),
        Column(18, "ifOutNUcastPkts", ValueType.COUNTER, lambda _: 0),
        Column(19, "ifOutDiscards", ValueType.COUNTER, lambda row: row.counters.output_drops),
        Column(20, "ifOutErrors", ValueType.COUNTER, lambda row: row.counters.output_errors),
        Column(21, "ifOutQLen", ValueType.GAUGE, lambda row: row.counters.output_size),
        Column(22, "ifSpecific", ValueType.IDENTIFIER, lambda _: (0, 0)),
    ),
)

IF_X_TABLE = MibTable(
    oid("1.3.6.1.2.1.31.1.1.1"),
    interface_rows,
    (
        Column(1, "ifName", ValueType.OCTETS, lambda row: short_name(row.name)),
        Column(2, "ifInMulticastPkts", ValueType.COUNTER, lambda row: row.counters.multicasts),
        Column(3, "ifInBroadcastPkts", ValueType.COUNTER, lambda row: row.counters.broadcasts),
        Column(4, "ifOutMulticastPkts", ValueType.COUNTER, lambda _: 0),
        Column(5, "ifOutBroadcastPkts", ValueType.COUNTER, lambda _: 0),
        Column(6, "ifHCInOctets", ValueType.COUNTER64, lambda row: row.counters.bytes_input),
        Column(7, "ifHCInUcastPkts", ValueType.COUNTER64, lambda row: row.unicasts_in),
        Column(8, "ifHCInMulticastPkts", ValueType.COUNTER64, lambda row: row.counters.multicasts),
        Column(9, "ifHCInBroadcastPkts", ValueType.COUNTER64, lambda row: row.counters.broadcasts),
        Column(10, "ifHCOutOctets", ValueType.COUNTER64, lambda row: row.counters.bytes_output),
        Column(11, "ifHCOutUcastPkts", ValueType.COUNTER64, lambda row: row.counters.packets_output),
        Column(12, "ifHCOutMulticastPkts", ValueType.COUNTER64, lambda _: 0),
        Column(13, "ifHCOutBroadcastPkts", ValueType.COUNTER64, lambda _: 0),
        Column(14, "ifLinkUpDownTrapEnable", ValueType.INTEGER, lambda row: 1 if row.linked else 2),
        Column(15, "ifHighSpeed", ValueType.GAUGE, lambda row: (row.speed + MBIT // 2) // MBIT),
        Column(16, "ifPromiscuousMode", ValueType.INTEGER, lambda _: FALSE),
        Column(
            17,
            "ifConnectorPresent",
            ValueType.INTEGER,
            lambda row: TRUE if row.type in {ETHERNET, 37, 20, PPP} else FALSE,
        ),
        Column(18, "ifAlias", ValueType.OCTETS, lambda row: row.view.description),
        Column(19, "ifCounterDiscontinuityTime", ValueType.TICKS, lambda _: 0),
    ),
)


class AddressRow(msgspec.Struct, frozen=True):
    """An address of the router."""

    address: IPv4Address
    interface: int
    prefix: int

    @property
    def mask(self) -> IPv4Address:
        """Mask of its network."""
        return IPv4Network((0, self.prefix)).netmask


def address_rows(router: Router) -> dict[Index, AddressRow]:
    """Return the addresses of the router by their four numbers."""
    numbers = interface_numbers(router)
    rows: dict[Index, AddressRow] = {}
    for view in interface_views(router):
        own = ((view.address, view.prefix), *view.others)
        for text, prefix in own:
            if text is not None and prefix is not None:
                address = IPv4Address(text)
                rows[tuple(address.packed)] = AddressRow(address, numbers[view.name], prefix)
    return rows


ADDRESS_TABLE = MibTable(
    oid("1.3.6.1.2.1.4.20.1"),
    address_rows,
    (
        Column(1, "ipAdEntAddr", ValueType.ADDRESS, lambda row: row.address.packed),
        Column(2, "ipAdEntIfIndex", ValueType.INTEGER, lambda row: row.interface),
        Column(3, "ipAdEntNetMask", ValueType.ADDRESS, lambda row: row.mask.packed),
        Column(4, "ipAdEntBcastAddr", ValueType.INTEGER, lambda _: 1),
        Column(5, "ipAdEntReasmMaxSize", ValueType.INTEGER, lambda _: 18024),
    ),
)


INTERFACES = scalars(
    oid("1.3.6.1.2.1.2"), (Column(1, "ifNumber", ValueType.INTEGER, lambda router: len(interface_numbers(router))),)
)
IF_X_SCALARS = scalars(oid("1.3.6.1.2.1.31.1"), (Column(5, "ifTableLastChange", ValueType.TICKS, lambda _: 0),))

TABLES = (INTERFACES, IF_TABLE, IF_X_TABLE, IF_X_SCALARS, ADDRESS_TABLE)
