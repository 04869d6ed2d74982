"""SET: everything is checked before anything takes effect (RFC 3416, section 4.2.5).

The variables of one row are planned together, whatever their order in the request; the rows take effect in the order
in which they are first named. Two values for one instance cannot both hold.
"""

from emulator.router.device import Router
from emulator.snmp.errors import ErrorStatus, SetRefused, in_version_1
from emulator.snmp.mib import tree
from emulator.snmp.profile import revision
from emulator.snmp.requests import SnmpRequest, SnmpResponse, Version
from emulator.snmp.tables import AnyTable, Commit, Index, RowChange
from emulator.snmp.values import Oid, Value
from emulator.snmp.views import View

SetRows = dict[tuple[AnyTable, Index], dict[str, tuple[Oid, Value]]]


def change(router: Router, request: SnmpRequest, view: View) -> SnmpResponse:
    """Carry out a SET, whole or not at all.

    Args:
        router: a router that runs.
        request: the variables.
        view: what the manager may write.
    """
    numbers = {binding.oid: number for number, binding in reversed(list(enumerate(request.bindings, 1)))}
    try:
        commits = [_planned(router, place, row) for place, row in _rows(router, request, view).items()]
    except SetRefused as refused:
        known = in_version_1(refused.status) if request.version is Version.V1 else refused.status
        return SnmpResponse(request.bindings, known, numbers[refused.oid])
    for commit in commits:
        commit()
    return SnmpResponse(request.bindings)


def _rows(router: Router, request: SnmpRequest, view: View) -> SetRows:
    """The variables by row, each checked by itself."""
    rows: SetRows = {}
    known = revision(router)
    for binding in request.bindings:
        oid, value = binding.oid, binding.value
        if oid not in view:
            raise SetRefused(ErrorStatus.NO_ACCESS, oid)
        found = tree().find(oid)
        if found is None or found[1].since > known:
            raise SetRefused(ErrorStatus.NO_CREATION, oid)
        table, column, index = found
        if column.written is None or table.plan is None:
            raise SetRefused(ErrorStatus.NOT_WRITABLE, oid)
        if value.kind is not column.kind:
            raise SetRefused(ErrorStatus.WRONG_TYPE, oid)
        fault = column.written.fault(value)
        if fault is not None:
            raise SetRefused(fault, oid)
        row = rows.setdefault((table, index), {})
        if column.name in row and row[column.name][1] != value:
            raise SetRefused(ErrorStatus.INCONSISTENT_VALUE, oid)
        row[column.name] = oid, value
    return rows


def _planned(router: Router, place: tuple[AnyTable, Index], row: dict[str, tuple[Oid, Value]]) -> Commit:
    table, index = place
    assert table.plan is not None
    oids = {name: oid for name, (oid, _) in row.items()}
    return table.plan(RowChange(router, index, oids, {name: value for name, (_, value) in row.items()}))
