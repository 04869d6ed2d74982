"""`parse_complete`: parsing and completing every line of the console's grammar, by the line.

The reference completes as many words in a prompt_toolkit `NestedCompleter` of 2,000 nodes.
"""

from collections.abc import Iterator
from time import process_time

from prompt_toolkit.completion import CompleteEvent, NestedCompleter
from prompt_toolkit.document import Document

from emulator.grammar import describe
from emulator.world.build import console_grammar, new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from tests.benchmarks.figure import Figure, paired

ROUNDS = 5
RUNS = 3


def parse_complete() -> Iterator[Figure]:
    world = new_world(WorldRecipe(routers={"R1": RouterRecipe(powered=True)}))
    line = world.lines_of("R1").console
    world.clock.run_while(lambda: line.busy)
    session, grammar = world.lines_of("R1").console.interpreter, console_grammar()
    typed = [(row.mode, row.line.split(" <")[0]) for row in describe(grammar) if row.mode != "rommon"]
    completer = NestedCompleter.from_nested_dict(
        {f"word{first}": {f"next{second}": None for second in range(49)} for first in range(40)}
    )
    pairs = []
    for _ in range(RUNS):
        begun = process_time()
        for _ in range(ROUNDS):
            for mode, text in typed:
                grammar.parse(mode, text, session)
                grammar.complete(mode, text, session)
        value = process_time() - begun
        begun = process_time()
        for number in range(ROUNDS * len(typed)):
            list(completer.get_completions(Document(f"word{number % 40} ne"), CompleteEvent()))
            list(completer.get_completions(Document(f"word{number % 40}"), CompleteEvent()))
        pairs.append((value, process_time() - begun))
    yield paired("parse_complete", pairs, "s CPU")
