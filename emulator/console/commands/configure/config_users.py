"""`username` and `enable password`: what is typed in clear is kept as IOS keeps it.

C: `username NAME [privilege N] secret 5 HASH` and `password 0 TEXT` in captures. R: parts typed one after the other add
up to one line, a hashed secret is kept in its type, a secret takes the place of a password, and a secret typed in clear
is hashed as type 5.
"""

from emulator.console.commands.configure.config_global import is_same, put, remove
from emulator.console.configuration.password_encryption import hide_passwords
from emulator.console.modes import CONFIG
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Handler, Say
from emulator.keys.passwords import HASH_MARKS, HASHED, hash_secret

_USER = {
    "username": "Establish User Name Authentication",
    "username <name>": "User name",
    "username <name> privilege": "Set user privilege level",
    "username <name> privilege <level>": "User privilege level",
    "username <name> nopassword": "No password is required for the user to log in",
    "username <name> autocommand": "Automatically issue a command after the user logs in",
    "username <name> autocommand <line>": "Command",
}
_KINDS = {
    "secret": "Specify the secret for the user",
    "secret 0": "Specifies an UNENCRYPTED secret will follow",
    **{f"secret {kind}": "Specifies a HIDDEN secret will follow" for kind in HASHED},
    **{f"secret {kind} <text>": "The HIDDEN user secret string" for kind in HASHED},
    "secret 0 <text>": "The UNENCRYPTED (cleartext) user secret",
    "secret <text>": "The UNENCRYPTED (cleartext) user secret",
    "password": "Specify the password for the user",
    "password 0": "Specifies an UNENCRYPTED password will follow",
    "password 7": "Specifies a HIDDEN password will follow",
    "password 7 <text>": "The HIDDEN user password string",
    "password 0 <text>": "The UNENCRYPTED (cleartext) user password",
    "password <text>": "The UNENCRYPTED (cleartext) user password",
}
_PASSWORD = {
    "enable": "Modify enable password parameters",
    "enable password": "Assign the privileged level password",
    "enable password 7": "Specifies a HIDDEN password will follow",
    "enable password 7 <text>": "The HIDDEN 'enable' password string",
    "enable password <text>": "The UNENCRYPTED (cleartext) 'enable' password",
}
HELP = {
    **_USER,
    **_PASSWORD,
    **{f"username <name> {word}": text for word, text in _KINDS.items()},
    **{f"username <name> privilege <level> {word}": text for word, text in _KINDS.items()},
    "no": "Negate a command or set its defaults",
    "default": "Set a command to its defaults",
    "enable password <rest>": "Rest of the line",
    "username <name> <rest>": "Rest of the line",
}


def user(
    session: Session, *, name: str, level: int | None, word: str | None, form: str | None, text: str | None
) -> Handler:
    """Apply a line of a user; each part of it replaces the earlier part of its kind."""
    key = f"username {name}"
    privilege, credential = _parts(session.router.configuration.word(key))
    if level is not None:
        privilege = f" privilege {level}" if level != 1 else ""
    if word == "secret" and text is not None:
        hashed = form if form in HASHED else "5"
        if form == hashed and not text.startswith(HASH_MARKS[form]) and session.interactive:
            yield Say(wording("config.not_hashed", kind=form))
            return
        kept = text if form == hashed else hash_secret(text, session.router.draw("salt"))
        credential = f" secret {hashed} {kept}"
    elif word == "password" and text is not None:
        credential = f" password {form or '0'} {text}"
    elif word == "nopassword":
        credential = " nopassword"
    put(session, key=key, line=f"{key}{privilege}{credential}")
    hide_passwords(session.router)


def _privilege(session: Session, *, name: str, level: int) -> Handler:
    yield from user(session, name=name, level=level, word=None, form=None, text=None)


def _plain(session: Session, *, name: str, word: str | None) -> Handler:
    yield from user(session, name=name, level=None, word=word, form=None, text=None)


def _parts(rest: str) -> tuple[str, str]:
    """Privilege and credential of a line that is there."""
    words = rest.split(" ")
    if words[0] == "privilege":
        return f" privilege {words[1]}", "".join(f" {word}" for word in words[2:])
    return "", f" {rest}" if rest else ""


def autocommand(session: Session, *, name: str, line: str) -> None:
    put(session, key=f"username {name} autocommand", line=f"username {name} autocommand {line}")


def forget(session: Session, *, name: str, rest: str | None) -> None:
    """Remove a user; the rest of the line that made it may follow (R)."""
    del rest
    if session.router.configuration.remove(f"username {name}"):
        session.router.running.changed = True


def enable_password(session: Session, *, form: str | None, text: str) -> Handler:
    """Keep a password, with a warning (C, from the setup dialog) if it is the enable secret."""
    if form is None and is_same(session, "enable secret", text):
        yield Say(wording("config.password_is_secret"))
    put(session, key="enable password", line=f"enable password {'7 ' if form else ''}{text}")
    hide_passwords(session.router)


def no_enable_password(session: Session, *, rest: str | None) -> None:
    """Remove the enable password; the rest of the line that made it may follow (R)."""
    del rest
    remove(session, key="enable password")


_SOURCE = "IOS security command reference; captures of 881s and a CISCO1941"
_KIND = "<word:secret> [<form:0|4|5|8|9>] <text:Line>|<word:password> [<form:0|7>] <text:Line>"
COMMANDS = (
    Command(f"username <name:Word> [privilege <level:0-15>] {{{_KIND}}}", modes=(CONFIG,), run=user,
            source=_SOURCE, basis="C"),
    Command("username <name:Word> privilege <level:0-15>", modes=(CONFIG,), run=_privilege, source=_SOURCE,
            basis="R"),
    Command("username <name:Word> [<word:nopassword>]", modes=(CONFIG,), run=_plain, source=_SOURCE, basis="R"),
    Command("username <name:Word> autocommand <line:Line>", modes=(CONFIG,), run=autocommand, source=_SOURCE,
            basis="R"),
    Command("no username <name:Word> [<rest:Line>]", modes=(CONFIG,), run=forget, source=_SOURCE, basis="R"),
    Command("default username <name:Word> [<rest:Line>]", modes=(CONFIG,), run=forget, source=_SOURCE, basis="R"),
    Command("enable password [<form:7>] <text:Line>", modes=(CONFIG,), run=enable_password, source=_SOURCE, basis="R"),
    Command("no enable password [<rest:Line>]", modes=(CONFIG,), run=no_enable_password, source=_SOURCE, basis="R"),
    Command("default enable password [<rest:Line>]", modes=(CONFIG,), run=no_enable_password, source=_SOURCE,
            basis="R"),
)  # fmt: skip
