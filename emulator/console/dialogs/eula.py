"""The end user license agreement dialog.

C: three blank lines, the text, two blank lines, the question in its 15.x form, and that `y` is enough. The text is the
twin's own, in `text/eula.txt`, and can be replaced there.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.wording import text_file, wording
from emulator.console.yes_or_no import yes_or_no
from emulator.kernel.effects import Effect, Say


def ask_eula() -> Generator[Effect, Any, bool]:
    """Show the agreement and ask; returns whether it was accepted."""
    text = text_file("eula")
    yield Say(f"\n\n\n{text}\n\n")
    return (yield from yes_or_no(wording("eula.ask")))
