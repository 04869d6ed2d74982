"""A copy of this tree in which recipes are carried out, as a newcomer would in a checkout of their own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.recipes.document import Addition, Change, Command, NewFile, Recipe, RecipeError, Step

TOP = Path(__file__).parents[2]
COPIED = ("docs", "emulator", "images", "scenarios", "tests", "README.md", "CHANGELOG.md", "pyproject.toml")
KEPT = ".mypy_cache"
"""Findings of the type checker in this tree; it need not look again at files that are the same."""

OMITTED = "..."
OF_THE_OUTER_RUN = ("PYTEST_", "ISRTWIN_", "COV_")
PATIENCE = 600


class Checkout:
    """A copy of the tree, with the command `isrtwin` that runs it."""

    def __init__(self, folder: Path) -> None:
        self.top = folder / "checkout"
        self.top.mkdir()
        for name in COPIED:
            if (TOP / name).is_dir():
                shutil.copytree(TOP / name, self.top / name, ignore=shutil.ignore_patterns("*.png"))
            else:
                shutil.copy2(TOP / name, self.top / name)
        if (TOP / KEPT).exists():
            shutil.copytree(TOP / KEPT, self.top / KEPT)
        commands = folder / "bin"
        commands.mkdir()
        program = commands / "isrtwin"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m emulator "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(OF_THE_OUTER_RUN)},
            "PATH": os.pathsep.join((str(commands), str(Path(sys.executable).parent), os.environ["PATH"])),
            "PYTHONPATH": str(self.top),
            "XDG_STATE_HOME": str(folder / "state"),
            "NO_COLOR": "1",
        }

    def carry_out(self, recipe: Recipe) -> None:
        """Do every step of a recipe.

        Raises:
            RecipeError: a step does not lead to what the recipe says.
        """
        for step in recipe.steps:
            self.do(step)

    def do(self, step: Step) -> None:
        """Do one step.

        Raises:
            RecipeError: it does not lead to what the recipe says.
        """
        if isinstance(step, Command):
            self._run(step)
        else:
            place(self.top, step)

    def run(self, line: str) -> tuple[int, str]:
        """Run a line of the shell at the top of the copy; the values are its status and all that it printed."""
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.top, env=self._environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        return done.returncode, done.stdout

    def _run(self, command: Command) -> None:
        status, printed = self.run(command.line)
        if status or not matches(command.printed, printed):
            raise RecipeError(f"$ {command.line}\n{printed}(status {status}); to be printed:\n{command.printed}")


def place(top: Path, step: NewFile | Addition | Change) -> None:
    """Write a step's file below a directory.

    Raises:
        RecipeError: a new file is there already, or the lines that are to be changed are not there just once.
    """
    file = top / step.path
    if isinstance(step, NewFile):
        if file.exists():
            raise RecipeError(f"{step.path} exists already")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(step.text, encoding="utf-8")
        return
    if not file.is_file():
        raise RecipeError(f"there is no file {step.path}")
    text = file.read_text(encoding="utf-8")
    if isinstance(step, Change):
        if f"\n{text}".count(f"\n{step.before}") != 1:
            raise RecipeError(f"{step.path} does not have these lines exactly once:\n{step.before}")
        file.write_text(f"\n{text}".replace(f"\n{step.before}", f"\n{step.after}")[1:], encoding="utf-8")
    else:
        apart = "\n\n" if file.suffix == ".py" else "\n"
        file.write_text(f"{text}{apart}{step.text}", encoding="utf-8")


def matches(told: str, printed: str) -> bool:
    """Tell whether a command printed what is told of it; a line `...` stands for any number of lines."""
    parts = [re.escape(line) if line != f"{OMITTED}\n" else None for line in told.splitlines(keepends=True)]
    pattern = "".join(r"(?:.*\n)*" if part is None else part for part in parts)
    whole = printed if not printed or printed.endswith("\n") else f"{printed}\n"
    return re.fullmatch(pattern, whole) is not None
