"""The teacher's pages without a script: wall, one learner, gradebook, join links."""

import csv
import io
import json

import pytest
from lxml import etree
from msgspec.structs import replace

from emulator.transports.classroom.pages.wall import LONGEST_NOTE
from emulator.transports.classroom.ports import Attendee, GradeRow, LabStanding, Moved
from tests.unit.transports.classroom.pages.test_lab_page import parts
from tests.unit.transports.classroom.place import ClassPlace, Visitor


@pytest.fixture
def place() -> ClassPlace:
    return ClassPlace()


@pytest.fixture
def teacher(place: ClassPlace) -> Visitor:
    return place.browser("teacher")


def test_the_wall_tells_who_is_where_and_who_needs_help_first(place: ClassPlace, teacher: Visitor) -> None:
    place.served.standing["ann"] = LabStanding(
        "stuck", 10, "task 1 of 2", "3m", "R1: show license", "same refusal 4 times"
    )
    shown = parts(teacher.open("/class/wall").answer.text)
    assert shown["counts"] == "stuck 1 to do 1"
    assert shown["help"] == "Needs help Ann <Lee> , A name for the router, task 1 of 2: same refusal 4 times"
    assert shown["seat-1"] == "Ann <Lee> stuck 10 points, task 1 of 2, 3m R1: show license"
    assert shown["seat-2"] == "Ben to do A name for the router"
    assert parts(teacher.open("/class/wall/parts").answer.text) == shown


def test_a_projector_shows_no_names(place: ClassPlace, teacher: Visitor) -> None:
    place.served.standing["ann"] = LabStanding("stuck", 10, "task 1 of 2", "3m", "", "12 min without progress")
    for address in ("/class/wall?view=projector", "/class/wall/parts?view=projector"):
        teacher.open(address)
        assert "Ann" not in teacher.text
        assert "Ben" not in teacher.text
        assert "Seat 1" in teacher.text
        assert "/class/learners/ann" not in teacher.answer.text, "an address has the name too"
    page = etree.HTML(teacher.open("/class/wall?view=projector").answer.text)
    assert page.xpath("string(//@data-parts)") == "/class/wall/parts?view=projector"


def test_the_class_is_stopped_and_goes_on(place: ClassPlace, teacher: Visitor) -> None:
    teacher.open("/class/wall").send("/class/freeze", frozen="yes")
    assert place.served.frozen
    assert "Continue class" in teacher.text
    teacher.send("/class/freeze", frozen="no")
    assert not place.served.frozen
    assert "The class goes on." in teacher.text


def test_a_note_goes_to_all_or_to_one(place: ClassPlace, teacher: Visitor) -> None:
    teacher.open("/class/wall").send("/class/note", note="Break\nuntil ten")
    assert place.served.notes == {"ann": "Break until ten", "ben": "Break until ten"}
    teacher.open("/class/learners/ann/naming").send("/class/learners/ann/naming/note", note="Well done")
    assert place.served.notes == {"ann": "Well done", "ben": "Break until ten"}
    teacher.send("/class/learners/ann/naming/note", note="x" * (LONGEST_NOTE + 1))
    assert teacher.status == 422
    assert f"Write up to 300 characters; this note has {LONGEST_NOTE + 1}." in teacher.text
    assert place.served.notes["ann"] == "Well done"


def test_a_learner_is_read_watched_and_put_back(place: ClassPlace, teacher: Visitor) -> None:
    teacher.open("/class/learners/ann/naming")
    assert parts(teacher.answer.text)["standing"] == "Task 1 of 2, 10 of 100 points"
    page = etree.HTML(teacher.answer.text)
    assert page.xpath("string(//@data-console)") == "/class/learners/ann/naming/console/R1/con0/socket"
    assert page.xpath("//*[@data-watch]")
    assert not etree.HTML(teacher.open("/class/learners/ann/naming?step=in").answer.text).xpath("//*[@data-watch]")
    teacher.open("/class/learners/ann/naming/rewind?checkpoint=task-1")
    assert "Put Ann <Lee> back?" in teacher.text
    assert place.served.places["ann"].asked == []
    teacher.send("/class/learners/ann/naming/rewind", checkpoint="task-1")
    assert place.served.places["ann"].asked == ["rewind task-1"]
    teacher.send("/class/learners/ann/naming/rewind", checkpoint="task-7")
    assert "Unknown checkpoint 'task-7'." in teacher.text


def test_in_an_exam_a_learner_is_not_put_back(place: ClassPlace, teacher: Visitor) -> None:
    ann = place.served.places["ann"]
    ann.shown = replace(ann.shown, exam=True, checkpoints=())
    assert not etree.HTML(teacher.open("/class/learners/ann/naming").answer.text).xpath("//*[@name='checkpoint']")
    assert teacher.open("/class/learners/ann/naming/rewind").status == 404


def test_a_lab_that_a_learner_has_not_begun_is_not_begun_by_the_teacher(place: ClassPlace, teacher: Visitor) -> None:
    place.served.places["ann"].begun = False
    teacher.open("/class/learners/ann/naming")
    assert "Ann <Lee> has not begun this lab" in teacher.text
    assert not etree.HTML(teacher.answer.text).xpath("//*[@data-console]")
    teacher.send("/class/learners/ann/naming/rewind", checkpoint="start", form_key="a")
    assert teacher.status == 400
    assert teacher.open("/class/learners/ann/naming/progress").status == 400
    assert place.served.places["ann"].asked == []


@pytest.mark.parametrize("address", ["/class/learners/carl/naming", "/class/learners/teacher/naming"])
def test_a_learner_that_the_class_does_not_have(address: str, teacher: Visitor) -> None:
    assert teacher.open(address).status == 404


def test_the_gradebook_is_a_table_and_two_files(
    place: ClassPlace, teacher: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Ann <Lee> 10 3m" in teacher.open("/class/gradebook").text
    rows = [GradeRow("ann", "\u2212cmd|calc", "naming", "done", 100, "9m")]
    monkeypatch.setattr(place.served, "gradebook", lambda: rows)
    teacher.open("/class/gradebook.csv")
    heading, row = csv.reader(io.StringIO(teacher.answer.text))
    assert heading == ["id", "name", "lab", "state", "points", "time"]
    assert row == ["ann", "'\u2212cmd|calc", "naming", "done", "100", "9m"]
    assert json.loads(teacher.open("/class/gradebook.json").answer.content) == [
        {"id": "ann", "name": "\u2212cmd|calc", "lab": "naming", "state": "done", "points": 100, "time": "9m"}
    ]


def test_the_learners_are_listed_with_their_labs_and_the_key_of_results(teacher: Visitor) -> None:
    teacher.open("/class/learners")
    assert "Ann <Lee> Open in progress 10 points, task 1 of 2, 3m" in teacher.text
    assert "Ben to do" in teacher.text
    assert "isrtwin lab verify FILE --key 0123456789ABCDEF" in teacher.text


def test_the_sheet_has_a_code_and_a_link_for_each_learner_and_not_the_teachers(teacher: Visitor) -> None:
    teacher.open("/class/links")
    for learner in ("ann", "ben"):
        assert f"https://class.example/join/code-of-{learner}" in teacher.text
    assert len(etree.HTML(teacher.answer.text).xpath("//*[@class='qr']")) == 2
    assert "code-of-teacher" not in teacher.text


def test_a_wall_of_many_seats(place: ClassPlace, teacher: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Attendee(f"l{number}", f"L{number}") for number in range(500)]
    monkeypatch.setattr(place.served, "learners", lambda: many)
    place.served.standing = {each.id: LabStanding() for each in many}
    assert len(etree.HTML(teacher.open("/class/wall").answer.text).xpath("//ol/li")) == 500


def test_a_checkpoint_is_handed_out_or_all_are_put_back_to_it(place: ClassPlace, teacher: Visitor) -> None:
    start = {"lab": "naming", "checkpoint": "start", "act": "back"}
    teacher.open("/class/wall").send("/class/checkpoint", **start)
    problem = etree.HTML(teacher.answer.text).xpath("string(//*[@id='sure-problem'])")
    assert problem == "Tick that what the learners have done since is to go; it cannot be brought back."
    teacher.send("/class/checkpoint", **start, sure="yes")
    assert "On the way to start. 1 of 2 learners." in teacher.text
    teacher.send("/class/checkpoint", **start, sure="yes")
    assert (teacher.status, "The class is on its way already." in teacher.text) == (400, True)
    place.served.moved = Moved("start", 2, 2, ("Ben (has not begun)",), over=True)
    assert "1 learner is at start now. Not moved: Ben (has not begun)." in teacher.open("/class/wall").text
    assert "Not moved: 1." in teacher.open("/class/wall?view=projector").text
    teacher.open("/class/wall").send("/class/checkpoint", lab="naming", checkpoint="task-2", act="hand-out")
    teacher.open("/class/learners/ann/naming").send("/class/learners/ann/naming/hand-out", task="1")
    assert "The world of Ann <Lee> is as at the end of task 1." in teacher.text
    assert place.served.places["ann"].asked == ["naming to start, None", "naming to task-2, 2", "hand out 1"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"checkpoint": "task-0"}, "A checkpoint is start, or the end of a task, such as task-1."),
        ({"checkpoint": "start"}, "At the start there is nothing to hand out; put all back to it instead."),
        ({"checkpoint": "task-1", "lab": "first-boot"}, "Choose a lab of this class."),
    ],
)
def test_a_wrong_checkpoint_for_all_is_told(fields: dict[str, str], told: str, teacher: Visitor) -> None:
    teacher.open("/class/wall").send("/class/checkpoint", **{"lab": "naming", "act": "hand-out", **fields})
    assert (teacher.status, told in teacher.text) == (422, True)
    opened = etree.HTML(teacher.answer.text).xpath("//details[@open]/summary/text()")
    assert opened == ["Checkpoint for all"]
