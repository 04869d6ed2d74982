"""The present overview of a learner's lab, out of what is written down of the learner and the world as it is."""

import copy
from collections.abc import Sequence

from emulator.labs import grading, telling
from emulator.labs.model import TrainingLab
from emulator.labs.overview import BriefStanding, LabOverview, Sitting, overview
from emulator.labs.progress import Progress
from emulator.labs.timer import TimeTaken
from emulator.runtime.labs.grade_book import GradeBook, Judgement
from emulator.runtime.labs.saved import SavedLab
from emulator.scenarios.predicates.record import ANSWER


def overview_of(book: GradeBook) -> LabOverview:
    """The lab and the learner in it, judged by now; the reasons that are shown are told, as by a check."""
    lab, exam, time = book.lab, book.saved.exam, book.time
    shown: Sequence[grading.JudgedTask] = ()
    if not exam or time.over:
        judged = book.judge(lately=True) if book.open else judged_apart(book)
        shown = telling.up_to_present(book.progress.current(lab), judged)
    if book.open:
        note_told(book.progress, shown)
    ended = time.over if exam else book.progress.current(lab) is None
    sitting = Sitting(
        time.text,
        book.saved.timer.paused,
        time.over,
        exam,
        {each.subject: each.said for each in book.position.record.happened if each.act == ANSWER},
        () if exam else tuple(book.checkpoints),
        telling.result_text(lab, book.progress, book.position) if ended else "",
    )
    return overview(lab, book.progress, shown, sitting)


def brief_standing_of(book: GradeBook) -> BriefStanding:
    """The standing as it is by now, judged once for each input and act; in an exam without points."""
    if book.open:
        book.judge(lately=True)
    return brief(book.lab, book.saved, book.time)


def brief(lab: TrainingLab, saved: SavedLab, time: TimeTaken) -> BriefStanding:
    """The standing as it is written down, with the time that was taken."""
    if saved.exam and not time.over:
        return BriefStanding(0, 1, "exam", time.text, hidden=True)
    current = None if saved.exam else saved.progress.current(lab)
    place = (
        "exam over"
        if saved.exam
        else "all tasks done"
        if current is None
        else f"task {current + 1} of {len(lab.tasks)}"
    )
    return BriefStanding(saved.progress.points(lab), 0 if current is None else current + 1, place, time.text)


def judged_apart(book: GradeBook) -> Judgement:
    """Judge the world where that does not count any more."""
    return grading.check(book.lab, copy.deepcopy(book.progress), book.position)


def note_told(progress: Progress, judged: Sequence[grading.JudgedTask]) -> None:
    """Note the rules that a judgment has told, which no hint is charged for."""
    for own, task in zip(progress.tasks, judged, strict=False):
        own.told = sorted({*own.told, *task.rules})
