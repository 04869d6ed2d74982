"""All that a router answers by SNMP, in the form that SNMP simulators read: a line `OID|TAG|VALUE` for each instance.

C (the documentation of snmpsim): tags are those of BER in decimal; octets that are no printable text are written in
hexadecimal, with an `x` behind the tag.
"""

from collections.abc import Iterator

from emulator.router.device import Router
from emulator.snmp.mib import tree
from emulator.snmp.tree import Walk
from emulator.snmp.values import Oid, Value, ValueType, dotted
from emulator.snmp.views import EVERYTHING

START: Oid = (0,)


def record_lines(router: Router) -> Iterator[str]:
    """Yield the lines of a router that runs, in the order of a walk."""
    for binding in Walk(tree(), router).after(START, EVERYTHING):
        tag, text = _written(binding.value)
        yield f"{dotted(binding.oid)}|{tag}|{text}"


def _written(value: Value) -> tuple[str, str]:
    """The tag of a value and its text."""
    match value.data:
        case bytes() if value.kind is ValueType.OCTETS and _is_plain(value.data):
            return str(int(value.kind)), value.data.decode()
        case bytes():
            return f"{int(value.kind)}x", value.data.hex()
        case tuple():
            return str(int(value.kind)), dotted(value.data)
    return str(int(value.kind)), str(value.data)


def _is_plain(data: bytes) -> bool:
    """Tell whether octets are a text of one line without blanks at its ends, which readers may cut off."""
    return data.isascii() and data.decode().isprintable() and data == data.strip()
