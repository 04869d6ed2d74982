"""What the SSH server of a release can agree on with a client: the rows of `algorithms.toml`.

A modern client finds nothing in common with most of them until it is told to take old algorithms, as with the router.
"""

from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from emulator.console.configuration.conditions import is_since
from emulator.images.manifest import ImageManifest
from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml

HOST_KEY = "ssh-rsa"
"""Signature of the server, and the only one of a client's key that it accepts."""


class Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The algorithms of one release and of those after it, up to the next row."""

    since: Annotated[str, msgspec.Meta(pattern=r"^[0-9]+\.[0-9]+$")]
    key_exchange: tuple[str, ...]
    ciphers: tuple[str, ...]
    macs: tuple[str, ...]
    basis: Basis


class AlgorithmTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Contents of the file of SSH algorithms."""

    offers: tuple[Offer, ...]


@cache
def offers() -> tuple[Offer, ...]:
    """All rows, oldest release first."""
    return read_toml(Path(__file__).with_name("algorithms.toml"), AlgorithmTable).offers


def offer_of(manifest: ImageManifest) -> Offer:
    """Algorithms that an image offers."""
    return [each for each in offers() if is_since(manifest, each.since)][-1]
