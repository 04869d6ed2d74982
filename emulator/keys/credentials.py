"""The device credential: a document in which a device says who it is, signed with the device's own key.

C (CISCO-LICENSE-MGMT-MIB): it proves identity and authorized access; its content is not public. Ours (I): the UDI,
the image that runs, the time, and a number used once.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from emulator.keys.canonical_xml import XmlPiece, element, require_printable, text_at, token, udi_at, udi_pieces
from emulator.keys.signed import read_signed, write_signed
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.udi import Udi, parse_udi

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = "DEVICE_CREDENTIAL"


class Credential(msgspec.Struct, frozen=True):
    """The statement of a device about itself.

    Attributes:
        image: the file name of the image that runs.
        created: date by the device's own calendar, ISO 8601.
        nonce: a word that no other credential of the device has.
    """

    udi: Udi
    image: str
    created: str
    nonce: str


def write_credential(udi: Udi, image: str, created: str, nonce: str, key: SigningKey) -> bytes:
    """Write a signed credential; ValueError if it holds text that a credential cannot carry."""
    return write_signed(_ROOT, _pieces(Credential(udi, image, created, nonce)), key)


def read_credential(data: bytes, verifier_for: Callable[[Udi], Verifier]) -> Credential:
    """Read a credential and check its signature; `verifier_for` returns the key of the device that it names.

    Raises:
        InvalidDocument: the data is not a credential that this device signed.
    """
    return read_signed(data, _ROOT, _content, _pieces, lambda credential: verifier_for(credential.udi))


def _pieces(credential: Credential) -> tuple[XmlPiece, ...]:
    return (
        *udi_pieces(1, parse_udi(str(credential.udi))),
        element(1, "IMAGE", require_printable(credential.image)),
        element(1, "CREATE_DATE", require_printable(credential.created)),
        element(1, "NONCE", token(credential.nonce)),
    )


def _content(document: "_Element") -> Credential:
    return Credential(
        udi=udi_at(document),
        image=text_at(document, "IMAGE"),
        created=text_at(document, "CREATE_DATE"),
        nonce=text_at(document, "NONCE"),
    )
