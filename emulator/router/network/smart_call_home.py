"""Call home of releases since 15.2 as the configuration has it: contact, mail servers by priority, and profiles.

R, from the guide to call home: mail servers are tried by priority, 1 first, and among equals in the order in which
they were configured; the sender is `sender from`, else the contact address; a profile is used once it is active and
call home is enabled. I: profiles that the image brings along are left out.
"""

import re

import msgspec

from emulator.router.configuration import Block, Configuration

SECTION, SERVICE = "call-home", "service call-home"
_SERVER = re.compile(r"mail-server (?P<host>\S+) priority (?P<priority>\d+)")
EMAIL = "email"


class MailServerLine(msgspec.Struct, frozen=True):
    """A configured mail server."""

    host: str
    priority: int


class CallHomeProfile(msgspec.Struct, frozen=True):
    """A destination profile.

    Attributes:
        methods: the ways that its messages go: `email`, `http`.
        addresses: the addresses of e-mail.
    """

    name: str
    active: bool
    methods: tuple[str, ...]
    addresses: tuple[str, ...]


def is_enabled(configuration: Configuration) -> bool:
    """Tell whether call home is enabled."""
    return SERVICE in configuration.lines


def settings(configuration: Configuration) -> Block:
    """Return the section of call home; an empty one where there is none."""
    return configuration.sections.get(SECTION) or Block()


def sender(configuration: Configuration) -> str:
    """Address that messages come from; empty where none is configured."""
    section = settings(configuration)
    return _second(section, "sender from") or section.word("contact-email-addr")


def mail_servers(configuration: Configuration) -> list[MailServerLine]:
    """List the mail servers in the order in which they are tried."""
    found = [
        MailServerLine(match["host"], int(match["priority"]))
        for line in settings(configuration).lines.values()
        if (match := _SERVER.fullmatch(line))
    ]
    return sorted(found, key=lambda each: each.priority)


def profiles(configuration: Configuration) -> list[CallHomeProfile]:
    """List the profiles by name."""
    sections = settings(configuration).sections
    return [_profile(key.removeprefix("profile "), sections[key]) for key in sorted(sections)]


def _profile(name: str, block: Block) -> CallHomeProfile:
    lines = [line.split() for line in block.lines.values()]
    destinations = [words[1:] for words in lines if words[0] == "destination" and len(words) > 2]
    return CallHomeProfile(
        name,
        block.lines.get("active") == "active",
        tuple(words[1] for words in destinations if words[0] == "transport-method"),
        tuple(words[2] for words in destinations if words[:2] == ["address", EMAIL]),
    )


def _second(block: Block, start: str) -> str:
    """The word behind the first line that begins so."""
    return next((line.split()[-1] for line in block.lines.values() if line.startswith(f"{start} ")), "")
