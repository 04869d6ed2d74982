"""`isrtwin run`: replay scenarios as fast as possible.

A scenario that has a transcript beside it is compared with it, so a replay that departs is told even where no step
looked.
"""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from emulator.kernel.errors import Refused
from emulator.scenarios.loader import TRANSCRIPT, find_scenario, load_scenario, scenario_names
from emulator.scenarios.runner import Replay, Runner
from emulator.world.world import World


def run(options: Namespace) -> int:
    """Replay each; the status is 1 if any departed."""
    if options.all and options.scenarios:
        raise Refused("--all already means every scenario; name some, or use --all")
    names = scenario_names() if options.all else options.scenarios
    if not names:
        raise Refused(f"which scenario? Known: {', '.join(scenario_names())}; or --all")
    scenarios = [(name, path, load_scenario(path)) for name in names for path in [find_scenario(name)]]
    transcripts, failures = [], []
    for name, path, scenario in scenarios:
        runner = Runner(name, scenario, sys.stdout.write)
        with _served(runner.world) if options.real_https else nullcontext():
            replay = runner.run()
        transcripts.append(replay.transcript)
        recorded = path.parent / TRANSCRIPT
        complaint = _complaint(replay, None if _same_file(recorded, options.transcript) else recorded)
        if complaint:
            failures.append(name)
            print(f"\n{name}: FAILED {complaint}")
        else:
            print(f"\n{name}: passed, {len(scenario.steps)} steps")
    if options.transcript is not None:
        try:
            options.transcript.write_text("".join(transcripts), encoding="utf-8")
        except OSError as error:
            raise Refused(f"the transcript cannot be written to {options.transcript}: {error.strerror}") from error
    return 1 if failures else 0


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


def _same_file(recorded: Path, written: Path | None) -> bool:
    return written is not None and recorded.resolve() == written.resolve()


def _complaint(replay: Replay, recorded: Path | None) -> str | None:
    if replay.difference is not None:
        difference = replay.difference
        return f"at step {difference.step}\nexpected: {difference.expected}\ncame:     {difference.came}"
    if recorded is None or not recorded.is_file():
        return None
    expected = recorded.read_text(encoding="utf-8").splitlines()
    for number, (wanted, came) in enumerate(zip_longest(expected, replay.transcript.splitlines()), 1):
        if wanted != came:
            return f"at line {number} of {recorded.name}\nexpected: {wanted}\ncame:     {came}"
    return None
