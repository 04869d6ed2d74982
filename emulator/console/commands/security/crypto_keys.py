"""`crypto key`: RSA key pairs made and taken away in a dialog, and shown.

C: making one whose size is given (a VG204XM), where the name is not told. R: the dialogs, among them that a key of the
same name is gone as soon as it may be replaced, and that 12.4 tells no time. I: a file that is carried out has nobody
to answer, so of it only a new key of a given size is made; what is said of an unknown label.
"""

from collections.abc import Collection, Generator
from typing import Any, NamedTuple

from emulator.console.configuration.conditions import is_since
from emulator.console.modes import CONFIG, EXEC, PRIVILEGED
from emulator.console.render.security.crypto_keys import show_keys
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.console.yes_or_no import yes_or_no
from emulator.grammar import Command
from emulator.kernel.effects import Ask, Effect, Handler, Say, Wait
from emulator.kernel.time import SECOND
from emulator.router.network import ssh_server
from emulator.router.network.rsa_keys import LONGEST, SHORTEST, USUAL, KeyRing, making_time
from emulator.router.rsa_key import KeyUse, RsaKey

USES = {
    "": (KeyUse.GENERAL,),
    "general-keys": (KeyUse.GENERAL,),
    "usage-keys": (KeyUse.SIGNATURE, KeyUse.ENCRYPTION),
    "signature": (KeyUse.SIGNATURE,),
    "encryption": (KeyUse.ENCRYPTION,),
}
"""Key pairs that a word of the command asks for."""

_MAKE = "crypto key generate rsa"
_WORDS = {
    "general-keys": "Generate a general purpose RSA key pair for signing and encryption",
    "usage-keys": "Generate separate RSA key pairs for signing and encryption",
    "signature": "Generate an RSA key pair for signing alone",
    "encryption": "Generate an RSA key pair for encryption alone",
}
_LINE = f"{_MAKE} [<use:{'|'.join(_WORDS)}>] [<options:KeyOptions>]"
_OPTIONS = "Label, size and exportability, in any order"

HELP = {
    "crypto": "Encryption module",
    "crypto key": "Long term key operations",
    "crypto key generate": "Generate new keys",
    _MAKE: "Generate RSA keys",
    f"{_MAKE} <options>": _OPTIONS,
    **{f"{_MAKE} {word}": text for word, text in _WORDS.items()},
    **{f"{_MAKE} {word} <options>": _OPTIONS for word in _WORDS},
    "crypto key zeroize": "Remove keys",
    "crypto key zeroize rsa": "Remove RSA keys",
    "crypto key zeroize rsa <label>": "RSA keypair label",
    "show": "Show running system information",
    "show crypto": "Encryption module",
    "show crypto key": "Show long term public keys",
    "show crypto key mypubkey": "Show public keys associated with this router",
    "show crypto key mypubkey rsa": "Show RSA public keys",
    "show crypto key mypubkey rsa <label>": "RSA keypair label",
}


class _Options(NamedTuple):
    """Options that stood behind the use."""

    label: str | None
    bits: int | None
    exportable: bool


def _read(options: str | None) -> _Options:
    """The words of the options, which the parser has found right."""
    label, bits, exportable = None, None, False
    words = iter((options or "").split())
    for word in words:
        if word == "label":
            label = next(words)
        elif word == "modulus":
            bits = int(next(words))
        else:
            exportable = True
    return _Options(label, bits, exportable)


def generate(session: Session, *, use: str | None, options: str | None) -> Handler:
    """Make the key pairs that the words ask for."""
    label, bits, exportable = _read(options)
    ring, uses = KeyRing(session.router), USES[use or ""]
    if label is None and (lacking := _lacking(ring, session.router.hostname)):
        yield Say(wording(lacking))
        return
    name = label or ring.usual_name
    present = [key for key in ring.named(name) if KeyUse.GENERAL in {key.use, *uses} or key.use in uses]
    if not session.interactive and (present or bits is None):
        return
    if present:
        yield Say(wording("keys.present", name=name))
        if not (yield from yes_or_no(wording("keys.replace"))):
            return
        _remove(session, present)
    elif bits is None or label is not None or use:
        yield Say(wording("keys.name", name=name) + ("\n" if bits is not None else ""))
    if bits is not None:
        yield Say(wording("keys.size", bits=bits))
    for each in uses:
        size = bits if bits is not None else (yield from _size(each))
        yield from _make(session, name, each, size, exportable=exportable)
    yield Say("\n")


def _lacking(ring: KeyRing, hostname: str) -> str:
    """The words for what a key without a label lacks for its name."""
    if hostname == "Router":
        return "keys.no_hostname"
    return "" if ring.usual_name else "keys.no_domain"


def _size(use: KeyUse) -> Generator[Effect, Any, int]:
    yield Say(wording("keys.choose", use=use, shortest=SHORTEST, longest=LONGEST, usual=USUAL))
    while True:
        answer: str = (yield Ask(wording("keys.how_many", usual=USUAL))).strip()
        if not answer:
            return USUAL
        if answer.isascii() and answer.isdecimal() and len(answer) < 9 and SHORTEST <= int(answer) <= LONGEST:
            return int(answer)
        yield Say(wording("keys.bad_size", shortest=SHORTEST, longest=LONGEST))


def _make(session: Session, name: str, use: KeyUse, bits: int, *, exportable: bool) -> Handler:
    yield Say(wording("keys.making", bits=bits, exportable="exportable" if exportable else "non-exportable"))
    duration = making_time(bits)
    yield Wait(duration)
    timed = is_since(session.router.manifest, "15.0")
    yield Say(wording("keys.made", seconds=duration // SECOND) if timed else wording("keys.made_untimed"))
    KeyRing(session.router).add(name, use, bits, exportable=exportable)
    _changed(session)


def zeroize(session: Session, *, label: str | None) -> Handler:
    """Remove the keys of a label, or all."""
    ring = KeyRing(session.router)
    keys = ring.keys if label is None else ring.named(label)
    if not keys:
        yield Say(wording("keys.none") if label is None else wording("keys.none_named", name=label))
        return
    if not session.interactive:
        return
    yield Say(wording("keys.all_to_go") if label is None else wording("keys.to_go", name=label))
    if (yield from yes_or_no(wording("keys.remove"))):
        _remove(session, keys)


def _remove(session: Session, keys: Collection[RsaKey]) -> None:
    KeyRing(session.router).remove(keys)
    _changed(session)


def _changed(session: Session) -> None:
    session.router.running.changed = True
    ssh_server.look(session.router)


def show(session: Session, *, label: str | None) -> Handler:
    yield Say(show_keys(session.router, label))


_SOURCE = "IOS security command reference, recalled; crypto key generate rsa on a VG204XM"
COMMANDS = (
    Command(_LINE, modes=(CONFIG,), run=generate, output="crypto_key", source=_SOURCE, basis="C"),
    Command("crypto key zeroize rsa [<label:Word>]", modes=(CONFIG,), run=zeroize, output="crypto_key",
            source=_SOURCE, basis="R"),
    Command("show crypto key mypubkey rsa [<label:Word>]", modes=(EXEC,), privilege=PRIVILEGED, run=show, piped=True,
            output="crypto_key", source=_SOURCE, basis="R"),
)  # fmt: skip
