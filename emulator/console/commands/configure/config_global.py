"""Global lines with a life of their own: the enable secret, kept as its hash, and lines that other files keep.

What is merely kept and printed is a row of `console/configuration/modes/`.
"""

from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.keys.passwords import HASHED, hash_secret, is_hashed, is_right
from emulator.router.access import read_password

HELP = {
    "enable": "Modify enable password parameters",
    "enable secret": "Assign the privileged level secret",
    "enable secret 0": "Specifies an UNENCRYPTED password will follow",
    "enable secret 0 <secret>": "The UNENCRYPTED (cleartext) 'enable' secret",
    **{f"enable secret {kind}": "Specifies an ENCRYPTED secret will follow" for kind in HASHED},
    **{f"enable secret {kind} <hashed>": "The ENCRYPTED 'enable' secret string" for kind in HASHED},
    "enable secret <secret>": "The UNENCRYPTED (cleartext) 'enable' secret",
    "no": "Negate a command or set its defaults",
    "default": "Set a command to its defaults",
    "enable secret <rest>": "Rest of the line",
}


def put(session: Session, *, key: str, line: str) -> None:
    """Set a global line."""
    session.router.configuration.lines[key] = line
    session.router.running.changed = True


def remove(session: Session, *, key: str) -> None:
    """Reset a global line to its default."""
    session.router.configuration.lines.pop(key, None)
    session.router.running.changed = True


def is_same(session: Session, key: str, typed: str) -> bool:
    """Tell whether a typed password is that of another configuration line."""
    kept = read_password(session.router.configuration.word(key))
    return session.interactive and kept is not None and is_right(typed, kept.kind, kept.text)


def secret(session: Session, *, secret: str) -> Handler:
    """Keep a secret as its hash, with a warning (R) if it is the enable password."""
    if is_same(session, "enable password", secret):
        yield Say(wording("config.secret_is_password"))
    put(session, key="enable secret", line=f"enable secret 5 {hash_secret(secret, session.router.draw('salt'))}")


def hashed_secret(session: Session, *, kind: str, hashed: str) -> Handler:
    if not is_hashed(kind, hashed) and session.interactive:
        yield Say(wording("config.not_hashed", kind=kind))
        return
    put(session, key="enable secret", line=f"enable secret {kind} {hashed}")


def no_secret(session: Session, *, rest: str | None) -> None:
    """Remove the secret; the rest of the line that made it may follow (R)."""
    del rest
    remove(session, key="enable secret")


def no_stamps(session: Session, *, what: str | None) -> None:
    """Leave the time off messages of the log, of debugging, or of both (R)."""
    for each in ("log", "debug") if what is None else (what,):
        put(session, key=f"service timestamps {each}", line=f"no service timestamps {each} uptime")


_SOURCE = "IOS security command reference; captures of 881s"
COMMANDS = (
    Command("enable secret [0] <secret:Line>", modes=(CONFIG,), run=secret, source=_SOURCE, basis="C"),
    Command("enable secret <kind:4|5|8|9> <hashed:Word>", modes=(CONFIG,), run=hashed_secret, source=_SOURCE,
            basis="C"),
    Command("no enable secret [<rest:Line>]", modes=(CONFIG,), run=no_secret, source=_SOURCE, basis="R"),
    Command("default enable secret [<rest:Line>]", modes=(CONFIG,), run=no_secret, source=_SOURCE, basis="R"),
    Command("no service timestamps [<what:log|debug>]", modes=(CONFIG,), run=no_stamps, basis="R",
            source="IOS configuration fundamentals command reference"),
)  # fmt: skip
