"""Every address of the pages of a class, for every role, with what is one's own, another's, or is not.

The rows are held against the addresses of the application, WebSockets included: a new one without a row fails. Whatever
a role may not do changes nothing, and tells the same of what is there as of what is not.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from tests.unit.transports.classroom.place import AT_CONSOLE, ClassPlace


class Open(Enum):
    """The people that an address is for."""

    PUBLIC = "everybody"
    LEARNER = "who is logged in, and their own things"
    TEACHER = "the teacher"


PUBLIC, LEARNER, TEACHER = Open

ROWS = {
    "/": LEARNER,
    "/log-in": PUBLIC,
    "/join/{code}": PUBLIC,
    "/log-out": PUBLIC,
    "/theme": PUBLIC,
    "/learn": LEARNER,
    "/learn/{lab}": LEARNER,
    "/learn/{lab}/progress": LEARNER,
    "/learn/{lab}/result": LEARNER,
    "/learn/{lab}/seen": LEARNER,
    "/learn/{lab}/answer": LEARNER,
    "/learn/{lab}/hint": LEARNER,
    "/learn/{lab}/solve": LEARNER,
    "/learn/{lab}/pause": LEARNER,
    "/learn/{lab}/continue": LEARNER,
    "/learn/{lab}/back": LEARNER,
    "/learn/{lab}/reset": LEARNER,
    "/learn/{lab}/finish": LEARNER,
    "/learn/{lab}/console/{router}/{line}/socket": LEARNER,
    "/learn/{lab}/portal": LEARNER,
    "/class": TEACHER,
    "/class/wall": TEACHER,
    "/class/wall/parts": TEACHER,
    "/class/freeze": TEACHER,
    "/class/note": TEACHER,
    "/class/checkpoint": TEACHER,
    "/class/learners": TEACHER,
    "/class/links": TEACHER,
    "/class/gradebook": TEACHER,
    "/class/gradebook.csv": TEACHER,
    "/class/gradebook.json": TEACHER,
    "/class/learners/{id}/{lab}": TEACHER,
    "/class/learners/{id}/{lab}/progress": TEACHER,
    "/class/learners/{id}/{lab}/note": TEACHER,
    "/class/learners/{id}/{lab}/rewind": TEACHER,
    "/class/learners/{id}/{lab}/hand-out": TEACHER,
    "/class/learners/{id}/{lab}/console/{router}/{line}/socket": TEACHER,
}

FIELDS = {
    "question": "SERIAL", "answer": "X", "checkpoint": "start", "note": "n", "frozen": "yes", "form_key": "k",
    "sure": "yes", "lab": "naming", "act": "back",
}  # fmt: skip
"""Fields of every form there is."""

BENS = {"code": "code-of-ben", "id": "ben", "lab": "naming", "router": "R1", "line": "con0"}
NOBODYS = {"code": "code-of-zed", "id": "zed", "lab": "other", "router": "R9", "line": "con0"}


class Asking:
    """A class, and the browser of one of its people or of a stranger."""

    def __init__(self, who: str = "") -> None:
        self.place = ClassPlace()
        self.client = self.place.browser(who).client
        self.token = ""
        if who:
            session = self.place.face.sessions.find(self.client.cookies[self.place.face.cookie])
            assert session is not None
            self.token = session.form_token

    def answers(self, path: str, words: dict[str, str]) -> Iterator[tuple[str, int, str]]:
        """Method, status and text of everything that this address answers."""
        address = path.format(**words)
        for route in self.place.app.routes:
            if getattr(route, "path", "") != path:
                continue
            if isinstance(route, WebSocketRoute):
                yield "socket", 101 if self.sits_down(address) else 403, ""
                continue
            if isinstance(route, Mount):
                found = self.client.get(f"{address}/devices", follow_redirects=False)
                yield "GET", found.status_code, found.text
                continue
            assert isinstance(route, Route)
            for method in sorted(route.methods or ()):
                form = {"form_token": self.token, **FIELDS} if method == "POST" else None
                found = self.client.request(method, address, data=form, follow_redirects=False)
                yield method, found.status_code, found.text

    def sits_down(self, address: str) -> bool:
        cookie = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        headers = {"Origin": "http://testserver", "Cookie": cookie}
        sockets = self.client.websocket_connect(address, headers=headers)
        with pytest.raises(WebSocketDisconnect) as closed, sockets as socket:
            socket.receive_text()
        return closed.value.reason == AT_CONSOLE

    def touched(self) -> dict[str, Any]:
        """Acts that were done, by the learner that they were done to."""
        served = self.place.served
        found: dict[str, Any] = {id_: [*lab.asked, *lab.consoles.callers] for id_, lab in served.places.items()}
        found["notes"], found["frozen"] = dict(served.notes), served.frozen
        return found


UNTOUCHED = Asking().touched()


@pytest.fixture(scope="module")
def refused() -> dict[str, Asking]:
    """Browsers of all roles, of a class in which nothing may change."""
    return {who: Asking(who) for who in ("", "ann", "teacher")}


PROTECTED = pytest.mark.parametrize("path", [path for path, open_ in ROWS.items() if open_ is not PUBLIC])
TEACHERS = pytest.mark.parametrize("path", [path for path, open_ in ROWS.items() if open_ is TEACHER])
LEARNERS = pytest.mark.parametrize("path", [path for path, open_ in ROWS.items() if open_ is LEARNER])


def addresses() -> set[str]:
    routes = ClassPlace().app.routes
    return {each.path for each in routes if isinstance(each, Route | WebSocketRoute | Mount)} - {"/static"}


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert set(ROWS) == addresses()


@PROTECTED
def test_nobody_is_led_to_the_log_in_and_told_nothing(refused: dict[str, Asking], path: str) -> None:
    told = []
    for words in (BENS, NOBODYS):
        for method, status, text in refused[""].answers(path, words):
            assert (method, status) in {("GET", 303), ("HEAD", 303), ("POST", 303), ("POST", 403), ("socket", 403)}
            assert "Ben" not in text
            told.append((method, status, text))
    assert told[: len(told) // 2] == told[len(told) // 2 :]
    assert refused[""].touched() == UNTOUCHED


@TEACHERS
def test_a_learner_is_refused_and_not_told_what_is_there(refused: dict[str, Asking], path: str) -> None:
    told = []
    for words in (BENS, NOBODYS, {**BENS, "id": "ann"}):
        answers = list(refused["ann"].answers(path, words))
        assert {status for _, status, _ in answers} == {403}
        assert not any("Ben" in text or "code-of" in text for _, _, text in answers)
        told.append([(method, text.replace(path.format(**words), "")) for method, _, text in answers])
    assert told[0] == told[1] == told[2]
    assert refused["ann"].touched() == UNTOUCHED


@LEARNERS
def test_a_learner_reaches_nothing_but_their_own(path: str) -> None:
    ann = Asking("ann")
    answers = list(ann.answers(path, BENS))
    assert not any("portal of ben" in text for _, _, text in answers)
    statuses = {status for _, status, _ in answers}
    assert statuses <= {101, 200, 303, 400}, "400 is what a lab refuses"
    touched = ann.touched()
    assert all(touched[whose] == UNTOUCHED[whose] for whose in ("ben", "teacher", "frozen"))
    assert set(touched["notes"]) <= {"ann"}


@pytest.mark.parametrize("path", [path for path in ROWS if "{" in path and path != "/join/{code}"])
def test_what_is_not_there_is_told_so(refused: dict[str, Asking], path: str) -> None:
    for who in ("teacher",) if ROWS[path] is TEACHER else ("teacher", "ann"):
        for words in (NOBODYS, {**BENS, "lab": "other"}):
            for method, status, _ in refused[who].answers(path, words):
                assert status == (403 if method == "socket" else 404), (who, method)
        assert refused[who].touched() == UNTOUCHED


@pytest.mark.parametrize("path", [path for path in ROWS if not path.endswith("/socket")])
def test_a_form_from_elsewhere_does_nothing(refused: dict[str, Asking], path: str) -> None:
    for who, other in (("ann", "teacher"), ("teacher", "ann")):
        asking, own = refused[who], refused[who].token
        for asking.token in ("", "x", refused[other].token):
            for method, status, _ in asking.answers(path, NOBODYS if path == "/join/{code}" else BENS):
                assert method != "POST" or status == 403
        asking.token = own
        assert asking.touched() == UNTOUCHED


@TEACHERS
def test_the_teacher_reaches_all(path: str) -> None:
    for method, status, text in Asking("teacher").answers(path, BENS):
        assert status in {101, 200, 303}, (method, text)
