"""The result of an exam, signed with the key of the learner's world, so that a changed figure shows.

I: our own scheme. Whoever has the world can use its key, so a teacher notes the key's fingerprint when the exam begins:
a result of another world, or of another start, has another one.
"""

import msgspec

from emulator.kernel.errors import DataFileError, printable
from emulator.keys.signing import SigningKey, Verifier
from emulator.labs.telling import LabResult


class SignedResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A result with the public key and the signature, both in hexadecimal digits."""

    result: LabResult
    key: str
    signature: str


def sign_result(result: LabResult, key: SigningKey) -> SignedResult:
    """Sign a result."""
    return SignedResult(result, key.public.hex(), key.sign(_signed_bytes(result)).hex())


def read_result(content: bytes, path: str) -> SignedResult:
    """Read a signed result and verify it.

    Raises:
        DataFileError: it is none, or something in it was changed.
    """
    try:
        read = msgspec.json.decode(content, type=SignedResult)
        verifier, signature = Verifier(bytes.fromhex(read.key)), bytes.fromhex(read.signature)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise DataFileError(path, None, f"is not a signed result of an exam: {printable(str(error))}") from None
    if not verifier.accepts(_signed_bytes(read.result), signature):
        raise DataFileError(path, None, "was changed after it was signed")
    return read


def _signed_bytes(result: LabResult) -> bytes:
    return msgspec.json.encode(result, order="sorted")
