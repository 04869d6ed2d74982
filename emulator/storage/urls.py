"""IOS file URLs: `flash:name`, `usbflash0:name`, `nvram:startup-config`, `tftp://host/path`.

A name without a device lies in the directory that `cd` chose. The path of a network URL is the server's business and
stays as it was typed (C: a path that begins with a slash is asked for with it).
"""

import re

import msgspec

from emulator.storage.filesystem import clean

LOCAL_DEVICES = ("flash", "usbflash0", "nvram", "system", "null")
REMOTE_SCHEMES = ("tftp",)

_URL = re.compile(r"(?P<device>[A-Za-z][A-Za-z0-9]*):(?P<rest>.*)")


class FileUrl(msgspec.Struct, frozen=True):
    """One file, or a device when `path` is empty; `text` is how it was typed."""

    device: str
    path: str
    host: str = ""
    text: str = ""

    @property
    def remote(self) -> bool:
        """Whether it is fetched over the network."""
        return self.device in REMOTE_SCHEMES

    @property
    def shown(self) -> str:
        """As IOS names it in questions: `flash:/name`."""
        return f"{self.device}://{self.host}/{self.path}" if self.remote else f"{self.device}:/{self.path}"

    @property
    def short(self) -> str:
        """As IOS names it in answers: `flash:name`."""
        return self.shown if self.remote else f"{self.device}:{self.path}"

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    def at(self, path: str) -> "FileUrl":
        """Another file of the same device."""
        return FileUrl(self.device, path if self.remote else clean(path), self.host)


FLASH = FileUrl("flash", "")


def parse_url(text: str, base: FileUrl = FLASH) -> FileUrl | None:
    """Read a URL; a bare name is a file in the directory `base`; None for a device that does not exist."""
    match = _URL.fullmatch(text)
    if match is None:
        path = text if text.startswith("/") else f"{base.path}/{text}"
        return FileUrl(base.device, clean(path), base.host, text)
    device, rest = match["device"].lower(), match["rest"]
    if device in LOCAL_DEVICES:
        return FileUrl(device, clean(rest), text=text)
    if device in REMOTE_SCHEMES:
        host, _, path = rest.removeprefix("//").partition("/") if rest.startswith("//") else ("", "", rest)
        return FileUrl(device, path, host, text)
    return None
