"""Records of the manager. Instants are whole milliseconds since 1970, by the clock of the manager's host."""

from enum import StrEnum

import msgspec

from emulator.licensing.udi import Udi
from emulator.manager.roles import ManagerRole

SSH_PORT = 22


class DeviceTransport(StrEnum):
    """Protocol by which a device is reached."""

    SSH = "ssh"
    TELNET = "telnet"
    HTTPS = "https"
    HTTP = "http"
    SNMP = "snmp"
    SNMP_3 = "snmpv3"


USUAL_PORTS = {
    DeviceTransport.SSH: SSH_PORT,
    DeviceTransport.TELNET: 23,
    DeviceTransport.HTTPS: 443,
    DeviceTransport.HTTP: 80,
    DeviceTransport.SNMP: 161,
    DeviceTransport.SNMP_3: 161,
}
"""Ports of the transports where nothing else is said."""


class DeviceFault(StrEnum):
    """Kind of a failure at a device, in words for a table."""

    UNREACHABLE = "unreachable"
    WRONG_CREDENTIALS = "wrong credentials"
    SILENT = "timed out"
    DROPPED = "connection lost"
    UNREADABLE = "unreadable"
    OTHER_DEVICE = "another device"
    REFUSED = "refused"


class ManagerUser(msgspec.Struct, frozen=True):
    """User of the manager, with a role."""

    name: str
    role: ManagerRole


class CredentialSet(msgspec.Struct, frozen=True):
    """Log-in for devices under a name; `enable` is the password of privileged mode, empty if none is needed."""

    name: str
    user: str
    password: str
    enable: str = ""

    def __repr__(self) -> str:
        return f"CredentialSet({self.name!r}, …)"


class DeviceAddress(msgspec.Struct, frozen=True, order=True):
    """Address and port of a device."""

    host: str
    port: int = SSH_PORT

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.host if self.port == SSH_PORT else f"{host}:{self.port}"


class TransportChoice(msgspec.Struct, frozen=True):
    """Transport to try.

    Attributes:
        port: None for the usual one, which for SSH is that of the device's address.
        path: of the license agent, for HTTP and HTTPS; the TFTP server, for SNMP; empty for the others.
    """

    transport: DeviceTransport
    port: int | None = None
    path: str = ""

    def __str__(self) -> str:
        return f"{self.transport}{'' if self.port is None else f':{self.port}'}{self.path}"

    def at(self, address: DeviceAddress) -> DeviceAddress:
        """Return the address of a device with the port of this transport."""
        usual = address.port if self.transport is DeviceTransport.SSH else USUAL_PORTS[self.transport]
        return DeviceAddress(address.host, self.port or usual)


SSH = TransportChoice(DeviceTransport.SSH)


class DeviceGroup(msgspec.Struct, frozen=True):
    """Devices under a name; the credential sets and the transports that are tried at them, in this order."""

    name: str
    credentials: tuple[str, ...] = ()
    transports: tuple[TransportChoice, ...] = ()


class InstalledLicense(msgspec.Struct, frozen=True):
    """License as `show license detail` tells it; `left` and `type` in the words of the device."""

    feature: str
    type: str
    state: str
    store: str
    left: str = ""
    count: str = ""


class DeviceReading(msgspec.Struct, frozen=True):
    """State of a device, as its screens told it at one time.

    Attributes:
        level: the level that runs; empty where the image has none.
        next_level: the level after the next reload.
    """

    udi: Udi
    hostname: str = ""
    release: str = ""
    image: str = ""
    level: str = ""
    level_type: str = ""
    next_level: str = ""
    licenses: tuple[InstalledLicense, ...] = ()


class ManagedDevice(msgspec.Struct, frozen=True):
    """Device under management.

    Attributes:
        address: None for a device that is known by its UDI alone.
        transport, credentials: those that worked last; None and empty before the first time.
        added: the instant at which it came under management.
        tried, seen: the instants of the last attempt to read it, and of the last one that went well.
        fault, detail: the failure of the last attempt; None if it went well.
        successor: the device that answers at its address now, which may be its replacement (RMA candidate).
        reading: its last known state.
        replaced_by: the device that has its licenses since it failed (RMA), until it is read again.
        contract: number of its service contract; empty until the portal told it.
    """

    udi: Udi
    added: int
    address: DeviceAddress | None = None
    transport: TransportChoice | None = None
    credentials: str = ""
    tried: int | None = None
    seen: int | None = None
    fault: DeviceFault | None = None
    detail: str = ""
    successor: Udi | None = None
    reading: DeviceReading | None = None
    replaced_by: Udi | None = None
    contract: str = ""


class DeviceKey(msgspec.Struct, frozen=True):
    """Key by which a device is known at a transport: the fingerprint of its SSH host key, or of its certificate.

    Attributes:
        key, seen: that of the first sight, and its instant.
        other, other_seen: another one that was shown since; empty and None where none was.
    """

    transport: str
    key: str
    seen: int
    other: str = ""
    other_seen: int | None = None


class SavedView(msgspec.Struct, frozen=True):
    """View of the list of devices: its name, and the query of the address that shows it."""

    name: str
    query: str


class TrailEntry(msgspec.Struct, frozen=True):
    """Entry of the audit trail: who did what to which subject, and how it ended."""

    at: int
    by: str
    act: str
    subject: str
    outcome: str


class BackEndAccess(msgspec.Struct, frozen=True):
    """License portal that a manager asks: its URL, the certificate authority in PEM, and a token of an account there.

    Without an authority those of the system are trusted.
    """

    url: str
    token: str
    authority: str = ""

    def __repr__(self) -> str:
        return f"BackEndAccess({self.url!r}, …)"


class DeviceOnRecord(msgspec.Struct, frozen=True):
    """Device as the portal knows it.

    Attributes:
        permanent: the features for which it has permanent licenses that stand.
        contract: number of its service contract; empty where the account may not know it.
    """

    permanent: frozenset[str]
    contract: str = ""


class PakOnRecord(msgspec.Struct, frozen=True):
    """PAK as the portal knows it; `type` and `families` are those of its licenses, in the portal's words."""

    code: str
    sku: str
    feature: str
    type: str
    quantity: int
    left: int
    families: tuple[str, ...] = ()


class KnownPak(msgspec.Struct, frozen=True):
    """PAK in the manager's inventory, as the portal told it last.

    Attributes:
        feature: the feature that its licenses activate.
        quantity, left: devices that it was bought for, and those that are left.
        refreshed: the instant at which the portal was asked.
        families: those of the routers that its SKU fits; empty where the portal was not asked for them yet.
    """

    code: str
    sku: str
    feature: str
    quantity: int
    left: int
    refreshed: int
    families: tuple[str, ...] = ()


class RegisteredUdi(msgspec.Struct, frozen=True):
    """Outcome of a registration for one device: its license, or the problem."""

    udi: Udi
    license: str
    file: str
    problem: str = ""


class ObtainedLicense(msgspec.Struct, frozen=True):
    """License file that the manager holds for a device; `deployed` is None until it was seen there."""

    id: str
    udi: Udi
    pak: str
    feature: str
    file: str
    content: bytes
    obtained: int
    deployed: int | None = None


class InstallCounts(msgspec.Struct, frozen=True):
    """Result of an installation: licenses that were new, that were there, and whether an agreement was accepted."""

    installed: int
    existing: int
    agreed: bool


class RehostStep(StrEnum):
    """Last step of a rehost that was done."""

    ASKED = "asked for"
    PERMITTED = "permission ticket obtained"
    REVOKED = "revoked on the source"
    LICENSED = "license obtained for the target"
    INSTALLED = "installed on the target"


class Rehost(msgspec.Struct, frozen=True):
    """Rehost between two devices, and how far it is.

    Attributes:
        permission: the permission ticket, which the source carries out.
        ticket: its rehost ticket, by which the source proves that.
        file, content: the license file for the target.
        paks: the PAKs that paid for what the source gave up, each with its feature before it.
    """

    source: Udi
    target: Udi
    begun: int
    changed: int
    step: RehostStep = RehostStep.ASKED
    permission: bytes | None = None
    ticket: bytes | None = None
    file: str = ""
    content: bytes | None = None
    paks: tuple[tuple[str, str], ...] = ()
