"""Arguments that name a file or a file system: a device by its prefix, which behaves as a keyword, or a URL.

A command that takes either has both at the same place, so `copy t fl` is read as `copy tftp: flash:` and `?` lists
the devices (R). A stick is a device only where there is a port for it.
"""

from typing import Any

from emulator.grammar import COMPLETE, REFUSED, ArgumentType, Choices, Dynamic, Match
from emulator.storage.urls import REMOTE_SCHEMES, FileUrl, parse_url


class FileUrlType(ArgumentType):
    """`flash:name`, `usbflash0:name`, `tftp://host/path`, or a bare name in the directory that `cd` chose."""

    def match(self, token: str, _context: Any, /) -> Match:
        return COMPLETE if parse_url(token) is not None else REFUSED

    def value(self, token: str, context: Any, /) -> FileUrl:
        url = parse_url(token, context.exec.directory)
        assert url is not None
        return url


class DeviceUrlType(FileUrlType):
    """A URL that must name its device."""

    def match(self, token: str, context: Any, /) -> Match:
        return super().match(token, context) if ":" in token else REFUSED


class DeviceType(Dynamic):
    """A file system by its prefix; `help` has a slot for its name."""

    def __init__(self, help_: str, *devices: str) -> None:
        self._help, self._devices = help_, devices

    def choices(self, context: Any, /) -> Choices:
        there = [name for name in self._devices if name != "usbflash0" or context.router.platform.usb_ports]
        return [(f"{name}:", self._help.format(name=name)) for name in there]

    def value(self, token: str, _context: Any, /) -> FileUrl:
        return FileUrl(token.rstrip(":").lower(), "", text=token.lower())


_ELSEWHERE = ("usbflash0", *REMOTE_SCHEMES)

FILE_TYPES: dict[str, ArgumentType] = {
    "FileUrl": FileUrlType(),
    "DeviceUrl": DeviceUrlType(),
    "SourceDevice": DeviceType("Copy from {name}: file system", *sorted(("flash", "nvram", "system", *_ELSEWHERE))),
    "TargetDevice": DeviceType("Copy to {name}: file system", *sorted(("flash", "null", "nvram", *_ELSEWHERE))),
    "ListedDevice": DeviceType("Directory or file name", "flash", "nvram", "system", "usbflash0"),
    "KeptDevice": DeviceType("File on {name}: file system", "flash", "nvram", "usbflash0"),
    "FileDevice": DeviceType("File on {name}: file system", *sorted(("flash", "nvram", "system", *_ELSEWHERE))),
    "EditedDevice": DeviceType("File on {name}: file system", "flash", "usbflash0"),
}
