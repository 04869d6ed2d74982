"""The numbers of interfaces by which managers know them (ifIndex).

I: those of the board in their order, then those that the configuration makes in the order in which they were made; so
they stay where nothing is removed. R: `snmp-server ifindex persist` keeps the numbers that there were when the
configuration was saved, whatever is made or removed, and new interfaces have numbers behind them.
"""

from emulator.router.network.host import Host

PERSIST = "snmp-server ifindex persist"


def interface_numbers(router: Host) -> dict[str, int]:
    """Return the number of each interface."""
    made = (key.removeprefix("interface ") for key in router.configuration.sections if key.startswith("interface "))
    board = (name for port in router.platform.interfaces for name in (port.name, *port.channels))
    names = dict.fromkeys((*board, *made, *router.running.interfaces))
    kept = router.state.interface_numbers
    numbers = {name: kept[name] for name in names if name in kept}
    new = (name for name in names if name not in kept)
    numbers.update({name: number for number, name in enumerate(new, max(kept.values(), default=0) + 1)})
    return numbers


def kept_numbers(router: Host) -> dict[str, int]:
    """Return the numbers to keep with the saved configuration; those of removed interfaces are given to no other."""
    if PERSIST not in router.configuration.lines.values():
        return {}
    return {**router.state.interface_numbers, **interface_numbers(router)}
