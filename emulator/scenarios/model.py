"""A scenario file as data. YAML that users write; a mistake is told with file and line.

A step has at most one act; a note alone is a step too. Text may hold `{NAME}`: a variable, one of the matrix, or what
an earlier step saved under that name.
"""

import re
from typing import Annotated

import msgspec

from emulator.scenarios.predicates import Question
from emulator.world.recipe import DEFAULT_START, RouterRecipe, WorldRecipe

SLOT = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")
NAME = re.compile(r"[A-Z][A-Z0-9_]*")

Lines = str | tuple[str, ...]
"""One line or several."""

DurationText = Annotated[str, msgspec.Meta(examples=["10m"])]
"""A stretch of time, as `parse_duration` reads it; it may hold `{NAME}`."""

Scalar = str | int
"""The value of a variable; it is filled in as text."""

ACTS = ("bench", "portal", "advance", "console", "connect", "disconnect", "answer", "check", "until")
LONGEST_WAIT = "1d"


PASSING, SEEING, TYPING, CHECKING = (
    "Time passes with `advance: 10s` and `until: PREDICATE`.",
    "Text is expected with `sees`, `matches` and `fields`.",
    "Lines are typed with `console: ROUTER` and `type`.",
    "Predicates are judged with `check`.",
)
OTHER_KEYS = {
    **dict.fromkeys(("wait", "sleep", "delay", "pause", "time"), PASSING),
    **dict.fromkeys(("expect", "expects", "contains", "output", "shows"), SEEING),
    **dict.fromkeys(("send", "sends", "input", "command", "commands", "run", "router", "line", "lines"), TYPING),
    **dict.fromkeys(("assert", "verify", "test", "holds", "predicate"), CHECKING),
}
"""Keys that other tools give a step, each with the way that it is done here."""


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lesson of a scenario: a question of the FAQ, and the lesson in our own words."""

    question: str
    lesson: str


class ClientConnection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A client that connects to a virtual terminal line of a router.

    Attributes:
        client: its name in this scenario; `console: NAME` types there.
        router: where it connects to.
        protocol: `ssh` logs in first; at a `telnet` line the router asks who is there.
        user, password: what an `ssh` client logs in with.
        peer: its address.
    """

    client: str
    router: str
    protocol: str = "telnet"
    user: str = ""
    password: str = ""
    peer: str = "192.0.2.100"


class Meanwhile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line for the bench that is done while the step goes on.

    Attributes:
        after: the delay from the start of the step, `1500ms`.
        bench: the line.
    """

    after: DurationText
    bench: str


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: at most one act, what goes on meanwhile, and what must have been seen.

    Attributes:
        note: text for the reader.
        bench: a line for the bench.
        portal: a line for the bench without its first word, `portal`.
        advance: a stretch of time that passes, `59d12h`.
        console: a router, or a client that has connected, with what is typed there.
        type: what is typed: a line each, ended by RETURN. `?` shows help, `<Tab>` completes, `<Ctrl-C>`, `<Ctrl-Z>`,
            `<Ctrl-U>` and `<Break>` are keys; a line that ends with one of them is not ended by RETURN.
        connect: a client that connects to a virtual terminal line.
        disconnect: a client that goes away.
        answer: answers to `questions`, by name, as a learner gives them.
        check: predicates that must hold now.
        until: a predicate; time passes until it holds.
        within: how long at most; without it a day.
        meanwhile: lines for the bench that are done while the step goes on, or after it.
        sees: texts that must appear, in this order, while the step runs.
        hides: texts that must not appear.
        matches: regular expressions that must be found in what appeared.
        fields: what must stand behind a label and a colon, `License Level: advipservices`.
        save: values to keep, by name: a pattern whose first group is found in what was seen.
        refused: the act must be refused.
        waits: the step lasts until the console asks for the next line; `false` leaves what was typed last running.
    """

    note: str | None = None
    bench: str | None = None
    portal: str | None = None
    advance: DurationText | None = None
    console: str | None = None
    type: Lines | None = None
    connect: ClientConnection | None = None
    disconnect: str | None = None
    answer: dict[str, Scalar] | None = None
    check: Lines | None = None
    until: str | None = None
    within: DurationText = LONGEST_WAIT
    meanwhile: tuple[Meanwhile, ...] = ()
    sees: Lines = ()
    hides: Lines = ()
    matches: Lines = ()
    fields: dict[str, str] = {}
    save: dict[str, str] = {}
    refused: bool = False
    waits: bool = True

    @property
    def bench_line(self) -> str | None:
        """The line that it does at the bench, if its act is one."""
        if self.advance is not None:
            return f"advance {self.advance}"
        return f"portal {self.portal}" if self.portal is not None else self.bench


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole scenario.

    Attributes:
        title: what happens, in one line.
        teaches: the `question` that it answers, and the `lesson`; both are required.
        routers: what is in the rack, by name.
        start: the calendar when it begins, as `"2010-03-01"` or `"2010-03-01T09:00:00Z"`.
        seed: what serial numbers, addresses and faults follow from.
        variables: values by name, which `--set NAME=VALUE` replaces.
        matrix: lists of values by name; the scenario is played with each combination.
        questions: questions that can be answered, by name; what is right follows from the world.
        steps: what is done and checked, in order; `include: FILE` inserts the steps of another file.
    """

    title: str
    teaches: Lesson
    routers: dict[str, RouterRecipe]
    steps: tuple[Step, ...]
    start: str = DEFAULT_START
    seed: int = 1
    variables: dict[str, Scalar] = {}
    matrix: dict[str, tuple[Scalar, ...]] = {}
    questions: dict[str, Question] = {}

    def recipe(self, name: str) -> WorldRecipe:
        """The world that it plays in."""
        return WorldRecipe(name, self.start, self.seed, self.routers)


def as_lines(text: Lines) -> tuple[str, ...]:
    """One line or several, as several."""
    return (text,) if isinstance(text, str) else text
