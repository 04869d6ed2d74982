"""The client against a real TLS server: certificates, retries, and every way in which no answer comes."""

import time
from asyncio.selector_events import BaseSelectorEventLoop
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from tenacity import AsyncRetrying, RetryCallState

from emulator.kernel.effects import Pending
from emulator.keys.certificates import Issued, new_ca, new_server
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused, LogIn
from emulator.runtime.wall_clock import host_time
from emulator.transports.call_home.client import HttpsCarrier, Patience, ServerAddress, _pauses
from emulator.transports.call_home.wire import read_call, write_answer
from emulator.world.call_home.protocol import Answer, Call, CallOperation, Destination
from tests.fakes.tls_server import DRIP_BODY, DRIP_HEAD, DROP, SILENT, Behaviour, ScriptedServer, serving

VENDOR = "tools.cisco.com"
NOW = host_time()
KEY = derive_signing_key(WorldSecret.known(1), "device")
CALL = Call("FTX1405YDC7.0.resend", CallOperation.RESEND, Udi("CISCO881-K9", "FTX1405YDC7"), LogIn("lab", "lab"))
DONE: Behaviour = (200, write_answer(b"file"))
BUSY: Behaviour = (503, b"later")
QUICK = Patience(answer=0.3, attempts=3, pause=0.01)


@pytest.fixture(scope="module")
def ca() -> Issued:
    return new_ca("test", NOW)


@pytest.fixture(scope="module")
def good(ca: Issued) -> Issued:
    return new_server(ca, [VENDOR, "localhost", "127.0.0.1"], NOW)


class Line:
    """A client, and the server that it calls."""

    def __init__(self, carrier: HttpsCarrier, server: ScriptedServer) -> None:
        self.carrier, self.server = carrier, server

    def call(self, host: str = VENDOR, port: int = 443, path: str = "/SWIFT/Licensing") -> Answer | CallRefused:
        reply = self.carrier(Destination(host, port or self.server.port, path), CALL)
        if isinstance(reply, Pending):
            # the thread that fetches it ends whatever happens
            return reply.result()
        return reply


@contextmanager
def line(
    script: list[Behaviour], shown: Issued, ca: Issued, folder: Path, patience: Patience = QUICK
) -> Iterator[Line]:
    trusted = folder / "ca.pem"
    trusted.write_bytes(ca.certificate)
    with serving(ScriptedServer(script), shown, folder) as server:
        carrier = HttpsCarrier({VENDOR: ServerAddress("127.0.0.1", server.port)}, trusted, lambda _: KEY, patience)
        yield Line(carrier, server)
        carrier.close()


def test_a_call_is_signed_and_names_the_host_that_was_called(good, ca, tmp_path):
    with line([DONE], good, ca, tmp_path) as each:
        assert each.call() == b"file"
        [(path, headers, body)] = each.server.requests
    assert (path, headers["Host"], headers["Content-Type"]) == ("/SWIFT/Licensing", VENDOR, "application/xml")
    assert read_call(body, lambda _: Verifier(KEY.public)) == CALL


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_an_address_leads_where_it_says(good, ca, tmp_path, host):
    with line([DONE], good, ca, tmp_path) as each:
        assert each.call(host, 0) == b"file"
        assert each.server.requests[0][1]["Host"] == f"{host}:{each.server.port}"


def test_a_name_that_leads_nowhere_opens_no_socket(good, ca, tmp_path, monkeypatch):
    monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", lambda *_: pytest.fail("a socket was opened"))
    with line([DONE], good, ca, tmp_path) as each:
        assert each.call("licensing.example") == CallRefused("unreachable")
        assert each.server.requests == []


@pytest.mark.parametrize("stumble", [DROP, SILENT, BUSY, (500, b"")])
def test_a_call_without_an_answer_is_made_again_and_is_the_same_act(good, ca, tmp_path, stumble):
    with line([stumble, DONE], good, ca, tmp_path) as each:
        assert each.call() == b"file"
        assert len(each.server.requests) == 2
        assert len({body for _, _, body in each.server.requests}) == 1


@pytest.mark.parametrize(("script", "cause"), [(DROP, "unreachable"), (SILENT, "time-out"), (BUSY, "unavailable")])
def test_patience_ends(good, ca, tmp_path, script, cause):
    with line([script], good, ca, tmp_path) as each:
        assert each.call() == CallRefused(cause, VENDOR)
        assert len(each.server.requests) == QUICK.attempts


@pytest.mark.parametrize("script", [DRIP_HEAD, DRIP_BODY])
def test_an_answer_that_never_ends_is_given_up(good, ca, tmp_path, script):
    """Each byte comes in time, and the answer never does."""
    with line([script], good, ca, tmp_path) as each:
        began = time.monotonic()
        assert each.call() == CallRefused("time-out", VENDOR)
        assert time.monotonic() - began < 3 * QUICK.answer + 1
        assert len(each.server.requests) == QUICK.attempts
        assert each.server.hung_up.wait(5), "the connection is let go of"


@pytest.mark.parametrize("script", [DRIP_HEAD, DRIP_BODY, SILENT, (503, b"", "1"), DROP])
def test_all_attempts_together_have_one_deadline(good, ca, tmp_path, script):
    patience = Patience(whole=0.5, answer=10, attempts=50, pause=0.05, longest=0.1)
    with line([script], good, ca, tmp_path, patience) as each:
        began = time.monotonic()
        assert isinstance(each.call(), CallRefused)
        assert time.monotonic() - began < 1.5


def test_the_server_says_when_to_come_again(good, ca, tmp_path):
    with line([(503, b"", "1"), DONE], good, ca, tmp_path) as each:
        began = time.monotonic()
        assert each.call() == b"file"
        assert 1 <= time.monotonic() - began < 3


@pytest.mark.parametrize("asked", ["3600", "9" * 400])
def test_who_is_to_come_again_after_the_deadline_does_not_wait_for_it(good, ca, tmp_path, asked):
    with line([(503, b"", asked), DONE], good, ca, tmp_path) as each:
        began = time.monotonic()
        assert each.call() == CallRefused("unavailable", VENDOR)
        assert time.monotonic() - began < 2
        assert len(each.server.requests) == 1


@pytest.mark.parametrize(
    "asked", ["", "soon", "-1", "1.5", "Mon, 01 Mar 2010 09:00:00 GMT", "\u0661".encode().decode("latin-1")]
)
def test_a_time_that_is_none_is_passed_over(good, ca, tmp_path, asked):
    with line([(503, b"", asked), DONE], good, ca, tmp_path) as each:
        assert each.call() == b"file"


def test_pauses_grow_and_are_spread():
    patience = Patience(pause=1.0, longest=4.0)
    pause = _pauses(patience)
    shortest = {1: 1.0, 2: 2.0, 3: 4.0, 4: 4.0}
    for attempt, least in shortest.items():
        state = RetryCallState(AsyncRetrying(), None, (), {})
        state.attempt_number = attempt
        drawn = {pause(state) for _ in range(50)}
        assert len(drawn) > 10
        assert all(least <= each <= least + patience.pause for each in drawn)


def test_a_client_that_is_closed_ends_its_calls_and_may_call_again(good, ca, tmp_path):
    with line([SILENT, DONE], good, ca, tmp_path, Patience(answer=10)) as each:
        reply = each.carrier(Destination(VENDOR, 443, "/SWIFT/Licensing"), CALL)
        assert isinstance(reply, Pending)
        while not each.server.requests:
            time.sleep(0.01)
        each.carrier.close()
        assert reply.result() == CallRefused("unreachable", VENDOR)
        assert each.call() == b"file"


def test_nobody_listens(good, ca, tmp_path):
    with line([DONE], good, ca, tmp_path) as each:
        pass
    assert each.call() == CallRefused("unreachable", VENDOR)


def test_a_certificate_of_another_ca(ca, tmp_path):
    other = new_server(new_ca("other", NOW), [VENDOR], NOW)
    with line([DONE], other, ca, tmp_path) as each:
        assert each.call() == CallRefused("untrusted", VENDOR)
        assert each.server.requests == [], "nothing was told to a stranger"


@pytest.mark.parametrize(("host", "port"), [(VENDOR, 443), ("127.0.0.1", 0)])
def test_a_certificate_for_another_name(ca, tmp_path, host, port):
    with line([DONE], new_server(ca, ["licensing.example"], NOW), ca, tmp_path) as each:
        assert each.call(host, port) == CallRefused("wrong name", host)
        assert each.server.requests == []


@pytest.mark.parametrize("life", [timedelta(days=-1), timedelta(seconds=-1)])
def test_a_certificate_that_has_expired(ca, tmp_path, life):
    with line([DONE], new_server(ca, [VENDOR], NOW, life), ca, tmp_path) as each:
        assert each.call() == CallRefused("expired", VENDOR)
        assert each.server.requests == []


@pytest.mark.parametrize("content", [b"", b"<html>", write_answer(b"file")[:-3], b"x" * 9_000_000])
def test_an_answer_that_is_none(good, ca, tmp_path, content):
    with line([(200, content)], good, ca, tmp_path) as each:
        assert each.call() == CallRefused("unavailable", VENDOR)


def test_what_the_server_refuses_is_not_asked_again(good, ca, tmp_path):
    refused = CallRefused("pak spent", "PAK X has 0 left.")
    with line([(422, write_answer(refused))], good, ca, tmp_path) as each:
        assert each.call() == refused
        assert len(each.server.requests) == 1


def test_too_many_calls_are_not_made_more(good, ca, tmp_path):
    with line([(429, b"")], good, ca, tmp_path) as each:
        assert each.call() == CallRefused("too many")
        assert len(each.server.requests) == 1
