"""Names that a dialog about files asks for: the file, the server, the user there, and the password.

R: a dialog that asks for the server asks RCP and SCP for a user next, and proposes the one that is configured, else the
name of the router; SCP asks for a password once the server has answered, unless the URL has one. I: it asks once. I: a
name is one word; a line of several is a command that was typed or pasted too early, and is not taken for a name.
"""

from collections.abc import Generator
from typing import Any

from msgspec.structs import replace

from emulator.console.wording import wording
from emulator.kernel.effects import Ask, Effect, Say
from emulator.router.device import Router
from emulator.router.files.protocols import account_of, protocols
from emulator.storage.urls import FileUrl


def ask_name(question: str) -> Generator[Effect, Any, str]:
    """Ask for a name; returns it, or nothing for an empty line. Several words are refused, and it is asked again."""
    while True:
        name: str = (yield Ask(question)).strip()
        if not any(letter.isspace() for letter in name):
            return name
        yield Say(wording("file.no_name"))


def ask_host(router: Router, url: FileUrl, user_question: str) -> Generator[Effect, Any, FileUrl]:
    """Ask for the server of a network URL where none is named, and then for a user.

    Args:
        router: the router that logs in.
        url: the URL as typed.
        user_question: name of the wording that asks for the user.
    """
    if not url.remote or url.host:
        return url
    url = replace(url, host=(yield from ask_name(wording("file.copy_host", host=""))))
    if protocols()[url.device].account in {"user", "always"}:
        usual = account_of(router.configuration, router.hostname, url).user
        url = replace(url, user=(yield from ask_name(wording(user_question, name=usual))) or usual)
    return url


def ask_password(router: Router, url: FileUrl) -> Generator[Effect, Any, FileUrl]:
    """Ask for the password that the protocol of a URL needs, where the server can be reached to ask for it."""
    if not url.remote or url.password or protocols()[url.device].account != "always":
        return url
    if router.context.server.reach(router.name, url.host) is None:
        return url
    return replace(url, password=(yield Ask(wording("file.password"), hidden=True)))
