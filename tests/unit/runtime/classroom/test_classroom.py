"""A class in process: each learner's world is their own, opened at its first use and put down when it is idle."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import msgspec
import pytest

from emulator.cli.main import main
from emulator.kernel.errors import EmulatorError, Refused
from emulator.kernel.time import MINUTE
from emulator.labs.class_file import TEACHER, ClassPlan
from emulator.labs.progress import DOOR_COST, FREE
from emulator.runtime.classroom import classroom
from emulator.runtime.classroom.class_directory import ClassDirectory
from emulator.runtime.classroom.classroom import AFTER_EACH, IDLE, Classroom
from emulator.runtime.classroom.notices import ClassNotices
from emulator.runtime.classroom.serving import note_on_address
from emulator.runtime.labs.saved import LearnerFiles
from emulator.runtime.replay import replaying, same_state
from emulator.runtime.time_travel import loaded
from emulator.transports.classroom.ports import AttendedLab, Moved
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from tests.unit.runtime.classroom.place import plan_in

LAB = "naming"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Room:
    """A class of Ann and Ben in a folder."""

    def __init__(self, folder: Path, plan: ClassPlan | None = None) -> None:
        self.folder, self.clock = folder, Clock()
        self.plan = plan or plan_in(folder)
        self.directory = ClassDirectory(folder / "class")

    def __enter__(self) -> "Room":
        self.directory.__enter__()
        for lab, page in self.plan.labs.items():
            self.directory.keep_page(lab, page)
        self.room = Classroom(self.plan, self.directory, self.clock)
        return self

    def __exit__(self, *_: object) -> None:
        self.room.stop()
        self.directory.__exit__()

    def lab(self, learner: str = "ann") -> AttendedLab:
        found = self.room.lab(learner, LAB)
        assert found is not None
        return found

    def leave_start(self, learner: str) -> None:
        """Wait until time has passed in a learner's world: what happens at the instant of the start belongs to it."""
        while not json.loads(self.lab(learner).signed_result())["result"]["simulated"]:
            """A world that is open goes with real time."""

    def serial(self, learner: str) -> str:
        """The serial number of R1 in a learner's world."""
        return self.lab(learner).consoles.routers()[0].udi.partition(":")[2]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with Room(tmp_path_factory.mktemp("class")) as room:
        yield room


def test_each_learner_has_a_world_with_names_and_numbers_of_its_own(here: Room) -> None:
    assert here.serial("ann") != here.serial("ben")
    assert {each.name for each in (here.folder / "class" / "learners").iterdir()} >= {"ann", "ben"}
    assert here.room.lab("carl", LAB) is None
    assert here.room.lab("ann", "first-boot") is None


def test_an_answer_counts_and_is_told_as_it_was_given(here: Room) -> None:
    lab = here.lab("ann")
    assert lab.answer("serial", here.serial("ann")) == f"answered: SERIAL is {here.serial('ann')}\n"
    shown = lab.overview()
    assert (shown.points, shown.tasks[0].points, shown.place) == (40, 40, "task 1 of 1")
    assert [check.holds for check in shown.tasks[0].checks] == [False, True]
    assert shown.tasks[0].questions[0].given == here.serial("ann")
    assert here.lab("ben").overview().points == 0, "a neighbour's answer is not one's own"
    with pytest.raises(EmulatorError, match="unknown question 'HOST'"):
        lab.answer("HOST", "x")


def test_a_neighbours_serial_number_is_no_answer(here: Room) -> None:
    here.leave_start("ben")
    here.lab("ben").answer("SERIAL", here.serial("ann"))
    assert here.lab("ben").overview().points == 0


def test_codes_let_in_in_any_spelling(here: Room) -> None:
    code = here.room.code("ben")
    for typed in (code, code.upper(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        found = here.room.by_code(typed)
        assert found is not None
        assert found.id == "ben"
    assert here.room.by_code(code[:-1]) is None
    assert here.room.by_code("\ud800") is None
    teacher = here.room.by_code(here.room.code(TEACHER))
    assert teacher is not None
    assert teacher.teacher
    assert [each.id for each in here.room.learners()] == ["ann", "ben"]


def test_a_world_is_put_down_when_nobody_has_used_it_for_a_while(here: Room) -> None:
    here.lab("ann").overview()
    assert here.room.standings("ann")[LAB].state == "working"
    here.clock.seconds += IDLE - 1
    here.room.put_down(IDLE)
    assert here.room.standings("ann")[LAB].state == "working"
    here.clock.seconds += 1
    here.room.put_down(IDLE)
    assert here.room.standings("ann")[LAB].state == "in progress"
    assert here.lab("ann").overview().points == here.room.standings("ann")[LAB].points


def test_a_result_is_signed_with_the_key_of_the_class(here: Room, capsys: pytest.CaptureFixture[str]) -> None:
    file = here.folder / "ann.json"
    file.write_bytes(here.lab("ann").signed_result())
    assert json.loads(file.read_bytes())["result"]["learner"] == "Ann"
    verify = ["lab", "verify", str(file), "--key", here.room.key()]
    assert main(verify) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"{file}: Ann, {LAB}, seed ")
    assert told.endswith(f"; key {here.room.key()}\n")
    file.write_text(file.read_text(encoding="utf-8").replace('"Ann"', '"Ben"'), encoding="utf-8")
    assert main(verify) == 1
    assert "was changed after it was signed" in capsys.readouterr().err


def test_back_to_the_start_and_the_answer_is_gone(here: Room) -> None:
    lab = here.lab("ben")
    here.leave_start("ben")
    lab.answer("SERIAL", here.serial("ben"))
    assert lab.overview().points == 40
    lab.reset()
    shown = lab.overview()
    assert shown.points == 0
    assert shown.tasks[0].questions[0].given == ""
    assert shown.checkpoints == ("start",)
    with pytest.raises(EmulatorError, match="unknown checkpoint 'task-7'"):
        lab.back("task-7")


def test_a_stopped_time_counts_nothing(here: Room) -> None:
    lab = here.lab("ben")
    lab.pause(paused=True)
    assert lab.overview().paused
    lab.pause(paused=False)
    assert not lab.overview().paused


def test_hints_come_from_where_the_learner_stands(here: Room) -> None:
    assert here.lab("ben").hint() == "What comes before the prompt?\nThis hint costs nothing.\n"


def test_a_teacher_puts_a_learner_back_at_no_cost(here: Room) -> None:
    lab, files = here.lab("ann"), LearnerFiles(here.directory.world("ann", LAB))
    lab.rewind("start")
    assert files.load().progress.tasks[0].cost == FREE
    lab.back("start")
    assert files.load().progress.tasks[0].cost == DOOR_COST


def test_a_stopped_class_takes_no_acts_and_the_teacher_goes_on(here: Room) -> None:
    here.room.freeze(frozen=True)
    try:
        with pytest.raises(Refused, match="Your teacher has stopped the class"):
            here.lab("ann").hint()
        assert here.lab("ann").overview().name == LAB
        assert here.lab(TEACHER).hint() == "What comes before the prompt?\nThis hint costs nothing.\n"
        here.room.put_down(0)
        before = here.lab("ann").signed_result()
        assert here.lab("ann").signed_result() == before, "no time passes in a world that is opened meanwhile"
    finally:
        here.room.freeze(frozen=False)
    here.leave_start("ann")
    here.lab("ann").hint()


def test_notes_and_a_stopped_class_outlive_the_server(tmp_path: Path) -> None:
    with Room(tmp_path) as room:
        room.room.write_note("ann", "Come to the front.")
        room.room.freeze(frozen=True)
    with Room(tmp_path, room.plan) as again:
        assert again.room.note("ann") == "Come to the front."
        assert again.room.frozen
        again.room.write_note("ann", "")
        assert again.room.note("ann") == ""


def test_a_seat_shows_the_lab_that_was_used_last(here: Room) -> None:
    here.lab("ann").overview()
    ann, ben = here.room.seats()
    assert (ann.number, ann.attendee.name, ann.lab, ann.title) == (1, "Ann", LAB, "A name for the router")
    assert ben.number == 2
    assert [(row.name, row.lab) for row in here.room.gradebook()] == [("Ann", LAB), ("Ben", LAB)]


def test_a_world_that_many_ask_for_at_once_is_opened_once(here: Room) -> None:
    here.room.put_down(0)
    with ThreadPoolExecutor(8) as pool:
        shown = list(pool.map(lambda _: here.lab("ann").overview().name, range(16)))
    assert shown == [LAB] * 16


def test_the_disk_is_not_told_of_to_a_learner(tmp_path: Path) -> None:
    with Room(tmp_path) as room:
        (tmp_path / "class" / "learners" / "ann").write_text("in the way", encoding="utf-8")
        with pytest.raises(Refused) as refused:
            room.lab("ann").overview()
        assert str(tmp_path) not in str(refused.value)
        assert str(refused.value) == "The server cannot keep this lab at the moment; tell your teacher."


def test_a_class_goes_on_where_it_was_after_a_restart(tmp_path: Path) -> None:
    with Room(tmp_path) as room:
        serial, code = room.serial("ann"), room.room.code("ann")
        room.lab("ann").answer("SERIAL", serial)
    (tmp_path / "naming.md").write_text("another page", encoding="utf-8")
    with Room(tmp_path, room.plan) as again:
        assert again.room.standings("ann")[LAB].points == 40
        assert again.lab("ann").overview().points == 40
        assert again.serial("ann") == serial
        assert again.room.code("ann") == code


def test_a_checkpoint_is_handed_out_by_a_solution_that_earns_nothing(tmp_path: Path) -> None:
    with Room(tmp_path) as room:
        lab = room.lab("ann")
        with pytest.raises(Refused, match="this lab has the tasks 1 to 1"):
            lab.hand_out(2)
        lab.hand_out(1)
        shown = lab.overview()
        assert (shown.current, shown.points, shown.checkpoints) == (0, 0, ("start", "task-1"))
        room.room.put_down(0)
        path = room.directory.world("ann", LAB)
        with WorldDirectory(path) as directory:
            state, history = loaded(directory), History(directory)
            with replaying(history.origin(state.stretch), watched=False) as replay:
                replay.play(history.leading_to(state))
                assert same_state(replay.state(state.now), state)


def test_the_class_goes_to_a_checkpoint_while_the_teacher_goes_on(tmp_path: Path) -> None:
    with Room(tmp_path) as room:
        room.lab("ann").overview()
        with pytest.raises(EmulatorError, match="unknown lab 'other'"):
            room.room.move("other", "start", None)
        with place_held(room, "ann"):
            room.room.move(LAB, "start", None)
            assert room.room.moved == Moved("start", 0, 2, (), over=False)
            with pytest.raises(Refused, match="The class is on its way to start already"):
                room.room.move(LAB, "task-1", 1)
        room.room._move.stop()
        moved = room.room.moved
        assert moved is not None
        assert (moved.asked, moved.left, moved.over) == (2, ("Ben (has not begun)",), True)


def test_a_world_that_is_being_opened_keeps_nobody_from_stopping_the_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classroom, "FREEZE_WAITS", 0.01)
    with Room(tmp_path) as room:
        for who in ("ann", "ben"):
            room.lab(who).overview()
        with place_held(room, "ann"):
            room.room.freeze(frozen=True)
            for who in ("ann", "ben"):
                with pytest.raises(Refused, match="Your teacher has stopped the class"):
                    room.lab(who).hint()
        room.room.freeze(frozen=False)
        assert room.lab().hint()


def place_held(room: Room, who: str) -> Lock:
    """The lock under which a learner's world is opened."""
    return room.room._places[who, LAB]._opening


def test_an_exam_tells_nothing_until_it_is_handed_in(tmp_path: Path) -> None:
    plan = plan_in(tmp_path)
    with Room(tmp_path, msgspec.structs.replace(plan, exams={LAB: 45 * MINUTE})) as room:
        lab = room.lab("ann")
        lab.answer("SERIAL", room.serial("ann"))
        assert (lab.overview().points, lab.overview().exam) == (0, True)
        with pytest.raises(Refused, match="the result of an exam is told when it is over"):
            lab.signed_result()
        with pytest.raises(Refused, match="in an exam there are no hints"):
            lab.hint()
        standing = room.room.standings("ann")[LAB]
        assert (standing.points, standing.place, standing.time) == (0, "exam", "44m left")
        room.room.put_down(0)
        assert room.room.standings("ann")[LAB].points == 0, "nor from the disk"
        lab.finish()
        assert json.loads(lab.signed_result())["result"]["points"] == 40
        assert [(row.state, row.points) for row in room.room.gradebook()] == [("done", 40), ("to do", 0)]
        assert room.lab(TEACHER).hint(), "the teacher's own world is there to be shown"


def test_the_time_of_a_stopped_class_is_not_taken_off_an_exam(tmp_path: Path) -> None:
    seconds = [1000.0]
    notices = ClassNotices(tmp_path, lambda: seconds[0])
    notices.freeze(frozen=True)
    seconds[0] = 1060.0
    assert notices.stopped_within(900, 1060) == 60
    notices.freeze(frozen=False)
    seconds[0] = 2000.0
    again = ClassNotices(tmp_path, lambda: seconds[0])
    assert [again.stopped_within(begin, 2000) for begin in (900, 1030, 1500)] == [60, 30, 0]


def test_no_world_is_made_ahead_while_a_lab_is_being_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    def wait(seconds: float) -> bool:
        waited.append(seconds)
        return len(waited) == 3

    with Room(tmp_path) as room:
        monkeypatch.setattr(room.room._over, "wait", wait)
        with room.room._places["ann", LAB]._opening:
            assert not room.room._nobody_waits()
        assert waited == [AFTER_EACH] * 3
        assert room.room._nobody_waits()


def test_a_world_that_was_made_ahead_begins_when_it_is_opened(tmp_path: Path) -> None:
    with Room(tmp_path) as room:
        place = room.room._places["ann", LAB]
        place.make_ahead()
        assert not place.begun
        assert room.room.standings("ann")[LAB].state == "to do"
        serial = room.serial("ann")
        assert place.begun
        assert {each.name for each in (room.folder / "class" / "learners" / "ann").iterdir()} == {LAB}
        assert len(serial) == 11


@pytest.mark.parametrize(
    ("host", "reached", "told"),
    [
        ("0.0.0.0", "school-7", "links call it school-7; if others do not know that name, give the address: --host"),
        ("0.0.0.0", "192.0.2.10", ""),
        ("::", "2001:db8::1", ""),
        ("school-7", "school-7", ""),
        ("127.0.0.1", "127.0.0.1", ""),
    ],
)
def test_whoever_serves_is_told_where_links_name_no_address(host: str, reached: str, told: str) -> None:
    note = note_on_address(host, reached)
    assert told in note
    assert bool(note) is bool(told)
