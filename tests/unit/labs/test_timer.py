"""Time of a learner in a lab, with pauses, and where the world is put back."""

from emulator.labs.timer import LabTimer, time_taken


def taken(timer: LabTimer, simulated: int) -> int:
    return time_taken(timer, exam=False, now=0, simulated=simulated).taken


def test_simulated_time_stands_still_in_a_pause() -> None:
    timer = LabTimer(0, "simulated")
    timer.pause(5, paused=False)
    timer.pause(5, paused=True)
    timer.pause(7, paused=True)
    assert taken(timer, 25) == 5
    timer.pause(25, paused=False)
    assert taken(timer, 30) == 10
    timer.put_back(20)
    assert taken(timer, 21) == 6
    timer.put_back(3)
    assert taken(timer, 4) == 4


def test_a_world_that_is_put_back_in_a_pause_stays_paused() -> None:
    timer = LabTimer(0, "simulated")
    timer.pause(5, paused=True)
    timer.put_back(3)
    assert taken(timer, 9) == 3
    timer.pause(9, paused=False)
    assert taken(timer, 10) == 4
