"""Random lines and random configurations: no traceback, and no line that takes long."""

import gc
import random
import string
import time
from collections.abc import Iterator

import pytest

from emulator.console.configuration.layout import configuration_lines
from emulator.console.configuration.rows import words
from emulator.console.configuration.tables import table
from emulator.console.line.phases import Frame
from emulator.console.line.router_lines import RouterLines
from emulator.console.modes import CONFIG, EXEC, PRIVILEGED, USER
from emulator.console.session.startup_reader import ReadingSession, carry_out
from emulator.console.session.verbatim_reader import read_found
from emulator.grammar import describe
from emulator.router.configuration import Configuration
from emulator.world.build import console_grammar
from tests.driver import ConsoleDriver, world_of
from tests.sizes import trials

pytestmark = pytest.mark.heavy

LINES = trials(20_000, full=200_000)
FILES = trials(2_000, full=20_000)
LONGEST = 1
"""Longest time for one line, in readings of the whole grammar in the same run: a line reads a mode at most."""

SAMPLES = ("1", "10", "255", "65000", "192.0.2.1", "255.255.255.0", "0.0.0.255", "any", "alpha", "FastEthernet4", "fa0",
           "vlan1", "2001:DB8::/32", "^C text ^C", "\x00", "é", "?", "|", "| include [[(((", "-1", "9" * 40, "a" * 300,
           "#", "!", "$1$x$y", "0011.2233.4455", "10:00:00", "<x>", "{", "http://x/", "flash:x")  # fmt: skip


@pytest.fixture(scope="module")
def console() -> ConsoleDriver:
    facts = {"factory": ("advsecurity", "advipservices"), "image": "c880data-universalk9-mz.155-3.M8.bin"}
    return ConsoleDriver(world_of(pid="CISCO887VA-K9", **facts)).boot()


@pytest.fixture(scope="module")
def whole() -> tuple[dict[str, list[str]], float]:
    """The lines of each mode, and the seconds of CPU for reading them.

    They are those of a grammar of their own, whose tables are then forgotten, so that the first line of a mode pays
    for reading it.
    """
    found: dict[str, list[str]] = {}
    began = time.process_time()
    for row in describe(console_grammar.__wrapped__()):
        found.setdefault(row.mode, []).append(row.line)
    taken = time.process_time() - began
    for read in (table, words):
        read.cache_clear()
    return found, taken


@pytest.fixture(scope="module")
def texts(whole: tuple[dict[str, list[str]], float]) -> dict[str, list[str]]:
    return whole[0]


@pytest.fixture(scope="module")
def longest(whole: tuple[dict[str, list[str]], float]) -> float:
    """Seconds of CPU that one line may take."""
    return whole[1] * LONGEST


@pytest.fixture(autouse=True)
def own_garbage() -> Iterator[None]:
    """Keep what other tests of this process left out of the garbage collections that a line is charged for."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


class Fuzz:
    """Makes lines that are nearly right, and some that are not."""

    def __init__(self, seed: int, texts: dict[str, list[str]]) -> None:
        self.random, self.texts = random.Random(seed), texts

    def line(self, mode: str) -> str:
        pick = self.random
        if pick.random() < 0.05:
            return "".join(pick.choices(string.printable, k=pick.randrange(60))).replace("\n", " ")
        words = [self._word(word) for word in pick.choice(self.texts[mode]).split()]
        for _ in range(pick.choice((0, 0, 0, 1, 2))):
            at = pick.randrange(len(words) + 1)
            words[at:at] = [pick.choice(SAMPLES)] if pick.random() < 0.5 else []
            if words and pick.random() < 0.3:
                del words[pick.randrange(len(words))]
        return " ".join(words)

    def _word(self, word: str) -> str:
        if word.startswith("<"):
            return self.random.choice(SAMPLES)
        return word if self.random.random() < 0.8 else word[: self.random.randrange(1, len(word) + 1)]

    def file(self) -> str:
        lines: list[str] = []
        mode = CONFIG
        for _ in range(self.random.randrange(30)):
            mode = self.random.choice(list(self.texts)) if self.random.random() < 0.2 else mode
            indent = " " * self.random.choice((0, 0, 1, 1, 2, 3))
            lines.append(indent + self.line(CONFIG if not indent else mode))
        return self.random.choice(("\n", "\n", "\n", "\r\n")).join(lines)


def test_random_lines(console: ConsoleDriver, texts: dict[str, list[str]], longest: float) -> None:
    fuzz, session, line = Fuzz(1, texts), console.session, console.line
    modes = [mode for mode in texts if mode not in {EXEC, "rommon"}]
    slowest = 0.0, ""
    for count in range(LINES):
        mode = fuzz.random.choice((EXEC, CONFIG, *fuzz.random.sample(modes, 2)))
        text = fuzz.line(mode)
        line.exec.frames = (
            [Frame(EXEC)] if mode == EXEC else [Frame(EXEC), Frame(CONFIG), Frame(mode, f"interface Vlan{mode}")]
        )
        if mode == CONFIG:
            line.exec.frames.pop()
        began = time.process_time()
        session.parse(mode, text)
        session.help(text)
        session.complete(text)
        slowest = max(slowest, (time.process_time() - began, text))
        if mode not in {EXEC} and not text.lstrip().lower().startswith(("d", "e", "ba", "ce")):
            line.exec.privilege = PRIVILEGED if count % 50 else USER
            began = time.process_time()
            handler = session.interpret(text)
            if handler is not None:
                handler.close()
            slowest = max(slowest, (time.process_time() - began, text))
        if count % 1000 == 0:
            console.router.running.configuration = Configuration()
    assert slowest[0] < longest, slowest


def test_random_configurations(console: ConsoleDriver, texts: dict[str, list[str]], longest: float) -> None:
    fuzz, grammar = Fuzz(2, texts), console_grammar()
    router = console.router
    slowest = 0.0, ""
    for _ in range(FILES):
        text = fuzz.file()
        line = RouterLines(router, console.world.clock, console.world.timekeeper).console
        began = time.process_time()
        read_found(router, line, grammar, text)
        expected = text.removesuffix("\n").split("\n")
        if text and "end" not in [raw.strip() for raw in expected]:
            shown = list("\n".join(configuration_lines(router)).split("\n"))
            facts = ("! Last", "license udi", "! NVRAM", "! No conf")
            assert [raw for raw in shown if not raw.startswith(facts)] == [
                raw for raw in expected if not raw.startswith(facts)
            ]
        router.running.configuration = Configuration()
        line.exec.frames, line.exec.privilege = [Frame(EXEC), Frame(CONFIG)], PRIVILEGED
        carry_out(ReadingSession(router, line, grammar), text)
        list(configuration_lines(router))
        lines = max(text.count("\n"), 1)
        slowest = max(slowest, ((time.process_time() - began) / lines, text))
    assert slowest[0] < longest, slowest
