"""The agent of a router: GET, GETNEXT and GETBULK (RFC 3416, sections 4.2.1 to 4.2.3; RFC 1157 for version 1).

It keeps nothing: what a manager asks is read from the router at that instant. A SET is in `setting.py`.
"""

from collections.abc import Callable, Iterator

from emulator.router.device import Router
from emulator.snmp.access import Access
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.mib import tree
from emulator.snmp.requests import PduType, SnmpRequest, SnmpResponse, Version
from emulator.snmp.setting import change
from emulator.snmp.tree import Walk
from emulator.snmp.values import END_OF_VIEW, Binding, ValueType
from emulator.snmp.views import View

Fits = Callable[[Binding], bool]
"""Tells whether one more variable fits into the message, and counts it."""

ABSENT = {ValueType.NO_OBJECT, ValueType.NO_INSTANCE}


def answer(router: Router, request: SnmpRequest, access: Access, fits: Fits = lambda _: True) -> SnmpResponse:
    """Carry out a request of a manager.

    Args:
        router: a router that runs.
        request: what is asked.
        access: what the manager may read and write.
        fits: asked for every variable of the answer, in order.
    """
    if request.operation is PduType.SET:
        return change(router, request, access.write)
    walk = Walk(tree(), router)
    if request.operation is PduType.BULK:
        return SnmpResponse(tuple(_while_fitting(_bulk(walk, request, access.read), fits)))
    found = []
    for number, binding in enumerate(request.bindings, 1):
        if request.operation is PduType.GET:
            read: Binding | None = Binding(binding.oid, walk.value(binding.oid, access.read))
        else:
            read = _next(walk, binding, access.read, request.version)
        if read is None:
            return SnmpResponse(request.bindings, ErrorStatus.NO_SUCH_NAME, number)
        if request.version is Version.V1 and read.value.kind in {*ABSENT, ValueType.COUNTER64}:
            return SnmpResponse(request.bindings, ErrorStatus.NO_SUCH_NAME, number)
        if not fits(read):
            return SnmpResponse(() if request.version is not Version.V1 else request.bindings, ErrorStatus.TOO_BIG)
        found.append(read)
    return SnmpResponse(tuple(found))


def _next(walk: Walk, binding: Binding, view: View, version: Version) -> Binding | None:
    """The variable after one; None: version 1 has no more. It skips what version 1 has no type for."""
    read = walk.following(binding.oid, view)
    if version is not Version.V1:
        return read or Binding(binding.oid, END_OF_VIEW)
    while read is not None and read.value.kind is ValueType.COUNTER64:
        read = walk.following(read.oid, view)
    return read


def _bulk(walk: Walk, request: SnmpRequest, view: View) -> Iterator[Binding]:
    once = max(min(request.non_repeaters, len(request.bindings)), 0)
    for binding in request.bindings[:once]:
        yield walk.following(binding.oid, view) or Binding(binding.oid, END_OF_VIEW)
    last = [binding.oid for binding in request.bindings[once:]]
    columns = [walk.after(oid, view) for oid in last]
    for _ in range(max(request.repetitions, 0)):
        ended = True
        for place, column in enumerate(columns):
            read = next(column, None)
            if read is not None:
                last[place], ended = read.oid, False
            yield read or Binding(last[place], END_OF_VIEW)
        if ended:
            return


def _while_fitting(bindings: Iterator[Binding], fits: Fits) -> Iterator[Binding]:
    for binding in bindings:
        if not fits(binding):
            return
        yield binding
