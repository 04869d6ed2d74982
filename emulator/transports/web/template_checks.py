"""The templates of the pages, checked when a face starts: each can be read, and what it takes and shows is there."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.kernel.errors import DataFileError, nearest
from emulator.transports.web.drawing import OF_EVERY_PAGE, Drawing, Template
from emulator.transports.web.value_types import fields_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Expr, Node
    from jinja2.nodes import Template as Tree


def check_templates(drawing: Drawing, pages: Iterable[Template[...]]) -> None:
    """Check every template of a face, and that those of its pages show only facts that they are drawn with.

    Raises:
        DataFileError: one is not well formed, or names a template, macro, filter, fact or attribute that there is not.
    """
    from emulator.transports.web.template_types import TypeCheck

    environment, files = drawing.environment, drawing.files
    trees = {name: _tree(environment, file) for name, file in files.items()}
    for name, tree in trees.items():
        for line, problem in (*_wrong_filters(tree, environment), *_wrong_imports(tree, trees)):
            raise DataFileError(str(files[name]), f"line {line}", problem)
    shown: dict[str, list[tuple[str, int]]] = {}
    check = TypeCheck(environment, trees)
    for page in pages:
        facts = OF_EVERY_PAGE | {"page": drawing.page} | fields_of(page.facts)
        given = {*facts, *environment.globals}
        for name in _parts(page.file, trees):
            if name not in shown:
                shown[name] = _shown(trees[name])
            for fact, line in shown[name]:
                if fact not in given:
                    problem = f"the page is not drawn with {fact}. {nearest(fact, facts)}"
                    raise DataFileError(str(files[name]), f"line {line}", problem)
        for wrong in check.page(page.file, facts):
            raise DataFileError(str(files[wrong.file]), f"line {wrong.line}", wrong.problem)


def _parts(name: str, trees: "dict[str, Tree]") -> list[str]:
    """A template and those that it extends or includes; what it imports sees no facts."""
    from jinja2.nodes import Extends, Include

    found, waiting = [], [name]
    while waiting:
        part = waiting.pop()
        found.append(part)
        waiting += [parent.template.as_const() for parent in trees[part].find_all(Extends)]
        waiting += [taken.template.as_const() for taken in trees[part].find_all(Include)]
    return found


def _shown(tree: "Tree") -> list[tuple[str, int]]:
    """Names that a template shows and does not make itself, each with its first line."""
    from jinja2.meta import find_undeclared_variables
    from jinja2.nodes import Name

    wanted = find_undeclared_variables(tree) - _made(tree)
    lines = [(used.lineno, used.name) for used in tree.find_all(Name) if used.name in wanted and used.ctx == "load"]
    return [(name, line) for line, name in sorted(lines)]


def _made(tree: "Tree") -> set[str]:
    """Names at the top of a template: its macros, what it imports, and what it sets. Its blocks see them too."""
    from jinja2.nodes import Assign, FromImport, Import, Macro, Name

    made: set[str] = set()
    node: Node
    for node in tree.body:
        if isinstance(node, Macro):
            made.add(node.name)
        elif isinstance(node, FromImport):
            made |= {each if isinstance(each, str) else each[1] for each in node.names}
        elif isinstance(node, Import):
            made.add(node.target)
        elif isinstance(node, Assign):
            made |= {each.name for each in node.find_all(Name) if each.ctx == "store"}
    return made


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
