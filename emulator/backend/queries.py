"""What an account may look at: its orders, PAKs, devices, rehosts and acts; an operator sees everybody's.

C (the FAQ): a customer can look up what was ordered and what a device is entitled to. I: pages and filters.
"""

from msgspec.structs import replace

from emulator.backend.entities import Account, AuditEntry, IssuedLicense, LicenseState, Permission
from emulator.backend.letters import file_name
from emulator.backend.purchase import pak_for
from emulator.backend.refusals import Refusal
from emulator.backend.transaction import Office
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


def page_of(offset: int, limit: int) -> tuple[int, int]:
    """The page asked for, within what the database counts."""
    return min(max(offset, 0), LAST), min(max(limit, 1), MOST_ITEMS)


def cleaned(text: str) -> str:
    """A filter or reason that every database takes: without control characters and lone surrogates."""
    return "".join(each if each.isprintable() else "?" for each in text[:LONGEST_FILTER])


def entitlements(office: Office, udi: Udi) -> tuple[Entitlement, ...]:
    """Every license that was ever issued to a device, in the order of issue."""
    office.look_at(udi)
    return tuple(_entitlement(each) for each in office.records.licenses.held(udi))


def device(office: Office, udi: Udi) -> DeviceView:
    """One device, with what it is entitled to now."""
    family, found = office.family(udi), office.look_at(udi)
    contract = office.records.devices.contract(udi)
    rma = office.records.transfers.rma(udi)
    ticket = office.records.transfers.open_permission(udi)
    return DeviceView(
        udi,
        family,
        found.made,
        found.owner,
        contract.number if contract and office.owns(found.owner) else None,
        tuple(_entitlement(each) for each in office.current(udi)),
        None if rma is None else rma.replacement,
        None if ticket is None else ticket.ticket.id,
    )


def history(office: Office, udi: Udi, offset: int, limit: int) -> Listing[AuditEntry]:
    """Every act that concerned a device, the first first."""
    office.look_at(udi)
    return _without_paks(office, office.records.audit.of_device(str(udi), *page_of(offset, limit)))


def orders(office: Office, sku: str, text: str, offset: int, limit: int) -> Listing[OrderView]:
    """Sales orders, the latest first."""
    offset, limit = page_of(offset, limit)
    found = office.records.orders.orders(
        owner=office.seen_by,
        sku=cleaned(sku),
        text=cleaned(text),
        under_way=office.under_way,
        offset=offset,
        limit=limit,
    )
    views = (
        replace(
            each,
            pak="" if office.in_the_post(each.sku, each.at) else each.pak,
            arrives=office.house.arrival(each.sku, each.at),
        )
        for each in found.items
    )
    return Listing(tuple(views), found.total, found.offset)


def paks(office: Office, sku: str, text: str, offset: int, limit: int, *, left_only: bool) -> Listing[PakView]:
    """PAKs with what is left of them, the latest first."""
    offset, limit = page_of(offset, limit)
    found = office.records.orders.paks(
        owner=office.seen_by,
        sku=cleaned(sku),
        text=cleaned(text),
        left_only=left_only,
        under_way=office.under_way,
        offset=offset,
        limit=limit,
    )
    views = []
    for pak in found.items:
        sku_ = office.house.skus[pak.sku]
        views.append(
            PakView(
                "" if office.in_the_post(pak.sku, pak.at) else pak.code,
                pak.order,
                pak.sku,
                sku_.description,
                sku_.feature,
                pak.quantity,
                pak.left,
                pak.owner,
                pak.at,
                office.house.arrival(pak.sku, pak.at),
            )
        )
    return Listing(tuple(views), found.total, found.offset)


def pak_devices(office: Office, code: str, offset: int, limit: int) -> Listing[RegisteredDevice]:
    """The devices that a PAK was registered for, the latest first."""
    offset, limit = page_of(offset, limit)
    licenses, total = office.records.licenses.of_pak(pak_for(office, code).code, offset, limit)
    rows = []
    for each in licenses:
        assert each.line.udi is not None
        rows.append(RegisteredDevice(each.line.udi, each.line.id, file_name(each), each.created, each.state))
    return Listing(tuple(rows), total, offset)


def devices(office: Office, pid: str, text: str, offset: int, limit: int) -> Listing[DeviceRow]:
    """Devices by UDI."""
    offset, limit = page_of(offset, limit)
    return office.records.devices.page(
        owner=office.seen_by, pid=cleaned(pid), text=cleaned(text), today=office.today, offset=offset, limit=limit
    )


def accounts(office: Office, offset: int, limit: int) -> Listing[Account]:
    """All accounts on file, by name."""
    office.operators_only()
    return office.records.accounts.all(*page_of(offset, limit))


def rehosts(office: Office, offset: int, limit: int, *, open_only: bool) -> Listing[RehostCase]:
    """Rehosts that were begun, the latest first: of one's own devices, and those that one asked for."""
    offset, limit = page_of(offset, limit)
    found = office.records.transfers.page(seen_by=office.seen_by, open_only=open_only, offset=offset, limit=limit)
    return Listing(tuple(_case(office, each) for each in found.items), found.total, found.offset)


def rehost_case(office: Office, ticket_id: str) -> RehostCase:
    """One of them."""
    return _case(office, _permission(office, ticket_id))


def _case(office: Office, permission: Permission) -> RehostCase:
    ticket = permission.ticket
    held = office.records.licenses.by_id(ticket.revoke)
    skus = tuple(dict.fromkeys(license_.sku or "" for license_ in held.values()))
    return RehostCase(
        ticket.id, ticket.source, ticket.features, skus, permission.at, permission.target, permission.state
    )


def audit(
    office: Office,
    account: str,
    act: str,
    text: str,
    since: Instant | None,
    until: Instant | None,
    offset: int,
    limit: int,
) -> Listing[AuditEntry]:
    """The audit log, the latest entry first; a customer sees what they did themselves."""
    offset, limit = page_of(offset, limit)
    if office.seen_by is not None:
        if account not in {"", office.seen_by}:
            raise Refusal.FORBIDDEN.error(user=office.by.name)
        account = office.seen_by
    found = office.records.audit.find(
        account=cleaned(account),
        act=cleaned(act),
        text=cleaned(text),
        since=since,
        until=until,
        offset=offset,
        limit=limit,
    )
    return _without_paks(office, found)


def _without_paks(office: Office, found: Listing[AuditEntry]) -> Listing[AuditEntry]:
    """The entries without PAKs that are still under way to the customer who reads them; an operator used them."""
    if office.seen_by is None:
        return found
    codes = dict.fromkeys(each.subject for each in found.items if each.act == "register")
    paks = (office.records.orders.pak(code) for code in codes)
    hidden = {pak.code for pak in paks if pak is not None and office.in_the_post(pak.sku, pak.at)}
    shown = (replace(each, subject=BY_POST) if each.subject in hidden else each for each in found.items)
    return Listing(tuple(shown), found.total, found.offset)


def file_licenses(office: Office, license_id: str) -> list[IssuedLicense]:
    """The licenses of the file in which one was issued, for the owner of the device and for operators.

    Refused where there is none, and once any of them has moved on: the file would bring it back.
    """
    plain = license_id.isascii() and license_id.isprintable()
    license_ = office.records.licenses.find(license_id) if plain else None
    if license_ is None:
        raise Refusal.UNKNOWN_FILE.error(file=license_id)
    udi = license_.line.udi
    assert udi is not None
    if not office.owns(office.look_at(udi).owner):
        raise Refusal.NOT_OWNER.error(subject=udi, user=office.by.name)
    # What left the factory may have been made at the same instant, but is in no file of the portal.
    together = [
        each for each in office.records.licenses.in_file(udi, license_.created) if each.origin is license_.origin
    ]
    if any(each.state is not LicenseState.CURRENT for each in together):
        raise Refusal.TRANSFERRED.error(udi=udi)
    return together


def ticket(office: Office, ticket_id: str) -> PermissionTicket:
    """A permission ticket by its id; refused where there is none, or it is somebody else's."""
    return _permission(office, ticket_id).ticket


def _permission(office: Office, ticket_id: str) -> Permission:
    """What is on record of a ticket, for whoever asked for it and whoever may use its source."""
    plain = ticket_id.isascii() and ticket_id.isprintable()
    permission = office.records.transfers.permission(ticket_id) if plain else None
    if permission is None:
        raise Refusal.UNKNOWN_FILE.error(file=ticket_id)
    if office.seen_by is None or not office.records.transfers.asked(ticket_id, office.seen_by):
        office.look_at(permission.ticket.source)
    return permission


def _entitlement(license_: IssuedLicense) -> Entitlement:
    return Entitlement(
        license_.line, license_.source, license_.created, license_.sku, license_.state, file_name(license_)
    )
