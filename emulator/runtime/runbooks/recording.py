"""A page that was run, as a recording and as a page of HTML with its text around what was seen."""

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from emulator.runtime.runbooks.page import PROMPT, Runbook
from emulator.runtime.runbooks.play import PlayedCommand, PlayedRunbook
from emulator.scenarios.recording.page import framed, screen
from emulator.scenarios.recording.recording import Passage, Piece, SessionRecording
from emulator.world.recipe import DEFAULT_START, parse_start

if TYPE_CHECKING:
    from markdown_it.token import Token

SHELL = "shell"


def recording_of(runbook: Runbook, played: PlayedRunbook) -> SessionRecording:
    """Recording of a played page, a passage a heading; it has no times, as a page has none."""
    passages = []
    for number, (title, commands) in enumerate(groupby(played.commands, lambda each: each.title), 1):
        passages.append(Passage(0, number, title, [piece for each in commands for piece in _pieces(each)]))
    return SessionRecording(runbook.title, "", "", parse_start(DEFAULT_START), parts=passages, timed=False)


def _pieces(played: PlayedCommand) -> Iterator[Piece]:
    typed = played.command.typed
    yield Piece(0, SHELL, f"{PROMPT}{typed}\n", typed)
    if played.output:
        yield Piece(0, SHELL, "".join(f"{line}\n" for line in played.output))


def html_of(text: str, runbook: Runbook, played: PlayedRunbook) -> str:
    """The page as an HTML document: its text, and its blocks with what their commands print now."""
    from markdown_it import MarkdownIt

    commands, screens = iter(played.commands), {}
    for block in runbook.blocks:
        if block.commands:
            pieces = [piece for _ in block.commands for piece in _pieces(next(commands))]
            screens[block.first] = screen(SHELL, pieces)
    markdown = MarkdownIt("commonmark").enable("table")
    tokens: list[Token] = []
    for token in markdown.parse(text):
        if token.type == "html_block":
            continue
        token.children = [each for each in token.children or [] if each.type != "html_inline"] or token.children
        if token.type == "fence" and token.map is not None:
            token.content = screens.get(token.map[0] + 1) or _plain(token.content)
            token.type = "html_block"
        tokens.append(token)
    body = markdown.renderer.render(tokens, markdown.options, {})
    return framed(runbook.title, f"<main>\n{body}</main>")


def _plain(text: str) -> str:
    return f'<div class="screen bench"><pre tabindex="0">{escape(text, quote=False).rstrip()}</pre></div>'
