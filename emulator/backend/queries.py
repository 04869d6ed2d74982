"""Everything that an account may look at: its orders, PAKs, devices, rehosts and acts; an operator sees those of all.

C (the FAQ): a customer can look up what was ordered and what a device is entitled to. I: pages and filters.
"""

from msgspec.structs import replace

from emulator.backend.entities import Account, AuditEntry, IssuedLicense, IssuedState, Origin, Permission, Role
from emulator.backend.letters import file_name
from emulator.backend.purchase import pak_for
from emulator.backend.refusals import PortalRefusal
from emulator.backend.transaction import Transaction
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
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi

MOST_ITEMS = 5000
LONGEST_FILTER = 500
LAST = (1 << 31) - 1
BY_POST = "(a PAK under way)"
OTHERS_PAK, OTHERS = "(a PAK of another account)", "(another account)"
NO_DEVICE, NO_PAK = Udi("-", "-"), "-"
"""Stand-ins that are looked for where there is nothing to look for, so that an answer takes the same time."""


def page_of(offset: int, limit: int) -> tuple[int, int]:
    """Limit a page to the numbers that the database can count."""
    return min(max(offset, 0), LAST), min(max(limit, 1), MOST_ITEMS)


def cleaned(text: str) -> str:
    """Clean a filter or reason for every database: without control characters and lone surrogates."""
    return "".join(each if each.isprintable() else "?" for each in text[:LONGEST_FILTER])


def entitlements(transaction: Transaction, udi: Udi) -> tuple[Entitlement, ...]:
    """List every license that was ever issued to a device, in the order of issue."""
    transaction.look_at(udi)
    return tuple(_entitlement(each) for each in transaction.records.licenses.held(udi))


def device(transaction: Transaction, udi: Udi) -> DeviceView:
    """Return a device, with the licenses that it is entitled to now."""
    family, found = transaction.family(udi), transaction.look_at(udi)
    contract = transaction.records.devices.contract(udi)
    rma = transaction.records.transfers.rma(udi)
    ticket = transaction.records.transfers.open_permission(udi)
    return DeviceView(
        udi,
        family,
        found.made,
        found.owner,
        contract.number if contract and transaction.owns(found.owner) else None,
        tuple(_entitlement(each) for each in transaction.current(udi)),
        None if rma is None else rma.replacement,
        None if ticket is None else ticket.ticket.id,
    )


def history(transaction: Transaction, udi: Udi, offset: int, limit: int) -> Listing[AuditEntry]:
    """List the acts that concerned a device, oldest first."""
    transaction.look_at(udi)
    return _for_reader(transaction, transaction.records.audit.of_device(str(udi), *page_of(offset, limit)))


def orders(transaction: Transaction, sku: str, text: str, offset: int, limit: int, sort: str) -> Listing[OrderView]:
    """List sales orders, latest first unless sorted."""
    offset, limit = page_of(offset, limit)
    found = transaction.records.orders.orders(
        owner=transaction.seen_by,
        sku=cleaned(sku),
        text=cleaned(text),
        under_way=transaction.under_way,
        offset=offset,
        limit=limit,
        sort=sort,
    )
    views = (
        replace(
            each,
            pak="" if transaction.in_the_post(each.sku, each.at) else each.pak,
            arrives=transaction.context.arrival(each.sku, each.at),
        )
        for each in found.items
    )
    return Listing(tuple(views), found.total, found.offset)


def paks(
    transaction: Transaction, sku: str, text: str, offset: int, limit: int, sort: str, *, left_only: bool
) -> Listing[PakView]:
    """List PAKs with the licenses left of them, latest first unless sorted."""
    offset, limit = page_of(offset, limit)
    found = transaction.records.orders.paks(
        owner=transaction.seen_by,
        sku=cleaned(sku),
        text=cleaned(text),
        left_only=left_only,
        under_way=transaction.under_way,
        offset=offset,
        limit=limit,
        sort=sort,
    )
    views = []
    for pak in found.items:
        sku_ = transaction.context.skus[pak.sku]
        views.append(
            PakView(
                "" if transaction.in_the_post(pak.sku, pak.at) else pak.code,
                pak.order,
                pak.sku,
                sku_.description,
                sku_.feature,
                pak.quantity,
                pak.left,
                pak.owner,
                pak.at,
                transaction.context.arrival(pak.sku, pak.at),
            )
        )
    return Listing(tuple(views), found.total, found.offset)


def pak_devices(transaction: Transaction, code: str, offset: int, limit: int) -> Listing[RegisteredDevice]:
    """List the devices that a PAK was registered for, latest first."""
    offset, limit = page_of(offset, limit)
    licenses, total = transaction.records.licenses.of_pak(pak_for(transaction, code).code, offset, limit)
    rows = []
    for each in licenses:
        assert each.line.udi is not None
        rows.append(RegisteredDevice(each.line.udi, each.line.id, file_name(each), each.created, each.state))
    return Listing(tuple(rows), total, offset)


def devices(transaction: Transaction, pid: str, text: str, offset: int, limit: int, sort: str) -> Listing[DeviceRow]:
    """List devices by UDI unless sorted."""
    offset, limit = page_of(offset, limit)
    return transaction.records.devices.page(
        owner=transaction.seen_by,
        pid=cleaned(pid),
        text=cleaned(text),
        today=transaction.today,
        offset=offset,
        limit=limit,
        sort=sort,
    )


def accounts(transaction: Transaction, offset: int, limit: int) -> Listing[Account]:
    """List the accounts on file, by name."""
    transaction.operators_only()
    return transaction.records.accounts.all(*page_of(offset, limit))


def rehosts(transaction: Transaction, offset: int, limit: int, *, open_only: bool) -> Listing[RehostCase]:
    """List the rehosts of one's own devices that were begun, latest first."""
    offset, limit = page_of(offset, limit)
    found = transaction.records.transfers.page(
        seen_by=transaction.seen_by, open_only=open_only, offset=offset, limit=limit
    )
    return Listing(tuple(_case(transaction, each) for each in found.items), found.total, found.offset)


def rehost_case(transaction: Transaction, ticket_id: str) -> RehostCase:
    """Return a rehost by its permission ticket."""
    return _case(transaction, _permission(transaction, ticket_id))


def _case(transaction: Transaction, permission: Permission) -> RehostCase:
    ticket = permission.ticket
    held = transaction.records.licenses.by_id(ticket.revoke)
    skus = tuple(dict.fromkeys(license_.sku or "" for license_ in held.values()))
    ends = (permission.target, ticket.target)
    return RehostCase(ticket.id, ticket.source, ticket.features, skus, permission.at, *ends, permission.state)


def audit(
    transaction: Transaction,
    account: str,
    act: str,
    text: str,
    since: Instant | None,
    until: Instant | None,
    offset: int,
    limit: int,
) -> Listing[AuditEntry]:
    """List the audit log, latest entry first; a customer sees their own acts."""
    offset, limit = page_of(offset, limit)
    if transaction.seen_by is not None:
        if account not in {"", transaction.seen_by}:
            raise PortalRefusal.FORBIDDEN.error(user=transaction.by.name)
        account = transaction.seen_by
    found = transaction.records.audit.find(
        account=cleaned(account),
        act=cleaned(act),
        text=cleaned(text),
        since=since,
        until=until,
        offset=offset,
        limit=limit,
    )
    return _for_reader(transaction, found)


def _for_reader(transaction: Transaction, found: Listing[AuditEntry]) -> Listing[AuditEntry]:
    """Reduce the entries to what a customer may read: without PAKs that are not theirs or still under way, and without
    the names and reasons of other customers, who may have registered something for the same device.
    """
    if transaction.seen_by is None:
        return found
    accounts = transaction.records.accounts
    others = {
        name
        for name in sorted({each.by for each in found.items} - {transaction.seen_by})
        if (known := accounts.find(name)) is not None and known[0].role is Role.CUSTOMER
    }
    hidden = {}
    for code in dict.fromkeys(each.subject for each in found.items if each.act == "register"):
        pak = transaction.records.orders.pak(code)
        if pak is not None and not transaction.owns(pak.owner):
            hidden[code] = OTHERS_PAK
        elif pak is not None and transaction.in_the_post(pak.sku, pak.at):
            hidden[code] = BY_POST
    shown = []
    for entry in found.items:
        by, why = (OTHERS, "") if entry.by in others else (entry.by, entry.why)
        shown.append(replace(entry, by=by, why=why, subject=hidden.get(entry.subject, entry.subject)))
    return Listing(tuple(shown), found.total, found.offset)


def file_licenses(transaction: Transaction, license_id: str) -> list[IssuedLicense]:
    """List the licenses of the file in which one was issued, for the owner of its device or of the PAK that paid for
    it.

    Refused where there is none, and once any of them has moved on: the file would bring it back.
    """
    plain = license_id.isascii() and license_id.isprintable()
    license_ = transaction.records.licenses.find(license_id) if plain else None
    udi = NO_DEVICE if license_ is None or license_.line.udi is None else license_.line.udi
    device = transaction.records.devices.find(udi)
    bought = license_ is not None and license_.origin is Origin.REGISTRATION
    pak = transaction.records.orders.pak((bought and license_ and license_.pak) or NO_PAK)
    owners = (None if device is None else device.owner, None if pak is None else pak.owner)
    if license_ is None or not any(map(transaction.owns, owners)):
        raise PortalRefusal.UNKNOWN_FILE.error(file=license_id)
    # What left the factory may have been made at the same instant, but is in no file of the portal.
    together = [
        each for each in transaction.records.licenses.in_file(udi, license_.created) if each.origin is license_.origin
    ]
    if any(each.state is not IssuedState.CURRENT for each in together):
        raise PortalRefusal.TRANSFERRED.error(udi=udi)
    return together


def ticket(transaction: Transaction, ticket_id: str) -> PermissionTicket:
    """Return a permission ticket by its id; refused where there is none, or it belongs to another account."""
    return _permission(transaction, ticket_id).ticket


def _permission(transaction: Transaction, ticket_id: str) -> Permission:
    """Return the record of a ticket, for the owner of its source; another's is refused as one that does not exist."""
    plain = ticket_id.isascii() and ticket_id.isprintable()
    permission = transaction.records.transfers.permission(ticket_id) if plain else None
    source = transaction.records.devices.find(NO_DEVICE if permission is None else permission.ticket.source)
    if permission is None or not transaction.owns(None if source is None else source.owner):
        raise PortalRefusal.UNKNOWN_FILE.error(file=ticket_id)
    return permission


def _entitlement(license_: IssuedLicense) -> Entitlement:
    return Entitlement(
        license_.line, license_.source, license_.created, license_.sku, license_.state, file_name(license_)
    )
