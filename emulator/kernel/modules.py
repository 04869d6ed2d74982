"""Modules that are tables of records: found in their package, and imported with mistakes told at their place.

A command, a page, a predicate or a managed object is a record in a Python file. A key that the record does not have
would end in a traceback; here it is told with the file, the line and the nearest right key.
"""

import ast
import builtins
import enum
import importlib
import inspect
import linecache
import pkgutil
import re
import traceback
from types import ModuleType

from emulator.kernel.errors import DataFileError, UnknownName, nearest

_UNKNOWN_KEY = re.compile(r".*nexpected keyword argument '(?P<key>\w+)'")
_MISSING_KEY = re.compile(r".*issing (?:\d+ )?required .*?arguments?:? (?P<keys>'.*')")

_AT_IMPORT = {"<module>", "<genexpr>"}
"""Names of the code that makes the records of a table while its module is read."""


def module_names(package: ModuleType) -> list[str]:
    """List the full names of the modules in a package and in the packages below it, sorted."""
    names: list[str] = []
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        names += module_names(importlib.import_module(module.name)) if module.ispkg else [module.name]
    return sorted(names)


def load_table(name: str) -> ModuleType:
    """Import a module whose records are made while it is read.

    Raises:
        DataFileError: a record of the module has a key, name or enumerated value that there is not, or lacks a key.
    """
    try:
        return importlib.import_module(name)
    except (TypeError, AttributeError, NameError) as error:
        if (told := wrong_record(error)) is not None:
            raise told from error
        raise


def wrong_record(error: TypeError | AttributeError | NameError) -> DataFileError | None:
    """Tell which record a module could not make while it was imported, and why; None for any other error."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    depth = len(frames) - (frames[-1].f_code.co_filename == enum.__file__)
    frame, place = frames[depth - 1], traceback.extract_tb(error.__traceback__)[depth - 1]
    if frame.f_code.co_name not in _AT_IMPORT:
        return None
    file = place.filename
    if isinstance(error, NameError):
        names = {*frame.f_globals, *vars(builtins)}
        return DataFileError(file, place.lineno, str(UnknownName("name", str(error.name), names)))
    if isinstance(error, AttributeError):
        return _wrong_value(file, place.lineno, error)
    unknown, missing = _UNKNOWN_KEY.match(str(error)), _MISSING_KEY.match(str(error))
    if not (unknown or missing):
        return None
    if missing:
        return DataFileError(file, place.lineno, f"the key {missing['keys']} is missing")
    made = frame.f_globals.get(_called(place))
    known = inspect.signature(made).parameters if callable(made) else ()
    key = str(unknown and unknown["key"])
    return DataFileError(file, place.lineno, f"unknown key '{key}'. {nearest(key, known)}")


def _wrong_value(file: str, line: int | None, error: AttributeError) -> DataFileError | None:
    """A name that an enumeration does not have."""
    if not isinstance(error.obj, enum.EnumMeta):
        return None
    return DataFileError(file, line, str(UnknownName(error.obj.__name__, str(error.name), error.obj.__members__)))


def _called(place: traceback.FrameSummary) -> str:
    """The name of what was called at a place of the source; empty where it has no plain name there."""
    for node in ast.walk(ast.parse("".join(linecache.getlines(place.filename)))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if (node.lineno, node.col_offset) == (place.lineno, place.colno):
            return node.func.id
    return ""
