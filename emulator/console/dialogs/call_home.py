"""Calling the licensing back end from a console: who calls, what it answers, and why it did not.

R: the two prompts and the line after them. I: what is printed when nobody answers. A call never changes the stores.
An answer has a way of its own: a line that is cut meanwhile loses it, whatever the back end has done by then.
"""

from collections.abc import Callable, Generator
from typing import Any

from emulator.console.session.save_file import save
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Ask, Effect, Request, Say, Wait
from emulator.kernel.time import SECOND, Duration
from emulator.router.device import Router
from emulator.router.files.systems import FileFault
from emulator.router.ports import Answer, CallHome, CallRefused, LogIn, RefusalCause, Reply
from emulator.storage.urls import parse_url

ONE_WAY: Duration = SECOND
"""Time that a question takes to the server, and its answer back, in milliseconds (I)."""

NO_ANSWER: Duration = 30 * SECOND
"""Time after which an unanswered call is given up, in milliseconds (I)."""

CAUSES: dict[RefusalCause, str] = {
    "unreachable": "call_home.unreachable",
    "untrusted": "call_home.untrusted",
    "wrong name": "call_home.wrong_name",
    "expired": "call_home.expired",
    "time-out": "call_home.time_out",
    "unavailable": "call_home.unavailable",
    "too many": "call_home.too_many",
    "log-in": "call_home.log_in",
    "pak": "call_home.bad_pak",
    "pak spent": "call_home.pak_spent",
    "nothing issued": "call_home.nothing",
    "family": "call_home.family",
    "ended": "call_home.refused",
    "other": "call_home.refused",
}

NOBODY: frozenset[RefusalCause] = frozenset({"unreachable", "time-out"})
"""Causes that a router learns by waiting in vain."""


def log_in() -> Generator[Effect, Any, LogIn]:
    """Ask for the user name and password of a call."""
    user = yield Ask(wording("call_home.user"))
    password = yield Ask(wording("call_home.password"), hidden=True)
    yield Say(wording("call_home.initiating"))
    return LogIn(user.strip(), password)


def ask(router: Router, call: Callable[[CallHome, str], Reply[Answer]]) -> Generator[Effect, Any, Answer | None]:
    """Ask the back end; returns its answer, or None for a refusal, which is reported."""
    answer = yield from call_home(router, call)
    return None if isinstance(answer, CallRefused) else answer


def call_home(
    router: Router, call: Callable[[CallHome, str], Reply[Answer]]
) -> Generator[Effect, Any, Answer | CallRefused]:
    """Call the back end and return its answer; a refusal is reported."""
    home, name = router.call_home, router.name
    answer: Answer | CallRefused = yield Request(lambda: call(home, name), ONE_WAY)
    yield Wait(ONE_WAY)
    if not home.connected(name):
        answer = CallRefused("unreachable")
    if isinstance(answer, CallRefused):
        if answer.cause in NOBODY:
            yield Wait(NO_ANSWER)
        yield Say(wording(CAUSES[answer.cause], reason=answer.text))
    return answer


def ask_file() -> Generator[Effect, Any, str]:
    """Ask for a file; returns its name with its file system, or nothing. A command is no name, and is not taken (I)."""
    while True:
        name: str = (yield Ask(wording("call_home.file_name"))).strip()
        if not name or (":" in name and not any(letter.isspace() for letter in name)):
            return name
        yield Say(wording("call_home.no_file_name"))


def store(session: Session, name: str, content: bytes) -> Generator[Effect, Any, bool]:
    """Write a file under a name that was typed; returns whether that succeeded."""
    url = parse_url(name)
    if url is None:
        yield Say(wording("file.open_failed", url=name, reason=FileFault.NO_DEVICE))
        return False
    done = yield from save(session.router, url, content)
    if done:
        yield Say(wording("call_home.written", url=name))
    return done
