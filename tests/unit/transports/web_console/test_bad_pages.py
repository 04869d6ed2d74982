"""Pages that may not be there, and pages that do their worst: told, bounded, and nobody else is harmed."""

import asyncio
import logging
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from emulator.backend.entities import Role
from emulator.transports.https.known_names import KnownNames
from emulator.transports.web_console import service
from emulator.transports.web_console.messages import LARGEST_MESSAGE
from emulator.transports.web_console.page_link import MOST_WAITING, PageLink
from emulator.transports.web_console.service import MOST_PAGES_EACH
from tests.unit.transports.web_console.place import ENTER, Page, Place
from tests.unit.transports.web_console.test_pages import at_place, logged_in

ADDRESSES = ("R1/con0", "R1/vty", "bench/bench")
QUERIES = ("", "watch=yes", "take=yes", "session=x&at=0")


def test_only_an_operator_comes_to_a_line_and_only_from_a_page_of_this_portal() -> None:
    async def act(here: Place) -> None:
        here.portal.service.accounts.add("ann", "ann's secret", 0, by="lab")
        ended = here.log_in()
        here.portal.sessions.end_all_of("lab")
        callers = {
            "nobody": "", "no session": "__Host-isrtwin=x", "customer": here.log_in("ann"), "ended": ended,
        }  # fmt: skip
        for cookie in callers.values():
            for address in ADDRESSES:
                for query in QUERIES:
                    assert await refused(here, address, cookie, query=query) == 403
        operator = here.log_in()
        origins = ("https://evil.example", here.url.replace("https", "http"), f"{here.url}0", "null", None)
        for origin in origins:
            assert await refused(here, "R1/con0", operator, origin=origin) == 403
        for address in ("R2/con0", "R1/con1", "R1/vty100", "R1/aux0", "bench/con0", "R1/%2e%2e", "R1/vty0%0a"):
            assert await refused(here, address, operator) == 403
        assert await refused(here, "R1/con0", operator, query="at=-1") == 403
        assert here.consoles.open_lines() == []
        async with here.page(cookie=operator) as page:
            await page.type(ENTER, "Username: ")

    at_place(act)


def test_a_socket_under_a_strange_name_is_refused_before_it_is_a_page() -> None:
    told: list[Any] = []

    async def send(message: Any) -> None:
        told.append(message["type"])

    async def app(_scope: Any, _receive: Any, _send: Any) -> None:
        told.append("reached")

    for name in (b"evil.example:8443", b"localhost:8443"):
        scope = {"type": "websocket", "headers": [(b"host", name)]}
        asyncio.run(KnownNames(app, ["localhost"])(scope, None, send))
    assert told == ["websocket.close", "reached"]


async def refused(here: Place, address: str, cookie: str, **options: Any) -> int:
    """The status with which a page is refused."""
    with pytest.raises(InvalidStatus) as caught:
        await here.socket(address, cookie, **options)
    return int(caught.value.response.status_code)


def test_who_logs_out_or_is_no_operator_any_more_leaves_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "CHECKED", 0.05)

    async def act(here: Place) -> None:
        cookie = here.log_in()
        async with here.page(cookie=cookie) as page, here.page("R1/vty") as other:
            await other.sees("Username: ")
            session = here.portal.sessions.find(cookie.partition("=")[2])
            assert session is not None
            here.portal.sessions.end(session)
            assert await page.ends() == "You are logged out."
            await other.type(f"admin{ENTER}", "Password: ")

    at_place(act)


JUNK: tuple[str | bytes, ...] = (
    b"\xff\x00", "", "x", "{}", "[]", '{"type": "keys"}', '{"type": "keys", "text": "", "number": 1}',
    '{"type": "keys", "text": "x", "number": -1}', '{"type": "keys", "text": 5, "number": 1}',
    '{"type": "size", "rows": 0, "columns": 80}', '{"type": "size", "rows": 1e9, "columns": 80}',
    '{"type": "break", "more": 1}', '{"type": "exec"}', "[" * 50_000,
    '{"type": "keys", "number": 1, "text": "' + "x" * 9_000 + '"}',
)  # fmt: skip


def test_junk_is_told_and_ends_the_page_alone(beside: "Beside") -> None:
    async def act(here: Place, page: Page) -> None:
        await page.socket.close()
        for junk in JUNK:
            async with here.page("bench/bench") as bad:
                await bad.sees("bench>")
                await bad.socket.send(junk)
                assert await bad.ends() == "The page sent something that is no message. Load it anew.", junk
                with pytest.raises(ConnectionClosed):
                    await bad.hear()

    beside.each(act)


def test_a_frame_that_is_too_large_ends_the_page_alone(beside: "Beside") -> None:
    async def act(here: Place, page: Page) -> None:
        await page.socket.send("x" * (LARGEST_MESSAGE + 1))
        with pytest.raises(ConnectionClosed) as caught:
            await page.ends()
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == 1009

    beside.each(act)


def test_a_megabyte_is_taken_piece_by_piece_and_others_type_meanwhile(beside: "Beside") -> None:
    async def act(here: Place, page: Page) -> None:
        links = _links(here)
        typing = asyncio.create_task(page.type(f"! {'x' * 98}{ENTER}" * 10_000))
        async with here.page("R1/vty") as other:
            await logged_in(other, enter=False)
            for _ in range(5):
                await other.type(f"show privilege{ENTER}", "Current privilege level is 15")
                assert all(len(link._inbox) <= MOST_WAITING for link in links)
        page.socket.transport.abort()
        typing.cancel()
        await asyncio.gather(typing, return_exceptions=True)

    beside.each(act)


def test_a_page_that_takes_nothing_is_not_typed_for_and_keeps_little(beside: "Beside") -> None:
    async def act(here: Place, page: Page) -> None:
        await page.type(f"terminal length 0{ENTER}", "R1#")
        page.socket.transport.pause_reading()
        link = _links(here)[0]
        for number in range(page.number + 1, page.number + 41):
            await page.say({"type": "keys", "text": f"show tech-support{ENTER}" * 20, "number": number})
        async with here.page("R1/vty") as other:
            await logged_in(other, enter=False)
            await other.type(f"show privilege{ENTER}", "Current privilege level is 15")
        assert link._put - link._sent < 2 << 20
        page.socket.transport.abort()

    beside.each(act)


def _links(here: Place) -> list[PageLink]:
    return [line._typist for line in here.consoles._lines.values() if line._typist is not None]


class Beside:
    """A page at con 0 that does something bad, with another at a vty that is to notice nothing."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    def each(self, act: Any) -> None:
        async def both(here: Place) -> None:
            async with here.page("R1/vty") as good:
                await logged_in(good, enter=False)
                async with here.page() as bad:
                    await logged_in(bad)
                    await act(here, bad)
                await good.type(f"show privilege{ENTER}", "Current privilege level is 15", "R1#")
            assert [each for each in self._caplog.records if each.levelno >= logging.ERROR] == []

        at_place(both)


@pytest.fixture
def beside(caplog: pytest.LogCaptureFixture) -> Beside:
    return Beside(caplog)


def test_fifty_pages_are_bounded_and_told(caplog: pytest.LogCaptureFixture) -> None:
    async def act(here: Place) -> None:
        cookie = here.log_in()
        here.portal.service.accounts.add("eve", "eve's secret", 0, by="lab", role=Role.OPERATOR)
        pages = []
        for number in range(50):
            socket = await here.socket("bench/bench", cookie)
            pages.append(page := Page(socket))
            if number < MOST_PAGES_EACH:
                await page.sees("bench>")
            else:
                assert await page.ends() == "20 console pages of this account are open. Close one of them first."
        async with here.page(cookie=here.log_in("eve")) as other:
            await logged_in(other)
        for page in pages:
            await page.socket.close()
        while here.consoles._pages:
            await asyncio.sleep(0.01)
        async with here.page("bench/bench", cookie) as page:
            await page.sees("bench>")

    at_place(act)


def test_nobody_comes_before_the_routers_are_served() -> None:
    async def act(here: Place) -> None:
        here.consoles._loop = None
        async with here.page() as page:
            assert await page.ends() == "The routers are not served yet. Try again."

    at_place(act)
