"""The tree of all objects, built from the files in `mibs/` when it is first needed."""

from functools import cache

from emulator.kernel.modules import load_table, module_names
from emulator.snmp import mibs
from emulator.snmp.tree import Tree


@cache
def tree() -> Tree:
    """Return the tree; each module in `mibs/` has its tables in TABLES."""
    return Tree([table for name in module_names(mibs) for table in load_table(name).TABLES])
