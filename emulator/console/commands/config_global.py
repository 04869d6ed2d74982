"""Global lines with a life of their own: the enable secret, kept as its hash, and lines that other files keep.

What is merely kept and printed is a row of `console/configuration/modes/`.
"""

import re
from functools import partial

from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.keys.passwords import hash_secret

HELP = {
    "enable": "Modify enable password parameters",
    "enable secret": "Assign the privileged level secret",
    "enable secret 0": "Specifies an UNENCRYPTED password will follow",
    "enable secret 0 <secret>": "The UNENCRYPTED (cleartext) 'enable' secret",
    "enable secret 5": "Specifies an ENCRYPTED secret will follow",
    "enable secret 5 <hashed>": "The ENCRYPTED 'enable' secret string",
    "enable secret <secret>": "The UNENCRYPTED (cleartext) 'enable' secret",
    "no": "Negate a command or set its defaults",
    "no enable": "Modify enable password parameters",
    "no enable secret": "Assign the privileged level secret",
    "default": "Set a command to its defaults",
    "default enable": "Modify enable password parameters",
    "default enable secret": "Assign the privileged level secret",
}


TYPE_5 = re.compile(r"\$1\$[./0-9A-Za-z]{0,8}\$[./0-9A-Za-z]{22}")
"""MD5 crypt: mark, salt and hash."""


def put(session: Session, *, key: str, line: str) -> None:
    """Set a global line."""
    session.router.configuration.lines[key] = line
    session.router.running.changed = True


def remove(session: Session, *, key: str) -> None:
    """Reset a global line to its default."""
    session.router.configuration.lines.pop(key, None)
    session.router.running.changed = True


def secret(session: Session, *, secret: str) -> None:
    put(session, key="enable secret", line=f"enable secret 5 {hash_secret(secret, session.router.draw('salt'))}")


def hashed_secret(session: Session, *, hashed: str) -> Handler:
    if not TYPE_5.fullmatch(hashed):
        yield Say(wording("config.not_hashed"))
        return
    put(session, key="enable secret", line=f"enable secret 5 {hashed}")


_SOURCE = "IOS security command reference; captures of 881s"
COMMANDS = (
    Command("enable secret [0] <secret:Line>", modes=(CONFIG,), run=secret, source=_SOURCE, basis="C"),
    Command("enable secret 5 <hashed:Word>", modes=(CONFIG,), run=hashed_secret, source=_SOURCE, basis="C"),
    Command("no enable secret", modes=(CONFIG,), run=partial(remove, key="enable secret"), source=_SOURCE, basis="R"),
    Command("default enable secret", modes=(CONFIG,), run=partial(remove, key="enable secret"), source=_SOURCE,
            basis="R"),
)  # fmt: skip
