"""Coming in to a class by link and by code, staying over a restart, and who sees what."""

import re

import pytest
from starlette.websockets import WebSocketDisconnect

from emulator.transports.classroom.app import class_pages
from emulator.transports.classroom.kept_sessions import MOST_KEPT_EACH
from emulator.transports.web.guard.sessions import LONGEST
from tests.unit.transports.classroom.place import AT_CONSOLE, ClassPlace


@pytest.fixture
def place() -> ClassPlace:
    return ClassPlace()


def test_a_link_leads_each_to_their_own_first_page(place: ClassPlace) -> None:
    ann = place.browser("ann")
    assert (ann.path, ann.status) == ("/learn", 200)
    assert "Ann <Lee>" in ann.text
    assert "Class" not in ann.text
    assert place.browser("teacher").path == "/class/wall"


def test_a_code_is_typed_where_there_is_no_link(place: ClassPlace) -> None:
    visitor = place.browser().open("/learn/naming")
    assert visitor.path == "/log-in"
    visitor.send("/log-in", code="code-of-ann", next="/learn/naming")
    assert visitor.path == "/learn/naming"


@pytest.mark.parametrize("address", ["https://elsewhere.example/learn/", "//elsewhere.example", "/log-out"])
def test_a_code_leads_nowhere_else(address: str, place: ClassPlace) -> None:
    visitor = place.browser().open("/log-in").send("/log-in", code="code-of-ann", next=address)
    assert (visitor.answer.url.host, visitor.path) == ("class.example", "/learn")


def test_a_wrong_code_is_told_beside_its_field_and_right_ones_never_wait(place: ClassPlace) -> None:
    visitor = place.browser().open("/log-in").send("/log-in", code="nobody")
    assert visitor.status == 422
    assert "This class has no such code. A code has 16 letters and digits" in visitor.text
    assert place.browser().open("/join/nobody").status == 422
    waiting = [visitor.open("/join/nobody").status for _ in range(70)]
    assert waiting[-1] == 429
    assert visitor.answer.headers["Retry-After"]
    assert visitor.open("/join/code-of-ann").status == 200


def test_a_log_in_outlives_the_server_and_so_do_its_forms(place: ClassPlace) -> None:
    ann = place.browser("ann").open("/learn/naming")
    place.restart()
    again = ann.after_restart()
    again.answer = ann.answer
    again.send("/learn/naming/answer", question="SERIAL", answer="X")
    assert (again.status, again.path) == (200, "/learn/naming")
    assert place.served.places["ann"].asked == ["answer SERIAL X"]


def test_the_disk_keeps_nothing_that_lets_anybody_in(place: ClassPlace) -> None:
    ann = place.browser("ann")
    name = ann.client.cookies[place.face.cookie]
    assert name not in repr(place.store.kept)


def test_a_log_in_ends_for_good(place: ClassPlace) -> None:
    ann, other = place.browser("ann"), place.browser("ann")
    ann.send("/log-out")
    place.restart()
    assert ann.after_restart().open("/learn").path == "/log-in"
    assert other.after_restart().open("/learn").path == "/learn"
    place.seconds += LONGEST + 1
    assert other.after_restart().open("/learn").path == "/log-in"


def test_one_learner_keeps_so_many_log_ins_and_no_more(place: ClassPlace) -> None:
    for _ in range(MOST_KEPT_EACH + 5):
        place.browser("ann")
    place.browser("ben")
    assert [each.account for each in place.store.kept].count("ann") == MOST_KEPT_EACH
    assert [each.account for each in place.store.kept].count("ben") == 1


def test_two_on_one_link_are_the_same_learner_in_sessions_of_their_own(place: ClassPlace) -> None:
    one, two = place.browser("ann"), place.browser("ann")
    assert one.client.cookies[place.face.cookie] != two.client.cookies[place.face.cookie]
    one.open("/learn").send("/log-out")
    assert two.open("/learn").status == 200


def test_no_page_of_a_learner_names_another_one() -> None:
    """A learner's pages have no place for an ID: whose they are, the session says alone."""
    own = [route.path for route in class_pages() if not route.operator and not route.public]
    assert [path for path in own if set(re.findall(r"{(\w+)", path)) - {"lab"}] == []
    assert {route.path.split("/")[1] for route in class_pages() if route.operator} == {"class"}


def test_a_learner_who_is_not_on_the_roster_any_more_is_out(place: ClassPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = place.browser("ann")
    monkeypatch.setattr(place.served, "attendee", lambda _id: None)
    assert ann.open("/learn").path == "/log-in"


HERE = "http://testserver"
"""Origin of pages at the WebSockets of the test client."""


def sits_down(place: ClassPlace, who: str, address: str, origin: str = HERE) -> bool:
    """Tell whether the socket of a page comes to a console."""
    visitor = place.browser(who)
    cookie = f"{place.face.cookie}={visitor.client.cookies.get(place.face.cookie, '')}"
    sockets = visitor.client.websocket_connect(address, headers={"Origin": origin, "Cookie": cookie})
    with pytest.raises(WebSocketDisconnect) as closed, sockets as socket:
        socket.receive_text()
    return closed.value.reason == AT_CONSOLE


def test_a_console_is_opened_for_its_learner_alone(place: ClassPlace) -> None:
    address = "/learn/naming/console/R1/con0/socket"
    assert sits_down(place, "ann", address)
    assert place.served.places["ann"].consoles.callers == ["ann"]
    assert not sits_down(place, "", address)
    assert not sits_down(place, "ann", address, origin="https://elsewhere.example")
    assert not sits_down(place, "ann", "/learn/other/console/R1/con0/socket")
    assert not sits_down(place, "ann", "/learn/naming/console/R2/con0/socket")
    assert place.served.places["ann"].consoles.callers == ["ann"]
    assert place.served.places["ben"].consoles.callers == []


def test_the_teacher_watches_and_steps_in_in_the_learners_name(place: ClassPlace) -> None:
    address = "/class/learners/ann/naming/console/R1/con0/socket"
    assert sits_down(place, "teacher", f"{address}?watch")
    assert sits_down(place, "teacher", address)
    assert place.served.places["ann"].consoles.callers == ["teacher watches", "ann"]
    assert not sits_down(place, "ben", address)
    assert not sits_down(place, "ann", address)
    assert not sits_down(place, "teacher", "/class/learners/carl/naming/console/R1/con0/socket")
