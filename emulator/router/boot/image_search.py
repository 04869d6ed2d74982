"""Search for the image that ROMMON boots: the register's boot field, the `boot system` lines of the saved
configuration, the first image.

R: the lines are tried in their order, one whose file is not there is told and passed over, and after the last comes
the first image in flash. I: a file that is there but cannot be run ends the search, as it does for a file that was
named by hand. Left out: the BOOT variable, in which IOS keeps the lines for ROMMON; here ROMMON reads them in NVRAM,
so a register that ignores NVRAM ignores them too (I). A network boot from the configuration finds nothing, for
ROMMON of these routers loads over the network only with `tftpdnld`.
"""

from enum import StrEnum

import msgspec

from emulator.hardware.board import Halt
from emulator.hardware.register import FIRST_IMAGE, STAY_IN_ROMMON, boot_field
from emulator.images.container import ImageFault, unpack
from emulator.images.manifest import ImageCatalogue, ImageManifest
from emulator.kernel.errors import UnknownName
from emulator.router.state import BootRequest, FlashHealth, RouterState
from emulator.storage.filesystem import FileSystem, StoredFile

FLASH, STICK, NETWORK = "flash", "usbflash0", "tftp"
BOOTABLE = (FLASH, STICK)
"""Devices that ROMMON can read (C)."""

COMMAND = "boot system "


class BootFault(StrEnum):
    """The reason, apart from a fault of an image, for which ROMMON has the board."""

    NO_IMAGE = "no image"
    BOOT_FIELD = "the boot field says so"
    UNRECOGNISED = "device not recognised"
    NO_FILE = "no such file"
    BREAK = "break while booting"
    BREAK_IN_IOS = "break while IOS ran"


class Candidate(msgspec.Struct, frozen=True):
    """A file that is loaded, and the image that it is or was meant to be."""

    device: str
    file: StoredFile
    manifest: ImageManifest

    @property
    def url(self) -> str:
        """URL as `show version` prints it."""
        return f"{self.device}:{self.file.name}"


def boot_commands(configuration: str) -> list[BootRequest]:
    """List the `boot system` lines of a saved configuration, in order."""
    lines = (line.strip() for line in configuration.splitlines())
    return [_request(line.removeprefix(COMMAND).split()) for line in lines if line.startswith(COMMAND)]


def _request(words: list[str]) -> BootRequest:
    """`flash NAME`, `flash:NAME`, `flash:/NAME`, `usbflash0:NAME`, `tftp NAME [HOST]`, `tftp://HOST/NAME`, `NAME`."""
    first, *rest = words or [FLASH]
    device, colon, name = first.partition(":")
    if not colon:
        if device in {*BOOTABLE, NETWORK, "ftp", "rcp"}:
            return BootRequest(device, rest[0].lstrip("/") if rest else "")
        return BootRequest(FLASH, first)
    return BootRequest(device, name.lstrip("/") if device in BOOTABLE else name.rpartition("/")[2])


class Search:
    """A search for a file to boot; files that were not there are in `missing`."""

    def __init__(self, state: RouterState, images: ImageCatalogue, startup: str) -> None:
        self.missing: list[str] = []
        self._state, self._images, self._startup = state, images, startup

    def run(self) -> Candidate:
        """Find the file to load.

        Raises:
            Halt: there is none; ROMMON stays at its prompt.
        """
        request = self._state.boot_request
        if request is not None:
            return self._named(request)
        field = boot_field(self._state.config_register)
        if field == STAY_IN_ROMMON:
            raise Halt(BootFault.BOOT_FIELD)
        for wanted in [] if field == FIRST_IMAGE else boot_commands(self._startup):
            file = self._find(wanted)
            if file is not None:
                return self._candidate(wanted.device, file)
            self.missing.append(wanted.file)
        return self._named(BootRequest(FLASH))

    def _named(self, request: BootRequest) -> Candidate:
        if request.memory is not None:
            return self._candidate(request.device, request.memory)
        if system_of(self._state, request.device) is None:
            raise Halt(BootFault.UNRECOGNISED, request.file, request.device)
        file = self._find(request)
        if file is not None:
            return self._candidate(request.device, file)
        if request.file:
            self.missing.append(request.file)
            raise Halt(BootFault.NO_FILE, request.file, request.device)
        raise Halt(BootFault.NO_IMAGE, "", request.device)

    def _find(self, request: BootRequest) -> StoredFile | None:
        system = system_of(self._state, request.device)
        if system is None:
            return None
        if request.file:
            return system.find(request.file)
        return next((file for file in system.files if file.name.endswith(".bin")), None)

    def _candidate(self, device: str, file: StoredFile) -> Candidate:
        """A damaged image is loaded for what its name says: the damage shows once it is expanded."""
        inside = unpack(file.content, file.size)
        if inside is ImageFault.BAD_CHECKSUM:
            inside = file.name
        elif isinstance(inside, ImageFault):
            raise Halt(inside, file.name, device)
        try:
            return Candidate(device, file, self._images.get(inside))
        except UnknownName:
            raise Halt(ImageFault.BAD_MAGIC, file.name, device) from None


def system_of(state: RouterState, device: str) -> FileSystem | None:
    """Return a device as ROMMON sees it; None where it is not there or not recognized."""
    if device == FLASH:
        return None if state.flash_health is FlashHealth.UNRECOGNISED else state.flash
    return state.usb if device == STICK else None
