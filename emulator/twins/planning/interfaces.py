"""The interfaces of a twin: cables, addresses, what holds them down; and once it stands, what is left to tell.

Cables and configuration are made so that the state of the interfaces follows from them; where that is not possible
(a line protocol without a far end, a port that is down with its cable in), the state is kept as it was seen, until
something changes.
"""

import ipaddress
import re
from collections.abc import Collection, Iterator

import msgspec

from emulator.captures.facts import ArpFacts, BriefFacts, Facts, PortFacts
from emulator.console.render.interfaces.interfaces import COUNTERS, LEVELS, MOMENTS
from emulator.hardware.platform import Platform
from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND, WEEK, YEAR, Duration, Instant
from emulator.router.device import Router
from emulator.router.interface_counters import InterfaceCounters, InterfaceRecord, Neighbour
from emulator.router.network.views import (
    ADMINISTRATIVELY_DOWN,
    LEASES,
    UNNUMBERED,
    derived_standing,
    interface_view,
)
from emulator.twins.device import CapturedDevice
from emulator.twins.report import Matter

METHODS = {method: line for line, method in LEASES.items() if method != "manual"}
"""Lines that a method of `show ip interface brief` comes from."""

_AGE = re.compile(r"(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?")


class Seen(msgspec.Struct, frozen=True):
    """Details seen of one interface; `own`: its own addresses in the ARP table, where that alone tells of it."""

    name: str
    status: str
    protocol: str
    row: BriefFacts | None
    port: PortFacts | None
    place: str
    own: tuple[ArpFacts, ...] = ()


def seen_interfaces(device: CapturedDevice) -> list[Seen]:
    """Every interface that a screen tells of; `show interfaces` and the table may differ, then the table counts.

    An ARP table has entries of interfaces that are up alone (R), with the addresses of the router itself (C).
    """
    found: list[Seen] = []
    brief, ports = device.brief, device.ports
    rows = {row.name: row for row in brief.rows} if brief is not None else {}
    for name in dict.fromkeys((*rows, *ports)):
        row, (port, facts) = rows.get(name), ports.get(name, (None, None))
        if row is not None and brief is not None:
            place = f"{brief.file}:{row.line}"
            if port is not None and facts is not None and (port.status, port.protocol) != (row.status, row.protocol):
                device.twin.tell(
                    Matter.CONTRADICTION,
                    f"{name} is {row.status}/{row.protocol} here,"
                    f" and {port.status}/{port.protocol} at {_place(facts, port)}",
                    place,
                )
            found.append(Seen(name, row.status, row.protocol, row, port, place))
        elif port is not None and facts is not None:
            found.append(Seen(name, port.status, port.protocol, None, port, _place(facts, port)))
    return found + list(_seen_in_arp(device, {each.name for each in found}))


def _seen_in_arp(device: CapturedDevice, known: Collection[str]) -> Iterator[Seen]:
    """The interfaces that only the ARP table tells of."""
    facts = device.neighbours
    rows = facts.rows if facts is not None else ()
    for name in dict.fromkeys(row.interface for row in rows if row.interface and row.interface not in known):
        of_it = [row for row in rows if row.interface == name]
        own = tuple(row for row in of_it if row.age is None)
        yield Seen(name, "up", "up", None, None, f"{facts.file if facts else ''}:{(own or of_it)[0].line}", own)


def _place(facts: Facts, port: PortFacts) -> str:
    return f"{facts.file}:{port.line}"


def cables_of(seen: list[Seen], platform: Platform, lab: list[str]) -> list[str]:
    """Interfaces that need a cable, sorted. An interface that nothing was seen of keeps what the lab plugs into it."""
    known = {each.name: each for each in seen}
    listed = any(each.row is not None or each.port is not None for each in seen)
    return sorted(
        port.name
        for port in platform.interfaces
        if port.rule.cabled
        and (known[port.name].status.startswith("up") if port.name in known else port.name in lab and not listed)
    )


# --- what the configuration has to say, where none was captured ----------------------------------------------------


def interface_lines(device: CapturedDevice, each: Seen) -> Iterator[str]:
    """The lines of one interface, made from what was seen of it."""
    slots = each.port.slots if each.port is not None else {}
    if "description" in slots:
        yield f"description {slots['description']}"
    line = _address_line(device, each)
    if line:
        yield line
    for other in each.own[1:]:
        if line := _with_mask(device, each, other.address):
            yield f"{line} secondary"
    yield "shutdown" if each.status == ADMINISTRATIVELY_DOWN else "no shutdown"


def _address_line(device: CapturedDevice, each: Seen) -> str | None:
    row, slots = each.row, each.port.slots if each.port is not None else {}
    address, _, length = slots.get("internet", "").partition("/")
    if row is not None and row.address != "unassigned":
        if address and address != row.address:
            device.twin.tell(
                Matter.CONTRADICTION, f"{each.name} has {row.address} here and {address} elsewhere", each.place
            )
            length = ""
        address = row.address
    elif each.own:
        address = each.own[0].address
    if row is not None and row.method in METHODS:
        return METHODS[row.method]
    if "unnumbered" in slots:
        return UNNUMBERED + slots["unnumbered"].partition(" ")[0]
    if not address and "negotiated" in slots:
        return METHODS.get(slots["negotiated"])
    return _with_mask(device, each, address, length) if address else None


def _with_mask(device: CapturedDevice, each: Seen, address: str, length: str = "") -> str | None:
    """Line for an address; without the length of its prefix, that of its class is taken, which is told."""
    try:
        if not length:
            length = str(_classful(address))
            device.twin.tell(
                Matter.ASSUMED, f"nothing tells the mask of {each.name}; it is that of the address's class", each.place
            )
        mask = ipaddress.IPv4Network(f"{address}/{length}", strict=False).netmask
    except ValueError:
        device.twin.tell(Matter.UNREAD, f"'{address}/{length}' is no address", each.place)
        return None
    return f"ip address {address} {mask}"


def _classful(address: str) -> int:
    first = int(address.partition(".")[0])
    return 8 if first < 128 else 16 if first < 192 else 24


# --- what is left to tell ------------------------------------------------------------------------------------------


def record_interfaces(router: Router, seen: list[Seen], now: Instant) -> None:
    """Put counters and ages in place, and what does not follow from cables and configuration."""
    interfaces = router.running.interfaces
    for each in seen:
        record = _record(each, now)
        interfaces[each.name] = record
        view = interface_view(router, each.name)
        if each.row is not None and each.row.address not in {"unassigned", view.speaks_as}:
            record.address = each.row.address
        if each.port is not None and "internet" in each.port.slots and view.address is None:
            record.address = each.port.slots["internet"]
        if each.own and view.address is None:
            record.address = each.own[0].address
        derived = derived_standing(router, each.name)
        if derived != (each.status, each.protocol):
            record.stands, record.stands_for = (each.status, each.protocol), derived
        view = interface_view(router, each.name)
        if each.row is not None and view.method != each.row.method:
            record.method, record.method_for = each.row.method, view.address or ""
    on_board = {port.name for port in router.platform.interfaces}
    for name in list(interfaces):
        configured = f"interface {name}" in router.configuration.sections
        if interfaces[name] == InterfaceRecord() and (name in on_board or configured):
            del interfaces[name]


def _record(each: Seen, now: Instant) -> InterfaceRecord:
    if each.port is None:
        return InterfaceRecord()
    slots = each.port.slots
    counters = InterfaceCounters(**{name: int(slots[name]) for name in COUNTERS if name in slots})
    record = InterfaceRecord(counters)
    for name in LEVELS:
        if name in slots:
            setattr(record, name, int(slots[name]))
    for name in MOMENTS:
        ago = ago_of(slots.get(name, "never"))
        setattr(record, name, None if ago is None else now - ago)
    return record


def ago_of(text: str) -> Duration | None:
    """`00:00:07`, `1d02h`, `3w4d` in milliseconds; None for `never`."""
    if re.fullmatch(r"\d\d:\d\d:\d\d", text):
        hours, minutes, seconds = map(int, text.split(":"))
        return hours * HOUR + minutes * MINUTE + seconds * SECOND
    match = _AGE.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    years, weeks, days, hours = (int((part or "0")[:4]) for part in match.groups())
    return years * YEAR + weeks * WEEK + days * DAY + hours * HOUR


def neighbours_of(device: CapturedDevice, now: Instant) -> list[Neighbour]:
    """The ARP table."""
    if device.neighbours is None:
        return []
    return [
        Neighbour(row.address, "" if row.hardware == "Incomplete" else row.hardware, row.interface,
                  None if row.age is None else now - row.age * MINUTE, row.kind)
        for row in device.neighbours.rows
    ]  # fmt: skip
