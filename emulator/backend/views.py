"""Views of the back end's records: lists, PAKs, devices, what a device can give up and is entitled to."""

from typing import Generic, TypeVar

import msgspec

from emulator.backend.entities import IssuedState, TicketState
from emulator.backend.refusals import PortalError
from emulator.kernel.time import Instant
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi

Item = TypeVar("Item")


class Listing(msgspec.Struct, Generic[Item], frozen=True):
    """A page of a list: its entries, the number of all entries, and the number of those before it."""

    items: tuple[Item, ...]
    total: int
    offset: int = 0


class RegistrationRow(msgspec.Struct, frozen=True):
    """The outcome for one row of a list of devices.

    Attributes:
        row: its place in the list, from 1.
        text: the row as given, shortened for display.
        problem: the reason why it cannot be registered; None if it can.
        license_id, file: its license and the name of the file, once they are issued.
        again: the device had its license out of this PAK before; it is the same, at no debit.
    """

    row: int
    text: str
    udi: Udi | None = None
    problem: PortalError | None = None
    license_id: str = ""
    file: str = ""
    again: bool = False


class Registration(msgspec.Struct, frozen=True):
    """The outcome of a list; `done` tells whether its good rows were registered."""

    pak: str
    rows: tuple[RegistrationRow, ...]
    done: bool

    @property
    def problems(self) -> tuple[RegistrationRow, ...]:
        """Rows that cannot be registered."""
        return tuple(each for each in self.rows if each.problem is not None)


class PakContent(msgspec.Struct, frozen=True):
    """A product behind a PAK.

    Attributes:
        count: uses at one time that each license of a counted feature allows; None for one that is not counted.
        ordered, available: devices that the PAK was bought for, and those that are left.
        families: router families that its licenses may be issued for.
        registered: the device that asked has its license out of this PAK; it gets the same again, at no debit.
    """

    sku: str
    description: str
    feature: str
    type: LicenseType
    count: int | None
    ordered: int
    available: int
    families: tuple[str, ...]
    registered: bool


class Rehostable(msgspec.Struct, frozen=True):
    """A product that a device could give up; `licenses` counts the licenses of it that the device has."""

    sku: str
    type: LicenseType
    features: tuple[str, ...]
    licenses: int


class Entitlement(msgspec.Struct, frozen=True):
    """A license that was issued to a device.

    Attributes:
        sku: the product bought; None for a factory, demo or extension license.
        state: whether it still stands or has moved on.
        file: the name of the file in which it was issued.
    """

    line: LicenseLine
    source: str
    created: str
    sku: str | None
    state: IssuedState
    file: str


class OrderView(msgspec.Struct, frozen=True):
    """A sales order with its PAK; `left` of its licenses are not registered yet.

    Attributes:
        arrives: the instant at which the letter with the PAK arrives.
        pak: the key; empty as long as it is under way to the customer who asks.
    """

    number: str
    sku: str
    quantity: int
    pak: str
    owner: str | None
    at: Instant
    left: int
    arrives: Instant


class PakView(msgspec.Struct, frozen=True):
    """A PAK and its product; `code` and `arrives` as in its order."""

    code: str
    order: str
    sku: str
    description: str
    feature: str
    quantity: int
    left: int
    owner: str | None
    at: Instant
    arrives: Instant


class RegisteredDevice(msgspec.Struct, frozen=True):
    """A device that was issued a license out of a PAK; `state` is that of the license, `file` the name of its file."""

    udi: Udi
    license_id: str
    file: str
    created: str
    state: IssuedState


class DeviceRow(msgspec.Struct, frozen=True):
    """A device in a list; `licenses` counts those that stand."""

    udi: Udi
    made: Instant | None
    owner: str | None
    licenses: int


class DeviceView(msgspec.Struct, frozen=True):
    """A device in full.

    Attributes:
        contract: the number of its service contract; None for a device not made here, and for all but its owner.
        entitled: licenses that it is entitled to now.
        replaced_by: the device that took its place in an RMA.
        open_ticket: the permission ticket that it has not answered yet.
    """

    udi: Udi
    family: str
    made: Instant | None
    owner: str | None
    contract: str | None
    entitled: tuple[Entitlement, ...]
    replaced_by: Udi | None
    open_ticket: str | None


class RehostCase(msgspec.Struct, frozen=True):
    """A rehost that was begun: the content of its permission ticket, and its progress.

    Attributes:
        target: the device that got the licenses, once one did.
        intended: the device that was named for them when the permission was asked for.
    """

    ticket: str
    source: Udi
    features: tuple[str, ...]
    skus: tuple[str, ...]
    at: Instant
    target: Udi | None
    intended: Udi | None
    state: TicketState
