"""IOS file URLs: `flash:name`, `usbflash0:name`, `nvram:startup-config`, `tftp://host/path`."""

import re

import msgspec

LOCAL_DEVICES = ("flash", "usbflash0", "nvram")
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


def parse_url(text: str, default_device: str = "flash") -> FileUrl | None:
    """Read a URL; a bare name is a file on the default device; None for a device that does not exist."""
    match = _URL.fullmatch(text)
    if match is None:
        return FileUrl(default_device, text.lstrip("/"), text=text)
    device, rest = match["device"].lower(), match["rest"]
    if device in LOCAL_DEVICES:
        return FileUrl(device, rest.lstrip("/"), text=text)
    if device in REMOTE_SCHEMES:
        host, _, path = rest.removeprefix("//").partition("/") if rest.startswith("//") else ("", "", rest)
        return FileUrl(device, path.lstrip("/"), host, text)
    return None
