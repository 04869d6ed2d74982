"""Access lists: what they are about, and who is on one."""

from enum import StrEnum

import msgspec


class Listed(StrEnum):
    """Kind of thing that may have an access list, as it is typed."""

    DEVICE = "device"
    GROUP = "group"
    PAK = "pak"
    FOLDER = "folder"


class UserAccessList(msgspec.Struct, frozen=True):
    """Users who see a thing and may act on it as far as their roles allow; Admins are on every list unnamed."""

    about: Listed
    subject: str
    users: tuple[str, ...]


class PakFolder(msgspec.Struct, frozen=True):
    """Folder of PAKs, with the codes of those in it."""

    name: str
    paks: tuple[str, ...]
