"""Parts of a page for what is not there with a seed: a name drawn as `absent` takes along every part that names it.

A part is an item of a list or an entry of a mapping, one level down in the front matter or a block: a step, a check, a
question, a router; and a whole block `wrong` whose `when` names it. What stays keeps the line that it stands at.
"""

from collections.abc import Collection
from copy import deepcopy
from typing import Any

from msgspec.structs import replace

from emulator.kernel.yamlfile import YamlTree
from emulator.labs.page import LabBlock, LabPage, LabSection
from emulator.scenarios.model import SLOT


def without(page: LabPage, absent: Collection[str]) -> LabPage:
    """A page without the parts that name one of these."""
    if not absent:
        return page
    sections = tuple(_section(section, absent) for section in page.sections)
    return replace(page, front=_tree(page.front, absent), sections=sections)


def _section(section: LabSection, absent: Collection[str]) -> LabSection:
    kept = (block for block in section.blocks if not _is_absent(block, absent))
    return replace(section, blocks=tuple(replace(block, tree=_tree(block.tree, absent)) for block in kept))


def _is_absent(block: LabBlock, absent: Collection[str]) -> bool:
    data = block.tree.data
    return block.kind == "wrong" and isinstance(data, dict) and _names(data.get("when"), absent)


def _tree(tree: YamlTree, absent: Collection[str]) -> YamlTree:
    data, marked = deepcopy(tree.data), deepcopy(tree.tree)
    if isinstance(data, dict):
        for key, value in data.items():
            _drop(value, marked[key], absent)
    else:
        _drop(data, marked, absent)
    return replace(tree, data=data, tree=marked)


def _drop(data: Any, marked: Any, absent: Collection[str]) -> None:
    """Take the absent parts out of plain data, and out of the tree that knows its lines."""
    if isinstance(data, dict):
        for key in [key for key, value in data.items() if _names((key, value), absent)]:
            del data[key], marked[key]
    elif isinstance(data, list):
        kept = [at for at, each in enumerate(data) if not _names(each, absent)]
        lines = [marked.lc.data[at] for at in kept]
        for at in sorted(set(range(len(data))) - set(kept), reverse=True):
            del data[at], marked[at]
        marked.lc.data = dict(enumerate(lines))


def _names(data: Any, absent: Collection[str]) -> bool:
    """Tell whether a text somewhere in plain data names something absent."""
    if isinstance(data, str):
        return any(name in absent for name in SLOT.findall(data))
    if isinstance(data, dict):
        return any(_names(each, absent) for entry in data.items() for each in entry)
    return isinstance(data, list | tuple) and any(_names(each, absent) for each in data)
