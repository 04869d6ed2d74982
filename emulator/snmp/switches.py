"""Objects of type TruthValue that SNMP alone sets: they are in no configuration, and a reload sets them back (R)."""

from collections.abc import Callable, Sequence

from emulator.router.device import Router
from emulator.snmp.tables import TRUTH, Column, Commit, MibTable, RowChange, scalars
from emulator.snmp.values import TRUE, Oid, ValueType


def is_on(router: Router, name: str, *, usually: bool) -> bool:
    """Tell whether a switch is on; `usually`: until it is set."""
    number = router.running.snmp.switches.get(name)
    return usually if number is None else number == TRUE


def switches(oid: Oid, names: Sequence[str], *, usually: bool, first: int = 1) -> MibTable[Router]:
    """Define a group of switches, numbered in their order from `first`."""
    columns = tuple(
        Column(number, name, ValueType.INTEGER, _reader(name, usually=usually), written=TRUTH)
        for number, name in enumerate(names, first)
    )
    return scalars(oid, columns, _plan)


def _reader(name: str, *, usually: bool) -> Callable[[Router], bool]:
    return lambda router: is_on(router, name, usually=usually)


def _plan(change: RowChange) -> Commit:
    numbers = {name: number for name in change.values if (number := change.number(name)) is not None}

    def commit() -> None:
        change.router.running.snmp.switches.update(numbers)

    return commit
