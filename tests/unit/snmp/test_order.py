"""GETNEXT and GETBULK find every instance in its order, from wherever they start, and nothing outside of a view."""

import pytest

from emulator.snmp.mib import tree
from emulator.snmp.profile import revision
from emulator.snmp.requests import PduType, Version
from emulator.snmp.tables import Column, MibTable
from emulator.snmp.tree import Tree, Walk
from emulator.snmp.values import Binding, Oid, ValueType
from emulator.snmp.views import EVERYTHING, View, parse_subtree
from tests.unit.snmp.managers import FAMILIES, Manager, booted


def instances(router) -> dict[Oid, ValueType]:
    """Every instance that the tables of its release have, without the walk."""
    found = {}
    for own, table, column in tree():
        if column.since > revision(router):
            continue
        for index, row in table.rows(router).items():
            if column.read(row) is not None:
                found[(*own, *index)] = column.kind
    return found


def starts(order: list[Oid]) -> set[Oid]:
    """Identifiers around every instance, and every beginning of one."""
    around = set(order)
    for each in order:
        around |= {(*each, 0), each[:-1], (*each[:-1], max(each[-1] - 1, 0)), (*each[:-1], each[-1] + 1)}
        around |= {each[:length] for length in range(1, len(each))}
    return around


@pytest.mark.parametrize("pid", FAMILIES)
def test_the_next_instance_is_the_first_one_after_wherever_the_walk_starts(pid):
    router = booted(pid).routers["R1"]
    order = sorted(instances(router))
    assert len(order) > 100
    walk = Walk(tree(), router)
    order = [each for each in order if each in EVERYTHING]
    for start in starts(order):
        later = [each for each in order if each > start]
        found = walk.following(start, EVERYTHING)
        assert (found.oid if found else None) == (later[0] if later else None), start


def test_a_walk_by_bulk_and_one_by_one_find_the_same():
    router = booted().routers["R1"]
    one = [found for found, _ in Manager(router).walk()]
    assert one == [each for each in sorted(instances(router)) if each in EVERYTHING]
    found: list[Oid] = []
    at: Oid = (1,)
    while True:
        response = Manager(router).ask(PduType.BULK, Binding(at), repetitions=25)
        rows = [each for each in response.bindings if each.value.kind is not ValueType.END_OF_VIEW]
        found += [each.oid for each in rows]
        if len(rows) < 25:
            break
        at = rows[-1].oid
    assert found == one


def test_version_1_walks_around_what_it_has_no_type_for():
    router = booted().routers["R1"]
    expected = [
        each
        for each, kind in sorted(instances(router).items())
        if kind is not ValueType.COUNTER64 and each in EVERYTHING
    ]
    assert [found for found, _ in Manager(router, version=Version.V1).walk()] == expected


def test_a_view_hides_from_every_walk():
    router = booted().routers["R1"]
    view = View([((1, 3, 6, 1, 2, 1), True), ((1, 3, 6, 1, 2, 1, 2, 2, 1, 6), False), ((1, 3, 6, 1, 2, 1, 31), False)])
    walk, order = Walk(tree(), router), list[Oid]()
    at: Oid = (0,)
    while (found := walk.following(at, view)) is not None:
        order.append(found.oid)
        at = found.oid
    assert order == [each for each in sorted(instances(router)) if each in view]
    assert not any(each[:7] == (1, 3, 6, 1, 2, 1, 31) for each in order)


@pytest.mark.parametrize(
    ("text", "subtree"),
    [
        ("iso", (1,)),
        ("mib-2", (1, 3, 6, 1, 2, 1)),
        ("system.5", (1, 3, 6, 1, 2, 1, 1, 5)),
        ("1.3.6.1.4.1.9", (1, 3, 6, 1, 4, 1, 9)),
        ("ifEntry.*.2", (1, 3, 6, 1, 2, 1, 2, 2, 1, -1, 2)),
        ("nothing", None),
        ("1.3.x", None),
    ],
)
def test_a_subtree_is_told_by_numbers_or_a_known_name(text, subtree):
    assert parse_subtree(text) == subtree


def test_a_star_stands_for_one_number():
    subtree = parse_subtree("ifEntry.*.2")
    assert subtree is not None
    view = View([(subtree, True)])
    assert (1, 3, 6, 1, 2, 1, 2, 2, 1, 7, 2) in view
    assert (1, 3, 6, 1, 2, 1, 2, 2, 1, 7, 3) not in view


def test_bulk_ends_once_every_column_has_ended():
    router = booted().routers["R1"]
    response = Manager(router).ask(PduType.BULK, Binding((2,)), Binding((1, 4)), repetitions=50)
    assert [each.value.kind for each in response.bindings] == [ValueType.END_OF_VIEW] * 2
    response = Manager(router).ask(PduType.BULK, Binding((1,)), Binding((2,)), once=7, repetitions=5)
    assert len(response.bindings) == 2
    assert not Manager(router).ask(PduType.BULK, repetitions=5).bindings


def test_a_column_within_another_is_an_error():
    def column(number: int) -> Column[object]:
        return Column(number, "x", ValueType.INTEGER, lambda _: 1)

    with pytest.raises(ValueError, match="lies in"):
        Tree([MibTable((1, 3), lambda _: {}, (column(6),)), MibTable((1, 3, 6), lambda _: {}, (column(1),))])
