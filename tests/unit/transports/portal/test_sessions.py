"""Sessions live on the server, end by themselves, and nobody can guess or keep one."""

from emulator.transports.portal.guard.sessions import IDLE, LONGEST, Sessions


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_session_is_found_under_its_name_and_under_no_other() -> None:
    sessions = Sessions(Clock())
    session = sessions.begin("ann")
    assert sessions.find(session.id) is session
    assert sessions.find("") is None
    assert sessions.find(session.id[:-1]) is None


def test_it_ends_when_it_is_not_used_and_after_its_longest_time() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    idle = sessions.begin("ann")
    clock.seconds += IDLE + 1
    assert sessions.find(idle.id) is None
    busy = sessions.begin("ann")
    for _ in range(int(LONGEST // (IDLE / 2))):
        clock.seconds += IDLE / 2
        assert sessions.find(busy.id) is busy
    clock.seconds += IDLE / 2
    assert sessions.find(busy.id) is None


def test_a_form_belongs_to_one_session() -> None:
    sessions = Sessions(Clock())
    ann, bob = sessions.begin("ann"), sessions.begin("bob")
    assert ann.made_form(ann.form_token)
    assert not ann.made_form(bob.form_token)
    assert not ann.made_form("")
    assert not ann.made_form("\ud800")


def test_strangers_cannot_crowd_out_who_is_logged_in() -> None:
    sessions = Sessions(Clock(), most=3)
    ann = sessions.begin("ann")
    strangers = [sessions.begin() for _ in range(10)]
    assert sessions.find(ann.id) is ann
    assert [sessions.find(each.id) is not None for each in strangers] == [False] * 7 + [True] * 3


def test_a_changed_password_ends_the_other_sessions_of_the_account() -> None:
    sessions = Sessions(Clock())
    here, there, bob = sessions.begin("ann"), sessions.begin("ann"), sessions.begin("bob")
    sessions.end_all_of("ann", but=here)
    assert [sessions.find(each.id) is not None for each in (here, there, bob)] == [True, False, True]
