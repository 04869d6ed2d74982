"""Credentials of a router: its users, and the way to privileged mode, as far as a configuration tells them.

A type 5 hash tells nothing, so a password that was saved is known only while the world file still has it in clear text.
"""

import re
from collections.abc import Iterable

import msgspec

from emulator.keys.passwords import revealed

_KEPT = r"(?:secret|password) (?:(?P<kind>[0-9]) )?(?P<password>\S.*)"
_USER = re.compile(rf"username (?P<name>\S+)(?: privilege (?P<level>\d+))? {_KEPT}")
_ENABLE = re.compile(rf"enable {_KEPT}")

USUAL_LEVEL = 1
"""Privilege level of a user without one of its own."""


class Credentials(msgspec.Struct, frozen=True):
    """A log-in.

    Attributes:
        user: name; empty where there is none.
        password: None where it is not known.
        enable: password of privileged mode; None where it is not known or there is none.
    """

    user: str = ""
    password: str | None = None
    enable: str | None = None


def credentials(configurations: Iterable[str]) -> Credentials:
    """The log-in of the highest privilege level whose password is known, else of the highest level.

    Args:
        configurations: texts of one router's configuration, the one to be believed first.
    """
    users: dict[str, tuple[bool, int, str | None]] = {}
    enable: str | None = None
    for line in (line.strip() for text in configurations for line in text.splitlines()):
        if found := _USER.fullmatch(line):
            password = _clear(found)
            user = (password is not None, int(found["level"] or USUAL_LEVEL), password)
            if user[0] > users.get(found["name"], (-1, 0, None))[0]:
                users[found["name"]] = user
        elif enable is None and (found := _ENABLE.fullmatch(line)):
            enable = _clear(found)
    if not users:
        return Credentials(enable=enable)
    name = max(users, key=lambda each: users[each][:2])
    return Credentials(name, users[name][2], enable)


def _clear(found: re.Match[str]) -> str | None:
    """A password in clear text; None for a hash."""
    match found["kind"]:
        case None | "0":
            return found["password"]
        case "7":
            return revealed(found["password"])
    return None
