"""Pages at lines: typing, what is shown, dropped connections, watching."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from emulator.backend.entities import Role
from emulator.console.line.inputs import ClientConnected, LineTyped
from tests.unit.transports.web_console.place import ENTER, Page, Place, place

Act = Callable[[Place], Coroutine[Any, Any, None]]


def at_place(act: Act, *names: str) -> None:
    async def run() -> None:
        async with place(*names) as here:
            await act(here)

    asyncio.run(run())


async def logged_in(page: Page, *, enter: bool = True) -> None:
    """Log in at a line, as the configuration asks for."""
    if enter:
        await page.type(ENTER)
    await page.sees("Username: ")
    await page.type(f"admin{ENTER}", "Password: ")
    await page.type(f"lab{ENTER}", "R1#")


def test_con_0_is_typed_at_key_by_key() -> None:
    async def act(here: Place) -> None:
        async with here.page() as page:
            await page.type(ENTER, "Username: ")
            await page.type("admni")
            await page.heard()
            assert (page.state["line"], page.state["cursor"], page.state["echo"]) == ("admni", 5, True)
            await page.type("\x7f\x7fin\x02")
            await page.heard()
            assert (page.state["line"], page.state["cursor"]) == ("admin", 4)
            await page.type(f"{ENTER}", "Password: ")
            await page.type("lab")
            await page.heard()
            assert (page.state["prompt"], page.state["line"], page.state["echo"]) == ("Password: ", "", False)
            await page.type(ENTER, "R1#")
            assert page.opened["line"] == "con 0"
            assert "lab\n" not in page.text
            await page.type("show priv?", "privilege", "R1#show priv")
            await page.type("\t")
            await page.heard()
            assert page.state["line"] == "show privilege "
            await page.type(ENTER, "Current privilege level is 15", "R1#")

    at_place(act)


def test_a_vty_pages_by_the_size_of_the_page_and_a_long_line_is_told_whole() -> None:
    async def act(here: Place) -> None:
        async with here.page("R1/vty") as page:
            await logged_in(page, enter=False)
            assert page.opened["line"] == "vty 0"
            await page.say({"type": "size", "rows": 10, "columns": 40})
            await page.type(f"show version{ENTER}", " --More-- ")
            await page.heard()
            assert (page.state["prompt"], page.state["line"]) == (" --More-- ", "")
            await page.type("q", "R1#")
            await page.type("show running-config | include " + "x" * 60)
            await page.heard()
            assert page.state["line"] == "show running-config | include " + "x" * 60
            await page.type(f"\x15exit{ENTER}")
            assert await page.ends() == "The session has ended."

    at_place(act)


def test_what_is_typed_in_a_page_is_an_input_as_by_telnet() -> None:
    async def act(here: Place) -> None:
        inputs = noted(here)
        async with here.page("R1/vty") as page:
            await logged_in(page, enter=False)
            await page.type(f"show clock{ENTER}", "R1#")
            await page.type(f"exit{ENTER}")
            await page.ends()
        by_page = inputs[:]
        inputs.clear()
        async with here.network.telnet() as talk:
            await talk.type("", "Username: ")
            await talk.type("admin\r", "Password: ")
            await talk.type("lab\r", "R1#")
            await talk.type("show clock\r", "R1#")
            await talk.type("exit\r")
            await talk.ends()
        assert by_page == inputs
        assert [each.text for each in inputs if isinstance(each, LineTyped)] == ["admin", "lab", "show clock", "exit"]
        assert isinstance(inputs[0], ClientConnected)

    at_place(act)


def noted(here: Place) -> list[Any]:
    """Every input of the world from now on, but for the size of a screen."""
    found: list[Any] = []
    before = here.world.sink.taking

    def taking(what: Any) -> Any:
        if type(what).__name__ not in {"LineSized", "LineAttended"}:
            found.append(what)
        return before(what)

    here.world.sink.taking = taking
    return found


def test_two_thousand_lines_are_pasted() -> None:
    async def act(here: Place) -> None:
        async with here.page() as page:
            await logged_in(page)
            await page.type("".join(f"! line {number}{ENTER}" for number in range(2000)))
            await page.heard()
            await page.type(f"show privilege{ENTER}", "Current privilege level is 15")
            assert [line for line in page.text.splitlines() if "! line" in line] == [
                f"R1#! line {number}" for number in range(2000)
            ]

    at_place(act)


def test_a_page_comes_back_to_its_session_and_is_shown_what_it_missed() -> None:
    async def act(here: Place) -> None:
        session = "a-word-of-the-tab"
        async with here.page("R1/vty", query=f"session={session}") as page:
            await logged_in(page, enter=False)
            await page.type("show priv")
            await page.heard()
            at, seen = page.state["at"], page.text
            page.socket.transport.abort()
        here.world.lines_of("R1").in_use[1].write("\nmeanwhile\n")
        async with here.page("R1/vty", query=f"session={session}&at={at}") as page:
            await page.sees("show priv")
            assert not page.opened["anew"]
            await page.sees("meanwhile")
            assert page.text.split() == ["R1#show", "priv", "meanwhile"]
            assert "Username" not in page.text
            page.number = page.state["heard"]
            await page.type(f"ilege{ENTER}", "Current privilege level is 15")
        async with here.page("R1/vty", query=f"session={session}&at={at + 10_000}") as page:
            await page.sees("Current privilege level is 15")
            assert page.opened["anew"]
            assert page.text.startswith(seen)
        async with here.page("R1/vty", cookie=other(here), query=f"session={session}&at=0") as page:
            await page.sees("Username: ")
            assert page.opened["line"] == "vty 1"

    at_place(act)


def other(here: Place) -> str:
    """Another operator, by the cookie of a browser."""
    here.portal.service.accounts.add("eve", "eve's secret", 0, by="lab", role=Role.OPERATOR)
    return here.log_in("eve")


def test_a_session_is_watched_but_not_typed_at() -> None:
    async def act(here: Place) -> None:
        async with here.page() as page, here.page(query="watch=yes", cookie=here.log_in()) as watching:
            await logged_in(page)
            await watching.sees("R1#")
            while not page.watched:
                await page.hear()
            await watching.type(f"reload{ENTER}")
            await page.type(f"show privilege{ENTER}", "Current privilege level is 15", "R1#")
            assert "reload" not in await watching.sees("Current privilege level is 15", "R1#")
            [open_] = here.consoles.open_lines()
            assert (open_.router, open_.line, open_.account, open_.watching) == ("R1", "con0", "lab", 1)
        async with here.page("R1/vty3", query="watch=yes") as page:
            assert await page.ends() == "No page has a session at this line."

    at_place(act)


def test_a_console_has_one_terminal_at_a_time() -> None:
    async def act(here: Place) -> None:
        async with here.page() as page:
            await logged_in(page)
            async with here.page() as second:
                assert await second.ends() == "Another page is at this console. It can be watched."
            async with here.page(query="take=yes", cookie=other(here)) as stranger:
                assert "Another page" in await stranger.ends()
            async with here.page(query="take=yes") as second:
                await second.sees("R1#")
                assert await page.ends() == "This session goes on in another page."
        here.consoles.end()
        async with here.network.telnet(port=here.network.console_port) as talk:
            await talk.type("\r", "R1#")
            async with here.page() as page:
                assert await page.ends() == "Another terminal is at this console."

    at_place(act)


def test_the_bench_is_on_a_page_and_reaches_no_file_of_the_computer() -> None:
    async def act(here: Place) -> None:
        async with here.page("bench/bench") as page, here.page("bench/bench") as second:
            await page.sees("bench>")
            await second.sees("bench>")
            await page.type(f"console R1{ENTER}", "The console of R1 is at /console/R1/con0", "bench>")
            await page.type(f"put /etc/passwd tftp{ENTER}", "% ", "bench>")
            assert "root:" not in page.text
            await second.type(f"exit{ENTER}")
            assert await second.ends() == "The session has ended."

    at_place(act)


def test_a_router_without_power_says_why_there_is_no_line() -> None:
    async def act(here: Place) -> None:
        async with here.page("bench/bench") as page:
            await page.type(f"power R1 off{ENTER}", "bench>", "bench>")
            async with here.page("R1/vty") as vty:
                assert await vty.ends() == "The router gives no line: no IOS runs."
            async with here.page() as console:
                await console.hear()
                assert console.opened == {"type": "opened", "line": "con 0", "anew": True, "powered": False}
        assert [router.state for router in here.consoles.routers()] == ["no power"]

    at_place(act)


def test_keys_of_a_stopped_line_are_dropped_and_the_page_is_told() -> None:
    async def act(here: Place) -> None:
        async with here.page() as page:
            await logged_in(page)
            here.consoles.freeze(frozen=True)
            assert await page.hear() == {"type": "stopped", "stopped": True}
            await page.type(f"disable{ENTER}")
            await page.heard()
            assert page.state["line"] == ""
            async with here.page(query="take") as other:
                while (await other.hear())["type"] != "stopped":
                    """The page that takes over is told too."""
                here.consoles.freeze(frozen=False)
                await other.type(f"show privilege{ENTER}", "Current privilege level is 15", "R1#")

    at_place(act)
