"""The records of the back end, one for each row that its database keeps.

License files and tickets are not kept: they are signed deterministically, so the same records give the same bytes.
"""

from enum import StrEnum

import msgspec

from emulator.kernel.time import Instant
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi


class Role(StrEnum):
    """The rights of an account: an operator runs the portal and grants what the TAC grants, a customer buys (I)."""

    OPERATOR = "operator"
    CUSTOMER = "customer"


class Account(msgspec.Struct, frozen=True):
    """A user who logs in; `address` receives the mail, `opened` is the instant of opening."""

    name: str
    role: Role
    address: str
    opened: Instant


class ApiToken(msgspec.Struct, frozen=True):
    """A secret with which a program logs in, in the name of an account; only its hash is kept."""

    id: int
    account: str
    name: str
    created: Instant
    revoked: bool


class Device(msgspec.Struct, frozen=True, gc=False):
    """A router that the back end has heard of.

    Attributes:
        made: the instant when it left our factory; None for one that was only ever named by its UDI.
        features: those that it was ordered with.
        owner: the customer who registered it; None if it is not registered.
        last_file: the date in its last file's name, so that no two of its files have one name.
        fresh: was not on record before this transaction, so nothing else can be on record of it.
    """

    udi: Udi
    made: Instant | None = None
    features: tuple[str, ...] = ()
    owner: str | None = None
    last_file: str | None = None
    fresh: bool = False


class ServiceContract(msgspec.Struct, frozen=True):
    """The support that a device was sold with; an RMA asks for its number."""

    number: str
    udi: Udi
    since: Instant


class SalesOrder(msgspec.Struct, frozen=True):
    number: str
    sku: str
    quantity: int
    pak: str
    at: Instant
    owner: str | None = None


class Pak(msgspec.Struct, frozen=True):
    """A product authorization key; every device registered with it is one debit.

    Attributes:
        owner: the account that may use it; None if every holder of the PAK may.
    """

    code: str
    order: str
    sku: str
    quantity: int
    spent: int
    owner: str | None
    at: Instant

    @property
    def left(self) -> int:
        return self.quantity - self.spent


class IssuedState(StrEnum):
    CURRENT = "current"
    REHOSTED = "rehosted"
    REPLACED = "replaced"


class Origin(StrEnum):
    """The act by which a license came to its device."""

    FACTORY = "factory"
    REGISTRATION = "registration"
    DEMO = "demo"
    EXTENSION = "extension"
    RMA = "rma"
    REHOST = "rehost"
    CORRECTION = "correction"


class IssuedLicense(msgspec.Struct, frozen=True, gc=False):
    """A license line, its origin, and whether it still stands.

    Attributes:
        created: date of issue, ISO 8601; licenses of one device with one date are in one file.
        at: the instant of issue.
        sku: the product bought; None for a factory, demo or extension license, which belongs to the device.
        pak: the key that paid for it, kept through transfers.
        predecessor: the license that it took the place of in an RMA or a rehost.
        root: the first license of that line of predecessors, its own id for one without.
    """

    line: LicenseLine
    source: str
    created: str
    at: Instant
    origin: Origin
    root: str
    sku: str | None = None
    pak: str | None = None
    predecessor: str | None = None
    state: IssuedState = IssuedState.CURRENT


class TicketState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    VOID = "void"


class Permission(msgspec.Struct):
    """A permission ticket and, once its rehost ticket was accepted, the one target and its new licenses.

    Attributes:
        at: the instant at which it was last asked for, when its term began.
        state: void when the source was replaced in an RMA before it answered.
    """

    ticket: PermissionTicket
    at: Instant
    state: TicketState = TicketState.OPEN
    target: Udi | None = None
    issued: tuple[str, ...] = ()


class Rma(msgspec.Struct, frozen=True):
    failed: Udi
    replacement: Udi
    at: Instant
    contract: str
    issued: tuple[str, ...]


class AuditEntry(msgspec.Struct, frozen=True, gc=False):
    """An act in the audit log.

    Attributes:
        by: the account that did it, or a part of the back end.
        subject: the PAK, order, account or UDI concerned.
        why: the reason given.
        device, other: the devices that it concerns, as `PID:SN`; empty where there is none.
    """

    number: int
    at: Instant
    act: str
    by: str
    subject: str
    detail: str
    why: str
    device: str
    other: str
