"""Translations of addresses: those of the configuration, since no packet was translated (R: forms).

A static rule is a translation from the beginning, one of a whole network too; one to the address of an interface waits
until that has one (I). `ip nat source static`, which knows no sides, has a screen of its own on the router.
"""

from collections.abc import Iterator
from typing import NamedTuple

from emulator.console.wording import wording
from emulator.router.configuration import Configuration
from emulator.router.device import Router
from emulator.router.network.views import interface_view

SIDES = ("outside", "inside")
STATIC_RULE = "static"

_NONE = "---"
_HEAD = "Pro Inside global      Inside local       Outside local      Outside global\n"
_PROTOCOLS = ("tcp", "udp")


class _Translation(NamedTuple):
    """A row of the table, each address with the port of an extended one."""

    protocol: str
    inside_global: str = _NONE
    inside_local: str = _NONE
    outside_local: str = _NONE
    outside_global: str = _NONE


def show_nat(router: Router) -> str:
    """Screen of `show ip nat translations`."""
    rows = "".join(f"{row[0]} {row[1]:<18s} {row[2]:<18s} {row[3]:<18s} {row[4]}\n" for row in _static(router))
    return _HEAD + rows if rows else ""


def show_nat_statistics(router: Router) -> str:
    """Screen of `show ip nat statistics`."""
    configuration = router.configuration
    rows = list(_static(router))
    outside, inside = ("".join(_interfaces(configuration, side)) for side in SIDES)
    return wording(
        "show.nat_statistics",
        static=len(rows),
        extended=sum(row.protocol in _PROTOCOLS for row in rows),
        outside=outside,
        inside=inside,
        mappings="".join(_mappings(configuration)),
    )


def _static(router: Router) -> Iterator[_Translation]:
    """Static translations in the order of the configuration."""
    for line in router.configuration.lines.values():
        words = line.split()
        if words[:2] != ["ip", "nat"] or words[3:5] != ["source", STATIC_RULE]:
            continue
        protocol, pair = _pair(router, words[5:])
        if pair is None:
            continue
        first, second = pair
        if words[2] == "inside":
            yield _Translation(protocol, inside_local=first, inside_global=second)
        else:
            yield _Translation(protocol, outside_global=first, outside_local=second)


def _pair(router: Router, words: list[str]) -> tuple[str, tuple[str, str] | None]:
    """Protocol of a rule, and what it translates into what; no pair: its interface has no address."""
    protocol = words[0] if words[0] in _PROTOCOLS else _NONE
    if words[0][0].isalpha():
        words = words[1:]
    first, *words = words
    if protocol != _NONE:
        first, words = f"{first}:{words[0]}", words[1:]
    second: str | None = words[0]
    if second == "interface":
        words = words[1:]
        second = interface_view(router, words[0]).address
    if second is None:
        return protocol, None
    return protocol, (first, f"{second}:{words[1]}" if protocol != _NONE else second)


def _interfaces(configuration: Configuration, side: str) -> Iterator[str]:
    names = [
        key.removeprefix("interface ")
        for key, section in configuration.sections.items()
        if key.startswith("interface ") and f"ip nat {side}" in section.lines.values()
    ]
    if names:
        yield f"  {', '.join(names)}\n"


def _mappings(configuration: Configuration) -> Iterator[str]:
    """Dynamic mappings, each under the side that it translates."""
    number = 0
    for side, title in (("inside source", "Inside Source"), ("outside source", "Outside Source")):
        rules = [
            words
            for line in configuration.lines.values()
            if line.startswith(f"ip nat {side} ") and (words := line.split()[4:])[:1] != [STATIC_RULE]
        ]
        if rules:
            yield f"-- {title}\n"
        for words in rules:
            number += 1
            what = {"list": "access-list", "route-map": "route-map"}.get(words[0], words[0])
            yield f"[Id: {number}] {what} {' '.join(word for word in words[1:] if word != 'overload')} refcount 0\n"
