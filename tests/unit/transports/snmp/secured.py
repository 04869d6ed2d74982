"""A manager of version 3 at one router, without a socket: its security, from passwords on, is the library's."""

from typing import Any

from snmp.pdu import GetRequestPDU
from snmp.security import SecurityModel
from snmp.security.levels import SecurityLevel, authNoPriv, authPriv, noAuthNoPriv
from snmp.security.usm import UserBasedSecurityModule
from snmp.security.usm.auth import HmacMd5, HmacSha
from snmp.security.usm.cisco.priv import CiscoAesCfb192, CiscoAesCfb256, ReederPrivProtocol
from snmp.security.usm.priv import AesCfb128, DesCbc
from snmp.utils import subbytes
from snmp.v3.message import HeaderData, MessageFlags, ScopedPDU, SecurityName, SNMPv3Message, SNMPv3WireMessage

from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.router.network.snmp_identity import engine_id
from emulator.snmp.applying import carry_out
from emulator.transports.snmp.messages import Exchange
from emulator.transports.snmp.triple_des import TripleDesCbc


class TripleDes(TripleDesCbc, ReederPrivProtocol):  # type: ignore[misc]  # the library has no types
    """Triple DES with the keys that the library extends."""


LEVELS = {"noauth": noAuthNoPriv, "auth": authNoPriv, "priv": authPriv}
DIGESTS = {"md5": HmacMd5, "sha": HmacSha}
CIPHERS = {"des": DesCbc, "3des": TripleDes, "aes 128": AesCfb128, "aes 192": CiscoAesCfb192, "aes 256": CiscoAesCfb256}

SECRET, HIDDEN = "authentic-secret", "hidden-secret"
GROUPS = (
    "snmp-server group g v3 noauth",
    "snmp-server group g v3 auth write v1default",
    "snmp-server group g v3 priv write v1default",
)


class SecuredManager:
    """Asks the agent of a router by version 3."""

    def __init__(
        self, router: Router, name: str = "anna", digest: str = "", cipher: str = "", password: str = SECRET
    ) -> None:
        self.router, self.name = router, name.encode()
        self.engine = bytes.fromhex(engine_id(router))
        self.usm: Any = UserBasedSecurityModule()
        self.usm.addUser(
            self.name,
            "lab",
            authProtocol=DIGESTS.get(digest),
            privProtocol=CIPHERS.get(cipher),
            authSecret=password.encode() if digest else None,
            privSecret=HIDDEN.encode() if cipher else None,
        )
        self.boots, self.drift = router.state.snmp_boots, 0
        self.counts: dict[Any, int] = {}

    @property
    def now(self) -> int:
        return self.router.uptime() // SECOND + self.drift

    def message(
        self, pdu: Any, level: str = "noauth", engine: bytes | None = None, context: bytes = b"", size: int = 1500
    ) -> bytes:
        """Octets of a request."""
        own = self.engine if engine is None else engine
        self.usm.timekeeper.table.clear()
        self.usm.timekeeper.hint(own, self.now, self.boots, self.now)
        header = HeaderData(7, size, MessageFlags(LEVELS[level], reportable=True), SecurityModel.USM)
        name = SecurityName(self.name, "lab")
        data: bytes = self.usm.prepareOutgoing(
            SNMPv3Message(header, ScopedPDU(pdu, own, context), own, name), self.now
        )  # fmt: skip
        return data

    def send(self, data: bytes, peer: str = "127.0.0.1") -> bytes | None:
        """Have octets answered."""
        exchange = Exchange(self.router, peer, lambda what: carry_out(self.router, what))
        reply = exchange.reply(data)
        self.counts = dict(exchange.counts)
        return reply

    def read(self, data: bytes | None) -> tuple[Any, SecurityLevel]:
        """The PDU of an answer, and the level of its message."""
        assert data is not None
        wire = SNMPv3WireMessage.decodeExact(subbytes(data))
        assert wire.header.msgID == 7
        message = self.usm.processIncoming(wire, self.router.uptime() // SECOND)
        return message.scopedPDU.pdu, wire.header.flags.securityLevel

    def ask(self, pdu: Any, level: str = "noauth", **how: Any) -> Any:
        """The PDU of the answer to a request, whose message has the level of the request unless it is a report."""
        found, reached = self.read(self.send(self.message(pdu, level, **how)))
        assert reached == LEVELS[level] or type(found).__name__ == "ReportPDU"
        return found

    def value(self, oid: str, level: str = "noauth") -> Any:
        """The value of an instance."""
        return self.ask(GetRequestPDU(oid), level).variableBindings[0].value
