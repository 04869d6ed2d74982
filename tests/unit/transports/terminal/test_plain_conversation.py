"""A terminal without cursor control: every key is heard at once, and nothing but characters is sent to it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from emulator.kernel.time import SECOND
from emulator.sim.pacing import parse_pace
from emulator.transports.terminal.live_clock import LiveTime
from emulator.transports.terminal.plain_conversation import PlainConversation
from emulator.world.world import World
from tests.unit.transports.terminal.terminals import Terminal

MORE = " --More-- "
WIPED = "\b" * len(MORE) + " " * len(MORE) + "\b" * len(MORE)


class Person:
    """Types when something is seen."""

    def __init__(self, world: World, talk: PlainConversation, sent: list[str], live: LiveTime) -> None:
        self._world, self.talk, self._sent, self._read, self.live = world, talk, sent, 0, live

    @property
    def sent(self) -> str:
        return "".join(self._sent)

    @property
    def now(self) -> int:
        return self._world.now

    async def types(self, keys: str, *until: str) -> str:
        """Press keys, and wait for texts one after the other; what was sent up to there."""
        self.talk.typed(keys)
        return await self.sees(*until)

    async def sees(self, *texts: str) -> str:
        began = self._read
        for text in texts:
            async with asyncio.timeout(20):
                while text not in self.sent[self._read :]:
                    await asyncio.sleep(0.002)
            self._read = self.sent.index(text, self._read) + len(text)
        return self.sent[began : self._read]


def play(script: Callable[[Person], Awaitable[None]], *, pace: str = "max", start: str | None = "R1") -> Terminal:
    """Have a person at the console of a booted router; the value is the world."""
    terminal = Terminal(pace=pace).boot()

    async def played() -> None:
        live = LiveTime(terminal.world.clock, parse_pace(pace))
        sent: list[str] = []
        talk = PlainConversation(terminal.world, lambda: terminal.bench, live, terminal._save, sent.append)
        person = Person(terminal.world, talk, sent, live)
        task = asyncio.create_task(talk.hold(start))
        try:
            await script(person)
            talk.gone()
            async with asyncio.timeout(20):
                await task
        finally:
            task.cancel()
            await asyncio.wait({task})

    asyncio.run(played())
    return terminal


def test_every_key_is_heard_at_once():
    async def script(person: Person) -> None:
        await person.sees("Router#")
        assert await person.types("sh?", "show\n\nRouter#sh") == "sh?\nshow\n\nRouter#sh"
        assert await person.types("\t", "Router#show ") == "\nRouter#show "
        await person.types("version\r", MORE)
        assert await person.types("q", "Router#") == f"{WIPED}Router#"
        await person.types("reload\r", "[confirm]")
        assert await person.types("n", "Router#") == "\nRouter#"

    assert play(script).saves > 0


def test_control_c_breaks_the_command_and_not_the_program():
    async def script(person: Person) -> None:
        await person.sees("Router#")
        await person.types("ping 192.0.2.99\r", "Sending 5")
        await person.types("\x03", "Router#")
        await person.types("wrong\x03show privilege\r", "level is 15\nRouter#")

    assert play(script, pace="1").line.history[-1] == "show privilege"


def test_nothing_is_doubled_and_nothing_but_characters_is_sent():
    async def script(person: Person) -> None:
        await person.sees("Router#")
        await person.types("exit\r", "Press RETURN to get started.")
        await person.types("\r", "Router>")
        await person.types("enable\r", "Router#")
        shown = await person.types("configure terminal\rhostname edge\rend\r", "edge#", "by console\n")
        assert [line for line in shown.split("\n") if not line.startswith("*Mar")] == [
            "configure terminal", "Enter configuration commands, one per line.  End with CNTL/Z.",
            "Router(config)#hostname edge", "edge(config)#end", "edge#", "",
        ]  # fmt: skip
        assert not set(person.sent) & {"\x1b", "\r"}

    play(script)


def test_a_log_in_is_known_to_the_clock():
    async def script(person: Person) -> None:
        await person.sees("Router#")
        await person.types("configure terminal\rline con 0\rpassword word\rlogin\rend\rexit\r", "Press RETURN")
        assert not person.live.logging_in()
        await person.types("\r", "Password: ")
        assert person.live.logging_in()
        await person.types("word\r", "Router>")
        assert not person.live.logging_in()

    play(script)


def test_an_idle_prompt_writes_nothing():
    async def script(person: Person) -> None:
        await person.sees("Router#")
        await person.sees("SNMP-5-COLDSTART", "\n")
        before, since = person.sent, person.now
        async with asyncio.timeout(20):
            while person.now < since + 30 * SECOND:
                await asyncio.sleep(0.002)
        assert person.sent == before

    play(script, pace="60")


def test_to_the_bench_and_back_and_out():
    async def script(person: Person) -> None:
        await person.sees("Router#")
        await person.types("sho\x1ex", "\nThe bench.", "\nbench>")
        assert await person.types("console R1\rshow privilege\r", "level is 15\n") == (
            "console R1\nThe console of R1. Ctrl-^ x (Ctrl-Shift-6, x) goes to the bench.\n"
            "Router#show privilege\nCurrent privilege level is 15\n"
        )
        await person.types("\x1ex", "bench>")
        await person.types("x\x08\x04", "x\b")
        async with asyncio.timeout(20):
            while not person.talk._gone:
                await asyncio.sleep(0.002)

    play(script)


@pytest.mark.parametrize("keys", ["\x1e\x1eq", "\x04", "\x1b[A\x1b", "\0", "é" * 300])
def test_no_key_ends_it(keys: str):
    async def script(person: Person) -> None:
        await person.sees("Router#")
        await person.types(f"{keys}\x15\x0b\rshow privilege\r", "level is 15")

    play(script)
