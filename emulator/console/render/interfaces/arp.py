"""`show arp`: the addresses of the router itself and of its neighbors (R: the columns of every IOS)."""

from collections import Counter
from collections.abc import Iterable

from emulator.kernel.time import MINUTE, Instant
from emulator.router.interface_counters import Neighbour

HEAD = "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n"
INCOMPLETE = "Incomplete"


def show_arp(neighbours: Iterable[Neighbour], now: Instant) -> str:
    """Screen of `show arp`; empty where there is no entry."""
    rows = [
        f"Internet  {each.address:<15s}{_age(each, now):>10s}   "
        f"{each.hardware or INCOMPLETE:<16s}{each.kind:<7s}{each.interface}\n"
        for each in neighbours
    ]
    return HEAD + "".join(rows) if rows else ""


def _age(neighbour: Neighbour, now: Instant) -> str:
    return "-" if neighbour.learned is None else str((now - neighbour.learned) // MINUTE)


def show_arp_summary(neighbours: Iterable[Neighbour]) -> str:
    """Screen of `show arp summary`."""
    table = list(neighbours)
    own = [each for each in table if each.learned is None]
    incomplete = [each for each in table if not each.hardware]
    counts = (
        ("Dynamic", len(table) - len(own) - len(incomplete)),
        ("Incomplete", len(incomplete)),
        ("Interface", len(own)),
        ("Static", 0),
        ("Alias", 0),
        ("Simple Application", 0),
        ("Application Alias", 0),
        ("Application Timer", 0),
    )
    lines = [f"Total number of entries in the ARP table: {len(table)}.\n"]
    lines += [f"Total number of {kind} ARP entries: {count}.\n" for kind, count in counts]
    by_interface = Counter(each.interface for each in table)
    lines.append("Interface           Entry Count\n")
    return "".join([*lines, *(f"{name:<20s}{count:11d}\n" for name, count in sorted(by_interface.items()))])
