"""The use cases that only read, and the files that are handed out again; their rules are in `queries`.

Each sees one moment of the records. What is still under way by mail at `now` is not told to a customer.
"""

from emulator.backend import queries
from emulator.backend.entities import AuditEntry
from emulator.backend.letters import file_name, license_file, ticket_name
from emulator.backend.mail import Attachment
from emulator.backend.transactions import Transactions
from emulator.backend.views import (
    DeviceRow,
    DeviceView,
    Entitlement,
    Listing,
    OrderView,
    PakView,
    RegisteredDevice,
    RehostCase,
)
from emulator.kernel.time import Instant
from emulator.keys.documents import write_permission_ticket
from emulator.licensing.udi import Udi


class QueryService:
    """The orders, PAKs, devices, rehosts, audit log and files that an account may see."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def entitlements(self, udi: Udi, *, by: str) -> tuple[Entitlement, ...]:
        """List every license that was ever issued to the device, and what became of it; empty if there is none."""
        with self._transactions.looking(by) as transaction:
            return queries.entitlements(transaction, udi)

    def device(self, udi: Udi, now: Instant, *, by: str) -> DeviceView:
        """Return a device: its owner, the licenses it is entitled to now, and its unfinished transfer."""
        with self._transactions.looking(by, now) as transaction:
            return queries.device(transaction, udi)

    def history(self, udi: Udi, now: Instant = 0, *, by: str, offset: int = 0, limit: int = 100) -> Listing[AuditEntry]:
        """List the acts that concerned a device, oldest first."""
        with self._transactions.looking(by, now) as transaction:
            return queries.history(transaction, udi, offset, limit)

    def orders(
        self,
        now: Instant = 0,
        *,
        by: str,
        sku: str = "",
        text: str = "",
        offset: int = 0,
        limit: int = 50,
        sort: str = "",
    ) -> Listing[OrderView]:
        """List sales orders, latest first unless sorted; `text` is searched in their number, PAK and SKU."""
        with self._transactions.looking(by, now) as transaction:
            return queries.orders(transaction, sku, text, offset, limit, sort)

    def paks(
        self,
        now: Instant = 0,
        *,
        by: str,
        sku: str = "",
        text: str = "",
        left_only: bool = False,
        offset: int = 0,
        limit: int = 50,
        sort: str = "",
    ) -> Listing[PakView]:
        """List PAKs with what is left, latest first unless sorted; `text` is searched in PAK, order and SKU."""
        with self._transactions.looking(by, now) as transaction:
            return queries.paks(transaction, sku, text, offset, limit, sort, left_only=left_only)

    def pak_devices(
        self, pak: str, now: Instant = 0, *, by: str, offset: int = 0, limit: int = 100
    ) -> Listing[RegisteredDevice]:
        """List the devices that a PAK was registered for, latest first."""
        with self._transactions.looking(by, now) as transaction:
            return queries.pak_devices(transaction, pak, offset, limit)

    def devices(
        self,
        now: Instant = 0,
        *,
        by: str,
        pid: str = "",
        text: str = "",
        offset: int = 0,
        limit: int = 50,
        sort: str = "",
    ) -> Listing[DeviceRow]:
        """List devices with their current licenses, by UDI unless sorted; `text` is searched in UDI and owner."""
        with self._transactions.looking(by, now) as transaction:
            return queries.devices(transaction, pid, text, offset, limit, sort)

    def rehosts(self, *, by: str, open_only: bool = True, offset: int = 0, limit: int = 50) -> Listing[RehostCase]:
        """List rehosts that were begun, latest first."""
        with self._transactions.looking(by) as transaction:
            return queries.rehosts(transaction, offset, limit, open_only=open_only)

    def rehost_case(self, ticket_id: str, *, by: str) -> RehostCase:
        """Return the rehost under a permission ticket, for the owner of its source."""
        with self._transactions.looking(by) as transaction:
            return queries.rehost_case(transaction, ticket_id)

    def audit(
        self,
        now: Instant = 0,
        *,
        by: str,
        account: str = "",
        act: str = "",
        text: str = "",
        since: Instant | None = None,
        until: Instant | None = None,
        offset: int = 0,
        limit: int = 100,
    ) -> Listing[AuditEntry]:
        """List the audit log, latest entry first, from `since` to before `until`; customers see their own acts."""
        with self._transactions.looking(by, now) as transaction:
            return queries.audit(transaction, account, act, text, since, until, offset, limit)

    def license_file(self, license_id: str, *, by: str) -> Attachment:
        """Return the file in which a license was issued, under its name; the same bytes as when it was mailed."""
        with self._transactions.looking(by) as transaction:
            licenses = queries.file_licenses(transaction, license_id)
        return Attachment(file_name(licenses[0]), license_file(licenses, self._transactions.context.key))

    def ticket_file(self, ticket_id: str, *, by: str) -> Attachment:
        """Return a permission ticket again, as a file."""
        with self._transactions.looking(by) as transaction:
            ticket = queries.ticket(transaction, ticket_id)
        return Attachment(ticket_name(ticket), write_permission_ticket(ticket, self._transactions.context.key))
