"""Going back: snapshots, the last input undone, forks, the journal, and a scenario made of it.

None of these is an input of the world.
"""

from emulator.bench.session import Bench, Past, Travel
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.kernel.errors import Refused

HELP = {
    "snapshot": "Save the present state under a name",
    "snapshot <name>": "Name of the snapshot",
    "restore": "Return to a snapshot",
    "restore <name>": "Name of the snapshot",
    "undo": "Undo the last input that changed something",
    "fork": "Copy this world into a new one",
    "fork <name>": "Name of the new world",
    "diff": "Describe the differences from a snapshot, another world, or the start",
    "diff <name>": "Name of the snapshot or world",
    "journal": "List the latest inputs with their times",
    "journal <count>": "How many inputs",
    "record": "Turn everything typed since the world began into a scenario",
    "record <file>": "File of the scenario, such as FILE.yaml",
    "bisect": "Find the input after which a predicate no longer held",
    "bisect <predicate>": "Predicate that held once, such as level R1 advipservices",
}

SHOWN = 10
"""Number of inputs that `journal` shows by default."""


def _past(bench: Bench) -> Past:
    if bench.past is None:
        raise Refused("only who holds the world can do that: stop serving it, or leave the other terminals")
    return bench.past


def snapshot(bench: Bench, *, name: str) -> Handler:
    _past(bench).snapshot(name)
    yield Say(f"snapshot {name} kept\n")


def restore(bench: Bench, *, name: str) -> None:
    _past(bench).check_snapshot(name)
    bench.travel = Travel(name)


def undo(bench: Bench) -> None:
    _past(bench).check_undo()
    bench.travel = Travel()


def fork(bench: Bench, *, name: str) -> Handler:
    yield Say(f"forked into {_past(bench).fork(name)}\n")


def diff(bench: Bench, *, name: str | None) -> Handler:
    lines = _past(bench).differences(name)
    yield Say("".join(f"{line}\n" for line in lines) or "nothing is different\n")


def journal(bench: Bench, *, count: int | None) -> Handler:
    yield Say("".join(f"{line}\n" for line in _past(bench).inputs(count or SHOWN)))


def record(bench: Bench, *, file: str) -> Handler:
    yield Say(f"{_past(bench).record(file)}\n")


def bisect(bench: Bench, *, predicate: str) -> Handler:
    yield Say("".join(f"{line}\n" for line in _past(bench).bisect(predicate)))


MODES = ("bench",)
COMMANDS = (
    Command("snapshot <name:Word>", modes=MODES, run=snapshot, aside=True),
    Command("restore <name:Word>", modes=MODES, run=restore, aside=True),
    Command("undo", modes=MODES, run=undo, aside=True),
    Command("fork <name:Word>", modes=MODES, run=fork, aside=True),
    Command("diff [<name:Word>]", modes=MODES, run=diff, aside=True),
    Command("journal [<count:Count>]", modes=MODES, run=journal, aside=True),
    Command("record <file:Word>", modes=MODES, run=record, aside=True),
    Command("bisect <predicate:Line>", modes=MODES, run=bisect, aside=True),
)
