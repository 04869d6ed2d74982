"""The result of a learner for programs, out of what is written down of the learner and the world as it is."""

from datetime import UTC, datetime

import msgspec

from emulator.kernel.time import SECOND
from emulator.labs.model import POINTS
from emulator.labs.telling import LabResult
from emulator.labs.timer import LabTimer, time_taken
from emulator.runtime.labs.grade_book import GradeBook


def outcome_of(book: GradeBook, now: float) -> LabResult:
    """The result as it was judged the last time; `now` in seconds since 1970."""
    saved, progress, timer, lab = book.saved, book.progress, book.saved.timer, book.lab
    points = tuple(own.points(task) for own, task in zip(progress.tasks, lab.tasks, strict=True))
    real = time_taken(LabTimer(timer.began, sat=timer.sat), exam=saved.exam, now=now, simulated=0)
    taken = book.time
    if taken.over and timer.clock == "real":
        real = msgspec.structs.replace(taken, taken=min(taken.taken, taken.limit or taken.taken))
    return LabResult(
        lab.name,
        lab.seed,
        sum(points),
        POINTS,
        progress.mastered(lab),
        tuple(progress.crossed),
        points,
        tuple(progress.met),
        saved.exam,
        real.taken // SECOND,
        book.held.world.now - book.position.record.start.now,
        timer.limit // SECOND,
        timer.clock,
        datetime.fromtimestamp(timer.began, UTC).isoformat(timespec="seconds"),
        saved.digest,
    )
