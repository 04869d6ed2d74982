"""`crypto key pubkey-chain rsa`: RSA keys of others, as lines of hexadecimal digits up to `quit`, and their screen.

R, from the security command reference: the prompts and the screens. I: the digits are not looked into, and nothing is
checked with them here, so a chain has only the keys that were typed.
"""

from collections.abc import Callable

from emulator.console.configuration.conditions import feature
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.render.security.public_keys import PublicKey, public_keys, show_key, show_keys
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Handler, Say

MODE = "config-pubkey-key"
KEY, END = "key-string", "quit"

HELP = {
    KEY: "Key value as text",
    "no": "Negate a command or set its defaults",
    "show": "Show running system information",
    "show crypto": "Encryption module",
    "show crypto key": "Show long term public keys",
    "show crypto key pubkey-chain": "Show peer public keys",
    "show crypto key pubkey-chain rsa": "Show peer RSA public keys",
    "show crypto key pubkey-chain rsa name": "Show by name",
    "show crypto key pubkey-chain rsa name <name>": "Name of the peer",
    "show crypto key pubkey-chain rsa address": "Show by address",
    "show crypto key pubkey-chain rsa address <address>": "Address of the peer",
}


def key_string(session: Session) -> Handler:
    """Take the digits of a key."""
    block, asked = session.block, ""
    if session.interactive:
        yield Say(wording("keys.enter_public"))
        asked = f"{session.router.hostname}(config-pubkey)#"
    lines: list[str] = []
    while (line := (yield Ask(asked)).strip()) != END:
        lines.append(line)
    block.lines[KEY] = "\n".join([KEY, *(f"   {line}" for line in lines), f"  {END}"])
    session.router.running.changed = True


def forget(session: Session) -> None:
    if session.block.remove(KEY):
        session.router.running.changed = True


def show(session: Session) -> Handler:
    yield Say(show_keys(public_keys(session.router.configuration)))


def show_named(session: Session, *, name: str) -> Handler:
    yield from _show(session, lambda key: key.name == name)


def show_addressed(session: Session, *, address: str) -> Handler:
    yield from _show(session, lambda key: key.address == address)


def _show(session: Session, wanted: Callable[[PublicKey], bool]) -> Handler:
    found = [key for key in public_keys(session.router.configuration) if wanted(key)]
    yield Say("\n".join(map(show_key, found)))


_SOURCE = "IOS security command reference, recalled"
_SHOW = "show crypto key pubkey-chain rsa"
_IPSEC = feature("ipsec")
COMMANDS = (
    Command(KEY, modes=(MODE,), run=key_string, output="public_keys", source=_SOURCE, basis="R"),
    Command(f"no {KEY}", modes=(MODE,), run=forget, source=_SOURCE, basis="R"),
    Command(_SHOW, modes=(EXEC,), privilege=PRIVILEGED, run=show, piped=True, when=_IPSEC, output="public_keys",
            source=_SOURCE, basis="R"),
    Command(f"{_SHOW} name <name:Word>", modes=(EXEC,), privilege=PRIVILEGED, run=show_named, piped=True, when=_IPSEC,
            output="public_keys", source=_SOURCE, basis="R"),
    Command(f"{_SHOW} address <address:Address>", modes=(EXEC,), privilege=PRIVILEGED, run=show_addressed, piped=True,
            when=_IPSEC, output="public_keys", source=_SOURCE, basis="R"),
)  # fmt: skip
