"""One user of SNMPv3, as the state of a router keeps it."""

from typing import Literal

import msgspec

UserDigest = Literal["md5", "sha"]
UserCipher = Literal["des", "3des", "aes128", "aes192", "aes256"]


class SnmpUser(msgspec.Struct, frozen=True, omit_defaults=True):
    """A user of SNMPv3; of the passwords only keys are kept, which are good at one engine alone.

    Attributes:
        engine: ID of that engine, in hexadecimal: the router's own, or that of a manager that acknowledges informs.
        digest, key: algorithm and key of the authentication; None: there is none.
        cipher, privacy_key: those of the encryption.
        access_list: decides by the address of the manager; empty: all addresses.
    """

    name: str
    group: str
    engine: str
    digest: UserDigest | None = None
    key: bytes = b""
    cipher: UserCipher | None = None
    privacy_key: bytes = b""
    access_list: str = ""
