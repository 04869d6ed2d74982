"""Pairs of managers: each knows the public key of the other, which people carry and compare.

I: the fingerprint of a key is compared by another way than the key came, such as a telephone.
"""

import re

from emulator.kernel.errors import Refused, UnknownName, printable
from emulator.keys.signing import fingerprint
from emulator.manager.context import ManagerContext
from emulator.manager.exchange_entities import ManagerPair
from emulator.manager.names import LONGEST_NAME
from emulator.manager.roles import ManagerAction
from emulator.manager.store.records import ManagerRecords

_NAME = re.compile(r"[!-~]+")
_KEY = re.compile(r"[0-9a-f]{64}")


def own_key(context: ManagerContext) -> str:
    """Return the public key of this manager, in hexadecimal digits.

    Raises:
        NotAllowed: the user may not exchange bundles.
    """
    context.require(ManagerAction.EXCHANGE)
    with context.database.writing() as records:
        return records.exchange.signing_key().public.hex()


def keep_pair(context: ManagerContext, name: str, key: str) -> None:
    """Pair this manager with another one.

    Raises:
        NotAllowed: the user may not exchange bundles.
        Refused: the name or the key is malformed, or taken.
    """
    context.require(ManagerAction.EXCHANGE)
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise Refused(f"'{printable(name)}' is no name of a pair; it has 1 to {LONGEST_NAME} visible ASCII characters")
    key = key.strip().lower()
    if not _KEY.fullmatch(key):
        raise Refused("the key of a manager has 64 hexadecimal digits; `manager pair key` shows it there")
    with context.database.writing() as records:
        if key == records.exchange.signing_key().public.hex():
            raise Refused("that is the key of this manager; take the one that `manager pair key` shows in the other")
        for pair in records.exchange.pairs():
            if pair.name == name or pair.key == key:
                of = fingerprint(bytes.fromhex(pair.key))
                raise Refused(f"'{pair.name}' is paired already, with the key {of}; delete that pair first")
        records.exchange.keep_pair(ManagerPair(name, key))
        context.record(records, "pair", name, f"paired, key {fingerprint(bytes.fromhex(key))}")


def list_pairs(context: ManagerContext) -> list[ManagerPair]:
    """List the pairs by name.

    Raises:
        NotAllowed: the user may not exchange bundles.
    """
    context.require(ManagerAction.EXCHANGE)
    with context.database.reading() as records:
        return records.exchange.pairs()


def delete_pair(context: ManagerContext, name: str) -> None:
    """Delete a pair; a new one begins to count its bundles anew.

    Raises:
        NotAllowed: the user may not exchange bundles.
        UnknownName: there is no such pair.
    """
    context.require(ManagerAction.EXCHANGE)
    with context.database.writing() as records:
        records.exchange.drop_pair(pair_named(records, name).name)
        context.record(records, "pair", name, "deleted")


def pair_named(records: ManagerRecords, name: str) -> ManagerPair:
    """Return a pair.

    Raises:
        UnknownName: there is no such pair.
    """
    pairs = {pair.name: pair for pair in records.exchange.pairs()}
    if name not in pairs:
        raise UnknownName("pair", name, pairs)
    return pairs[name]
