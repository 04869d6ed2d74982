"""The license portal beside the consoles of a lab: a learner's own world, with the rights of the bench there."""

import re
from collections.abc import Iterator

import pytest

from emulator.runtime.classroom.class_directory import ClassDirectory
from emulator.runtime.classroom.serving import ServedClassroom
from emulator.runtime.replay import replaying, same_state
from emulator.runtime.time_travel import loaded
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from tests.unit.runtime.classroom.place import plan_in
from tests.web_client import WebClient

pytestmark = pytest.mark.heavy

PORTAL = "/learn/naming/portal"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedClassroom]:
    folder = tmp_path_factory.mktemp("class")
    with ClassDirectory(folder / "class") as directory:
        served = ServedClassroom(plan_in(folder), directory, "127.0.0.1", 0)
        yield served
        served.site.socket.close()
        served.room.stop()


def browser(served: ServedClassroom, who: str) -> WebClient:
    client = WebClient(served.site.app, "https://localhost")
    client.get(f"/join/{served.room.code(who)}")
    return client


def udi(served: ServedClassroom, who: str) -> str:
    lab = served.room.lab(who, "naming")
    assert lab is not None
    return lab.consoles.routers()[0].udi


def send(client: WebClient, address: str, **fields: str) -> str:
    page = client.get(PORTAL + address).text
    hidden = dict(re.findall(r'name="(form_token|form_key)" value="([^"]+)"', page))
    return client.post(PORTAL + address, data={**hidden, **fields}).text


def test_it_is_the_world_of_who_is_logged_in(served: ServedClassroom) -> None:
    for who, other in (("ann", "ben"), ("ben", "ann")):
        shown = browser(served, who).get(f"{PORTAL}/devices").text
        assert udi(served, who) in shown
        assert udi(served, other) not in shown


def test_nobody_else_gets_there(served: ServedClassroom) -> None:
    stranger = WebClient(served.site.app, "https://localhost")
    for address in ("/", "/devices", "/audit", "/static/web.css"):
        assert stranger.get(PORTAL + address, follow_redirects=False).headers["Location"] == "/log-in"
    assert browser(served, "ann").get("/learn/other/portal/").status_code == 404


def test_what_is_done_there_is_an_input_of_the_world(served: ServedClassroom) -> None:
    ann, own = browser(served, "ann"), udi(served, "ann")
    assert own in send(ann, "/resend", udi=own)
    lab = served.room.lab("ann", "naming")
    assert lab is not None
    lab.back("start")
    assert "No messages yet." in ann.get(f"{PORTAL}/").text
    undone = ann.get(f"{PORTAL}/mail/1").text
    assert "There is no letter 1. Going back to a checkpoint takes away what came after it." in undone
    assert f'<a href="{PORTAL}/mail">Go to Messages</a>' in undone
    assert own in send(ann, "/resend", udi=own)
    served.room.put_down(0)
    with WorldDirectory(served.directory.world("ann", "naming")) as directory:
        state, history = loaded(directory), History(directory)
        with replaying(history.origin(state.stretch), watched=False) as replay:
            replay.play(history.leading_to(state))
            assert same_state(replay.state(state.now), state)


def test_what_a_lab_closes_is_closed(served: ServedClassroom) -> None:
    ann = browser(served, "ann")
    assert "This lab does without" in ann.get(f"{PORTAL}/orders/new").text
    assert "orders/new" not in ann.get(f"{PORTAL}/").text
    assert ann.get(f"{PORTAL}/accounts").status_code == ann.get(f"{PORTAL}/bench").status_code == 404


def test_a_stopped_class_changes_nothing_there(served: ServedClassroom) -> None:
    ann, own = browser(served, "ann"), udi(served, "ann")
    served.room.freeze(frozen=True)
    try:
        assert "Your teacher has stopped the class" in send(ann, "/resend", udi=own)
    finally:
        served.room.freeze(frozen=False)
    assert "Your teacher has stopped" not in send(ann, "/resend", udi=own)
