"""Mail of the back end to the customer: e-mail with attachments, or a letter that takes days.

That license files and PAKs travel so is C (the FAQ); the texts are ours. A message as a mail server takes it is RFC
5322 and MIME, from the standard library; its identifier, boundary and date follow from the message, so the same letter
gives the same bytes.
"""

from datetime import datetime
from hashlib import sha256

import msgspec

from emulator.kernel.time import Instant

DOMAIN = "portal.example"
PORTAL = f"licensing@{DOMAIN}"
ORDERING = f"orders@{DOMAIN}"
POST = "Ordering, by regular mail"


class Attachment(msgspec.Struct, frozen=True, gc=False):
    name: str
    content: bytes


class Mail(msgspec.Struct, frozen=True, gc=False):
    """A message.

    Attributes:
        due: the instant of delivery.
        number: its number in the outbox; 0 for one that was never mailed.
        to: an e-mail address.
        date: the calendar at delivery, ISO 8601.
    """

    due: Instant
    sender: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()
    number: int = 0
    to: str = ""
    date: str = ""


def mail_as_eml(letter: Mail) -> bytes:
    """Write the message in the form of RFC 5322, its attachments under their names.

    A letter sent by regular mail is written as a message of its sender too, since a mail server knows nothing else.
    """
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    message = EmailMessage(policy=SMTP)
    message["From"] = letter.sender if "@" in letter.sender else f'"{letter.sender}" <{ORDERING}>'
    message["To"] = letter.to
    message["Subject"] = letter.subject
    if letter.date:
        message["Date"] = format_datetime(datetime.fromisoformat(letter.date))
    digest = _digest(letter)
    message["Message-ID"] = f"<{letter.number}.{digest[:16]}@{DOMAIN}>"
    message.set_content(letter.body, cte="quoted-printable" if not letter.body.isascii() else "7bit")
    for attachment in letter.attachments:
        kind = "xml" if attachment.name.endswith((".xml", ".lic")) else "octet-stream"
        message.add_attachment(attachment.content, "application", kind, filename=attachment.name)
    if letter.attachments:
        message.set_boundary(f"=={digest[16:48]}==")
    return message.as_bytes()


def _digest(letter: Mail) -> str:
    """Digest of everything that the message says, which identifies it."""
    return sha256(msgspec.json.encode(letter)).hexdigest()
