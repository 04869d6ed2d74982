"""Algorithms that the SSH server of a release can agree on with a client: the rows of `ssh_algorithms.toml`.

A modern client finds nothing in common with most of them until it is told to take old algorithms, as with the router.
R: `ip ssh server algorithm` puts other algorithms in their place, in its order.
"""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
from msgspec.structs import replace

from emulator.console.configuration.conditions import is_since
from emulator.images.manifest import ImageManifest
from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError
from emulator.router.configuration import Configuration

HOST_KEY = "ssh-rsa"
"""Signature of the server, and the only one of a client's key that it accepts."""


KeyExchange = Literal["diffie-hellman-group1-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group-exchange-sha1"]
Cipher = Literal["3des-cbc", "aes128-cbc", "aes192-cbc", "aes256-cbc", "aes128-ctr", "aes192-ctr", "aes256-ctr"]
Mac = Literal["hmac-md5", "hmac-md5-96", "hmac-sha1", "hmac-sha1-96", "hmac-sha2-256", "hmac-sha2-512"]


CONFIGURED = {"key_exchange": ("kex", KeyExchange), "ciphers": ("encryption", Cipher), "macs": ("mac", Mac)}
"""Words of the configuration for each field of an offer, and the names that there are."""


class Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The algorithms of one release and of those after it, up to the next row."""

    since: Annotated[str, msgspec.Meta(pattern=r"^[0-9]+\.[0-9]+$")]
    key_exchange: Annotated[tuple[KeyExchange, ...], msgspec.Meta(min_length=1)]
    ciphers: Annotated[tuple[Cipher, ...], msgspec.Meta(min_length=1)]
    macs: Annotated[tuple[Mac, ...], msgspec.Meta(min_length=1)]
    basis: Basis


class AlgorithmTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Contents of the file of SSH algorithms."""

    offers: Annotated[tuple[Offer, ...], msgspec.Meta(min_length=1)]


@cache
def offers() -> tuple[Offer, ...]:
    """All rows, oldest release first."""
    return read_offers(Path(__file__).with_name("ssh_algorithms.toml"))


def read_offers(file: Path) -> tuple[Offer, ...]:
    """Read the rows of a file.

    Raises:
        DataFileError: the file is wrong, or a row is not of a later release than the one before.
    """
    rows = read_toml(file, AlgorithmTable).offers
    releases = [tuple(map(int, row.since.split("."))) for row in rows]
    for number, (before, after) in enumerate(pairwise(releases), start=1):
        if after <= before:
            problem = f"is {rows[number].since}, and the row before is of {rows[number - 1].since}; the oldest is first"
            raise DataFileError(str(file), f"offers[{number}].since", problem)
    return rows


def offer_of(manifest: ImageManifest, configuration: Configuration) -> Offer:
    """Algorithms that an image offers, as far as the configuration allows them (`ip ssh server algorithm`)."""
    offer = [each for each in offers() if is_since(manifest, each.since)][-1]
    allowed = {field: _allowed(configuration, word, get_args(known)) for field, (word, known) in CONFIGURED.items()}
    return replace(offer, **{field: names for field, names in allowed.items() if names})


def _allowed(configuration: Configuration, word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Algorithms of a line, in its order; what the server does not know is passed over (I)."""
    return tuple(each for each in configuration.word(f"ip ssh server algorithm {word}").split() if each in known)
