"""The way of a class to a checkpoint: who was not moved, and why."""

from threading import Event

from emulator.kernel.errors import Refused, UnknownName
from emulator.runtime.classroom.class_move import ClassMove


def _nothing() -> None:
    pass


def _never_there() -> None:
    raise UnknownName("checkpoint", "task-1", ["start"])


def test_who_was_not_moved_is_told_with_the_reason() -> None:
    move, ended = ClassMove(), Event()

    def done() -> None:
        ended.set()
        raise Refused("task 1 is done")

    move.begin("task-1", [("Ann", _nothing), ("Ben", None), ("Cai", _never_there), ("Dan", done)])
    assert ended.wait(10)
    move.stop()
    assert move.moved is not None
    assert move.moved.left == ("Ben (has not begun)", "Cai (was not there yet)", "Dan (task 1 is done)")


def test_a_server_that_stops_moves_nobody_any_more() -> None:
    move = ClassMove()
    move.stop()
    move.begin("task-1", [("Ann", _nothing)])
    move.stop()
    assert move.moved is not None
    assert move.moved.left == ("Ann (the server was stopped)",)
