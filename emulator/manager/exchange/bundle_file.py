"""Bundle as a file: two lines that tell its kind, its sender and the signature, and JSON that people can read.

Nothing of the JSON is looked at before the signature is right, and the sender is one that was paired. Ed25519 from
`keys.signing`; what is signed begins with the kind, so no other document of that key is taken for a bundle.
"""

import re
from hashlib import sha256

import msgspec

from emulator.kernel.errors import Refused, printable
from emulator.keys.signing import SigningKey, Verifier, fingerprint
from emulator.manager.exchange_entities import BundleContent

KIND = b"isrtwin bundle 1\n"

LARGEST_BUNDLE = 256 * 1024 * 1024
"""Largest bundle that is read, in bytes: more than 30,000 devices with a license file each take."""

_HEAD = re.compile(rb"from ([0-9a-f]{64}) signature ([0-9a-f]{128})\n")


def write_bundle_file(content: BundleContent, key: SigningKey) -> bytes:
    """Write a bundle, signed."""
    body = msgspec.json.format(msgspec.json.encode(content, order="deterministic"), indent=1) + b"\n"
    return KIND + f"from {key.public.hex()} signature {key.sign(KIND + body).hex()}\n".encode() + body


def sender_of(data: bytes) -> str:
    """Return the public key that a bundle names as its sender's, in hexadecimal digits.

    Raises:
        Refused: the data are no bundle.
    """
    head = _HEAD.match(data, len(KIND)) if data.startswith(KIND) else None
    if head is None:
        raise Refused("it is no bundle of a license manager; `manager bundle write` writes one")
    return head[1].decode()


def read_bundle_file(data: bytes) -> BundleContent:
    """Read a bundle whose sender is trusted.

    Raises:
        Refused: the data are no bundle, or not what the sender signed.
    """
    sender = sender_of(data)
    head = _HEAD.match(data, len(KIND))
    assert head is not None
    body = data[head.end() :]
    if not Verifier(bytes.fromhex(sender)).accepts(KIND + body, bytes.fromhex(head[2].decode())):
        of = fingerprint(bytes.fromhex(sender))
        raise Refused(
            f"the bundle was altered: it does not bear the signature of its sender {of}; have it copied again"
        )
    try:
        return msgspec.json.decode(body, type=BundleContent)
    except msgspec.DecodeError as error:
        raise Refused(
            f"the bundle is of another form; is its sender a newer isrtwin? ({printable(str(error))})"
        ) from None


def digest_of(data: bytes) -> str:
    """Compute the digest by which the next bundle names this one, in hexadecimal digits."""
    return sha256(data).hexdigest()
