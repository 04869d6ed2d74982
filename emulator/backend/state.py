"""What the back end remembers: plain data that msgspec writes as JSON and reads again.

The tables are keyed by text (`PID:SN`, PAK, license id) as a database would key them, so that a store can take their
place. License files are not kept: they are signed deterministically, so the same records give the same bytes.
"""

from enum import StrEnum

import msgspec

from emulator.kernel.time import Instant
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi


class Device(msgspec.Struct, frozen=True):
    """A router that left the factory, with the features it was ordered with."""

    udi: Udi
    made: Instant
    features: tuple[str, ...]
    licenses: tuple[str, ...]


class SalesOrder(msgspec.Struct, frozen=True):
    number: str
    sku: str
    quantity: int
    pak: str
    at: Instant


class Pak(msgspec.Struct):
    """A product authorization key; `issued` holds the license ids by UDI, and each UDI is one debit."""

    code: str
    order: str
    sku: str
    quantity: int
    issued: dict[str, tuple[str, ...]] = {}

    @property
    def left(self) -> int:
        return self.quantity - len(self.issued)


class LicenseState(StrEnum):
    CURRENT = "current"
    REHOSTED = "rehosted"
    REPLACED = "replaced"


class IssuedLicense(msgspec.Struct):
    """A license line, where it comes from, and whether it still stands.

    Attributes:
        created: when it was issued, ISO 8601.
        sku: what was bought; None for a factory, demo or extension license, which belongs to the device.
        pak: the key that paid for it, kept through transfers.
        predecessor: the license that it took the place of in an RMA or a rehost.
    """

    line: LicenseLine
    source: str
    created: str
    sku: str | None = None
    pak: str | None = None
    predecessor: str | None = None
    state: LicenseState = LicenseState.CURRENT


class Permission(msgspec.Struct):
    """A permission ticket and, once its rehost ticket was accepted, the one target and its new licenses."""

    ticket: PermissionTicket
    at: Instant
    target: Udi | None = None
    issued: tuple[str, ...] = ()


class Rma(msgspec.Struct, frozen=True):
    failed: Udi
    replacement: Udi
    at: Instant
    issued: tuple[str, ...]


class AuditEntry(msgspec.Struct, frozen=True):
    """One act: `subject` is the PAK, order or UDI that it was about."""

    at: Instant
    act: str
    subject: str
    detail: str = ""


class BackendState(msgspec.Struct):
    """Everything.

    Attributes:
        held: license ids by UDI, in the order of issue.
        open_permissions: the one ticket of a source device that was not yet answered.
        rmas: by the UDI of the failed device.
        accounts: hash of the password by user.
        last_file: when the last file for a UDI was named, so that no two files have one name.
    """

    devices: dict[str, Device] = {}
    orders: dict[str, SalesOrder] = {}
    paks: dict[str, Pak] = {}
    licenses: dict[str, IssuedLicense] = {}
    held: dict[str, list[str]] = {}
    permissions: dict[str, Permission] = {}
    open_permissions: dict[str, str] = {}
    rmas: dict[str, Rma] = {}
    last_file: dict[str, str] = {}
    audit: list[AuditEntry] = []
    accounts: dict[str, str] = {}
    licenses_issued: int = 0
    tickets_issued: int = 0
