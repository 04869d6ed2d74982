"""IOS file URLs: `flash:name`, `usbflash0:name`, `nvram:startup-config`, `ftp://user:password@host/path`.

A name without a device lies in the directory that `cd` chose. The path of a network URL is the server's business and
stays as it was typed (C: a path that begins with a slash is asked for with it). R: a password and its user are starred
out where IOS names the URL. C: the protocols, from the MIB's list; SFTP, which it has as well, is not spoken by these
releases (R).
"""

import re

import msgspec
from msgspec.structs import replace

from emulator.storage.filesystem import clean

LOCAL_DEVICES = ("flash", "usbflash0", "nvram", "system", "null")
REMOTE_SCHEMES = ("tftp", "ftp", "rcp", "http", "https", "scp")
WITHOUT_USERS = ("tftp",)
"""Protocols that know no users, so that a name before `@` is a part of the host."""

HIDDEN = "*****"

_URL = re.compile(r"(?P<device>[A-Za-z][A-Za-z0-9]*):(?P<rest>.*)")


class FileUrl(msgspec.Struct, frozen=True):
    """A file, or a device when `path` is empty; `text` is the URL as typed.

    Attributes:
        host: with its port, where one is given.
        user, password: of the server; empty where none is given.
    """

    device: str
    path: str
    host: str = ""
    text: str = ""
    user: str = ""
    password: str = ""

    @property
    def remote(self) -> bool:
        """Tell whether the file is fetched over the network."""
        return self.device in REMOTE_SCHEMES

    @property
    def shown(self) -> str:
        """URL as IOS writes it in questions: `flash:/name`."""
        if not self.remote:
            return f"{self.device}:/{self.path}"
        account = f"{HIDDEN}:{HIDDEN}@" if self.password else f"{self.user}@" if self.user else ""
        return f"{self.device}://{account}{self.host}/{self.path}"

    @property
    def short(self) -> str:
        """URL as IOS writes it in answers: `flash:name`."""
        return self.shown if self.remote else f"{self.device}:{self.path}"

    @property
    def name(self) -> str:
        """Last part of the path."""
        return self.path.rpartition("/")[2]

    def at(self, path: str) -> "FileUrl":
        """URL of another file on the same device."""
        return replace(self, path=path if self.remote else clean(path), text="")


def host_and_port(text: str) -> tuple[str, str]:
    """The host of a network URL, and its port where one is given."""
    host, _, port = text.partition(":")
    return host, port


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
        place, _, path = rest.removeprefix("//").partition("/") if rest.startswith("//") else ("", "", rest)
        account, _, host = ("", "", place) if device in WITHOUT_USERS else place.rpartition("@")
        user, _, password = account.partition(":")
        return FileUrl(device, path, host, text, user, password)
    return None
