"""The end user license agreement dialogue.

C: three blank lines, the text, two blank lines, the question in its 15.x form, and that `y` is enough; I: anything
else refuses. The text is the twin's own, in `text/eula.txt`, and can be replaced there.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.wording import text_file, wording
from emulator.kernel.effects import Ask, Effect, Say


def ask_eula() -> Generator[Effect, Any, bool]:
    """Show the agreement and ask; returns whether it was accepted."""
    text = text_file("eula")
    yield Say(f"\n\n\n{text}\n\n")
    answer = yield Ask(wording("eula.ask"))
    return answer.strip().lower() in {"y", "yes"}
