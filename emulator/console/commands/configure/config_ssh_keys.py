"""`key-string`: a public key of a user of SSH, typed over several lines, of which the sum is kept.

R: the lines are taken until `exit`, each with the prompt of its own; the configuration has `key-hash` in their place
(C); what is no RSA key is refused.
"""

import binascii
from base64 import b64decode

from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Handler, Say
from emulator.router.network.ssh_access import KEY_HASH, key_hash

MODE = "conf-ssh-pubkey-user"
KIND = "ssh-rsa"
HEAD = len(KIND).to_bytes(4) + KIND.encode()
"""Beginning of an RSA key as SSH writes it."""

HELP = {"key-string": "Key value as text"}


def key_string(session: Session) -> Handler:
    """Take the lines of a key, and keep its hash."""
    prompt = f"{session.router.hostname}(conf-ssh-pubkey-data)#"
    lines: list[str] = []
    while (line := (yield Ask(prompt)).strip()) != "exit":
        lines.append(line)
    text, _, comment = "".join(lines).removeprefix(f"{KIND} ").strip().partition(" ")
    blob = _decoded(text)
    if blob is None:
        yield Say(wording("ssh.bad_key"))
        return
    kept = f"{KEY_HASH} {KIND} {key_hash(blob)} {comment}".rstrip()
    session.block.lines[kept] = kept
    session.router.running.changed = True


def _decoded(text: str) -> bytes | None:
    """The key that a text is in base64; None where it is none."""
    try:
        blob = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return blob if blob.startswith(HEAD) else None


COMMANDS = (
    Command("key-string", modes=(MODE,), run=key_string, source="IOS security command reference, recalled",
            basis="R"),
)  # fmt: skip
