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
    """Orders, PAKs, devices, rehosts, audit log and files, as far as an account may see them."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def entitlements(self, udi: Udi, *, by: str) -> tuple[Entitlement, ...]:
        """Every license that was ever issued to the device, and what became of it; empty if there is none."""
        with self._transactions.looking(by) as transaction:
            return queries.entitlements(transaction, udi)

    def device(self, udi: Udi, now: Instant, *, by: str) -> DeviceView:
        """One device: who owns it, what it is entitled to now, and what it is in the middle of."""
        with self._transactions.looking(by, now) as transaction:
            return queries.device(transaction, udi)

    def history(self, udi: Udi, now: Instant = 0, *, by: str, offset: int = 0, limit: int = 100) -> Listing[AuditEntry]:
        """Every act that concerned a device, the first first."""
        with self._transactions.looking(by, now) as transaction:
            return queries.history(transaction, udi, offset, limit)

    def orders(
        self, now: Instant = 0, *, by: str, sku: str = "", text: str = "", offset: int = 0, limit: int = 50
    ) -> Listing[OrderView]:
        """Sales orders, the latest first; `text` stands in their number, PAK or SKU."""
        with self._transactions.looking(by, now) as transaction:
            return queries.orders(transaction, sku, text, offset, limit)

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
    ) -> Listing[PakView]:
        """PAKs with what is left of them, the latest first; `text` stands in the PAK, its order or its SKU."""
        with self._transactions.looking(by, now) as transaction:
            return queries.paks(transaction, sku, text, offset, limit, left_only=left_only)

    def pak_devices(
        self, pak: str, now: Instant = 0, *, by: str, offset: int = 0, limit: int = 100
    ) -> Listing[RegisteredDevice]:
        """The devices that a PAK was registered for, the latest first."""
        with self._transactions.looking(by, now) as transaction:
            return queries.pak_devices(transaction, pak, offset, limit)

    def devices(
        self, now: Instant = 0, *, by: str, pid: str = "", text: str = "", offset: int = 0, limit: int = 50
    ) -> Listing[DeviceRow]:
        """Devices by UDI, with the number of licenses that stand now; `text` stands in the UDI or its owner."""
        with self._transactions.looking(by, now) as transaction:
            return queries.devices(transaction, pid, text, offset, limit)

    def rehosts(self, *, by: str, open_only: bool = True, offset: int = 0, limit: int = 50) -> Listing[RehostCase]:
        """Rehosts that were begun, the latest first."""
        with self._transactions.looking(by) as transaction:
            return queries.rehosts(transaction, offset, limit, open_only=open_only)

    def rehost_case(self, ticket_id: str, *, by: str) -> RehostCase:
        """The rehost under a permission ticket, for the owner of its source."""
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
        """The audit log, the latest entry first, from `since` to before `until`; customers see their own acts."""
        with self._transactions.looking(by, now) as transaction:
            return queries.audit(transaction, account, act, text, since, until, offset, limit)

    def license_file(self, license_id: str, *, by: str) -> Attachment:
        """The file in which a license was issued, under its name; the same bytes as when it was mailed."""
        with self._transactions.looking(by) as transaction:
            licenses = queries.file_licenses(transaction, license_id)
        return Attachment(file_name(licenses[0]), license_file(licenses, self._transactions.context.key))

    def ticket_file(self, ticket_id: str, *, by: str) -> Attachment:
        """A permission ticket again."""
        with self._transactions.looking(by) as transaction:
            ticket = queries.ticket(transaction, ticket_id)
        return Attachment(ticket_name(ticket), write_permission_ticket(ticket, self._transactions.context.key))
