"""The user-based security of version 3 (RFC 3414): messages of a router read and written, by the library's module.

Boots and time of a router's engine follow from its state: it boots with the router, and its time is simulated. So a
world that jumps ahead is outside of a manager's window once, and tells it the time. Mended here: the library compares
digests in a time that tells how much of them is right, lets an unknown user without a digest in, keeps what it hears
of engines that nobody knows, and reads a GETBULK as its codec does (`codec.py`). Keys are those of the router's state,
so no password is hashed here.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from hmac import compare_digest
from time import monotonic
from typing import Any

from snmp.ber import ParseError, Tag
from snmp.pdu import InformRequestPDU, ReportPDU, ResponsePDU, SNMPv2TrapPDU
from snmp.security import SecurityModel
from snmp.security.levels import authNoPriv, authPriv, noAuthNoPriv
from snmp.security.usm import UserBasedSecurityModule
from snmp.security.usm.auth import HmacMd5, HmacSha
from snmp.security.usm.cisco.priv import CiscoAesCfb192, CiscoAesCfb256
from snmp.security.usm.credentials import (
    InvalidSignature,
    LocalizedAuthCredentials,
    LocalizedAuthPrivCredentials,
    LocalizedCredentials,
)
from snmp.security.usm.implementation import UsmUnknownUserName
from snmp.security.usm.priv import AesCfb128, DesCbc
from snmp.security.usm.timekeeper import EngineTime, TimeKeeper
from snmp.smi import Integer, OctetString
from snmp.utils import subbytes
from snmp.v3.message import HeaderData, MessageFlags, ScopedPDU, SecurityName, SNMPv3Message, SNMPv3WireMessage

from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.router.network.snmp_groups import LEVELS, Security
from emulator.router.network.snmp_identity import engine_id
from emulator.router.network.snmp_users import SnmpUsers
from emulator.router.snmp_traffic import SnmpCounter
from emulator.router.snmp_user import SnmpUser, UserCipher, UserDigest
from emulator.transports.snmp.codec import REQUESTS, Pdu
from emulator.transports.snmp.triple_des import TripleDesCbc

DIGESTS: dict[UserDigest, Any] = {"md5": HmacMd5, "sha": HmacSha}
CIPHERS: dict[UserCipher, Any] = {
    "des": DesCbc,
    "3des": TripleDesCbc,
    "aes128": AesCfb128,
    "aes192": CiscoAesCfb192,
    "aes256": CiscoAesCfb256,
}
SECURITY_LEVELS: dict[Security, Any] = dict(zip(LEVELS, (noAuthNoPriv, authNoPriv, authPriv), strict=True))

NAMESPACE = ""
"""Name of the users of a router to the library, which may keep those of several."""

PDUS = {**REQUESTS, **{each.TAG: each for each in (ResponsePDU, ReportPDU, InformRequestPDU, SNMPv2TrapPDU)}}
STATISTICS = {
    "unsupportedSecLevels": SnmpCounter.UNSUPPORTED_LEVELS,
    "notInTimeWindows": SnmpCounter.OUTSIDE_WINDOW,
    "unknownUserNames": SnmpCounter.UNKNOWN_USERS,
    "unknownEngineIDs": SnmpCounter.UNKNOWN_ENGINES,
    "wrongDigests": SnmpCounter.WRONG_DIGESTS,
    "decryptionErrors": SnmpCounter.UNDECRYPTED,
}
"""Counters by the names of the library's attributes."""

VERSION_3 = b"\x02\x01\x03"
"""Octets of the version of version 3."""

LONG_FORM, LENGTH_SIZE = b"\x80", 0x7F
"""The first octet of a length that has octets of its own, and the part of it that tells how many."""

SALT, SALT_HEAD = 8, 2
"""Octets of the salt of every cipher, and of its tag and length."""

KEPT = 4096
"""Users whose ciphers are kept ready."""


class Scoped(ScopedPDU):  # type: ignore[misc]  # the library has no types
    """A PDU with its context, read by the classes of our codec."""

    @classmethod
    def deserialize(cls, data: Any) -> Any:
        """Read it from the octets within it.

        Raises:
            ParseError: the PDU is of no known kind.
        """
        engine, rest = OctetString.decode(data)
        context, rest = OctetString.decode(rest)
        tag, _ = Tag.decode(rest)
        if tag not in PDUS:
            raise ParseError("a PDU of an unknown kind", rest)
        return cls(PDUS[tag].decodeExact(rest), engine.data, context.data)


class WireMessage(SNMPv3WireMessage):  # type: ignore[misc]  # the library has no types
    """A message as it is sent, its PDU encrypted or not."""

    @classmethod
    def deserialize(cls, data: Any) -> Any:
        """Read it from the octets within it."""
        _, rest = Integer.decode(data)
        header, rest = HeaderData.decode(rest)
        parameters, rest = OctetString.decode(rest, copy=False)
        kind = OctetString if header.flags.privFlag else Scoped
        return cls(header, kind.decodeExact(rest), parameters)


class _Digest:
    """Puts a digest into a message where its place is, and checks one in a time that does not depend on it."""

    auth: Any

    def sign(self, message: Any) -> bytes:
        """Return the octets of a message with its digest, which stands before the salt, the last of its parameters."""
        octets, parameters = bytes(message.encode()), bytes(message.securityParameters.data)
        digest: bytes = self.auth.sign(octets)
        salt = SALT_HEAD + (SALT if message.header.flags.privFlag else 0)
        end = octets.index(parameters) + len(parameters) - salt
        return octets[: end - len(digest)] + digest + octets[end:]

    def verifySignature(self, signature: Any) -> None:  # noqa: N802  # the library's name
        """Check the digest of a message.

        Raises:
            InvalidSignature: it is wrong.
        """
        padding = self.auth.msgAuthenticationParameters
        given = bytes(signature[:])
        if len(given) != len(padding) or not compare_digest(self.auth.sign(signature.replace(padding)), given):
            raise InvalidSignature


class _Authentication(_Digest, LocalizedAuthCredentials):  # type: ignore[misc]  # the library has no types
    """Keys of a user who authenticates."""


class _Encryption(_Digest, LocalizedAuthPrivCredentials):  # type: ignore[misc]  # the library has no types
    """Keys of a user who encrypts as well."""

    def decrypt(self, encrypted: Any, boots: int, time: int, salt: bytes) -> Any:
        """Return the PDU and its context, behind which there may be padding."""
        return Scoped.decode(subbytes(self.priv.decrypt(encrypted.data, boots, time, salt)))[0]


@lru_cache(maxsize=KEPT)
def _credentials(user: SnmpUser) -> Any:
    if user.digest is None:
        return LocalizedCredentials()
    authentication = DIGESTS[user.digest](user.key)
    if user.cipher is None:
        return _Authentication(authentication)
    return _Encryption(authentication, CIPHERS[user.cipher](user.privacy_key))


class _Users:
    """The users of a router as the library asks for them; names and engine IDs are octets to it."""

    def __init__(self, router: Router) -> None:
        self._users = SnmpUsers(router)

    def exists(self, name: bytes, _namespace: str) -> bool:
        """Tell whether a user has that name; the library asks it of the router's own engine alone."""
        return any(user.name.encode() == name for user in self._users.own)

    def namespaces(self, name: bytes) -> Iterable[str]:
        """Return where a user of another engine is known."""
        return (NAMESPACE,) if any(user.name.encode() == name for user in self._users.every) else ()

    def credentials(self, name: bytes, _namespace: str, engine: bytes) -> Any:
        """Return the keys of a user at an engine; one that it does not know has none."""
        user = self._users.find(name.decode("utf-8", "replace"), engine.hex().upper())
        return LocalizedCredentials() if user is None else _credentials(user)


class RouterSecurity(UserBasedSecurityModule):  # type: ignore[misc]  # the library has no types
    """The security of one router while a message is read or written."""

    def __init__(
        self, router: Router, counts: Callable[[SnmpCounter], int] = lambda _: 0, others: TimeKeeper | None = None
    ) -> None:
        """Get ready.

        Args:
            router: a router that runs.
            counts: how often each was counted so far, which a report tells.
            others: what is known of the time of managers that acknowledge informs.
        """
        super().__init__()
        self.engineID = bytes.fromhex(engine_id(router))
        self.namespace = NAMESPACE
        self.users = _Users(router)
        self.engineTime = EngineTime(0, router.state.snmp_boots, authoritative=True)
        if others is not None:
            self.timekeeper = others
        self.now = router.uptime() // SECOND
        self._before = {name: counts(counter) for name, counter in STATISTICS.items()}
        for name, count in self._before.items():
            setattr(self, name, count)

    @property
    def counted(self) -> Iterable[SnmpCounter]:
        """The counters that the last message has raised."""
        return [counter for name, counter in STATISTICS.items() if getattr(self, name) > self._before[name]]

    def candidateNamespaces(self, parameters: Any) -> Any:  # noqa: N802  # the library's name
        """Return where the user of a message is known; the library asks it while it can still send a report.

        Raises:
            UsmUnknownUserName: nowhere.
        """
        found = super().candidateNamespaces(parameters)
        if not found:
            raise UsmUnknownUserName(parameters.userName)
        return found

    def read(self, message: Any) -> Any:
        """Return a message that was received, decrypted and found authentic.

        Raises:
            ReportMessage: it is not, and its sender is told why.
            IncomingMessageError: it is not, and its sender is told nothing.
        """
        return self.processIncoming(message, self.now)

    def read_answer(self, message: Any) -> Any:
        """Return the answer to an inform: that engine counts seconds of real time, which are no simulated ones.

        Raises:
            ReportMessage, IncomingMessageError: as for `read`.
        """
        return self.processIncoming(message, monotonic())

    def report(self, message: Any) -> bytes:
        """Return the octets of a report."""
        octets: bytes = self.prepareOutgoing(message, self.now)
        return octets

    def write(
        self, number: int, largest: int, user: bytes, security: Security, pdu: Pdu, context: bytes = b"", *,
        reportable: bool = False, engine: bytes | None = None,
    ) -> bytes:  # fmt: skip
        """Return the octets of a message.

        Args:
            number: of the message.
            largest: octets of the largest message that its sender takes.
            user: the name of its user.
            security: its level.
            pdu: its content.
            context: the context that it names.
            reportable: the receiver may answer with a report.
            engine: the engine that is in command; None: the router's own.
        """
        own = self.engineID if engine is None else engine
        header = HeaderData(number, largest, MessageFlags(SECURITY_LEVELS[security], reportable), SecurityModel.USM)
        message = SNMPv3Message(header, ScopedPDU(pdu, own, context), own, SecurityName(user, NAMESPACE))
        octets: bytes = self.prepareOutgoing(message, self.now if engine is None else monotonic())
        return octets


def is_version_3(datagram: bytes) -> bool:
    """Tell whether a datagram begins as a message of version 3; the library's codecs read one version each."""
    head = 2 + (datagram[1] & LENGTH_SIZE if datagram[1:2] >= LONG_FORM else 0)
    return datagram[head : head + len(VERSION_3)] == VERSION_3


def level_of(flags: Any) -> Security:
    """Level of a message by its flags."""
    return "priv" if flags.privFlag else "auth" if flags.authFlag else "noauth"
