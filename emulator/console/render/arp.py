"""`show arp`: the addresses of the router itself and of its neighbours (R: the columns of every IOS)."""

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
