"""The privacy protocol with triple DES (C: draft-reeder-snmpv3-usm-3desede), which the library does not have.

It is that of DES with three keys of eight octets each, before the eight of the initial value.
"""

from snmp.security.usm.priv import DesCbc
from snmp.smi import OID

from emulator.keys.triple_des import BLOCK, KEY_SIZE, decrypt, encrypt

SALT_WRAP = 1 << 32


class TripleDesCbc(DesCbc):  # type: ignore[misc]  # the library has no types
    """Encrypts and decrypts the PDUs of one user."""

    KEYLEN = KEY_SIZE + BLOCK
    salt: int

    def __init__(self, key: bytes) -> None:
        """Take the localized key, 32 octets."""
        super().__init__(key)
        self.algorithm = OID.parse("1.3.6.1.4.1.9.12.6.1.1")
        self.key, self.preIV = key[:KEY_SIZE], key[KEY_SIZE : KEY_SIZE + BLOCK]

    def decrypt(self, data: bytes, engineBoots: int, engineTime: int, salt: bytes) -> bytes:  # noqa: ARG002, N803
        """Decrypt a PDU, behind which there may be padding.

        Raises:
            ValueError: it ends within a block.
        """
        return decrypt(bytes(data), self.key, self.computeIV(salt))

    def encrypt(self, data: bytes, engineBoots: int, engineTime: int) -> tuple[bytes, bytes]:  # noqa: ARG002, N803
        """Encrypt a PDU; returns it with its salt."""
        self.salt = (self.salt + 1) % SALT_WRAP
        salt = engineBoots.to_bytes(4, "big") + self.salt.to_bytes(4, "big")
        return encrypt(self.pad(bytes(data)), self.key, self.computeIV(salt)), salt
