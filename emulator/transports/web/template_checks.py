"""The templates of the pages, checked when a face starts: each can be read, and what it takes is there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.kernel.errors import DataFileError, nearest
from emulator.transports.web.drawing import Drawing

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Expr
    from jinja2.nodes import Template as Tree


def check_templates(drawing: Drawing) -> None:
    """Check every template of a face.

    Raises:
        DataFileError: one is not well formed, or names a template, macro or filter that there is not.
    """
    environment, files = drawing.environment, drawing.files
    trees = {name: _tree(environment, file) for name, file in files.items()}
    for name, tree in trees.items():
        for line, problem in (*_wrong_filters(tree, environment), *_wrong_imports(tree, trees)):
            raise DataFileError(str(files[name]), f"line {line}", problem)


def _tree(environment: "Environment", file: Path) -> "Tree":
    from jinja2 import TemplateSyntaxError

    try:
        return environment.parse(file.read_text(encoding="utf-8"), file.name)
    except TemplateSyntaxError as error:
        raise DataFileError(str(file), f"line {error.lineno}", str(error.message)) from error


def _wrong_filters(tree: "Tree", environment: "Environment") -> Iterator[tuple[int, str]]:
    from jinja2.nodes import Filter

    for used in tree.find_all(Filter):
        if used.name not in environment.filters:
            yield used.lineno, f"there is no filter {used.name}. {nearest(used.name, environment.filters)}"


def _wrong_imports(tree: "Tree", trees: "dict[str, Tree]") -> Iterator[tuple[int, str]]:
    from jinja2.nodes import Extends, FromImport, Macro

    def missing(named: "Expr", line: int) -> Iterator[tuple[int, str]]:
        name = named.as_const()
        if name not in trees:
            yield line, f"there is no template {name}. {nearest(name, trees)}"

    for parent in tree.find_all(Extends):
        yield from missing(parent.template, parent.lineno)
    for taken in tree.find_all(FromImport):
        yield from missing(taken.template, taken.lineno)
        source = trees.get(taken.template.as_const())
        macros = {macro.name for macro in source.find_all(Macro)} if source is not None else set()
        for name in (each if isinstance(each, str) else each[0] for each in taken.names):
            if name not in macros:
                yield taken.lineno, f"there is no macro {name}. {nearest(name, macros)}"
