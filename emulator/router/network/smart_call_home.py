"""Call home of releases since 15.2 as the configuration has it: contact, mail servers by priority, and profiles.

R, from the guide to call home: mail servers are tried by priority, 1 first, and among equals in the order in which
they were configured; the sender is `sender from`, else the contact address; a profile is used once it is active and
call home is enabled; `destination preferred-msg-format long-text|short-text|xml` chooses how a message is written. The
command reference has call home in 12.4(24)T for other platforms, and names 15.2(2)T first for its later lines (C); no
configuration of an 880 with 12.4, 15.0 or 15.1 that is public has a line of it, so these have none (I). I: profiles
that the image brings along are left out; mail is written as long text and what goes by HTTP as XML unless the profile
says otherwise.
"""

import re

import msgspec

from emulator.router.configuration import Block, Configuration

SECTION, SERVICE = "call-home", "service call-home"
_SERVER = re.compile(r"mail-server (?P<host>\S+) priority (?P<priority>\d+)")
EMAIL, HTTP = "email", "http"
USUAL_RATE = 20
"""Messages a minute."""

FORMATS = {EMAIL: "long-text", HTTP: "xml"}
"""Formats of messages by the way that they go."""

_QUOTED = re.compile(r'pattern (?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))')


class MailServerLine(msgspec.Struct, frozen=True):
    """A configured mail server."""

    host: str
    priority: int


class Subscription(msgspec.Struct, frozen=True):
    """A subscription of a profile to an alert group.

    Attributes:
        words: the words behind the group.
        pattern: text that a system message has to contain; empty takes any.
    """

    group: str
    words: tuple[str, ...] = ()
    pattern: str = ""


class CallHomeProfile(msgspec.Struct, frozen=True):
    """A destination profile.

    Attributes:
        methods: the ways that its messages go: `email`, `http`.
        addresses: the addresses of e-mail.
        urls: the addresses of HTTP.
        format: how its messages are written; empty: as is usual for the way that they go.
    """

    name: str
    active: bool
    methods: tuple[str, ...]
    addresses: tuple[str, ...]
    urls: tuple[str, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    format: str = ""

    def destinations(self, how: str) -> tuple[str, ...]:
        """Return the addresses that its messages go to by `email` or `http`."""
        if not self.active or how not in self.methods:
            return ()
        return self.addresses if how == EMAIL else self.urls

    def written(self, how: str) -> str:
        """Return the format of its messages by `email` or `http`."""
        return self.format or FORMATS[how]


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


def rate_limit(configuration: Configuration) -> int:
    """Return the number of messages that may be sent in a minute."""
    words = settings(configuration).word("rate-limit")
    return int(words) if words.isdecimal() else USUAL_RATE


def _subscription(words: list[str]) -> Subscription:
    found = _QUOTED.search(" ".join(words))
    pattern = (found["quoted"] or found["bare"] or "") if found is not None else ""
    return Subscription(words[1], tuple(words[2:]), "" if pattern == ".*" else pattern)


def _profile(name: str, block: Block) -> CallHomeProfile:
    lines = [line.split() for line in block.lines.values()]
    destinations = [words[1:] for words in lines if words[0] == "destination" and len(words) > 2]
    return CallHomeProfile(
        name,
        block.lines.get("active") == "active",
        tuple(words[1] for words in destinations if words[0] == "transport-method"),
        tuple(words[2] for words in destinations if words[:2] == ["address", EMAIL]),
        tuple(words[2] for words in destinations if words[:2] == ["address", HTTP]),
        tuple(_subscription(words) for words in lines if words[0] == "subscribe-to-alert-group" and len(words) > 1),
        next((words[1] for words in destinations if words[0] == "preferred-msg-format"), ""),
    )


def _second(block: Block, start: str) -> str:
    """The word behind the first line that begins so."""
    return next((line.split()[-1] for line in block.lines.values() if line.startswith(f"{start} ")), "")
