"""`help`: where help is found at the bench, for those who look for the word."""

from emulator.bench.session import Bench
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {"help": "Describe how to get help"}

HOW = "Type ? for the commands, and behind a word for what may follow it; Tab completes. `exit` leaves the bench.\n"
IN_A_LAB = (
    "`lab` shows the present task, `lab check` judges your work, `lab hint` helps, `lab text` shows the whole lab.\n"
)


def describe(bench: Bench) -> Handler:
    yield Say(HOW + (IN_A_LAB if bench.lab is not None else ""))


COMMANDS = (Command("help", modes=("bench",), run=describe, aside=True),)
