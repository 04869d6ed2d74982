"""The output modifiers: what `| include`, `| section` or `| tee` makes of what a command says.

A handler goes in and a handler comes out, so a command knows nothing of it; questions always pass. R: a section is a
line that matches with the lines behind it that stand further right, so the header of a line that matches inside is not
shown. R: the words of `count`. I: what is redirected is written when the command is over, whole or not at all.
"""

from collections.abc import Callable, Generator, Iterable
from typing import Any

from emulator.console.session.patterns import BadPattern, matcher
from emulator.console.session.save_file import save
from emulator.console.wording import wording
from emulator.grammar import OutputFilter
from emulator.kernel.effects import Effect, Handler, Say
from emulator.router.device import Router
from emulator.router.files.systems import DOS_DEVICES, FileFault
from emulator.storage.filesystem import StoredFile
from emulator.storage.urls import FileUrl

Passes = Callable[[str], bool]
"""Function that tells whether a line is let through; called for every line in its order."""


def modified(handler: Handler, rule: OutputFilter, router: Router) -> Handler:
    """Apply the modifier behind the bar to the output of a command."""
    if isinstance(rule.argument, FileUrl):
        return _written(handler, rule, router)
    return filtered(handler, rule)


def filtered(handler: Handler, rule: OutputFilter) -> Handler:
    """Let through the lines that a modifier with a pattern lets through, or count them."""
    try:
        matches = matcher(rule.argument)
    except BadPattern:
        handler.close()
        yield Say(wording("filter.bad_pattern"))
        return
    passes = _RULES[rule.kind](matches)
    counting, count = rule.kind == "count", 0
    reply: Any = None
    begun = ""
    while (effect := following(handler, reply)) is not None:
        if isinstance(effect, Say):
            reply = None
            *lines, begun = (begun + effect.text).split("\n")
            kept = [f"{line}\n" for line in lines if passes(line)]
            count += len(kept)
            if kept and not counting:
                yield Say("".join(kept))
        else:
            reply = yield effect
    if begun and passes(begun):
        count += 1
        if not counting:
            yield Say(begun)
    if counting:
        yield Say(wording("filter.count", count=count))


def following(handler: Handler, reply: Any) -> Effect | None:
    """Return the next effect of a handler; None at its end."""
    try:
        return handler.send(reply)
    except StopIteration:
        return None


# --- patterns --------------------------------------------------------------------------------------------------------


def _include(matches: Passes) -> Passes:
    return matches


def _exclude(matches: Passes) -> Passes:
    return lambda line: not matches(line)


def _begin(matches: Passes) -> Passes:
    begun = False

    def passes(line: str) -> bool:
        nonlocal begun
        begun = begun or matches(line)
        return begun

    return passes


def _section(matches: Passes) -> Passes:
    depth: int | None = None

    def passes(line: str) -> bool:
        nonlocal depth
        indent = len(line) - len(line.lstrip(" "))
        if depth is not None and line.strip() and indent > depth:
            return True
        depth = indent if matches(line) else None
        return depth is not None

    return passes


def _outside_section(matches: Passes) -> Passes:
    return _exclude(_section(matches))


_RULES: dict[str, Callable[[Passes], Passes]] = {
    "begin": _begin,
    "count": _include,
    "exclude": _exclude,
    "include": _include,
    "section": _section,
    "section exclude": _outside_section,
    "section include": _section,
}


# --- files -----------------------------------------------------------------------------------------------------------


def _written(handler: Handler, rule: OutputFilter, router: Router) -> Handler:
    """Send the output to a file: in place of the screen, or beside it."""
    said: list[str] = []
    reply: Any = None
    while (effect := following(handler, reply)) is not None:
        if isinstance(effect, Say):
            said.append(effect.text)
            reply = None
            if rule.kind.startswith("tee"):
                yield effect
        else:
            reply = yield effect
    yield from _put(router, rule.argument, said, append=rule.kind in {"append", "tee /append"})


def _put(router: Router, url: FileUrl, said: Iterable[str], *, append: bool) -> Generator[Effect, Any, None]:
    content = "".join(said).encode()
    if append:
        if url.device not in DOS_DEVICES:
            yield Say(wording("file.open_failed", url=url.text or url.shown, reason=FileFault.UNSUPPORTED))
            return
        before = router.files.find(url)
        if isinstance(before, StoredFile):
            if before.text is None:
                yield Say(wording("file.not_text", url=url.text or url.shown))
                return
            content = before.content + content
    yield from save(router, url, content)
