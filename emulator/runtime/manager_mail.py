"""Letters of the license manager: handed to a mail server, or written as `.eml` files into a folder."""

from datetime import UTC, datetime
from pathlib import Path

from emulator.backend.mail import Mail
from emulator.kernel.errors import Refused
from emulator.transports.mail import Folder, Smtp
from emulator.transports.mail.backends import NotTaken, Undeliverable


def send_letter(where: tuple[str, int] | Path, *, sender: str, to: str, subject: str, body: str, at: int) -> None:
    """Send a letter; returns when it was taken.

    Args:
        where: host and port of a mail server, or a folder.
        sender: an address.
        to: an address.
        subject: in one line.
        body: the text.
        at: the instant, in milliseconds since 1970, which numbers the letter too.

    Raises:
        Refused: it was not taken.
    """
    date = datetime.fromtimestamp(at // 1000, UTC).isoformat()
    letter = Mail(0, sender, subject, body, number=at, to=to, date=date)
    carrier = Folder(where) if isinstance(where, Path) else Smtp(*where)
    try:
        carrier.take(letter)
    except (NotTaken, Undeliverable) as error:
        raise Refused(f"the letter was not taken and will be sent again next time: {error}") from error
