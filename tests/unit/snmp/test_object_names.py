"""The names of the agent's objects: each is that of a table, and they are listed in the order of the tree."""

from emulator.kernel.modules import load_table, module_names
from emulator.snmp import mibs
from emulator.snmp.object_names import ENTRIES, object_names
from emulator.snmp.values import oid


def test_every_name_is_of_a_table_of_the_agent() -> None:
    tables = {table.oid for name in module_names(mibs) for table in load_table(name).TABLES}
    assert {oid(number) for number in ENTRIES} - tables == set()


def test_objects_are_listed_in_the_order_of_the_tree() -> None:
    names = object_names()
    assert names[:2] == ("system.1", "system.2")
    assert names.index("ifEntry.2") < names.index("clmgmtLicenseInfoEntry.3")
    assert len(names) == len(set(names)) > 100
