"""The ciphers and MACs on which a router and an SSH client have agreed, as `show ssh` names them."""

import msgspec


class SshAgreement(msgspec.Struct, frozen=True):
    """Cipher and MAC of an SSH connection, by their names in the protocol, into the router and out of it."""

    cipher_in: str
    mac_in: str
    cipher_out: str
    mac_out: str
