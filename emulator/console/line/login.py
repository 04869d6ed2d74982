"""Logging in at a line: banners, who is asked what, three tries, and at which level the session begins.

What a method asks and how it goes on are two tables. C: the heading and the two questions (a CISCO1941). R: the
answers to a wrong name or password, three tries, the order of the banners (motd and login before, exec or incoming
after). I: an empty name is asked for again and is no try.
"""

from enum import StrEnum
from typing import Protocol

import msgspec

from emulator.console.line.exec_state import ExecState
from emulator.console.line.line_place import LinePlace
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
    privilege_of,
)
from emulator.router.clocks import moment
from emulator.router.device import Router
from emulator.router.events import LoginFailed, LoginSucceeded

TRIES = 3
LOCAL_SOURCE = "LOCAL"
"""Source of a log-in at the console, as messages name it."""
PORTS = {"ssh": 22, "telnet": 23}


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
    """The first question of a method, and its words for a wrong answer and for the last one."""

    first: LoginStage
    wrong: str
    last: str


METHOD_RULES: dict[Method, LoginMethodRule] = {
    Method.NONE: LoginMethodRule(LoginStage.IN, "", ""),
    Method.UNSET: LoginMethodRule(LoginStage.OUT, "", ""),
    Method.LINE: LoginMethodRule(LoginStage.WORD, "", "login.bad_passwords"),
    Method.ENABLE: LoginMethodRule(LoginStage.WORD, "login.failed", "login.failed"),
    Method.LOCAL: LoginMethodRule(LoginStage.NAME, "login.invalid", "login.invalid"),
    Method.SERVER: LoginMethodRule(LoginStage.NAME, "login.failed", "login.failed"),
    Method.LOCAL_AAA: LoginMethodRule(LoginStage.NAME, "login.failed", "login.failed"),
}

TRANSITIONS: dict[tuple[LoginStage, LoginAnswer], LoginStage | None] = {
    (LoginStage.NAME, LoginAnswer.EMPTY): LoginStage.NAME,
    (LoginStage.NAME, LoginAnswer.NAMED): LoginStage.WORD,
    (LoginStage.WORD, LoginAnswer.RIGHT): LoginStage.IN,
    (LoginStage.WORD, LoginAnswer.WRONG): None,
    (LoginStage.WORD, LoginAnswer.TRIED): LoginStage.OUT,
}
"""Next stage after each answer; None: the method's first question."""


class GuardedLine(Protocol):
    """A line as log-in uses it."""

    router: Router
    place: LinePlace
    exec: ExecState

    def admit(self, user: str, privilege: int, /) -> None:
        """Admit a user, at a privilege level."""


def greeting(line: GuardedLine, *, known: bool) -> str:
    """Text before the first question; a client that is known has seen the banner of the log-in already."""
    text = "\n" + _banner(line, "motd")
    if known or asks_nothing(line):
        return text
    return text + _banner(line, "login") + ("\n" if line.place.kind.hangs_up else "") + wording("login.heading")


def welcome(line: GuardedLine) -> str:
    """Text after a successful log-in."""
    return _banner(line, "exec")


def incoming(line: GuardedLine) -> str:
    """Text for a client that has come to the port of a line (reverse Telnet)."""
    return _banner(line, "incoming")


def asks_nothing(line: GuardedLine) -> bool:
    """Tell whether the line opens without a question."""
    return line.place.access.method is Method.NONE


def autocommand(line: GuardedLine) -> str:
    """Command that runs at once, the user's before the line's; the session ends with it."""
    own = line.router.configuration.word(f"username {line.exec.user} autocommand")
    return own or line.place.settings.word("autocommand")


def log_in(line: GuardedLine) -> Handler:
    """Ask for name and password; the line is told the outcome."""
    access = line.place.access
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
            right = _is_right(line.router, access, user, typed)
            answer = LoginAnswer.RIGHT if right else LoginAnswer.TRIED if tries == TRIES else LoginAnswer.WRONG
            tell(line.router, name, line.place.peer, line.place.protocol, right=right)
            told = {LoginAnswer.WRONG: way.wrong, LoginAnswer.TRIED: way.last}.get(answer)
            if told:
                yield Say(wording(told))
        stage = TRANSITIONS[stage, answer] or way.first
    if stage is LoginStage.IN:
        line.admit(name, privilege_of(user, access))


def verify(router: Router, access: LineAccess, name: str, typed: str) -> int | None:
    """Level at which a name and password let in, None where they do not: for clients that give both at once."""
    user = account(router.configuration, name)
    if access.method is not Method.NONE and not _is_right(router, access, user, typed):
        return None
    return privilege_of(user, access)


def level_of(router: Router, access: LineAccess, name: str) -> int:
    """Level of a user by name."""
    return privilege_of(account(router.configuration, name), access)


def tell(router: Router, user: str, peer: str, protocol: str, *, right: bool) -> None:
    """Log a try, where `login on-success log` or `login on-failure log` is configured."""
    facts = {
        "user": user,
        "moment": moment(router.wall_time()),
        "source": peer or LOCAL_SOURCE,
        "port": PORTS.get(protocol, 0),
    }
    if right and "login on-success log" in router.configuration.lines:
        router.tell(LoginSucceeded, **facts)
    if not right and "login on-failure log" in router.configuration.lines:
        router.tell(LoginFailed, **facts)


def _is_right(router: Router, access: LineAccess, user: LocalUser | None, typed: str) -> bool:
    match access.method:
        case Method.LINE:
            kept = access.password
        case Method.ENABLE:
            enable = enable_password(router.configuration)
            kept = enable[0] if enable else None
        case Method.LOCAL | Method.LOCAL_AAA:
            kept = user.password if user else None
        case _:
            kept = None
    return kept is not None and check(kept, typed)


def check(kept: Password, typed: str) -> bool:
    """Tell whether the typed text is the password."""
    return is_right(typed, kept.kind, kept.text)


SETTINGS: dict[str, tuple[str, ...]] = {"motd": ("motd-banner", "exec-banner"), "exec": ("exec-banner",)}
"""Settings of a line that each banner needs; without `exec-banner` there is no message of the day either (R)."""


def _banner(line: GuardedLine, kind: str) -> str:
    if any(line.place.settings.lines.get(setting) == f"no {setting}" for setting in SETTINGS.get(kind, ())):
        return ""
    text = banner_text(line.router, kind, line.place.tty, line.place.settings.word("location"))
    return f"{text}\n" if text else ""


def banner_text(router: Router, kind: str, tty: int, description: str = "") -> str:
    """Banner as a client at a line is shown it; empty if there is none."""
    return banner(router.configuration, kind, router.hostname, tty, description)
