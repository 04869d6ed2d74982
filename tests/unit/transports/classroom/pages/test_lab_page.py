"""The page of a lab without a script: what it shows, what its forms do, and the parts that change."""

import pytest
from lxml import etree
from msgspec.structs import replace

from tests.unit.transports.classroom.place import LAB, ClassPlace, FakeLab, Visitor


@pytest.fixture
def place() -> ClassPlace:
    return ClassPlace()


@pytest.fixture
def ann(place: ClassPlace) -> Visitor:
    return place.browser("ann").open("/learn/naming")


@pytest.fixture
def lab(place: ClassPlace) -> FakeLab:
    return place.served.places["ann"]


def parts(text: str) -> dict[str, str]:
    """The parts of a page that change, by name, white space evened out."""
    found = etree.HTML(text).xpath("//*[@data-part]")
    return {part.get("data-part"): " ".join(" ".join(part.itertext()).split()) for part in found}


def test_the_page_shows_the_lab_and_how_the_learner_stands(ann: Visitor) -> None:
    shown = parts(ann.answer.text)
    assert (shown["standing"], shown["time"]) == ("Task 1 of 2, 10 of 100 points", ", 3m")
    assert shown["state-1"] == "in progress 10 of 60 points"
    assert shown["checks-1"] == ("not yet R1 is called start. 0 of 50 holds It holds. 10 of 10 The name is not saved.")
    assert "Task 2: The rest" in ann.text
    assert "<em>another</em> name." in ann.answer.text
    assert "<code>shop</code>. &lt;b&gt;" in ann.answer.text, "HTML of a lab is shown as it is written"


def test_what_changes_every_second_is_read_out_by_no_screen_reader(ann: Visitor) -> None:
    live = etree.HTML(ann.answer.text).xpath("//*[@role='status' or @role='alert' or @aria-live]")
    spoken = [" ".join(each.itertext()) for each in live]
    assert any("10 of 100 points" in each for each in spoken)
    assert not [each for each in spoken if "3m" in each]


def test_the_parts_that_change_are_those_of_the_page(ann: Visitor) -> None:
    page = parts(ann.answer.text)
    ann.open("/learn/naming/progress")
    assert parts(ann.answer.text) == page
    again = ann.answer.headers["ETag"]
    assert ann.open("/learn/naming/progress", **{"If-None-Match": again}).status == 304


def test_the_parts_are_sent_when_they_have_changed(ann: Visitor, lab: FakeLab) -> None:
    tag = ann.open("/learn/naming/progress").answer.headers["ETag"]
    lab.shown = replace(LAB, points=60)
    assert ann.open("/learn/naming/progress", **{"If-None-Match": tag}).status == 200
    assert parts(ann.answer.text)["standing"].startswith("Task 1 of 2, 60 of 100 points")


@pytest.mark.parametrize(
    ("act", "fields", "asked", "told"),
    [
        ("answer", {"question": "SERIAL", "answer": "FTX"}, "answer SERIAL FTX", "Answered: SERIAL is FTX."),
        ("hint", {}, "hint", "Look at the prompt. R1> show version"),
        ("pause", {}, "pause True", "The time is stopped; nothing counts until you continue."),
        ("continue", {}, "pause False", "The time runs again."),
        ("back", {"checkpoint": "task-1"}, "back task-1", "The world is as at the checkpoint task-1."),
        ("reset", {}, "reset", "The lab begins anew, with the same names and numbers"),
    ],
)
def test_what_a_form_does_is_told_on_the_page_that_it_came_from(
    act: str, fields: dict[str, str], asked: str, told: str, ann: Visitor, lab: FakeLab
) -> None:
    ann.send(f"/learn/naming/{act}", pane="bench", **fields)
    assert (ann.path, ann.answer.url.query) == ("/learn/naming", b"pane=bench")
    assert told in ann.text
    assert lab.asked == [asked]
    assert told not in ann.open("/learn/naming").text


@pytest.mark.parametrize(
    ("act", "fields", "told"),
    [
        ("answer", {"question": "SERAIL", "answer": "FTX"}, "Unknown question 'SERAIL'. Did you mean SERIAL?"),
        ("solve", {}, "All tasks are done; there is nothing left to hint at."),
    ],
)
def test_a_refusal_is_told_on_the_page(act: str, fields: dict[str, str], told: str, ann: Visitor) -> None:
    ann.send(f"/learn/naming/{act}", **fields)
    assert ann.status == 400
    assert told in ann.text
    assert "Task 1: The name" in ann.text


def test_a_solution_and_a_fresh_start_are_asked_for_on_a_page_of_their_own(ann: Visitor, lab: FakeLab) -> None:
    ann.open("/learn/naming/solve?pane=bench")
    assert "Show the solution of task 1?" in ann.text
    assert "50 points of this task can still be earned; after its solution was shown, no more are." in ann.text
    ann.open("/learn/naming/reset?pane=bench")
    assert "You have 10 of 100 points; they are earned anew." in ann.text
    assert etree.HTML(ann.answer.text).xpath("string(//a[text()='Cancel']/@href)") == "/learn/naming?pane=bench"
    assert lab.asked == []
    ann.send("/learn/naming/reset", pane="bench")
    assert (lab.asked, ann.answer.url.query) == (["reset"], b"pane=bench")
    lab.shown = replace(LAB, exam=True)
    assert [ann.open(f"/learn/naming/{act}").status for act in ("solve", "reset")] == [404, 404]


def test_a_form_that_is_sent_twice_is_carried_out_once(ann: Visitor, lab: FakeLab) -> None:
    page = ann.answer
    ann.send("/learn/naming/hint")
    ann.answer = page
    ann.send("/learn/naming/hint")
    assert lab.asked == ["hint"]
    assert "nothing was done twice" in ann.text


def test_the_console_beside_the_text_is_the_one_that_was_asked_for(ann: Visitor) -> None:
    def socket() -> str:
        return str(etree.HTML(ann.answer.text).xpath("string(//@data-console)"))

    assert socket() == "/learn/naming/console/R1/con0/socket"
    ann.open("/learn/naming?pane=bench")
    assert socket() == "/learn/naming/console/bench/bench/socket"
    ann.open("/learn/naming?pane=lab")
    assert (ann.status, socket()) == (200, "/learn/naming/console/R1/con0/socket")
    ann.open("/learn/naming?pane=R9")
    assert (ann.status, "This lab has no such router." in ann.text) == (404, True)


def test_what_happened_is_shown_once_all_is_done(ann: Visitor, lab: FakeLab) -> None:
    lab.shown = replace(LAB, current=0, finished=True, result="# Naming: 100 of 100 points\n\nThe lab is mastered.\n")
    ann.open("/learn/naming")
    assert "The lab is mastered." in ann.text
    assert parts(ann.answer.text)["standing"].startswith("All tasks done, ")
    ann.open("/learn/naming/result")
    assert ann.answer.headers["Content-Disposition"] == 'attachment; filename="ann-naming.json"'
    assert ann.answer.content == b"{}\n"


def test_an_exam_tells_no_points_and_gives_no_hints(ann: Visitor, lab: FakeLab) -> None:
    lab.shown = replace(LAB, exam=True, tasks=tuple(replace(each, checks=(), told="") for each in LAB.tasks))
    ann.open("/learn/naming")
    assert parts(ann.answer.text)["standing"] == "Exam"
    assert "Hint" not in ann.text
    assert "Show solution" not in ann.text
    ann.send("/learn/naming/finish")
    assert "Tick that you are done; an exam cannot be taken back." in ann.text
    assert lab.asked == []
    ann.send("/learn/naming/finish", sure="yes")
    assert lab.asked == ["finish"]


def test_a_lab_that_the_class_does_not_have(ann: Visitor) -> None:
    assert ann.open("/learn/first-boot").status == 404
    assert "This class has no such lab." in ann.text


def test_a_megabyte_is_refused_before_it_is_read(ann: Visitor, lab: FakeLab) -> None:
    ann.send("/learn/naming/answer", question="SERIAL", answer="x" * 1_000_000)
    assert ann.status == 413
    assert "A request may hold 64 KiB" in ann.text
    assert lab.asked == []


def test_a_note_is_shown_until_it_was_seen(ann: Visitor, place: ClassPlace) -> None:
    place.served.notes["ann"] = "Come to the <front>."
    assert parts(ann.open("/learn/naming/progress").answer.text)["notice"] == "Come to the <front>."
    assert "Come to the <front>." in ann.open("/learn/naming").text
    ann.send("/learn/naming/seen", pane="bench")
    assert (ann.path, "front" in ann.text) == ("/learn/naming", False)


def test_a_stopped_class_is_told_to_its_learners(ann: Visitor, place: ClassPlace) -> None:
    place.served.frozen = True
    assert "Your teacher has stopped the class." in ann.open("/learn/naming").text
    assert "stopped" not in place.browser("teacher").open("/learn/naming").text
