"""Entries of named access lists: by their sequence numbers, which are not printed.

R: an entry without a number goes behind the last, ten further on; a number that is taken is refused; `no` takes an
entry by its number or its words; a saved list is numbered anew. A list of 15.x is printed without numbers.
"""

from emulator.console.grammar import Command
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Handler, Say
from emulator.router.configuration import Block

STANDARD, EXTENDED = "config-std-nacl", "config-ext-nacl"
STEP = 10

_WORDS = {"<entry>": "Entry of the list", "remark": "Access list entry comment", "remark <text>": "Comment"}
_NUMBER = {"<sequence>": "Sequence Number", **{f"<sequence> {word}": text for word, text in _WORDS.items()}}
HELP = {
    **_WORDS,
    **_NUMBER,
    "no": "Negate a command or set its defaults",
    **{f"no {word}": text for word, text in {**_WORDS, "<sequence>": "Sequence Number"}.items()},
}


def enter_entry(session: Session, *, sequence: int | None, entry: str) -> Handler:
    """Put an entry into the list."""
    block = session.block
    if entry in block.lines.values():
        return
    taken = _numbers(block)
    if sequence is None:
        sequence = (max(taken, default=0) // STEP + 1) * STEP
    if sequence in taken:
        yield Say(wording("config.duplicate_sequence"))
        return
    block.lines[f"entry {sequence}"] = entry
    session.router.running.changed = True


def enter_remark(session: Session, *, sequence: int | None, text: str) -> Handler:
    yield from enter_entry(session, sequence=sequence, entry=f"remark {text}")


def forget_number(session: Session, *, sequence: int) -> None:
    if session.block.remove(f"entry {sequence}"):
        session.router.running.changed = True


def forget_entry(session: Session, *, entry: str) -> None:
    keys = [key for key, text in session.block.lines.items() if text == entry]
    for key in keys:
        del session.block.lines[key]
        session.router.running.changed = True


def forget_remark(session: Session, *, text: str) -> None:
    forget_entry(session, entry=f"remark {text}")


def _numbers(block: Block) -> set[int]:
    return {int(key.removeprefix("entry ")) for key in block.lines if key.startswith("entry ")}


_SOURCE = "IOS security command reference"
_ENTRIES = ((STANDARD, "StandardEntry"), (EXTENDED, "ExtendedEntry"))
COMMANDS = (
    *(Command(f"[<sequence:1-2147483647>] <entry:{kind}>", modes=(mode,), run=enter_entry, source=_SOURCE, basis="R")
      for mode, kind in _ENTRIES),
    *(Command(f"no <entry:{kind}>", modes=(mode,), run=forget_entry, source=_SOURCE, basis="R")
      for mode, kind in _ENTRIES),
    Command("[<sequence:1-2147483647>] remark <text:Line>", modes=(STANDARD, EXTENDED), run=enter_remark,
            source=_SOURCE, basis="R"),
    Command("no <sequence:1-2147483647>", modes=(STANDARD, EXTENDED), run=forget_number, source=_SOURCE, basis="R"),
    Command("no remark <text:Line>", modes=(STANDARD, EXTENDED), run=forget_remark, source=_SOURCE, basis="R"),
)  # fmt: skip
