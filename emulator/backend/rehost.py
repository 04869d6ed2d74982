"""Rehost: a device that works gives its licenses up for another one.

C (the FAQ, CISCO-LICENSE-MGMT-MIB): against the source's credential the portal writes a permission ticket; the source
carries it out, keeps 60 days of grace and proves it with a rehost ticket; against that and the target's credential the
portal issues the licenses anew. I: a ticket is accepted once, for one target, within `TERM` of when it was last asked
for, and only with the word that its device found in the sealed part; handed in again for that target it is answered
alike. A license moves only so often in a year as its SKU says, unless an operator makes an exception for a reason.
A device that proves itself and that nobody owns is from then on its customer's; the target may be anybody's.
Permanent licenses move (R), and subscriptions with the time that they have left (I). The grace period is for what ran
for ever: who gives a subscription up has had its updates (I).
"""

from collections.abc import Sequence
from hmac import compare_digest

from emulator.backend.entities import IssuedLicense, IssuedState, Origin, Permission, TicketState
from emulator.backend.letters import Draft
from emulator.backend.ownership import show_credential
from emulator.backend.refusals import PortalRefusal
from emulator.backend.transaction import Transaction, new_line
from emulator.backend.views import Rehostable
from emulator.kernel.time import DAY, format_duration
from emulator.keys.documents import InvalidDocument, read_rehost_ticket
from emulator.keys.signing import SigningKey
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi

GRACE_PERIOD = 60 * DAY
TERM = 90 * DAY
YEAR = 365 * DAY
NONCE_SIZE = 16


def rehostable(transaction: Transaction, udi: Udi, target: Udi) -> tuple[Rehostable, ...]:
    """List the products, by SKU, that a device could give up for a target; while a ticket is open, its products."""
    transaction.look_at(udi)
    transaction.serve(udi)
    if udi == target:
        raise PortalRefusal.SAME_DEVICE.error(udi=udi)
    family = transaction.serve(target)
    if open_ticket := transaction.records.transfers.open_permission(udi):
        licenses = list(transaction.records.licenses.by_id(open_ticket.ticket.revoke).values())
    elif not (licenses := transaction.transferable(udi)):
        raise PortalRefusal.NOTHING_PURCHASED.error(udi=udi)
    by_sku: dict[str, list[IssuedLicense]] = {}
    for each in licenses:
        by_sku.setdefault(each.sku or "", []).append(each)
    fitting = {name: held for name, held in by_sku.items() if family in transaction.context.skus[name].families}
    if not fitting:
        transaction.serve_for(target, by_sku)
    return tuple(
        Rehostable(name, held[0].line.type, tuple(dict.fromkeys(each.line.feature for each in held)), len(held))
        for name, held in fitting.items()
    )


def permission(
    transaction: Transaction,
    source: Udi,
    target: Udi | None,
    skus: Sequence[str] | None,
    credential: bytes | None,
    caller: Udi | None,
    *,
    override: bool,
) -> Draft:
    """Permit the source to give up the chosen products, or all that can move; the same again until it is answered."""
    transaction.family(source)
    if caller != source:
        show_credential(transaction, source, credential)
    device = transaction.device(source)
    transaction.made(device)
    transaction.serve(source)
    if skus is not None and not skus:
        raise PortalRefusal.NOTHING_CHOSEN.error(udi=source)
    if open_ticket := transaction.records.transfers.open_permission(source):
        return _open_again(transaction, open_ticket, skus)
    if not (licenses := transaction.transferable(source)):
        raise PortalRefusal.NOTHING_PURCHASED.error(udi=source)
    if skus is not None:
        for name in skus:
            if name not in {each.sku for each in licenses}:
                raise PortalRefusal.NOT_HELD.error(udi=source, sku=name)
        licenses = [each for each in licenses if each.sku in skus]
    beyond = _beyond_limit(transaction, source, licenses, override=override)
    number = transaction.records.counters.take("ticket")
    id_ = f"PT-{transaction.moment:%Y%m%d}-{number:06d}"
    ticket = PermissionTicket(
        id=id_,
        source=source,
        revoke=tuple(each.line.id for each in licenses),
        features=tuple(dict.fromkeys(each.line.feature for each in licenses)),
        grant=_grace(transaction, device.udi, [each.line for each in licenses]),
        target=target,
        issued=transaction.date,
        nonce=ticket_nonce(transaction.context.key, id_, source),
        recipient=transaction.context.device_seal(source).hex(),
    )
    transaction.records.transfers.add_permission(number, ticket, transaction.now)
    transaction.note("permission", source, ticket.id + beyond, device=source)
    return transaction.ticket_mail(ticket)


def ticket_nonce(key: SigningKey, ticket: str, source: Udi) -> str:
    """Derive the word that a ticket seals and its answer brings back: not to be guessed, the same in a replay."""
    return key.secret_for("nonce", f"{ticket} {source}".encode())[:NONCE_SIZE].hex()


def _open_again(transaction: Transaction, asked: Permission, skus: Sequence[str] | None) -> Draft:
    """Return the ticket that is open, with its term begun anew."""
    ticket = asked.ticket
    held = transaction.records.licenses.by_id(ticket.revoke)
    named = sorted({each.sku or "" for each in held.values()})
    if skus is not None and sorted(set(skus)) != named:
        raise PortalRefusal.TICKET_OPEN.error(ticket=ticket.id, udi=ticket.source, skus=", ".join(named))
    if transaction.now > asked.at:
        asked.at = transaction.now
        transaction.records.transfers.settle(asked)
        transaction.note("permission", ticket.source, f"{ticket.id} again", device=ticket.source)
    return transaction.ticket_mail(ticket)


def _beyond_limit(transaction: Transaction, source: Udi, licenses: Sequence[IssuedLicense], *, override: bool) -> str:
    """Note for the audit log on licenses that move more often than their SKU allows; refused without an exception."""
    moves = transaction.records.licenses.rehosts([each.root for each in licenses], transaction.now - YEAR)
    for each in licenses:
        limit = transaction.context.skus[each.sku or ""].rehosts_per_year
        if moves.get(each.root, 0) >= limit:
            if override:
                transaction.exception()
                return ", beyond the yearly limit"
            raise PortalRefusal.REHOST_LIMIT.error(sku=each.sku, limit=limit, license=each.line.id, udi=source)
    return ""


def _grace(transaction: Transaction, source: Udi, revoked: Sequence[LicenseLine]) -> tuple[LicenseLine, ...]:
    """Build one grace-period line for each feature that is given up, with all its uses if it is counted."""
    permanent = [line for line in revoked if line.type is LicenseType.PERMANENT]
    features = list(dict.fromkeys(line.feature for line in permanent))
    if not features:
        return ()
    _, ids = transaction.license_ids(len(features))
    return tuple(
        new_line(
            id_,
            feature,
            LicenseType.GRACE_PERIOD,
            source,
            period=GRACE_PERIOD,
            count=sum(line.count or 0 for line in permanent if line.feature == feature) or None,
        )
        for id_, feature in zip(ids, features, strict=True)
    )


def rehost(
    transaction: Transaction,
    document: bytes,
    target: Udi,
    credential: bytes | None,
    caller: Udi | None,
    *,
    override: bool,
) -> Draft:
    """Issue the license for the target, against the source's proof that it gave up its own."""
    records = transaction.records
    try:
        ticket = read_rehost_ticket(document, transaction.context.device_verifier)
    except InvalidDocument as error:
        raise PortalRefusal.BAD_TICKET.error(reason=error.reason) from error
    source = ticket.source
    if caller != source:
        show_credential(transaction, target, credential)
    record = _permission_held(transaction, ticket.permission, source, target)
    if sorted(ticket.revoked) != sorted(record.ticket.revoke):
        raise PortalRefusal.INCOMPLETE_TICKET.error(ticket=ticket.permission)
    if not compare_digest(ticket.nonce, record.ticket.nonce):
        raise PortalRefusal.BAD_TICKET.error(reason="does not prove that the permission ticket was opened")
    if record.target not in (None, target):
        raise PortalRefusal.TICKET_USED.error(target=record.target)
    if record.target is None:
        transaction.serve(source)
    if target == source:
        raise PortalRefusal.SAME_DEVICE.error(udi=target)
    moved = list(records.licenses.by_id(record.ticket.revoke).values())
    transaction.serve_for(target, (each.sku for each in moved))
    device = transaction.receiver(target)
    if record.target:
        licenses = transaction.issued_before(target, record.issued)
    else:
        late = _late(transaction, record, override=override)
        transaction.room_for(device, len(moved))
        origin = records.devices.hear_of([source])[source]
        why = f"License portal, rehost from {source}"
        licenses = transaction.transfer(moved, origin, device, IssuedState.REHOSTED, why, Origin.REHOST)
        record.target, record.issued = target, tuple(each.line.id for each in licenses)
        record.state = TicketState.ANSWERED
        records.transfers.settle(record)
        transaction.note("rehost", source, f"{target} {ticket.permission}{late}", device=source, other=target)
    reason = f"The licenses given up by {source} are now those of your device."
    return transaction.license_mail(target, licenses, licenses[0].created, reason)


def _permission_held(transaction: Transaction, ticket: str, source: Udi, target: Udi) -> Permission:
    """Lock a ticket against other answers or extensions, and its devices before it, as everywhere."""
    transfers = transaction.records.transfers
    known = transfers.permission(ticket)
    device = transaction.records.devices.find(source)
    foreign = device is not None and device.owner is not None and not transaction.owns(device.owner)
    if known is None or known.ticket.source != source or foreign:
        raise PortalRefusal.UNKNOWN_TICKET.error(ticket=ticket, udi=source)
    transaction.records.devices.hear_of([source, target])
    found = transfers.permission(ticket, locked=True)
    assert found is not None, "a ticket is never forgotten"
    return found


def _late(transaction: Transaction, record: Permission, *, override: bool) -> str:
    """Note for the audit log on an answer after the term; refused without an exception."""
    if transaction.now - record.at <= TERM:
        return ""
    if not override:
        raise PortalRefusal.TICKET_EXPIRED.error(ticket=record.ticket.id, term=format_duration(TERM))
    transaction.exception()
    return ", after its term"
