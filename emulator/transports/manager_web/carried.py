"""Content of a file that a form carries from its check to its confirmation, so that it need not be chosen again.

It goes through the browser and is checked anew when it comes back; the server keeps nothing of it.
"""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from emulator.transports.web.problems import BadInput


def carry(content: bytes) -> str:
    """Write a content as the text of a hidden field."""
    return urlsafe_b64encode(zlib.compress(content)).decode("ascii")


def carried(text: str, most: int) -> bytes:
    """Read the content of a hidden field.

    Args:
        text: of the field.
        most: bytes that it may have.

    Raises:
        BadInput: it is no such text, or larger.
    """
    try:
        reading = zlib.decompressobj()
        content = reading.decompress(urlsafe_b64decode(text.encode("ascii")), most + 1)
    except (ValueError, zlib.error):
        content, reading = b"", zlib.decompressobj()
    if not reading.eof or len(content) > most:
        raise BadInput("The file was lost on its way. Choose it again.", "file")
    return content
