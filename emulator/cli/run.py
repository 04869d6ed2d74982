"""`isrtwin run`: replay scenarios as fast as possible, for people and for CI.

A scenario that has a transcript beside it is compared with it, so a replay that departs is told even where no step
looked.
"""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.cli.output import complain, say, say_json, show
from emulator.cli.runbook import ENDING, run_pages
from emulator.kernel.errors import Refused
from emulator.kernel.host_paths import below
from emulator.scenarios.loader import scenario_names
from emulator.scenarios.stepping import Stopped
from emulator.scenarios.variables import settings

if TYPE_CHECKING:
    from emulator.runtime.presenting import Presentation
    from emulator.runtime.scenario_runs import Outcome, Run


def run(options: Namespace) -> int:
    """Replay each; the status is 1 if any departed, 2 if a file is wrong, after the others were played."""
    if any(name.endswith(ENDING) for name in options.scenarios):
        return run_pages(options)
    from emulator.runtime.scenario_reports import as_junit, as_plain, summary
    from emulator.runtime.scenario_runs import planned, played

    if options.update and options.set:
        raise Refused("--update records a scenario as its file is; it does not go with --set")
    if options.all and options.scenarios:
        raise Refused("--all already means every scenario; name some, or use --all")
    names = scenario_names() if options.all else options.scenarios
    if not names:
        raise Refused(f"which scenario? Known: {', '.join(scenario_names())}; or --all")
    runs = planned(names, settings(options.set), real_https=options.real_https, keep_world=options.keep_world)
    presentation = _presentation(options, runs, named=len(names))
    silent = options.quiet or options.json
    outcomes: list[Outcome] = []
    try:
        with _progress(len(runs), shown=silent) as ahead:
            tell = (lambda _: None) if silent else show
            for outcome in played(runs, options.jobs, tell, presentation):
                current = _updated(outcome) if options.update else outcome
                if options.transcript is not None and _same_file(outcome.recorded, options.transcript):
                    current = _accepted(outcome)
                outcomes.append(current)
                ahead()
                _tell(current, options)
    except Stopped as stopped:
        say(f"\n{stopped}")
    if options.json:
        say_json(as_plain(outcomes))
    elif len(outcomes) > 1 or options.quiet:
        say(summary(outcomes))
    if options.junit is not None:
        _write(options.junit, as_junit(outcomes), "the report")
    if options.transcript is not None:
        _write(options.transcript, "".join(each.transcript for each in outcomes).encode(), "the transcript")
    if presentation is not None:
        presentation.write()
    if any(outcome.wrong for outcome in outcomes):
        return 2
    return 1 if any(outcome.problem for outcome in outcomes) else 0


def _presentation(options: Namespace, runs: "Sequence[Run]", named: int) -> "Presentation | None":
    """Output that people asked for; it is made of one scenario.

    Raises:
        Refused: more than one is played, it is wrong, or nobody could read or type.
    """
    from emulator.runtime.presenting import Presentation, Wanted

    wanted = Wanted(options.cast, options.html, options.svg)
    if not wanted and not options.step:
        return None
    if len(runs) != 1:
        way = "name one" if named > 1 else "choose one of its combinations with --set"
        raise Refused(f"--step, --cast, --html and --svg are for one scenario, not for {len(runs)}; {way}")
    if runs[0].wrong:
        raise Refused("\n".join(runs[0].wrong))
    if options.step and (options.quiet or options.json or options.update):
        raise Refused("--step shows what is played; it does not go with --quiet, --json and --update")
    return Presentation(wanted, _ask if options.step else None, show)


def _ask(prompt: str) -> str | None:
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        return None


def _tell(outcome: "Outcome", options: Namespace) -> None:
    """Print how one went, unless JSON is wanted; mistakes of its file are told anyway."""
    for mistake in outcome.wrong:
        complain(f"isrtwin: {mistake}")
    if options.json or outcome.wrong:
        return
    quiet, kept = options.quiet, options.keep_world is not None
    before = "" if quiet else "\n"
    if outcome.problem:
        say(f"{before}{outcome.name}: FAILED {outcome.story}")
        if outcome.step is not None and not quiet and not kept:
            say("with --keep-world DIR the world is kept as it is here; --quiet leaves the transcript out")
    elif not quiet:
        say(f"{before}{outcome.name}: passed, {outcome.steps} steps")


def _updated(outcome: "Outcome") -> "Outcome":
    """Record the transcript of a replay whose steps all passed, once its difference was shown."""
    from msgspec.structs import replace

    recorded = outcome.recorded
    if outcome.step is not None or recorded is None or (recorded.is_file() and not outcome.problem):
        return outcome
    if outcome.problem:
        say(outcome.story)
        if sys.stdin.isatty() and sys.stdout.isatty():
            say(f"record this transcript of {outcome.name}? [y/N] ", end="")
            if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
                return replace(outcome, story=outcome.problem)
    _write(below(recorded.parent, recorded.name), outcome.transcript.encode(), "the transcript")
    return _accepted(outcome)


def _accepted(outcome: "Outcome") -> "Outcome":
    """The outcome without its difference from what was recorded."""
    from msgspec.structs import replace

    return outcome if outcome.step is not None or outcome.wrong else replace(outcome, problem="", story="", file="")


def _same_file(recorded: Path | None, written: Path) -> bool:
    return recorded is not None and recorded.resolve() == written.resolve()


def _write(path: Path, content: bytes, what: str) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refused(f"{what} cannot be written to {path}: {error.strerror}") from error


@contextmanager
def _progress(count: int, *, shown: bool) -> Iterator[Callable[[], object]]:
    """A bar on a terminal, while nothing else is shown there; the value is called as each scenario ends."""
    if not shown or count < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scenarios", total=count)
        yield lambda: bar.advance(task)
