"""The ways in, and the levels they lead to: users, lines, enable passwords and banners of the running configuration.

Only read here; the lines themselves are kept by the configuration language. R: a line that asks for a password where
none is set asks for nothing on the console, and lets nobody in on a virtual terminal line, which asks by itself; a
line's level is that of a user who has none of his own; with `aaa new-model` a line asks by the list `default` or its
own, and a user's level is of no account unless `aaa authorization console` (at the console) or `exec` (elsewhere)
says so. I: whatever a list names beside `local`, `line`, `enable` and `none` is a server that does not answer, so the
next method is asked.
"""

from enum import StrEnum

import msgspec

from emulator.router.configuration import Block, Configuration
from emulator.router.line_settings import line_block

USER_LEVEL, HIGHEST_LEVEL = 1, 15
AAA = "aaa authentication login"
AUTHORIZATION = {False: "aaa authorization console", True: "aaa authorization exec"}
"""Line of the configuration without which AAA gives a user no level: at the console, and elsewhere (R)."""


class Method(StrEnum):
    """The way in which a line authenticates a user."""

    NONE = "none"
    UNSET = "the line's own password, and there is none"
    """Refusal of every log-in: `Password required, but none set`."""
    SERVER = "a server, and none answers"
    LINE = "line"
    """Password of the line."""
    ENABLE = "enable"
    """Enable password, by AAA."""
    LOCAL = "local"
    """User name and password."""
    LOCAL_AAA = "local, by AAA"


TEXTS = frozenset({"autocommand"})
"""Words of a line of a user behind which a text stands that says nothing of the log-in."""


class Password(msgspec.Struct, frozen=True):
    """A password as stored: `kind` 0 in clear text, 4, 5, 8 or 9 hashed, 7 reversibly encoded."""

    kind: str
    text: str


class LocalUser(msgspec.Struct, frozen=True):
    """A user of the configuration; `privilege` None: the line's level."""

    name: str
    password: Password | None
    privilege: int | None = None


class LineAccess(msgspec.Struct, frozen=True):
    """The log-in rules of a line; `own_levels`: a user's own level counts."""

    method: Method
    password: Password | None
    privilege: int
    own_levels: bool


def read_password(words: str) -> Password | None:
    """Read a password as the configuration has it: `0 cisco`, `7 0822455D0A16`, `cisco`; None for an empty text."""
    kind, blank, rest = words.partition(" ")
    if blank and kind in {"0", "4", "5", "7", "8", "9"}:
        return Password(kind, rest)
    return Password("0", words) if words else None


def line_access(configuration: Configuration, kind: str = "con", number: int = 0, *, asks: bool = False) -> LineAccess:
    """Return the log-in rules of a line; `asks`: it requires a log-in by default, as virtual terminal lines do."""
    line = line_block(configuration, kind, number)
    password = read_password(line.word("password"))
    level = line.word("privilege level")
    return LineAccess(
        _method(configuration, line, password, asks=asks),
        password,
        int(level) if level.isdecimal() else USER_LEVEL,
        "aaa new-model" not in configuration.lines or configuration.has(AUTHORIZATION[asks]),
    )


def account(configuration: Configuration, name: str) -> LocalUser | None:
    """Return the user of a name, in which case matters (R); None if there is none."""
    key = f"username {name}"
    lines = [line.removeprefix(key) for at, line in configuration.lines.items() if f"{at} ".startswith(f"{key} ")]
    if not lines:
        return None
    privilege: int | None = None
    password: Password | None = None
    for line in lines:
        rest = line.split()
        while rest:
            word = rest.pop(0)
            if word == "privilege" and rest and rest[0].isdecimal():
                privilege = int(rest.pop(0))
            elif word in {"password", "secret"}:
                password, rest = read_password(" ".join(rest)), []
            elif word == "nopassword":
                password = Password("0", "")
            elif word in TEXTS:
                rest = []
    return LocalUser(name, password, privilege)


def enable_password(configuration: Configuration, level: int = HIGHEST_LEVEL) -> tuple[Password, bool] | None:
    """Return the password for `enable` to a level, and whether it is the secret, which comes first; None if unset."""
    suffix = "" if level == HIGHEST_LEVEL else f" level {level}"
    for kind in ("secret", "password"):
        words = configuration.word(f"enable {kind}{suffix}")
        found = None if words.startswith("level ") else read_password(words)
        if found is not None:
            return found, kind == "secret"
    return None


def privilege_of(user: LocalUser | None, line: LineAccess) -> int:
    """Privilege level at which a session begins."""
    if user is None or user.privilege is None or not line.own_levels:
        return line.privilege
    return user.privilege


def banner(configuration: Configuration, kind: str, hostname: str, line: int, description: str = "") -> str:
    """Text of a banner with its tokens filled in (R); empty if there is none."""
    text = configuration.word(f"banner {kind}")
    if not text:
        return ""
    mark = text[:2] if text.startswith("^") else text[:1]
    body = text[len(mark) :].partition(mark)[0]
    tokens = {
        "hostname": hostname,
        "line": str(line),
        "line-desc": description,
        "domain": configuration.word("ip domain name"),
    }
    for token, value in tokens.items():
        body = body.replace(f"$({token})", value)
    return body


def _method(configuration: Configuration, line: Block, password: Password | None, *, asks: bool) -> Method:
    login = line.lines.get("login", "login" if asks else "")
    if "aaa new-model" in configuration.lines:
        chosen = login.removeprefix("login authentication ")
        return aaa_method(configuration, chosen if chosen != login else "default", asks=asks)
    if login == "login local":
        return Method.LOCAL
    if login != "login":
        return Method.NONE
    if password is not None:
        return Method.LINE
    return Method.UNSET if asks else Method.NONE


def aaa_method(configuration: Configuration, methods: str, *, asks: bool) -> Method:
    """Return the first method of a list that this router has itself; without a list, the console lets in (R).

    R: the other lines ask for a local user then. I: where only servers are listed, no log-in succeeds.
    """
    listed = configuration.word(f"{AAA} {methods}").split()
    for method in listed:
        match method:
            case "local" | "local-case":
                return Method.LOCAL_AAA
            case "line" | "enable" | "none":
                return Method(method)
            case _:
                continue
    if not asks:
        return Method.NONE
    return Method.SERVER if listed else Method.LOCAL_AAA
