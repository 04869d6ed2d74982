"""What the back end sends to the customer: e-mail with attachments, or a letter that takes days.

That license files and PAKs travel so is C (the FAQ); the texts are ours.
"""

import msgspec

from emulator.kernel.time import Instant

PORTAL = "licensing@portal.example"
ORDERING = "orders@portal.example"
POST = "Ordering, by regular mail"


class Attachment(msgspec.Struct, frozen=True):
    name: str
    content: bytes


class Mail(msgspec.Struct, frozen=True):
    """One message; `due` is the instant of delivery."""

    due: Instant
    sender: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()
