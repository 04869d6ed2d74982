"""Attributes in templates, checked against the types of what their pages are drawn with.

A page says the types of its facts (`Template.facts`); from there every expression of its template has a type, through
loops, filters and macros, and an attribute that the type does not have is told with its line. `Any` ends the check.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from jinja2 import Environment, nodes
from jinja2.runtime import LoopContext

from emulator.kernel.errors import UnknownName
from emulator.transports.web.value_types import attribute, element, item, list_of, result, returned, union, unpacked

Scope = Mapping[str, Any]
"""Types by names."""

_SAME = frozenset({"list", "sort", "reverse", "select", "reject", "unique"})
"""Filters that give values of the type that they are given."""


class MacroOf(msgspec.Struct, frozen=True):
    """A macro, and the template that it stands in."""

    file: str
    name: str


class TypeProblem(msgspec.Struct, frozen=True):
    """An attribute that is not there: file and line of the template, and what is wrong."""

    file: str
    line: int
    problem: str


class TypeCheck:
    """Check of the templates of one face; what a macro is called with twice alike is looked at once."""

    def __init__(self, environment: Environment, trees: Mapping[str, nodes.Template]) -> None:
        self._environment, self._trees = environment, trees
        self._seen: set[object] = set()

    def page(self, file: str, facts: Scope) -> Iterator[TypeProblem]:
        """Problems of a page: of its template and of those that it extends."""
        tree = self._trees[file]
        for parent in tree.find_all(nodes.Extends):
            yield from self.page(parent.template.as_const(), facts)
        yield from _Walk(self, file, facts).statements(tree.body)

    def macro(self, called: MacroOf, given: Sequence[Any], named: Scope, facts: Scope) -> Iterator[TypeProblem]:
        """Problems of a macro with arguments of these types; `facts` are those that a macro of the page sees."""
        key = called, *map(repr, (given, sorted(named.items(), key=str), facts))
        if key in self._seen:
            return
        self._seen.add(key)
        found = self.find_macro(called)
        if found is not None:
            arguments = dict.fromkeys((argument.name for argument in found.args), Any)
            arguments |= dict(zip(arguments, given, strict=False)) | dict(named)
            arguments |= {"caller": Any, "kwargs": Any, "varargs": Any}
            yield from _Walk(self, called.file, facts, arguments).statements(found.body)

    def find_macro(self, called: MacroOf) -> nodes.Macro | None:
        """Node of a macro."""
        macros = (each for each in self._trees[called.file].body if isinstance(each, nodes.Macro))
        return next((each for each in macros if each.name == called.name), None)

    def at_top(self, file: str) -> dict[str, Any]:
        """Macros of a template and those that it imports, by their names there."""
        found: dict[str, Any] = {}
        for node in self._trees[file].body:
            if isinstance(node, nodes.Macro):
                found[node.name] = MacroOf(file, node.name)
            elif isinstance(node, nodes.FromImport):
                source = node.template.as_const()
                for each in node.names:
                    name, here = (each, each) if isinstance(each, str) else each
                    found[here] = MacroOf(source, name)
        return found

    def filtered(self, name: str, kind: Any) -> Any:
        """Type of what a filter gives."""
        if name in _SAME:
            return kind
        if name in ("first", "last"):
            return element(kind)
        return returned(self._environment.filters[name]) if name in self._environment.filters else Any


class _Walk:
    """Walk through one template, or one macro of it, with the types of the names that it sees."""

    def __init__(self, check: TypeCheck, file: str, facts: Scope, arguments: Scope | None = None) -> None:
        self._check, self._file, self._facts = check, file, facts
        self._scope: dict[str, Any] = check.at_top(file) | dict(facts) | dict(arguments or {})
        self._found: list[TypeProblem] = []

    def statements(self, body: Sequence[nodes.Node]) -> Iterator[TypeProblem]:
        """Problems of statements one after the other."""
        for node in body:
            self._statement(node)
            yield from self._found
            self._found = []

    def _statement(self, node: nodes.Node) -> None:
        match node:
            case nodes.Macro() | nodes.Import() | nodes.FromImport() | nodes.Extends():
                return  # a macro is looked at where it is called
            case nodes.For():
                before = dict(self._scope)
                self._bind(node.target, element(self._type(node.iter)))
                self._scope["loop"] = LoopContext
                self._parts(node, leave={"target", "iter"})
                self._scope = before
            case nodes.Assign():
                self._bind(node.target, self._type(node.node))
            case nodes.Include():
                for problem in self._check.page(node.template.as_const(), self._scope):
                    self._found.append(problem)
            case nodes.Expr():
                self._type(node)
            case _:
                self._parts(node)

    def _parts(self, node: nodes.Node, leave: frozenset[str] | set[str] = frozenset()) -> None:
        for part in node.iter_child_nodes(exclude=leave):
            self._statement(part)

    def _bind(self, target: nodes.Node, kind: Any) -> None:
        if isinstance(target, nodes.Name):
            self._scope[target.name] = kind
        elif isinstance(target, nodes.Tuple):
            for each, part in zip(target.items, unpacked(kind, len(target.items)), strict=True):
                self._bind(each, part)

    def _type(self, node: nodes.Node) -> Any:
        """Type of an expression, all of which is looked at."""
        match node:
            case nodes.Name():
                return self._scope.get(node.name, Any)
            case nodes.Const():
                return type(node.value)
            case nodes.Getattr():
                return self._attribute(self._type(node.node), node.attr, node.lineno)
            case nodes.Getitem():
                self._type(node.arg)
                kind = self._type(node.node)
                if isinstance(node.arg, nodes.Slice):
                    return kind
                return item(kind, node.arg.value if isinstance(node.arg, nodes.Const) else None)
            case nodes.Call():
                return self._call(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Or() | nodes.And():
                return union([self._type(node.left), self._type(node.right)])
            case nodes.CondExpr():
                self._type(node.test)
                return union([self._type(each) for each in (node.expr1, node.expr2) if each is not None])
        for part in node.iter_child_nodes():
            self._type(part)
        return Any

    def _attribute(self, kind: Any, name: str, line: int) -> Any:
        if isinstance(kind, MacroOf):
            return Any
        try:
            return attribute(kind, name)
        except UnknownName as error:
            self._found.append(TypeProblem(self._file, line, str(error)))
            return Any

    def _call(self, node: nodes.Call) -> Any:
        called = self._type(node.node)
        given = [self._type(each) for each in node.args]
        named = {each.key: self._type(each.value) for each in node.kwargs}
        for each in filter(None, (node.dyn_args, node.dyn_kwargs)):
            self._type(each)
        if isinstance(called, MacroOf):
            facts = self._facts if called.file == self._file else {}
            self._found += self._check.macro(called, given, named, facts)
            return str
        return result(called)

    def _filter(self, node: nodes.Filter) -> Any:
        kind = Any if node.node is None else self._type(node.node)
        for each in (*node.args, *(named.value for named in node.kwargs)):
            self._type(each)
        wanted = next((each.value for each in node.kwargs if each.key == "attribute"), None)
        if node.name in ("selectattr", "rejectattr"):
            wanted = node.args[0]
        if isinstance(wanted, nodes.Const) and isinstance(wanted.value, str):
            part = element(kind)
            for name in wanted.value.split("."):
                part = self._attribute(part, name, node.lineno)
            return list_of(part) if node.name == "map" else kind
        return self._check.filtered(node.name, kind)
