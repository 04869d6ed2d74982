"""`exit` and `quit`: leaving the bench, as Ctrl-D does."""

from emulator.bench.session import Bench
from emulator.grammar import Command

HELP = {"exit": "Leave the bench", "quit": "Leave the bench"}


def leave(bench: Bench) -> None:
    bench.left = True


MODES = ("bench",)
COMMANDS = (
    Command("exit", modes=MODES, run=leave, aside=True),
    Command("quit", modes=MODES, run=leave, aside=True),
)
