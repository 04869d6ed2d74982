"""The license agent in the configuration: where it listens, for whom, how many at once, and whom it notifies.

R: `license agent listener http {plaintext|secure} PATH [acl LIST] [authenticate [none]]`, one for each of the two web
servers of the router, which must run (`ip http server`, `ip http secure-server`); requests are authenticated unless
the listener, or `license agent default authenticate none` for one that does not say, has it otherwise; 9 sessions.
"""

from collections.abc import Iterator

import msgspec

from emulator.router.configuration import Configuration
from emulator.router.network.web_servers import WebServer, is_serving

DEFAULT = "license agent default authenticate"
LISTENER = "license agent listener http"
MAX_SESSIONS = "license agent max-sessions"
NOTIFY = "license agent notify"
DEFAULT_SESSIONS = 9


class AgentListener(msgspec.Struct, frozen=True):
    """A listener of the license agent.

    Attributes:
        path: beginning with a slash.
        access_list: list that decides by the address of a client; empty: every client is let in.
        authenticates: a client has to say who it is.
    """

    path: str
    access_list: str
    authenticates: bool


def agent_listener(configuration: Configuration, server: WebServer) -> AgentListener | None:
    """Return the listener at a web server; None: there is none, or the server does not run."""
    words = configuration.word(f"{LISTENER} {server}").split()
    if not words or not is_serving(configuration, server):
        return None
    path, *rest = words
    access_list = ""
    if rest[:1] == ["acl"] and rest[1:]:
        access_list = rest[1]
        del rest[:2]
    usual = configuration.word(DEFAULT) != "none"
    authenticates = rest[1:] != ["none"] if rest[:1] == ["authenticate"] else usual
    return AgentListener(f"/{path.lstrip('/')}", access_list, authenticates)


def session_limit(configuration: Configuration) -> int:
    """Number of sessions that the agent has at once."""
    words = configuration.word(MAX_SESSIONS)
    return int(words) if words.isdecimal() else DEFAULT_SESSIONS


def notified_urls(configuration: Configuration) -> Iterator[str]:
    """List the URLs that notifications are posted to."""
    for key, line in configuration.lines.items():
        if key.startswith(f"{NOTIFY} "):
            yield line.removeprefix(NOTIFY).strip()
