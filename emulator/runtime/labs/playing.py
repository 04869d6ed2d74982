"""Starting a lab, and sitting down in one that was started."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from emulator.kernel.errors import START_ANEW, DataFileError, Refused, UnknownName
from emulator.kernel.time import MINUTE, Duration
from emulator.keys.world_secret import WorldSecret
from emulator.labs.loader import FIRST_SEED, open_lab
from emulator.labs.progress import fresh
from emulator.labs.shipped import find_lab, lab_name
from emulator.labs.timer import Clock, LabTimer
from emulator.runtime.attach import attach_to_holder
from emulator.runtime.held_world import HeldWorld, hold
from emulator.runtime.labs.file_names import has_lab
from emulator.runtime.labs.saved import LearnerFiles, new_saved, place_of
from emulator.runtime.labs.session import LabSession
from emulator.runtime.local_terminal import WorldOpened, give_past, go_back, work_at_terminal
from emulator.runtime.scenario_runs import keep
from emulator.runtime.scripted_bench import do_lines
from emulator.runtime.time_travel import loaded
from emulator.runtime.wall_clock import seconds_since_1970
from emulator.runtime.world_paths import world_option, world_path
from emulator.world.directory import HeldElsewhere, WorldDirectory
from emulator.world.history import History


def lab_path(name: str, given: Path | None) -> Path:
    """The directory of the world in which a lab is played: the one given, or that of the lab's name."""
    return world_path(given, f"lab-{lab_name(_page(name, given))}")


def _page(name: str, given: Path | None) -> Path:
    """The page of a lab: shipped, at a path, or that of a lab which was started and goes by its name.

    Raises:
        UnknownName: there is none.
    """
    try:
        return find_lab(name)
    except UnknownName:
        path = world_path(given, f"lab-{name}")
        if not has_lab(path):
            raise
        return LearnerFiles(path).page


def begin(
    name: str, target: Path, seed: int | None, *, exam: bool, clock: Clock = "real", limit: Duration | None = None
) -> None:
    """Build the world of a lab, with a secret of its own, and begin its record.

    Args:
        name: of the lab.
        target: directory of its world.
        seed: what names and numbers follow from; left out, the first.
        exam: without hints, and with a time limit.
        clock: which time counts.
        limit: of an exam; left out, the minutes that the lab takes.

    Raises:
        Refused: there is something in the directory already, or a practice is given a limit.
    """
    if limit is not None and not exam:
        raise Refused("a time limit is for an exam: add --exam")
    page = find_lab(name)
    opened = open_lab(page, FIRST_SEED if seed is None else seed, WorldSecret.random())
    keep(opened.world, target)
    lasts = opened.lab.front.minutes * MINUTE if exam and limit is None else limit or 0
    timer = LabTimer(seconds_since_1970(), clock, lasts)
    saved = new_saved(page, opened.lab, fresh(opened.lab), timer, exam=exam)
    LearnerFiles(target).begin(saved, opened.record.beginning)
    opened.world.close()
    with WorldDirectory(target) as directory:
        _, session = session_in(directory)
        session.keep_start()


def started_path(name: str, given: Path | None) -> Path:
    """The directory of the world in which a lab was started.

    Raises:
        Refused: no lab was started there, or another one.
    """
    path = lab_path(name, given)
    _refuse_unless_started(path, name, given)
    return path


def path_to_reset(name: str, given: Path | None) -> Path:
    """The directory of the world in which a lab was started, also where its files are damaged.

    Raises:
        Refused: no lab was started there, or another one.
    """
    path = lab_path(name, given)
    with suppress(DataFileError):  # which lab it was can be read no more
        _refuse_unless_started(path, name, given)
    return path


def reset(name: str, given: Path | None) -> None:
    """Delete the world of a lab and all that is known of the learner.

    Raises:
        Refused: no lab was started there, or another one.
    """
    import shutil

    path = path_to_reset(name, given)
    with WorldDirectory(path):
        shutil.rmtree(path)


def play(
    name: str,
    given: Path | None,
    lines: list[str] | None,
    tell: Callable[[str], object],
    *,
    pace: str = "",
    plain: bool = False,
    redraws: bool = False,
) -> int:
    """Sit down in a lab at its bench, or do lines there; where another process holds it, as its client.

    Args:
        name: of the lab.
        given: the directory of its world; left out, the one of its name.
        lines: done at the bench, one after the other; left out, a person works there.
        tell: takes what is printed.
        pace: simulated seconds in a real one.
        plain: no line with the time below the prompt.
        redraws: a message stands above the line being typed, and not in the middle of it.
    """
    from argparse import Namespace

    path = started_path(name, given)
    try:
        with WorldDirectory(path) as directory, _way_out(directory):
            held, session = session_in(directory)
            give_past(directory, held)
            if lines is not None:
                travel = partial(go_back, directory, opened=session.opened)
                return do_lines(held, held.bench, lines, tell, travel)
            tell(session.text())
            seen = {"plain": plain, "redraws": redraws}
            return work_at_terminal(directory, held, None, pace=pace, opened=session.opened, **seen)
    except HeldElsewhere as elsewhere:
        return attach_to_holder("bench", Namespace(world=path, lines=lines, plain=plain, redraw=redraws), elsewhere)


def session_in(
    directory: WorldDirectory, wall: Callable[[], float] = seconds_since_1970
) -> tuple[HeldWorld, LabSession]:
    """The world in a directory that is held, and the lab that was begun there, to be played on.

    Args:
        directory: of the world.
        wall: seconds since 1970, as they count for the learner.
    """
    with _way_out(directory):
        found = place_of(loaded(directory))
        held = hold(directory, fresh=False, first=None)
        return held, LabSession(directory, held, found, wall)


def hold_with_lab(directory: WorldDirectory, take: Callable[[], HeldWorld]) -> tuple[HeldWorld, WorldOpened]:
    """Hold a world by whatever command; where a lab is played in it, it is played there too.

    Args:
        directory: of the world.
        take: holds it.
    """
    if not has_lab(directory.path):
        return take(), lambda _held: None
    with _way_out(directory):
        found = place_of(loaded(directory))
        held = take()
        return held, LabSession(directory, held, found).opened


def refuse_in_sound_lab(directory: WorldDirectory) -> None:
    """Refuse a way back that costs nothing in a world where a lab is played, unless its files are damaged.

    Raises:
        Refused: a lab is played there, and `lab back` goes back.
    """
    if not has_lab(directory.path):
        return
    try:
        place_of(loaded(directory))
        name = lab_name(LearnerFiles(directory.path).page)
    except DataFileError:
        return  # then a checkpoint is the only way on
    command = f"isrtwin lab back {shlex.quote(name)} CHECKPOINT"
    world = "" if directory.path == lab_path(name, None) else f" --world {shlex.quote(str(directory.path))}"
    raise Refused(f"the lab {name} is played in this world; `{command}{world}` goes back there, at its cost")


@contextmanager
def _way_out(directory: WorldDirectory) -> Iterator[None]:
    """Name the last sound checkpoint where a file is damaged: a world that starts anew gives the lab up."""
    try:
        yield
    except DataFileError as error:
        if START_ANEW not in error.problem:
            raise
        labels = History(directory).snapshots()
        labels.pop(Path(error.path).parent.name, None)
        if not labels:
            raise DataFileError(error.path, error.where, error.problem.replace(START_ANEW, "reset the lab")) from error
        last = max(labels, key=lambda name: (labels[name].stretch, labels[name].inputs))
        command = f"isrtwin world restore {last}{world_option(directory.path)}"
        problem = error.problem.replace(START_ANEW, f"go back to the last checkpoint: `{command}`")
        raise DataFileError(error.path, error.where, problem) from error


def _refuse_unless_started(path: Path, name: str, given: Path | None) -> None:
    if has_lab(path):
        other = lab_name(LearnerFiles(path).page)
        if other != (wanted := lab_name(_page(name, given))):
            raise Refused(f"the lab in {path} is {other}, not {wanted}")
    else:
        command = f"isrtwin lab start {shlex.quote(name)}"
        world = "" if path == lab_path(name, None) else f" --world {shlex.quote(str(path))}"
        raise Refused(f"the lab {name} was not started in {path}; `{command}{world}` starts it")
