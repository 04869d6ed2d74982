"""A lab's text as a terminal shows it: without color, so what is typed stands between backquotes and is told apart."""

import io
import re

from emulator.labs.telling import WIDTH

_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def shown(markdown: str) -> str:
    """Markdown as plain text for a terminal."""
    from rich.console import Console
    from rich.markdown import Markdown

    page = io.StringIO()
    console = Console(file=page, width=WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    console.print(Markdown(_CODE.sub(r"`` `\1` ``", markdown)))
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())
