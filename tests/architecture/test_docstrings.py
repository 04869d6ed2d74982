"""Docstrings stand alone: they begin with a verb or a noun, as a tooltip shows them.

Those of modules and public names also name the person, process or device that is meant, so they have no indefinite
pronoun for one. Among the tests, only constants and public classes are bound by that too.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.modules import modules
from tests.architecture.plants import PACKAGE

TESTS = Path(__file__).parents[1]

FORBIDDEN_OPENINGS = (
    "after", "as", "at", "because", "before", "behind", "between", "by", "for", "from", "he", "her", "his", "how",
    "if", "in", "it", "its", "nobody", "nothing", "of", "on", "she", "so", "somebody", "something", "that", "the same",
    "their", "there", "these", "they", "this", "those", "to", "under", "what", "whatever", "when", "where", "wherever",
    "whether", "which", "while", "who", "whoever", "whose", "why", "with", "without",
)  # fmt: skip
"""First words that refer to something outside of the docstring, ask a question, or begin half a sentence."""

OPENING = re.compile(rf"({'|'.join(word.replace(' ', r' +') for word in FORBIDDEN_OPENINGS)})\b(?!-)", re.IGNORECASE)

INDEFINITE = re.compile(r"\b(?:any|every|no|some)(?:body|one)\b|\bwho(?:m|so)?ever\b", re.IGNORECASE)
"""Pronouns that leave open which person, process or device is meant; `no one` as two words is left to readers."""


BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Fields of a node that hold statements; expressions have no docstrings."""

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def docstrings(tree: ast.AST, *, tests: bool = False) -> Iterator[tuple[ast.Constant, bool]]:
    """Head of a module, and docstrings of its functions, classes and public attributes, each with whether it is public.

    Args:
        tree: a module, or a statement of one.
        tests: whether functions and the head of the module count as not public.
    """
    if isinstance(tree, ast.Module) and tree.body and (head := _text(tree.body[0])) is not None:
        yield ast.copy_location(ast.Constant(str(head.value).partition("\n\n")[0]), head), not tests
    for name in BLOCKS:
        previous: ast.AST | None = None
        for node in getattr(tree, name, ()):
            text = _text(node)
            if text is not None and isinstance(previous, ast.Assign | ast.AnnAssign) and _is_public(previous):
                yield text, True
            if isinstance(node, DEFINITIONS) and (own := _text(node.body[0])) is not None:
                public = not node.name.startswith("_") or node.name == "__init__"
                yield own, public and (isinstance(node, ast.ClassDef) or not tests)
            yield from docstrings(node, tests=tests)
            previous = node


def _text(node: ast.AST) -> ast.Constant | None:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return node.value
    return None


def _is_public(assignment: ast.Assign | ast.AnnAssign) -> bool:
    """Tell whether any of the assigned names, of a module, a class or `self`, is public."""
    targets = assignment.targets if isinstance(assignment, ast.Assign) else [assignment.target]
    names = [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    names += [node.attr for target in targets for node in ast.walk(target) if isinstance(node, ast.Attribute)]
    return any(not name.startswith("_") for name in names if name != "self")


def opening(text: str) -> str | None:
    """Forbidden opening of a text, or the only word of one that says no more; None if it begins well."""
    words = text.split()
    if len(words) < 2:
        return text.strip()
    found = OPENING.match(" ".join(words[:2]))
    return found[1] if found else None


def misleading(folder: Path, *, tests: bool = False) -> list[str]:
    """Forbidden openings and pronouns of the docstrings below a folder, as `file:line: word`.

    Args:
        folder: files to read.
        tests: whether functions and the heads of modules may have indefinite pronouns.
    """
    found = []
    for file, tree in modules(folder):
        for text, public in docstrings(tree, tests=tests):
            words = [opening(str(text.value)), *(INDEFINITE.findall(str(text.value)) if public else ())]
            found += [f"{file}:{text.lineno}: {word.lower()}" for word in words if word]
    return found


def test_a_docstring_begins_with_a_verb_or_a_noun_and_names_who_is_meant() -> None:
    assert misleading(PACKAGE) == []
    assert misleading(TESTS, tests=True) == []


def test_a_forbidden_opening_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        '"""What a module is about."""\n\n'
        'LIMIT = 1\n"""Where it ends."""\n'
        '_OWN = 1\n"""Where it ends."""\n\n\n'
        'class Udi:\n    """The same again."""\n\n'
        '    def __init__(self) -> None:\n        self.text = ""\n        """What it says."""\n\n'
        '    def is_known(self) -> bool:\n        """Tell whether it is known."""\n\n'
        '    def _hidden(self) -> None:\n        """Nobody sees this."""\n\n\n'
        'def write() -> None:\n    """Print."""\n\n\n'
        'NAMES = ()\n"""Nobody\'s names."""\n\n\n'
        'def read() -> None:\n    """Whatever is there,\n    and more."""\n\n\n'
        'def send() -> None:\n    """Send to whoever asks.\n\n    Raises:\n        Refused: Nobody asks.\n    """\n',
        encoding="utf-8",
    )
    file = tmp_path / "one.py"
    assert misleading(tmp_path) == [
        f"{file}:1: what",
        f"{file}:4: where",
        f"{file}:10: the same",
        f"{file}:14: what",
        f"{file}:20: nobody",
        f"{file}:24: print.",
        f"{file}:28: nobody",
        f"{file}:28: nobody",
        f"{file}:32: whatever",
        f"{file}:37: whoever",
        f"{file}:37: nobody",
    ]
    places = [told.split(": ")[0] for told in misleading(tmp_path, tests=True)]
    assert places == [f"{file}:{line}" for line in (1, 4, 10, 14, 20, 24, 28, 28, 32)]
