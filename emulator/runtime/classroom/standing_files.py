"""The standing of a learner whose world is put down, as it was written down when it was judged the last time."""

from pathlib import Path

from emulator.kernel.errors import EmulatorError
from emulator.labs.loader import read_lab
from emulator.labs.timer import time_taken
from emulator.runtime.classroom.notices import Stops
from emulator.runtime.extras import needs_serve
from emulator.runtime.labs.file_names import has_lab
from emulator.runtime.labs.overviews import brief
from emulator.runtime.labs.saved import LearnerFiles
from emulator.runtime.wall_clock import seconds_since_1970

with needs_serve():
    from emulator.transports.classroom.ports import LabStanding


def standing_in(path: Path, stops: Stops) -> LabStanding:
    """The standing in the world in a directory; one that was not begun, or is damaged, has none.

    Args:
        path: the directory.
        stops: when its learner was stopped.
    """
    if not has_lab(path):
        return LabStanding()
    try:
        saved = LearnerFiles(path).load()
        lab = read_lab(Path(saved.page), saved.seed, saved.values)
    except EmulatorError:
        return LabStanding("failed")
    taken = time_taken(saved.timer, exam=saved.exam, now=learners_time(saved.timer.began, stops), simulated=0)
    now = brief(lab, saved, taken)
    done = not now.hidden and (saved.exam or saved.progress.finished(lab))
    return LabStanding("done" if done else "in progress", now.points, now.place, now.time)


def learners_time(began: float, stops: Stops) -> float:
    """Seconds since 1970, without those for which a learner was stopped since beginning."""
    now = seconds_since_1970()
    return now - stops.stopped_within(began, now)
