"""`--More--`: output that stops at the end of the screen.

Blank goes a page on and Enter a line; `/`, `+` and `-` ask for a regular expression and go on with what begins there,
with the lines that match, or with those that do not; any other key ends (R). A handler goes in and a handler comes
out, so a command knows nothing of it.
"""

from typing import Any

from emulator.console.session.output_modifiers import filtered, following
from emulator.console.wording import wording
from emulator.grammar import OutputFilter
from emulator.kernel.effects import Ask, AskKey, Handler, Say

MORE = " --More-- "
SEARCHES = {"/": "begin", "+": "include", "-": "exclude"}


def paged(handler: Handler, length: int) -> Handler:
    """Stop with `--More--` after every `length` - 1 lines."""
    page = max(length - 1, 1)
    room = page
    reply: Any = None
    while (effect := following(handler, reply)) is not None:
        if not isinstance(effect, Say):
            reply = yield effect
            room = page
            continue
        reply = None
        lines = effect.text.splitlines(keepends=True)
        while len(lines) > room:
            if room:
                yield Say("".join(lines[:room]))
                del lines[:room]
            key = yield AskKey(MORE, erase=True)
            if key in SEARCHES:
                pattern = yield Ask(key)
                yield Say(wording("filter.filtering"))
                rest = filtered(_going_on("".join(lines), handler), OutputFilter(SEARCHES[key], pattern))
                yield from paged(rest, length)
                return
            if key not in {" ", "\n"}:
                handler.close()
                return
            room = page if key == " " else 1
        yield Say("".join(lines))
        room -= sum(line.endswith("\n") for line in lines)


def _going_on(text: str, handler: Handler) -> Handler:
    """The text that was not shown yet, and the output that comes."""
    yield Say(text)
    yield from handler
