"""Scenarios played one after the other or several at once, each compared with its recorded transcript."""

import shlex
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import msgspec

from emulator.backend.store.database import Database
from emulator.kernel.errors import DataFileError, EmulatorError, Refused
from emulator.kernel.host_paths import below, read_text
from emulator.runtime.own_processes import starting_processes
from emulator.runtime.presenting import Presentation
from emulator.scenarios.failure import report, transcript_difference, where
from emulator.scenarios.loader import FILE, TRANSCRIPT, LoadedScenario, Mistakes, Variant, find_scenario, load
from emulator.scenarios.runner import Runner
from emulator.scenarios.variables import Values
from emulator.world.directory import WorldDirectory
from emulator.world.world import World

LONGEST_DIFFERENCE = 40
"""Lines of a transcript's difference that are shown."""


class Run(msgspec.Struct, frozen=True):
    """One variant of a scenario to be played.

    Attributes:
        name: of the scenario, as it was asked for.
        variant: its number among the combinations of the matrix.
        given: values of variables.
        real_https: routers call home over HTTPS.
        keep_world: the directory in which the world is kept where it failed.
        wrong: mistakes of the file, for which it cannot be played.
        file, line: of the first of them.
    """

    name: str
    variant: int
    given: dict[str, str]
    real_https: bool = False
    keep_world: Path | None = None
    wrong: tuple[str, ...] = ()
    file: str = ""
    line: int | None = None


class Outcome(msgspec.Struct, frozen=True):
    """The outcome of a run.

    Attributes:
        name: of the variant.
        steps: how many there are.
        seconds: of real time.
        transcript: everything that was typed and seen.
        recorded: the file of the transcript that it is compared with; None where it is compared with none.
        problem: why it failed, in one line; empty if it passed.
        story: the same at length.
        file, line: of the step that failed, or of the first mistake.
        step: the step that failed, counted from 1, so the transcript is not that of a whole replay; None without one.
        wrong: mistakes of the file, for which it was not played.
    """

    name: str
    steps: int
    seconds: float
    transcript: str
    recorded: Path | None
    problem: str = ""
    story: str = ""
    file: str = ""
    line: int | None = None
    step: int | None = None
    wrong: tuple[str, ...] = ()


def planned(
    names: Sequence[str], given: Values, *, real_https: bool = False, keep_world: Path | None = None
) -> list[Run]:
    """The runs for scenarios by name or file, each read and checked; one that is wrong is a run that tells why."""
    loaded = [_loaded_or_wrong(name, given) for name in names]
    many = sum(1 if isinstance(each, Run) else len(each.variants) for each in loaded) > 1
    runs = []
    for name, each in zip(names, loaded, strict=True):
        if isinstance(each, Run):
            runs.append(each)
            continue
        for number, variant in enumerate(each.variants):
            kept = keep_world / _plain(variant.name) if keep_world is not None and many else keep_world
            runs.append(Run(name, number, dict(given), real_https, kept))
    return runs


def played(
    runs: Sequence[Run], jobs: int, tell: Callable[[str], object], presentation: Presentation | None = None
) -> Iterator[Outcome]:
    """The outcomes in the order of the runs.

    Args:
        runs: what is played.
        jobs: how many processes play at once.
        tell: takes the transcripts, line by line as they come where one process plays alone.
        presentation: what is done beside it with the one that is played.

    Raises:
        Stopped: a person ended it.
        Refused: a process that played was ended from outside.
    """
    if jobs == 1 or len(runs) == 1:
        for run in runs:
            yield play(run, tell, presentation)
        return
    pool = ProcessPoolExecutor(min(jobs, len(runs)), mp_context=get_context("spawn"))
    try:
        with starting_processes(), pool:
            for outcome in pool.map(play, runs):
                tell(outcome.transcript)
                yield outcome
    except BrokenProcessPool:
        raise Refused("a process that played a scenario was ended from outside; play with fewer --jobs") from None


def play(run: Run, tell: Callable[[str], object] = len, presentation: Presentation | None = None) -> Outcome:
    """Play one variant and compare it with its transcript, unless extra lines were typed; of a wrong file tell that.

    Raises:
        Stopped: a person ended it.
    """
    if run.wrong:
        story = "\n".join(run.wrong)
        return Outcome(run.name, 0, 0.0, "", None, run.wrong[0], story, run.file, run.line, wrong=run.wrong)
    loaded = _loaded(run.name, run.given)
    variant, begun = loaded.variants[run.variant], perf_counter()
    heading = tuple(f"with {name}={value}" for name, value in variant.values.items())
    runner = Runner(loaded.name, variant.scenario, tell, heading, loaded.path.parent)
    if presentation is not None:
        presentation.watch(runner, variant.scenario)
    with _served(runner.world) if run.real_https else nullcontext():
        replay = runner.run()
    other = bool(run.given) or (presentation is not None and presentation.by_hand)
    recorded = None if other else recorded_transcript(loaded.path, variant)
    outcome = Outcome(variant.name, len(variant.scenario.steps), perf_counter() - begun, replay.transcript, recorded)
    if (failure := replay.difference) is not None:
        place = loaded.places[failure.step - 1].of_check(failure.check)
        story = report(failure, place)
        if run.keep_world is not None:
            keep(runner.world, run.keep_world)
            story += f"\nthe world is kept: isrtwin console --world {shlex.quote(str(run.keep_world))}"
        problem = f"{where(failure, place)}: expected {failure.expected}"
        return msgspec.structs.replace(
            outcome, problem=problem, story=story, file=place.file, line=place.line, step=failure.step
        )
    return _compared(outcome, run.name)


def _compared(outcome: Outcome, name: str) -> Outcome:
    if outcome.recorded is None or not outcome.recorded.is_file():
        return outcome
    recorded = _text(outcome.recorded)
    difference = transcript_difference(recorded, outcome.transcript, outcome.recorded.name).splitlines()
    if not difference:
        return outcome
    shown = difference[:LONGEST_DIFFERENCE]
    if len(difference) > len(shown):
        shown.append(f"... and {len(difference) - len(shown)} lines more")
    problem = f"{outcome.recorded}: another transcript was recorded"
    hint = f"isrtwin run {shlex.quote(name)} --update accepts the new one"
    return msgspec.structs.replace(
        outcome, problem=problem, story="\n".join((problem, *shown, hint)), file=str(outcome.recorded)
    )


def _text(recorded: Path) -> str:
    """The transcript beside a scenario.

    Raises:
        Refused: it lies elsewhere, or cannot be read.
    """
    try:
        return read_text(below(recorded.parent, recorded.name))
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{recorded} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def recorded_transcript(path: Path, variant: Variant) -> Path:
    """The file in which the transcript of a variant is recorded: beside its scenario."""
    stem = "" if path.name == FILE else f"{path.stem}."
    values = "".join(f".{_plain(f'{name}={value}')}" for name, value in variant.values.items())
    base, _, ending = TRANSCRIPT.partition(".")
    return path.parent / f"{stem}{base}{values}.{ending}"


def keep(world: World, target: Path) -> None:
    """Write a world into a directory of its own, to go on from there by hand.

    Raises:
        Refused: there is something in it already.
    """
    if target.exists() and any(target.iterdir()):
        raise Refused(f"the world is not kept: there is something in {target} already")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with WorldDirectory(target) as made:
        records = world.backend.database.dump()
        database = Database(made.database)
        database.claim(world.state.identity, new=True)
        database.load(records)
        database.close()
        made.keep_secret(world.secret)
        made.save(world.state_now())


def _loaded(name: str, given: Values) -> LoadedScenario:
    path = find_scenario(name)
    return load(name, path, given)


def _loaded_or_wrong(name: str, given: Values) -> LoadedScenario | Run:
    """The scenario, or the run that tells why it cannot be played."""
    try:
        return _loaded(name, given)
    except EmulatorError as error:
        found = error.found if isinstance(error, Mistakes) else (error,)
        first = found[0]
        file = first.path if isinstance(first, DataFileError) else ""
        line = first.where if isinstance(first, DataFileError) and isinstance(first.where, int) else None
        return Run(name, 0, dict(given), wrong=tuple(map(str, found)), file=file, line=line)


def _plain(text: str) -> str:
    """A text as a part of a file name."""
    return "".join(each if each.isalnum() or each in "=-_.," else "_" for each in text)


@contextmanager
def _served(world: World) -> Iterator[None]:
    """Routers call home over real HTTPS within; certificates and all are gone afterwards."""
    from emulator.runtime.servers import Served, Where

    with TemporaryDirectory(prefix="isrtwin-") as directory:
        served = Served(world, Path(directory), Where(), portal=False)
        served.start()
        try:
            yield
        finally:
            served.stop()
