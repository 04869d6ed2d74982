"""Logging in at a line: banners, who is asked what, three tries, and at which level the session begins.

What a method asks and how it goes on are two tables. C: the heading and the two questions (a CISCO1941). R: the
answers to a wrong name or password, three tries, the order of the banners (motd and login before, exec after). I: an
empty name is asked for again and is no try.
"""

from enum import StrEnum
from typing import Protocol

import msgspec

from emulator.console.wording import wording
from emulator.kernel.effects import Ask, Handler, Say
from emulator.keys.passwords import is_right
from emulator.router.access import (
    LineAccess,
    LocalUser,
    Method,
    Password,
    account,
    banner,
    enable_password,
    line_access,
    privilege_of,
)
from emulator.router.clocks import moment
from emulator.router.device import Router
from emulator.router.events import LoginFailed, LoginSucceeded

TRIES = 3
PLACE = "0"
"""What a banner's `$(line)` says at the console."""


class LoginStage(StrEnum):
    NAME = "asking for a name"
    WORD = "asking for a password"
    IN = "let in"
    OUT = "turned away"


class LoginAnswer(StrEnum):
    EMPTY = "nothing was typed"
    NAMED = "a name was typed"
    RIGHT = "name and password are right"
    WRONG = "they are not"
    TRIED = "they are not, for the last time"


class LoginMethodRule(msgspec.Struct, frozen=True):
    """What a method asks first, and its words for a wrong answer and for the last one."""

    first: LoginStage
    wrong: str
    last: str


METHOD_RULES: dict[Method, LoginMethodRule] = {
    Method.NONE: LoginMethodRule(LoginStage.IN, "", ""),
    Method.LINE: LoginMethodRule(LoginStage.WORD, "", "login.bad_passwords"),
    Method.ENABLE: LoginMethodRule(LoginStage.WORD, "login.failed", "login.failed"),
    Method.LOCAL: LoginMethodRule(LoginStage.NAME, "login.invalid", "login.invalid"),
    Method.LOCAL_AAA: LoginMethodRule(LoginStage.NAME, "login.failed", "login.failed"),
}

TRANSITIONS: dict[tuple[LoginStage, LoginAnswer], LoginStage | None] = {
    (LoginStage.NAME, LoginAnswer.EMPTY): LoginStage.NAME,
    (LoginStage.NAME, LoginAnswer.NAMED): LoginStage.WORD,
    (LoginStage.WORD, LoginAnswer.RIGHT): LoginStage.IN,
    (LoginStage.WORD, LoginAnswer.WRONG): None,
    (LoginStage.WORD, LoginAnswer.TRIED): LoginStage.OUT,
}
"""Where an answer leads; None: to the method's first question."""


class GuardedLine(Protocol):
    """A line as far as logging in goes."""

    router: Router

    def admit(self, user: str, privilege: int, /) -> None:
        """Let a user in, at a privilege level."""


def greeting(line: GuardedLine) -> str:
    """What is printed before anything is asked."""
    asks = line_access(line.router.configuration).method is not Method.NONE
    return _banner(line, "motd") + (_banner(line, "login") + wording("login.heading") if asks else "")


def welcome(line: GuardedLine) -> str:
    """What is printed once somebody is in."""
    return _banner(line, "exec")


def asks_nothing(line: GuardedLine) -> bool:
    """Whether RETURN alone opens the line."""
    return line_access(line.router.configuration).method is Method.NONE


def level(line: GuardedLine) -> int:
    """The level of whoever comes in without being asked."""
    return line_access(line.router.configuration).privilege


def log_in(line: GuardedLine) -> Handler:
    """Ask who is there; the line is told what came of it."""
    access = line_access(line.router.configuration)
    way = METHOD_RULES[access.method]
    stage, user, tries = way.first, None, 0
    name = ""
    while stage not in {LoginStage.IN, LoginStage.OUT}:
        if stage is LoginStage.NAME:
            name = (yield Ask(wording("login.username"))).strip()
            answer = LoginAnswer.NAMED if name else LoginAnswer.EMPTY
        else:
            typed = yield Ask(wording("login.password"), hidden=True)
            user = account(line.router.configuration, name) if name else None
            tries += 1
            right = _is_right(line, access, user, typed)
            answer = LoginAnswer.RIGHT if right else LoginAnswer.TRIED if tries == TRIES else LoginAnswer.WRONG
            _log(line, name, right=right)
            told = {LoginAnswer.WRONG: way.wrong, LoginAnswer.TRIED: way.last}.get(answer)
            if told:
                yield Say(wording(told))
        stage = TRANSITIONS[stage, answer] or way.first
    if stage is LoginStage.IN:
        line.admit(name, privilege_of(line.router.configuration, user, access))


def _log(line: GuardedLine, name: str, *, right: bool) -> None:
    """What `login on-success log` and `login on-failure log` have told."""
    router = line.router
    at, time = router.around.clock.now, moment(router.wall_time())
    if right and "login on-success log" in router.configuration.lines:
        router.around.publish(LoginSucceeded(at=at, router=router.name, user=name, moment=time))
    if not right and "login on-failure log" in router.configuration.lines:
        router.around.publish(LoginFailed(at=at, router=router.name, user=name, moment=time))


def _is_right(line: GuardedLine, access: LineAccess, user: LocalUser | None, typed: str) -> bool:
    match access.method:
        case Method.LINE:
            kept = access.password
        case Method.ENABLE:
            enable = enable_password(line.router.configuration)
            kept = enable[0] if enable else None
        case _:
            kept = user.password if user else None
    return kept is not None and check(kept, typed)


def check(kept: Password, typed: str) -> bool:
    """Whether what was typed is the password."""
    return is_right(typed, kept.kind, kept.text)


def _banner(line: GuardedLine, kind: str) -> str:
    router = line.router
    text = banner(router.configuration, kind, router.hostname, PLACE)
    return f"{text}\n" if text else ""
