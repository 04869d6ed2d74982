"""Sessions live on the server, end by themselves, and nobody can guess or keep one."""

from emulator.transports.web.guard.sessions import IDLE, LONGEST, Sessions


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


def test_a_log_in_form_takes_no_memory_and_is_known_again() -> None:
    clock = Clock()
    sessions = Sessions(clock, most_each=1, most=1)
    ann, strangers = sessions.begin("ann"), [sessions.begin() for _ in range(1000)]
    assert sessions.find(ann.id) is ann
    assert len({each.id for each in strangers}) == len({each.form_token for each in strangers}) == 1000
    for each in strangers:
        found = sessions.find(each.id)
        assert found is not None
        assert found.account is None
        assert found.made_form(each.form_token)
        assert not found.made_form(ann.form_token)
    name = strangers[0].id
    for wrong in (
        name[:-1],
        "0" + name,
        name.replace(".", "", 1),
        "..",
        f"9{name}",
        Sessions(clock).begin().id,
        "\ud800",
    ):
        assert sessions.find(wrong) is None, wrong
    clock.seconds += IDLE + 1
    assert sessions.find(name) is None


def test_an_account_with_too_many_sessions_loses_its_own() -> None:
    sessions = Sessions(Clock(), most_each=3, most=5)
    bob = sessions.begin("bob")
    anns = [sessions.begin("ann") for _ in range(10)]
    assert [sessions.find(each.id) is not None for each in anns] == [False] * 7 + [True] * 3
    assert sessions.find(bob.id) is bob
    others = [sessions.begin(f"other {number}") for number in range(2)]
    assert sum(sessions.find(each.id) is not None for each in anns) == 2, "who has most makes room"
    assert all(sessions.find(each.id) for each in (bob, *others))


def test_sentences_that_nobody_reads_are_not_kept_for_ever() -> None:
    session = Sessions(Clock()).begin("ann")
    for number in range(1000):
        session.tell("good", str(number))
    assert [sentence for _, sentence in session.told] == [str(number) for number in range(990, 1000)]


def test_a_changed_password_ends_the_other_sessions_of_the_account() -> None:
    sessions = Sessions(Clock())
    here, there, bob = sessions.begin("ann"), sessions.begin("ann"), sessions.begin("bob")
    sessions.end_all_of("ann", but=here)
    assert [sessions.find(each.id) is not None for each in (here, there, bob)] == [True, False, True]
