"""Mistakes in a command table, told to its author.

A grammar is checked once, when it is loaded; after that no typed line can raise anything. FRRouting only warns when
two commands disagree about the help of a shared prefix: here that, like every other slip in a table, stops the load.
"""

from emulator.kernel.errors import EmulatorError


class GrammarError(EmulatorError):
    """A command table is wrong.

    Args:
        place: the file, or the files, to blame.
        line: the grammar line, or None when the mistake is not in one line.
        problem: the mistake, and the name concerned.
    """

    def __init__(self, place: str, line: str | None, problem: str) -> None:
        super().__init__(place, line, problem)
        self.place, self.line, self.problem = place, line, problem

    def __str__(self) -> str:
        where = self.place if self.line is None else f'{self.place}: "{self.line}"'
        return f"{where}: {self.problem}"
