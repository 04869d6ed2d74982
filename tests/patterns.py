"""Every regular expression of the program, found in its source, and inputs made from it that grow.

A pattern is attacked with what it repeats, behind the shortest texts that lead up to each of its repeats, and followed
by what it does not take, in the ways in which its module uses it. The backtracking engine of Python takes time with
the square of an input where two repeats may take the same characters, or where a search begins anew at each of them.
"""

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from re import _constants as op
from re import _parser as parser
from time import process_time
from typing import Any, NamedTuple

PACKAGE = Path(__file__).parents[1] / "emulator"
METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
USES_RE = re.compile(rf"\bre\.(?:compile|{'|'.join(METHODS)})\(")
WORD = re.compile(r"\w+")
LONGEST = 6000
ENDS = ("\x00", "a")
MOST_HEADS = 24

LOOKING = {"match", "fullmatch", "search", "findall", "finditer"}
"""Methods that only patterns have; texts have the others too."""

PASSED_ON = "passed on"
"""A name that is read and not only called: what it holds is used elsewhere."""

SIZES = (22, 70, 300, LONGEST)
"""Lengths at which a time that doubles, or grows with the third power or the square, shows itself."""

SUSPECT = 0.006
"""Seconds of this process that an attack may take at each of these lengths: a linear one takes a tenth of it."""

TRIES = 20

MOST = 2.5

Act = Callable[[re.Pattern[Any], Any], object]


class Site(NamedTuple):
    """A place where a pattern is compiled or used.

    Attributes:
        module: dotted name below `emulator`.
        text: the pattern as its source says it.
        patterns: what it is, compiled; None where only the running program knows.
        methods: how it is used.
    """

    module: str
    text: str
    patterns: tuple[re.Pattern[Any], ...] | None
    methods: tuple[str, ...]


def modules() -> list[str]:
    """Names of the modules that use `re`, told by their text alone."""
    return [_name(path) for path in sorted(PACKAGE.rglob("*.py")) if USES_RE.search(path.read_text(encoding="utf-8"))]


@cache
def sites() -> tuple[Site, ...]:
    """Every place; reading the whole program takes seconds, so it is done once, by the first test that asks."""
    return tuple(_sites())


def _name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def _sites() -> Iterator[Site]:
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    words = {path: set(WORD.findall(text)) for path, text in texts.items()}
    uses = cache(lambda path: _used(ast.parse(texts[path])))
    for path, text in texts.items():
        if not USES_RE.search(text):
            continue
        module = _name(path)
        for owner, target, call in _calls(ast.parse(text)):
            name = _method(call)
            seen = [path] if target[:1] in {"", "_"} else [each for each, used in words.items() if target in used]
            methods = {name} - {"compile"} or set().union(*(uses(each).get(target, ()) for each in seen))
            if not methods or PASSED_ON in methods:
                methods = methods - {PASSED_ON} | uses(path)[""] & LOOKING or set(METHODS)
            yield Site(module, ast.unparse(call.args[0]), _compiled(module, owner, call), tuple(sorted(methods)))


def _calls(tree: ast.Module) -> Iterator[tuple[str, str, ast.Call]]:
    """Calls of `re`, with the class that they stand in and the name of what holds the pattern."""
    targets = {
        id(inner): each.id
        for node in ast.walk(tree)
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None
        for each in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(each, ast.Name)
        for inner in ast.walk(node.value)
    }
    owners = {
        id(inner): node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for outer in node.body
        if not isinstance(outer, ast.FunctionDef)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in (*METHODS, "compile")
        ):
            yield owners.get(id(node), ""), targets.get(id(node), ""), node


def _used(tree: ast.Module) -> dict[str, set[str]]:
    """Uses of the names of a module as patterns, and under "" how any is; those passed on are marked."""
    found: dict[str, set[str]] = {"": set()}
    called: set[int] = set()
    read: list[ast.Name] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            read.append(node)
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            value = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            if isinstance(value, ast.Name) and value.id == "re":
                continue
            if isinstance(value, (ast.Name, ast.Attribute)):
                found.setdefault(value.id if isinstance(value, ast.Name) else value.attr, set()).add(node.attr)
            found[""].add(node.attr)
            called.add(id(value))
    for name in read:
        if id(name) not in called:
            found.setdefault(name.id, set()).add(PASSED_ON)
    return found


def _method(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr


def _compiled(module: str, owner: str, call: ast.Call) -> tuple[re.Pattern[Any], ...] | None:
    space: dict[str, Any] = vars(importlib.import_module(f"emulator.{module}"))
    if owner:
        space = {**space, **vars(space[owner])}
    name = _method(call)
    behind = call.args[1:] if name == "compile" else ()
    flags = [*behind, *(word.value for word in call.keywords if word.arg == "flags")]
    try:
        pattern = eval(ast.unparse(call.args[0]), space)
        return (re.compile(pattern, eval(ast.unparse(flags[0]), space) if flags else 0),)
    except NameError:
        return None


# --- attacks -------------------------------------------------------------------------------------------------------


@cache
def attacks(pattern: str, flags: int) -> tuple[tuple[str, str, str], ...]:
    """Beginnings, what is repeated behind them, and ends."""
    tree = parser.parse(pattern, flags & ~re.DEBUG)
    heads = {"", *_heads(tree, "")}
    pumps = {" ", "a", "1", *_pumps(tree)}
    return tuple((head, pump, end) for head in sorted(heads)[:MOST_HEADS] for pump in sorted(pumps) for end in ENDS)


def _heads(tree: Any, before: str) -> Iterator[str]:
    """The shortest texts that lead up to each repeat."""
    for kind, given in tree:
        yield from _heads_within(kind, given, before)
        before += _shortest([(kind, given)])


def _heads_within(kind: Any, given: Any, before: str) -> Iterator[str]:
    if kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
        yield before
        yield from _heads(given[2], before)
    elif kind is op.SUBPATTERN:
        yield from _heads(given[-1], before)
    elif kind is op.ATOMIC_GROUP:
        yield from _heads(given, before)
    elif kind is op.BRANCH:
        for branch in given[1]:
            yield from _heads(branch, before)


def _pumps(tree: Any) -> Iterator[str]:
    """Repeated text, once: a character or a longer one."""
    for kind, given in tree:
        if kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            yield _shortest(given[2]) or _longer(given[2])
            yield from _pumps(given[2])
        elif kind is op.SUBPATTERN:
            yield _longer(given[-1])
            yield from _pumps(given[-1])
        elif kind is op.ATOMIC_GROUP:
            yield from _pumps(given)
        elif kind is op.BRANCH:
            for branch in given[1]:
                yield _longer(branch)
                yield from _pumps(branch)
        elif kind is op.LITERAL and not chr(given).isalnum():
            yield chr(given)


def _shortest(tree: Any) -> str:
    return _sample(tree, 0)


def _longer(tree: Any) -> str:
    return _sample(tree, 1) or "a"


def _sample(tree: Any, least: int) -> str:
    """A text that a part of a pattern takes, with each repeat as few times as it may, or at least once."""
    text = ""
    for kind, given in tree:
        match kind:
            case op.LITERAL:
                text += chr(given)
            case op.NOT_LITERAL | op.ANY:
                text += "a" if kind is op.ANY or given != ord("a") else "b"
            case op.IN:
                text += _member(given)
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                text += _sample(given[2], least) * max(given[0], min(least, given[1]))
            case op.SUBPATTERN:
                text += _sample(given[-1], least)
            case op.ATOMIC_GROUP:
                text += _sample(given, least)
            case op.BRANCH:
                text += _sample(given[1][0], least)
    return text


CANDIDATES = "a1 A-._:/\n\t\x1b[mZz09,;()<>=+*%$#@!~\"'"


def _member(given: Any) -> str:
    """A character of a class."""
    one = re.compile(_class(given))
    for each in CANDIDATES:
        if one.fullmatch(each):
            return each
    return next(chr(number) for number in range(0x300) if one.fullmatch(chr(number)))


CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _class(given: Any) -> str:
    text = ""
    for kind, value in given:
        match kind:
            case op.NEGATE:
                text += "^"
            case op.LITERAL:
                text += re.escape(chr(value))
            case op.RANGE:
                text += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
            case op.CATEGORY:
                text += CATEGORIES[value]
    return f"[{text}]"


# --- their time ----------------------------------------------------------------------------------------------------


def slow(pattern: re.Pattern[Any], methods: tuple[str, ...]) -> str | None:
    """An attack under which a pattern takes too long, or None."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    whole = {"fullmatch", "match"}.intersection(methods)
    for method in (*(["findall"] if whole < set(methods) else []), *([max(whole, key=len)] if whole else [])):
        act = ACTS[method]
        for head, pump, end in attacks(source, pattern.flags):
            for size in SIZES:
                seconds = _least(act, pattern, head, pump * (size // len(pump)), end)
                if seconds > SUSPECT and (size < LONGEST or not _linear(act, pattern, head, pump, end)):
                    return f"{method}: {head!r} + {pump!r} * {size // len(pump)} + {end!r} takes {seconds:.3f} s"
    return None


def _linear(act: Act, pattern: re.Pattern[Any], head: str, pump: str, end: str) -> bool:
    """Tell whether twice the input takes at most two and a half times as long."""
    once, twice = (_least(act, pattern, head, pump * (size // len(pump)), end) for size in (LONGEST, 2 * LONGEST))
    return twice <= MOST * once


def _least(act: Act, pattern: re.Pattern[Any], head: str, middle: str, end: str) -> float:
    text = head + middle + end
    return min(
        _seconds(act, pattern, text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text)
    )


def _seconds(act: Act, pattern: re.Pattern[Any], given: Any) -> Iterator[float]:
    """Seconds of some tries; no more than needed."""
    for _ in range(TRIES):
        began = process_time()
        act(pattern, given)
        spent = process_time() - began
        yield spent
        if spent <= SUSPECT or spent > 20 * SUSPECT:
            return


ACTS: dict[str, Act] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "findall": lambda pattern, text: pattern.findall(text),
}
"""Ways to use a pattern that stand for all: at the beginning, for the whole, and again and again."""
