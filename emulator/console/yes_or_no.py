"""The question that takes yes or no, as every command and dialog asks it.

C: `% Please answer 'yes' or 'no'.`, after which the question is asked again, so lines that were pasted behind it are
no refusals. R: any beginning of a word is enough.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.wording import wording
from emulator.kernel.effects import Ask, Effect, Say


def yes_or_no(question: str, *, default: bool | None = None) -> Generator[Effect, Any, bool]:
    """Ask until the answer is yes or no, or an abbreviation; an empty one is the default, where there is one."""
    while True:
        answer: str = (yield Ask(question)).strip().lower()
        if not answer and default is not None:
            return default
        for word in ("yes", "no"):
            if answer and word.startswith(answer):
                return word == "yes"
        yield Say(wording("console.dialog_yes_or_no"))
