"""`license agent`: through which of the router's web servers license managers reach it, and whom it notifies.

R: syntax and defaults (no listener, 9 sessions, requests authenticated); C: what each line is for. One listener for
each of the two servers (I): typing it again replaces it. When the last one goes, the agent is off, and says so.
"""

from emulator.console.commands.configure.config_global import put, remove
from emulator.console.modes import CONFIG, EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.grammar import Command
from emulator.router.events import LicenseAgentSessionsCleared, LicenseAgentStopped
from emulator.router.network.agent_settings import DEFAULT, DEFAULT_SESSIONS, LISTENER, MAX_SESSIONS, NOTIFY
from emulator.router.state import AgentTraffic

_LINES = {
    "license": "Configure license features",
    "license agent": "License agent configuration",
    "license agent default": "Defaults of the license agent",
    "license agent default authenticate": "Authenticate requests by default",
    "license agent default authenticate none": "Do not authenticate requests by default",
    "license agent listener": "Listener of the license agent",
    "license agent listener http": "HTTP listener",
    "license agent listener http plaintext": "Listen on the HTTP server",
    "license agent listener http plaintext <path>": "Path that the agent serves",
    "license agent listener http plaintext <path> acl": "Restrict access",
    "license agent listener http plaintext <path> acl <acl>": "Access list number",
    "license agent listener http plaintext <path> acl <acl> authenticate": "Authenticate requests",
    "license agent listener http plaintext <path> acl <acl> authenticate none": "Do not authenticate requests",
    "license agent listener http plaintext <path> authenticate": "Authenticate requests",
    "license agent listener http plaintext <path> authenticate none": "Do not authenticate requests",
    "license agent max-sessions": "Limit the sessions with the agent",
    "license agent max-sessions <count>": "Number of sessions",
    "license agent notify": "Send notifications",
    "license agent notify <url>": "URL that notifications are posted to",
}
_SECURE = {
    prefix.replace("plaintext", "secure"): text.replace("HTTP server", "HTTPS server")
    for prefix, text in _LINES.items()
    if "plaintext" in prefix
}
HELP = {
    **_LINES,
    **_SECURE,
    "no": "Negate a command or set its defaults",
    "clear": "Reset functions",
    "clear license": "Clear license information",
    "clear license agent": "Clear license agent information",
    "clear license agent counters": "Clear the counters of the license agent",
    "clear license agent sessions": "Close the sessions of the license agent",
}


def set_default(session: Session, *, none: str | None) -> None:
    if none:
        put(session, key=DEFAULT, line=f"{DEFAULT} none")
    else:
        remove(session, key=DEFAULT)


def unset_default(session: Session, *, none: str | None) -> None:  # noqa: ARG001 - either form means the same
    remove(session, key=DEFAULT)


def set_listener(
    session: Session, *, server: str, path: str, acl: int | None, authenticate: str | None, none: str | None
) -> None:
    access = "" if acl is None else f" acl {acl}"
    rule = "" if authenticate is None else f" {authenticate}" + (f" {none}" if none else "")
    put(session, key=f"{LISTENER} {server}", line=f"{LISTENER} {server} {path}{access}{rule}")


def unset_listener(
    session: Session, *, server: str, path: str, acl: int | None, authenticate: str | None, none: str | None
) -> None:
    del acl, authenticate, none
    lines, key = session.router.configuration.lines, f"{LISTENER} {server}"
    if lines.get(key, "").split()[5:6] != [path]:
        return
    remove(session, key=key)
    if not any(other.startswith(LISTENER) for other in lines):
        session.router.tell(LicenseAgentStopped)


def set_sessions(session: Session, *, count: int) -> None:
    if count == DEFAULT_SESSIONS:
        remove(session, key=MAX_SESSIONS)
    else:
        put(session, key=MAX_SESSIONS, line=f"{MAX_SESSIONS} {count}")


def unset_sessions(session: Session, *, count: int | None) -> None:  # noqa: ARG001 - any number means the default
    remove(session, key=MAX_SESSIONS)


def add_notification(session: Session, *, url: str) -> None:
    put(session, key=f"{NOTIFY} {url}", line=f"{NOTIFY} {url}")


def remove_notification(session: Session, *, url: str) -> None:
    remove(session, key=f"{NOTIFY} {url}")


def clear(session: Session, *, what: str) -> None:
    running = session.router.running
    if what == "counters":
        running.agent = AgentTraffic(sessions=running.agent.sessions)
    else:
        running.agent.sessions = 0
        session.router.tell(LicenseAgentSessionsCleared)


_LISTENER_LINE = (
    f"{LISTENER} <server:plaintext|secure> <path:Word> [acl <acl:AccessList>] "
    "[<authenticate:authenticate> [<none:none>]]"
)
_SOURCE = "Software Activation command reference, recalled"
COMMANDS = (
    Command(f"{DEFAULT} [<none:none>]", modes=(CONFIG,), run=set_default, source=_SOURCE, basis="R"),
    Command(f"no {DEFAULT} [<none:none>]", modes=(CONFIG,), run=unset_default, source=_SOURCE, basis="R"),
    Command(_LISTENER_LINE, modes=(CONFIG,), run=set_listener, source=_SOURCE, basis="R"),
    Command(f"no {_LISTENER_LINE}", modes=(CONFIG,), run=unset_listener, source=_SOURCE, basis="R"),
    Command(f"{MAX_SESSIONS} <count:AgentSessions>", modes=(CONFIG,), run=set_sessions, source=_SOURCE, basis="R"),
    Command(f"no {MAX_SESSIONS} [<count:AgentSessions>]", modes=(CONFIG,), run=unset_sessions, source=_SOURCE,
            basis="R"),
    Command(f"{NOTIFY} <url:Url>", modes=(CONFIG,), run=add_notification, source=_SOURCE, basis="R"),
    Command(f"no {NOTIFY} <url:Url>", modes=(CONFIG,), run=remove_notification, source=_SOURCE, basis="R"),
    Command("clear license agent <what:counters|sessions>", modes=(EXEC,), privilege=PRIVILEGED, run=clear,
            source=_SOURCE, basis="C"),
)  # fmt: skip
