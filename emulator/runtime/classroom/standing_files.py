"""The standing of a learner whose world is put down, as it was written down when it was judged the last time."""

from pathlib import Path

from emulator.kernel.errors import EmulatorError
from emulator.labs.loader import read_lab
from emulator.labs.timer import time_taken
from emulator.runtime.extras import needs_serve
from emulator.runtime.labs.saved import LearnerFiles
from emulator.runtime.wall_clock import seconds_since_1970

with needs_serve():
    from emulator.transports.classroom.ports import LabStanding


def standing_in(path: Path) -> LabStanding:
    """The standing in the world in a directory; one that was not begun, or is damaged, has none."""
    files = LearnerFiles(path)
    if not files.there:
        return LabStanding()
    try:
        saved = files.load()
        lab = read_lab(Path(saved.page), saved.seed, saved.values)
    except EmulatorError:
        return LabStanding("failed")
    progress = saved.progress
    current = progress.current(lab)
    place = "all tasks done" if current is None else f"task {current + 1} of {len(lab.tasks)}"
    taken = time_taken(saved.timer, exam=saved.exam, now=seconds_since_1970(), simulated=0)
    state = "done" if progress.finished(lab) else "in progress"
    return LabStanding(state, progress.points(lab), place, taken.text)
