"""The tree of all objects, built from the files in `mibs/` when it is first needed."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from emulator.snmp import mibs
from emulator.snmp.tree import Tree


@cache
def tree() -> Tree:
    """Return the tree; each module in `mibs/` has its tables in TABLES."""
    names = sorted(module.name for module in iter_modules(mibs.__path__))
    return Tree([table for name in names for table in import_module(f"{mibs.__name__}.{name}").TABLES])
