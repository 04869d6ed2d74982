"""The lab's TFTP server and stick, for the pages of the portal; what is put there is an input of the world."""

from collections.abc import Sequence

from emulator.kernel.errors import Refused
from emulator.transports.connections.intake import TooMuch
from emulator.transports.files.lab_files import FileRefused, LabFiles, Received
from emulator.transports.portal.lab_media import Medium, MediumFile
from emulator.world.site_network import SERVER_HOST
from emulator.world.world import World

TITLES = {
    "tftp": ("the lab's TFTP server", f"tftp://{SERVER_HOST}/"),
    "usb": ("the USB stick", "usbflash0:"),
}
"""Words for each medium, and the beginning of the address by which a router names a file there."""


class WorldMedia:
    """The media of one world; implements `LabMedia`."""

    def __init__(self, world: World) -> None:
        self._files = LabFiles(world)

    def all(self) -> Sequence[Medium]:
        """The media with their files; a stick that is plugged into a router has none to show."""
        found = []
        for name, (title, url) in TITLES.items():
            try:
                files = tuple(MediumFile(*each) for each in self._files.listing(name))
                found.append(Medium(name, title, url, files))
            except Refused as refused:
                found.append(Medium(name, title, url, away=str(refused)))
        return found

    def read(self, medium: str, name: str) -> bytes | None:
        """Content of a file that is kept whole, or None."""
        try:
            file = self._files.find(name, medium) if medium in TITLES else None
        except Refused:
            return None
        return None if file is None or len(file.content) != file.size else file.content

    def store(self, medium: str, name: str, content: bytes) -> None:
        """Put a file on a medium; one of its name is replaced.

        Raises:
            Refused: it cannot be put there, and why.
        """
        if medium not in TITLES:
            raise Refused(f"there is no medium {medium}; the lab has tftp and usb")
        received = Received()
        try:
            received.add(content)
            self._files.store(name, received, medium)
        except (FileRefused, TooMuch) as refused:
            raise Refused(str(refused)) from refused
