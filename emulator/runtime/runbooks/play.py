"""Running the commands of a page as if they were typed: the program itself, in a place of its own.

They find a world with one router without power, the same one each time, so what it prints is the same too. Nothing
outside the place can be named, and what they leave is gone afterwards.
"""

import os
import re
import shlex
import subprocess
import sys
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from emulator.kernel.errors import DataFileError
from emulator.runtime.held_world import FIRST_ROUTER
from emulator.runtime.own_processes import module_search
from emulator.runtime.runbooks.page import PROMPT, PageBlock, PageCommand, Runbook, shortened_as, shows
from emulator.runtime.scenario_runs import keep
from emulator.runtime.world_paths import world_path
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe

LONGEST = 120
"""Seconds that a command may take."""

OUTSIDE = re.compile(r"(?:^|[\s=])(?:/|~|\S*\.\.(?:/|$))")
"""A path that leads out of the place where the commands run."""

STAYING = ("serve",)
"""Commands that do not end by themselves."""


class PlayedCommand(msgspec.Struct, frozen=True):
    """A command that was run: its lines of output, and its exit status."""

    title: str
    command: PageCommand
    output: tuple[str, ...]
    status: int


class PlayedRunbook(msgspec.Struct, frozen=True):
    """Result of playing a page.

    Attributes:
        commands: in their order.
        differences: for each command that printed something else than the page shows, where and what.
        failures: for each block that failed where it should not, or did not where it should, what happened.
    """

    commands: tuple[PlayedCommand, ...]
    differences: tuple[str, ...]
    failures: tuple[str, ...]


def play(name: str, runbook: Runbook) -> PlayedRunbook:
    """Run a page, all of it, whatever differs on the way.

    Raises:
        DataFileError: a command may not be run.
    """
    played: list[PlayedCommand] = []
    differences: list[str] = []
    failures: list[str] = []
    with TemporaryDirectory(prefix="isrtwin-") as scratch:
        place = Path(scratch)
        environment = _environment(place)
        _begin(place)
        for block in runbook.blocks:
            if block.file:
                (place / "page" / block.file).write_text(block.text, encoding="utf-8")
                continue
            done = [_run(name, block, command, place / "page", environment) for command in block.commands]
            played += done
            differences += [text for each in done for text in [_difference(name, each)] if text]
            if any(each.status for each in done) != block.refused:
                failures.append(_unlike(name, block, done))
    return PlayedRunbook(tuple(played), tuple(differences), tuple(failures))


def _begin(place: Path) -> None:
    """The world that a page finds."""
    (place / "page").mkdir()
    world = new_world(WorldRecipe(name="default", routers={FIRST_ROUTER: RouterRecipe()}))
    keep(world, world_path(None, state=place / "state"))
    world.backend.database.close()


def _environment(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ISRTWIN_")}
    own = {
        "HOME": str(place),
        "XDG_STATE_HOME": str(place / "state"),
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
    }
    return kept | module_search() | own


def _run(name: str, block: PageBlock, command: PageCommand, folder: Path, environment: dict[str, str]) -> PlayedCommand:
    words = _words(name, command)
    try:
        done = subprocess.run(  # noqa: S603 - the program itself, without a shell
            [sys.executable, "-m", "emulator", *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        problem = f"'{command.typed}' did not end within {LONGEST} seconds"
        raise DataFileError(name, command.line, problem) from None
    output = done.stdout.decode("utf-8", errors="replace")
    return PlayedCommand(block.title, command, tuple(output.splitlines()), done.returncode)


def _words(name: str, command: PageCommand) -> list[str]:
    try:
        words = shlex.split(command.typed)[1:]
    except ValueError as error:
        raise DataFileError(name, command.line, f"'{command.typed}' cannot be read: {error}") from None
    if words[:1] and words[0] in STAYING:
        problem = f"'{words[0]}' does not end by itself; a block ```console shown is only read"
        raise DataFileError(name, command.line, problem)
    if leads_out := next((word for word in words if OUTSIDE.search(word)), None):
        problem = f"'{leads_out}' leads out of the place where a page runs; name files beside it"
        raise DataFileError(name, command.line, problem)
    return words


def _difference(name: str, played: PlayedCommand) -> str:
    command = played.command
    if shows(command.printed, played.output):
        return ""
    where = f"{name}:{command.line}"
    came = shortened_as(command.printed, played.output)
    lines = unified_diff(command.printed, came, f"{where} shows", "this came", lineterm="", n=2)
    return "\n".join([f"{where}: {PROMPT}{command.typed}", *lines])


def _unlike(name: str, block: PageBlock, done: list[PlayedCommand]) -> str:
    where = f"{name}:{block.first}"
    if block.refused:
        return f"{where}: a command of this block should fail, and none did"
    failed = next(each for each in done if each.status)
    text = "\n".join(failed.output)
    return f"{name}:{failed.command.line}: failed with status {failed.status}: {failed.command.typed}\n{text}"
