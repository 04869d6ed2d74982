"""JSON of a world with its checksum, for what is small or grows line by line: the journal and the labels of copies.

A change is told of and never read as something else, a checksum that was taken off included. `world.json` has its
checksum in its own envelope.
"""

from hashlib import sha256

import msgspec

BEGINNING = b'{"sha256":"'


class _Envelope(msgspec.Struct, forbid_unknown_fields=True):
    sha256: str
    content: msgspec.Raw


def with_checksum(content: bytes) -> bytes:
    """Put JSON on one line into an envelope with its checksum."""
    return b'%s%s","content":%s}' % (BEGINNING, sha256(content).hexdigest().encode(), content)


def without_checksum(data: bytes) -> bytes:
    """Return the JSON in an envelope.

    Raises:
        msgspec.DecodeError: there is none, or it or its content is damaged.
    """
    if not data.startswith(BEGINNING):
        raise msgspec.ValidationError("it has no checksum")
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(f"it is not UTF-8 ({error.reason})") from error
    if sha256(envelope.content).hexdigest() != envelope.sha256:
        raise msgspec.ValidationError("its content does not have its checksum")
    return bytes(envelope.content)
