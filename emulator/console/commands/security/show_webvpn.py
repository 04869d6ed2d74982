"""`show webvpn session`: the users that the counted license admits.

R: forms. I: the bench logs in users by number alone, so they are told as one line of the first context.
"""

from functools import partial

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say

HELP = {
    "show": "Show running system information",
    "show webvpn": "WebVPN information",
    "show webvpn session": "WebVPN session information",
    "show webvpn session context": "Display sessions of a context",
    "show webvpn session context all": "All contexts",
    "show webvpn session context <name>": "Context name",
}

COUNTED = "SSL_VPN"


def sessions(session: Session, *, name: str | None) -> Handler:
    contexts = [
        key.removeprefix("webvpn context ")
        for key in session.router.configuration.sections
        if key.startswith("webvpn context ")
    ]
    if name is not None and name not in contexts:
        yield Say(wording("webvpn.no_context", name=name))
        return
    users = session.router.running.seats.get(COUNTED, 0)
    for number, each in enumerate(contexts):
        if name in {None, each}:
            rows = "".join(wording("webvpn.user", number=user) for user in range(1, users + 1)) if number == 0 else ""
            yield Say(wording("webvpn.context", name=each) + (wording("webvpn.head") + rows if rows else "") + "\n")


def all_sessions(session: Session) -> Handler:
    yield from sessions(session, name=None)


_SHOW = partial(Command, modes=(EXEC,), privilege=PRIVILEGED, piped=True, when=feature("sslvpn"), basis="R",
                output="show_webvpn", source="IOS SSL VPN configuration guide, recalled")  # fmt: skip
COMMANDS = (
    _SHOW("show webvpn session context all", run=all_sessions),
    _SHOW("show webvpn session context <name:Word>", run=sessions),
)
