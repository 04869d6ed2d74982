"""Calling the licensing back end from a console: who calls, what it answers, and why it did not.

R: the two prompts and the line after them. I: what is printed when nobody answers. A call never changes the stores.
"""

from collections.abc import Callable, Generator
from typing import Any, TypeVar

from emulator.console.saving import save
from emulator.console.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Ask, Effect, Request, Say, Wait
from emulator.kernel.time import SECOND, Duration
from emulator.router.files import FileFault
from emulator.router.ports import LogIn, Refusal, RefusalCause
from emulator.storage.urls import parse_url

LATENCY: Duration = 2 * SECOND
"""A question and its answer (I)."""

NO_ANSWER: Duration = 30 * SECOND
"""How long nobody answers before a call is given up (I)."""

CAUSES: dict[RefusalCause, str] = {
    "unreachable": "call_home.unreachable",
    "log-in": "call_home.log_in",
    "pak": "call_home.bad_pak",
    "pak spent": "call_home.pak_spent",
    "nothing issued": "call_home.nothing",
    "family": "call_home.family",
    "other": "call_home.refused",
}

Answer = TypeVar("Answer")


def log_in() -> Generator[Effect, Any, LogIn]:
    """Ask who calls."""
    user = yield Ask(wording("call_home.user"))
    password = yield Ask(wording("call_home.password"), hidden=True)
    yield Say(wording("call_home.initiating"))
    return LogIn(user.strip(), password)


def ask(call: Callable[[], Answer | Refusal]) -> Generator[Effect, Any, Answer | None]:
    """What the back end answers; None for a refusal, which is told."""
    answer = yield Request(call, LATENCY)
    if not isinstance(answer, Refusal):
        found: Answer = answer
        return found
    if answer.cause == "unreachable":
        yield Wait(NO_ANSWER)
    yield Say(wording(CAUSES[answer.cause], reason=answer.text))
    return None


def store(session: Session, name: str, content: bytes) -> Generator[Effect, Any, bool]:
    """Write a file under a name that was typed; says whether it is there."""
    url = parse_url(name)
    if url is None:
        yield Say(wording("file.open_failed", url=name, reason=FileFault.NO_DEVICE))
        return False
    done = yield from save(session.router, url, content)
    if done:
        yield Say(wording("call_home.written", url=name))
    return done
