"""What can be put between a command and the screen: the output filter behind `|`, and `--More--`.

Both take a handler and give a handler, so a command knows of neither.
"""

import re
from typing import Any

from emulator.console.grammar import OutputFilter
from emulator.kernel.effects import AskKey, Effect, Handler, Say

MORE = " --More-- "


def filtered(handler: Handler, rule: OutputFilter) -> Handler:
    """Let through what `| include`, `| exclude` or `| begin` lets through; questions always pass."""
    try:
        pattern = re.compile(rule.pattern)
    except re.error:
        pattern = re.compile(re.escape(rule.pattern))
    begun = False

    def passes(line: str) -> bool:
        nonlocal begun
        found = pattern.search(line.rstrip("\n")) is not None
        if rule.kind == "begin":
            begun = begun or found
            return begun
        return found == (rule.kind == "include")

    reply: Any = None
    while (effect := _next(handler, reply)) is not None:
        if isinstance(effect, Say):
            reply = None
            kept = "".join(line for line in effect.text.splitlines(keepends=True) if passes(line))
            if kept:
                yield Say(kept)
        else:
            reply = yield effect


def paged(handler: Handler, length: int) -> Handler:
    """Stop with `--More--` after every `length` - 1 lines: blank goes a page on, Enter a line, any other key ends."""
    page = max(length - 1, 1)
    room = page
    reply: Any = None
    while (effect := _next(handler, reply)) is not None:
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
            if key not in {" ", "\n"}:
                handler.close()
                return
            room = page if key == " " else 1
        yield Say("".join(lines))
        room -= len(lines)


def _next(handler: Handler, reply: Any) -> Effect | None:
    try:
        return handler.send(reply)
    except StopIteration:
        return None
