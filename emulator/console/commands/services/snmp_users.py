"""`snmp-server user … v3`: users of SNMPv3, who are kept beside the configuration, and never printed with it (R).

R: `encrypted` says that the keys follow as digests, in hexadecimal with colons or without; a user `remote` is one of a
manager that acknowledges informs, whose engine ID must be configured first. I: the words of the refusals.
"""

import re
from typing import NamedTuple, cast

from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.router.network.snmp_identity import engine_id, remote_engine
from emulator.router.network.snmp_users import (
    DIGEST_SIZES,
    KEY_SIZES,
    SnmpUsers,
    authentication_key,
    encryption_key,
)
from emulator.router.snmp_user import SnmpUser, UserCipher, UserDigest

LONGEST_NAME = 32
"""Characters of the name of a user (RFC 3414)."""

_LINE = "snmp-server user <name:Word> <group:Word> <how:SnmpUser>"
_HOW = "Security model, remote engine, authentication and encryption"
HELP = {
    "snmp-server": "Modify SNMP engine parameters",
    "snmp-server user": "Define a user who can access the SNMP engine",
    "snmp-server user <name>": "Name of the user",
    "snmp-server user <name> <group>": "Group to which the user belongs",
    "snmp-server user <name> <group> <how>": _HOW,
    "no": "Negate a command or set its defaults",
}


class _How(NamedTuple):
    """Options of a user that were typed behind the group."""

    remote: str | None
    encrypted: bool
    digest: UserDigest | None
    password: str
    cipher: UserCipher | None
    secret: str
    access_list: str


def _read(how: str) -> _How:
    """The words of a user, which the parser has found right."""
    remote, encrypted, access_list = None, False, ""
    digest: UserDigest | None = None
    cipher: UserCipher | None = None
    password = secret = ""
    words = iter(how.split())
    for word in words:
        match word:
            case "remote":
                remote = next(words)
            case "encrypted":
                encrypted = True
            case "auth":
                digest, password = cast("UserDigest", next(words)), next(words)
            case "priv":
                named = next(words)
                cipher = cast("UserCipher", named + next(words) if named == "aes" else named)
                secret = next(words)
            case "access":
                access_list = next(words)
    return _How(remote, encrypted, digest, password, cipher, secret, access_list)


def put(session: Session, *, name: str, group: str, how: str) -> Handler:
    """Add a user, or replace the one of that name."""
    router, read = session.router, _read(how)
    engine = engine_id(router) if read.remote is None else remote_engine(router, read.remote)
    if engine is None:
        yield Say(wording("config.no_remote_engine"))
        return
    if len(name.encode()) > LONGEST_NAME:
        yield Say(wording("config.long_snmp_user"))
        return
    keys = _digests(read) if read.encrypted else _localized(read, engine)
    if keys is None:
        yield Say(wording("config.wrong_snmp_digest"))
        return
    SnmpUsers(router).put(SnmpUser(name, group, engine, read.digest, keys[0], read.cipher, keys[1], read.access_list))


def _localized(read: _How, engine: str) -> tuple[bytes, bytes]:
    if read.digest is None:
        return b"", b""
    key = authentication_key(read.digest, read.password, engine)
    return key, b"" if read.cipher is None else encryption_key(read.digest, read.cipher, read.secret, engine)


def _digests(read: _How) -> tuple[bytes, bytes] | None:
    """The keys as they were typed; None if one is not of its length."""
    sizes = (DIGEST_SIZES[read.digest] if read.digest else 0, KEY_SIZES[read.cipher] if read.cipher else 0)
    texts = (read.password.replace(":", ""), read.secret.replace(":", ""))
    if any(
        len(text) != 2 * size or not re.fullmatch("[0-9A-Fa-f]*", text) for text, size in zip(texts, sizes, strict=True)
    ):
        return None
    return bytes.fromhex(texts[0]), bytes.fromhex(texts[1])


def remove(session: Session, *, name: str, group: str, how: str) -> Handler:
    """Remove a user; the group and the passwords may follow, as they were typed."""
    del group
    router, read = session.router, _read(how)
    engine = engine_id(router) if read.remote is None else remote_engine(router, read.remote)
    if engine is None or not SnmpUsers(router).remove(name, engine):
        yield Say(wording("config.no_such_snmp_user", name=name))


_SOURCE = "IOS network management command reference, recalled"
COMMANDS = (
    Command(_LINE, modes=(CONFIG,), run=put, source=_SOURCE, basis="R"),
    Command(f"no {_LINE}", modes=(CONFIG,), run=remove, source=_SOURCE, basis="R"),
)
