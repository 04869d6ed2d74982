"""A list of devices as a person wrote it: read and checked before any transaction, then registered in parts.

I: how long others wait for a transaction follows from no input. What a row says by itself, its form and its product, is
checked beforehand, and only for the first few unknown products a known one is looked for that is spelled alike. Where
the good rows are done whatever the others are, a part of the list is a transaction, so a list that is cut short has
some of its parts, and the same list again completes it at no further debit. A list that is done whole is one
transaction, of at most as many devices as a PAK can pay for.
"""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from emulator.backend.entities import IssuedLicense
from emulator.backend.letters import file_name
from emulator.backend.purchase import MOST_LICENSES
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.skus import Sku
from emulator.backend.transaction import BackendContext
from emulator.backend.views import Registration, RegistrationRow
from emulator.kernel.errors import nearest, printable
from emulator.licensing.udi import Udi, parse_udi, udi_fault

MOST_ROWS = 2 * MOST_LICENSES
"""Limit of the rows of one list (I): all that a PAK can pay for, and as many mistakes."""

PART = 250
"""Devices of one transaction, where a list is done in parts."""

MOST_HINTS = 20
"""Limit of the unknown products of one list for which a similar known one is looked for."""


NO_HINT = "Look it up in the list of products."


class RowList(msgspec.Struct):
    """The rows of a list, and what is known of its devices so far.

    Attributes:
        pak: its code.
        rows: the text of each row.
        read: the device of each row, or the mistake in the row.
        partial: the good rows are registered even if others are wrong.
        problems: the refusal of each device that cannot have a license.
        licenses: the licenses issued, now or before.
        before: the devices that had their license before.
        unpaid: of a list that is not done, the devices that would be debited.
        left, quantity: what the PAK has left for them, and what it was bought for.
    """

    pak: str
    rows: Sequence[str]
    read: Sequence[Udi | PortalError]
    partial: bool
    problems: dict[Udi, PortalError]
    licenses: dict[Udi, IssuedLicense] = {}
    before: set[Udi] = set()
    unpaid: list[Udi] = []
    left: int = 0
    quantity: int = 0

    @property
    def devices(self) -> list[Udi]:
        """List the devices that may have a license as far as their rows tell, each once."""
        known = dict.fromkeys(each for each in self.read if isinstance(each, Udi))
        return [udi for udi in known if udi not in self.problems]

    @property
    def clean(self) -> bool:
        """Tell whether no mistake was found so far."""
        return not self.problems and not any(isinstance(each, PortalError) for each in self.read)

    @property
    def to_be_done(self) -> bool:
        """Tell whether licenses are to be issued, as far as is known; otherwise the list is only looked through."""
        return self.partial or (self.clean and len(self.devices) <= MOST_LICENSES)

    def parts(self) -> Iterator[list[Udi]]:
        """Yield the devices of each transaction: all of a list that may be done whole, else a part at a time."""
        devices = self.devices
        size = len(devices) if self.to_be_done and not self.partial else PART
        for start in range(0, len(devices), size):
            yield devices[start : start + size]

    def outcome(self, *, done: bool) -> Registration:
        """Outcome of each row."""
        for udi in self.unpaid[self.left :]:
            self.problems[udi] = PortalRefusal.PAK_EXHAUSTED.error(
                pak=self.pak, left=self.left, quantity=self.quantity, wanted=len(self.unpaid)
            )
        seen, rows = set(self.before), []
        for number, (text, found) in enumerate(zip(self.rows, self.read, strict=True), 1):
            row = RegistrationRow(number, printable(text))
            if isinstance(found, PortalError):
                rows.append(replace(row, problem=found))
                continue
            license_ = self.licenses.get(found)
            rows.append(
                replace(
                    row,
                    udi=found,
                    problem=self.problems.get(found),
                    license_id=license_.line.id if license_ else "",
                    file=file_name(license_) if license_ else "",
                    again=found in seen,
                )
            )
            seen.add(found)
        return Registration(self.pak, tuple(rows), done)


def read_rows(context: BackendContext, sku: Sku, pak: str, rows: Sequence[str], *, partial: bool) -> RowList:
    """Read a list, with all that its rows tell by themselves.

    Raises:
        PortalError: the list has no row, or too many.
    """
    if not any(row.strip() for row in rows):
        raise PortalRefusal.NO_UDI.error(pak=pak)
    if len(rows) > MOST_ROWS:
        raise PortalRefusal.TOO_MANY_ROWS.error(rows=len(rows), most=MOST_ROWS)
    read = [_device(text) for text in rows]
    problems: dict[Udi, PortalError] = {}
    hints: dict[str, str] = {}
    for udi in dict.fromkeys(each for each in read if isinstance(each, Udi)):
        family = context.families.get(udi.pid)
        if family is None:
            if udi.pid not in hints:
                hints[udi.pid] = nearest(udi.pid, context.families) if len(hints) < MOST_HINTS else NO_HINT
            problems[udi] = PortalRefusal.UNKNOWN_PID.error(pid=udi.pid, nearest=hints[udi.pid])
            continue
        try:
            context.fits(sku, udi, family)
        except PortalError as error:
            problems[udi] = error
    return RowList(pak, rows, read, partial, problems)


def _device(text: str) -> Udi | PortalError:
    """Read the device in a row: `PID:SN`, or the two in columns."""
    pid, _, serial = text.strip().strip('"').replace('","', ":").replace(",", ":").replace(";", ":").partition(":")
    udi = f"{pid.strip()}:{serial.strip()}" if serial else pid.strip()
    try:
        return parse_udi(udi)
    except ValueError:
        return PortalRefusal.BAD_UDI.error(udi=printable(text), fault=udi_fault(udi))
