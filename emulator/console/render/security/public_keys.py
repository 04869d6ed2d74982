"""Screens of the RSA keys of others: `show crypto key pubkey-chain rsa`.

R: the columns of 12.4 and 15.x, and what is told of one key. I: where the columns stand; keys of certificates (C) are
left out, since no certificate is looked into.
"""

from collections.abc import Iterable, Iterator

import msgspec

from emulator.router.configuration import Configuration

CHAIN = "crypto key pubkey-chain rsa"
HEAD = "Codes: M - Manually configured, C - Extracted from certificate\n\n"
COLUMNS = "{code:<4} {use:<13} {address:<22} {ring:<16} {name}"
USES = {"": "General", "signature": "Signing", "encryption": "Encryption"}
FULL_USES = {"": "General Purpose Key", "signature": "Signature Key", "encryption": "Encryption Key"}


class PublicKey(msgspec.Struct, frozen=True):
    """A key of the chain.

    Attributes:
        name, address: of its owner; empty where it was not told.
        use: `signature`, `encryption`, or empty for both.
        lines: its digits, as they were typed.
    """

    name: str
    address: str
    use: str
    lines: tuple[str, ...]


def public_keys(configuration: Configuration) -> Iterator[PublicKey]:
    """Yield the keys of the chain, in the order in which the configuration prints them."""
    sections = configuration.sections[CHAIN].sections if CHAIN in configuration.sections else {}
    for key, block in sorted(sections.items(), key=lambda item: item[0]):
        kind, owner, *use = key.split()
        lines = tuple(line.strip() for line in block.lines.get("key-string", "").split("\n")[1:-1])
        named = kind == "named-key"
        yield PublicKey(owner if named else "", block.word("address") if named else owner, "".join(use), lines)


def show_keys(keys: Iterable[PublicKey]) -> str:
    """Screen of all keys."""
    head = {"code": "Code", "use": "Usage", "address": "IP-Address/VRF", "ring": "Keyring", "name": "Name"}
    rows = [head] + [
        {"code": "M", "use": USES[key.use], "address": key.address, "ring": "default", "name": key.name}
        for key in keys
    ]  # fmt: skip
    return HEAD + "".join(f"{COLUMNS.format(**row)}\n" for row in rows)


def show_key(key: PublicKey) -> str:
    """Screen of one key."""
    owner = [f"Key name: {key.name}\n"] if key.name else []
    owner += [f"Key address: {key.address}\n"] if key.address else []
    data = "".join(f"  {line}\n" for line in key.lines)
    return f"{''.join(owner)} Usage: {FULL_USES[key.use]}\n Source: Manually entered\n Data:\n{data}"
