"""`show ip nat statistics`: interfaces and mappings of the configuration; no packet was translated (R: form)."""

from collections.abc import Iterator

from emulator.console.render.services.ip_services import show_nat
from emulator.console.wording import wording
from emulator.router.configuration import Configuration

SIDES = ("outside", "inside")
STATIC_RULE = "static"


def show_nat_statistics(configuration: Configuration) -> str:
    """Screen of `show ip nat statistics`."""
    table = show_nat(configuration)
    static = max(0, table.count("\n") - 1)
    extended = sum(":" in line.split()[1] for line in table.splitlines()[1:])
    outside, inside = ("".join(_interfaces(configuration, side)) for side in SIDES)
    mappings = "".join(_mappings(configuration))
    return wording(
        "show.nat_statistics", static=static, extended=extended, outside=outside, inside=inside, mappings=mappings
    )


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
