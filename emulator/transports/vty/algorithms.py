"""What the SSH server of a release can agree on with a client: the rows of `algorithms.toml`.

A modern client finds nothing in common with most of them until it is told to take old algorithms, as with the router.
"""

from functools import cache
from pathlib import Path

import msgspec

from emulator.console.configuration.conditions import is_since
from emulator.images.manifest import ImageManifest
from emulator.kernel.datafile import read_toml

HOST_KEY = "ssh-rsa"
"""How the server signs, and the only signature of a client's key that it takes."""


class Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The algorithms of one release and of those after it, up to the next row."""

    since: str
    key_exchange: tuple[str, ...]
    ciphers: tuple[str, ...]
    macs: tuple[str, ...]
    basis: str


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    offers: tuple[Offer, ...]


@cache
def offers() -> tuple[Offer, ...]:
    """All rows, oldest release first."""
    return read_toml(Path(__file__).with_name("algorithms.toml"), _Table).offers


def offer_of(manifest: ImageManifest) -> Offer:
    """What an image offers."""
    return [each for each in offers() if is_since(manifest, each.since)][-1]
