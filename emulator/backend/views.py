"""What the back end tells of, beside mail: lists, PAKs, devices, what a device can give up and is entitled to."""

from typing import Generic, TypeVar

import msgspec

from emulator.backend.entities import IssuedState, TicketState
from emulator.backend.refusals import PortalError
from emulator.kernel.time import Instant
from emulator.licensing.lines import LicenseLine, LicenseType
from emulator.licensing.udi import Udi

Item = TypeVar("Item")


class Listing(msgspec.Struct, Generic[Item], frozen=True):
    """One page of a list: what stands there, how many there are in all, and how many stand before."""

    items: tuple[Item, ...]
    total: int
    offset: int = 0


class RegistrationRow(msgspec.Struct, frozen=True):
    """What became of one row of a list of devices.

    Attributes:
        row: its place in the list, from 1.
        text: as it was given, shortened for show.
        problem: why it cannot be registered; None for one that can.
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
    """The outcome of a list; `done` says whether its good rows were registered."""

    pak: str
    rows: tuple[RegistrationRow, ...]
    done: bool

    @property
    def problems(self) -> tuple[RegistrationRow, ...]:
        """The rows that cannot be registered."""
        return tuple(each for each in self.rows if each.problem is not None)


class PakContent(msgspec.Struct, frozen=True):
    """One product behind a PAK.

    Attributes:
        count: uses at one time that each license of a counted feature allows; None for one that is not counted.
        ordered, available: devices that the PAK was bought for, and that are left.
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
    """One product that a device could give up; `licenses` says how many licenses of it the device has."""

    sku: str
    type: LicenseType
    features: tuple[str, ...]
    licenses: int


class Entitlement(msgspec.Struct, frozen=True):
    """A license that was issued to a device.

    Attributes:
        sku: what was bought; None for a factory, demo or extension license.
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
        arrives: when the letter with the PAK comes.
        pak: empty as long as it is under way to the customer who asks.
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
    """A PAK and what it is for; `code` and `arrives` as those of its order."""

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
    """A device on a page of its own.

    Attributes:
        contract: the number of its service contract; None for a device that we did not make, and for all but its owner.
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
    """A rehost that was begun: what its permission ticket names, and how far it has come."""

    ticket: str
    source: Udi
    features: tuple[str, ...]
    skus: tuple[str, ...]
    at: Instant
    target: Udi | None
    state: TicketState
