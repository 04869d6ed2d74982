"""Conditions for a command to exist, as values that can be combined and named.

On the real router a command that the running feature set does not contain is not refused, it is unknown: absent from
`?`, from Tab and from parsing. A condition is asked with the opaque context of the session each time a line is read,
so one tree serves every router. Combined as prompt_toolkit combines its filters: `licensed & ~frozen | bench`.
"""

from collections.abc import Callable
from typing import Any


class Condition:
    """A named condition on the context. The name goes into the reference page."""

    __slots__ = ("_predicate", "compound", "name")

    def __init__(self, name: str, predicate: Callable[[Any], bool], *, compound: bool = False) -> None:
        self.name = name
        self.compound = compound
        """True if the name needs parentheses inside a longer one."""
        self._predicate = predicate

    def __call__(self, context: Any) -> bool:
        return bool(self._predicate(context))

    def __and__(self, other: "Condition") -> "Condition":
        if self is ALWAYS:
            return other
        if other is ALWAYS:
            return self
        return Condition(f"{self._part()} and {other._part()}", lambda c: self(c) and other(c), compound=True)

    def __or__(self, other: "Condition") -> "Condition":
        if ALWAYS in (self, other):
            return ALWAYS
        return Condition(f"{self._part()} or {other._part()}", lambda c: self(c) or other(c), compound=True)

    def __invert__(self) -> "Condition":
        return Condition(f"not {self._part()}", lambda c: not self(c))

    def __repr__(self) -> str:
        return f"<Condition {self.name}>"

    def _part(self) -> str:
        return f"({self.name})" if self.compound else self.name


ALWAYS = Condition("always", lambda _: True)
"""Condition of a command that every context has."""
