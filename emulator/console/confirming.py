"""`[confirm]`: one key, and Enter or `y` goes on (C)."""

from collections.abc import Generator
from typing import Any

from emulator.kernel.effects import AskKey, Effect

YES = frozenset({"\n", "y", "Y"})


def confirmed(question: str) -> Generator[Effect, Any, bool]:
    """Ask for a key; whether it goes on."""
    key = yield AskKey(question)
    return key in YES
