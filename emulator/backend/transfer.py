"""Moving purchased licenses to another device: RMA and rehost. Section D of the behaviour notes.

RMA (C: the portal; R: its inputs): the failed device is dead, so no ticket is asked of it; afterwards the back end
serves it no more (I). Rehost (C): the source gives its licenses up under a permission ticket, proves it with a rehost
ticket and keeps 60 days of grace; a ticket is accepted once, for one target (I). Factory, demo and extension licenses
stay with their device; permanent ones move (R), and subscriptions with the time that they have left (I). The grace
period is for what ran for ever: who gives a subscription up has had its updates (I).
"""

from collections.abc import Sequence

from emulator.backend.answers import Rehostable
from emulator.backend.mail import PORTAL, Attachment, Mail
from emulator.backend.office import Office
from emulator.backend.refusals import Refusal
from emulator.backend.state import IssuedLicense, LicenseState, Permission, Rma
from emulator.kernel.time import DAY, Instant
from emulator.keys.documents import InvalidDocument, read_rehost_ticket, write_permission_ticket
from emulator.licensing.lines import LicenseLine, LicenseType
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi

GRACE_PERIOD = 60 * DAY


def rma(office: Office, failed: Udi, replacement: Udi, now: Instant) -> Mail:
    """Re-issue what was purchased for a failed device to its replacement."""
    state = office.state
    family, other = office.family(failed), office.family(replacement)
    done = state.rmas.get(str(failed))
    if failed == replacement:
        raise Refusal.SAME_DEVICE.error(udi=failed)
    if done and done.replacement != replacement:
        raise Refusal.REPLACED.error(udi=failed, replacement=done.replacement)
    office.serve(replacement)
    if family != other:
        raise Refusal.OTHER_FAMILY.error(replacement=replacement, other=other, udi=failed, family=family)
    office.made(replacement)
    if done:
        licenses = office.issued_before(replacement, done.issued)
    elif moved := office.transferable(failed, now):
        office.room_for(replacement, len(moved), now)
        source = f"License portal, RMA of {failed}"
        licenses = office.transfer(moved, replacement, LicenseState.REPLACED, source, now)
        state.rmas[str(failed)] = Rma(failed, replacement, now, tuple(each.line.id for each in licenses))
        state.open_permissions.pop(str(failed), None)
        office.note(now, "rma", failed, str(replacement))
    else:
        raise Refusal.NOTHING_PURCHASED.error(udi=failed)
    reason = f"The licenses of {failed} were transferred to its replacement."
    return office.license_mail(replacement, licenses, licenses[0].created, reason, now)


def rehostable(office: Office, udi: Udi, target: Udi, now: Instant) -> tuple[Rehostable, ...]:
    """What a device could give up in favour of a target, one entry a SKU; while a ticket is open, what that names."""
    office.serve(udi)
    if udi == target:
        raise Refusal.SAME_DEVICE.error(udi=udi)
    family = office.serve(target)
    if open_ticket := office.state.open_permissions.get(str(udi)):
        named = office.state.permissions[open_ticket].ticket.revoke
        licenses = [office.state.licenses[id_] for id_ in named]
    elif not (licenses := office.transferable(udi, now)):
        raise Refusal.NOTHING_PURCHASED.error(udi=udi)
    by_sku: dict[str, list[IssuedLicense]] = {}
    for each in licenses:
        by_sku.setdefault(each.sku or "", []).append(each)
    fitting = {name: held for name, held in by_sku.items() if family in office.skus[name].families}
    if not fitting:
        office.serve_for(target, by_sku)
    return tuple(
        Rehostable(name, held[0].line.type, tuple(dict.fromkeys(each.line.feature for each in held)), len(held))
        for name, held in fitting.items()
    )


def permission(office: Office, source: Udi, now: Instant, skus: Sequence[str] | None) -> Mail:
    """Leave for the source to give up what was chosen, or all that can move; the same again until it is answered."""
    state = office.state
    office.serve(source)
    if skus is not None and not skus:
        raise Refusal.NOTHING_CHOSEN.error(udi=source)
    if open_ticket := state.open_permissions.get(str(source)):
        ticket = state.permissions[open_ticket].ticket
        named = sorted({state.licenses[id_].sku or "" for id_ in ticket.revoke})
        if skus is not None and sorted(set(skus)) != named:
            raise Refusal.TICKET_OPEN.error(ticket=ticket.id, udi=source, skus=", ".join(named))
        return _ticket_mail(office, ticket, now)
    if not (licenses := office.transferable(source, now)):
        raise Refusal.NOTHING_PURCHASED.error(udi=source)
    if skus is not None:
        for name in skus:
            if name not in {each.sku for each in licenses}:
                raise Refusal.NOT_HELD.error(udi=source, sku=name)
        licenses = [each for each in licenses if each.sku in skus]
    state.tickets_issued += 1
    ticket = PermissionTicket(
        id=f"PT-{office.calendar(now):%Y%m%d}-{state.tickets_issued:06d}",
        source=source,
        revoke=tuple(each.line.id for each in licenses),
        features=tuple(dict.fromkeys(each.line.feature for each in licenses)),
        grant=_grace(office, source, [each.line for each in licenses], now),
    )
    state.permissions[ticket.id] = Permission(ticket, now)
    state.open_permissions[str(source)] = ticket.id
    office.note(now, "permission", source, ticket.id)
    return _ticket_mail(office, ticket, now)


def _grace(office: Office, source: Udi, revoked: Sequence[LicenseLine], now: Instant) -> tuple[LicenseLine, ...]:
    """One grace period for each feature that is given up, with all its uses if it is counted."""
    permanent = [line for line in revoked if line.type is LicenseType.PERMANENT]
    return tuple(
        office.new_line(
            feature,
            LicenseType.GRACE_PERIOD,
            source,
            now,
            period=GRACE_PERIOD,
            count=sum(line.count or 0 for line in permanent if line.feature == feature) or None,
        )
        for feature in dict.fromkeys(line.feature for line in permanent)
    )


def rehost(office: Office, paper: bytes, target: Udi, now: Instant) -> Mail:
    """The license for the target, against the source's proof that it gave its own up."""
    state = office.state
    try:
        ticket = read_rehost_ticket(paper, office.device_verifier)
    except InvalidDocument as error:
        raise Refusal.BAD_TICKET.error(reason=error.reason) from error
    source = ticket.source
    record = state.permissions.get(ticket.permission)
    if record is None or record.ticket.source != source:
        raise Refusal.UNKNOWN_TICKET.error(ticket=ticket.permission, udi=source)
    if sorted(ticket.revoked) != sorted(record.ticket.revoke):
        raise Refusal.INCOMPLETE_TICKET.error(ticket=ticket.permission)
    if record.target not in (None, target):
        raise Refusal.TICKET_USED.error(target=record.target)
    if record.target is None:
        office.serve(source)
    if target == source:
        raise Refusal.SAME_DEVICE.error(udi=target)
    moved = [state.licenses[id_] for id_ in record.ticket.revoke]
    office.serve_for(target, (each.sku for each in moved))
    if record.target:
        licenses = office.issued_before(target, record.issued)
    else:
        office.room_for(target, len(moved), now)
        licenses = office.transfer(moved, target, LicenseState.REHOSTED, f"License portal, rehost from {source}", now)
        record.target, record.issued = target, tuple(each.line.id for each in licenses)
        del state.open_permissions[str(source)]
        office.note(now, "rehost", source, f"{target} {ticket.permission}")
    reason = f"The licenses given up by {source} are now those of your device."
    return office.license_mail(target, licenses, licenses[0].created, reason, now)


def _ticket_mail(office: Office, ticket: PermissionTicket, now: Instant) -> Mail:
    grace = "goes on for 60 days of use under a grace period, " if ticket.grant else ""
    name = f"{ticket.source.serial}_permission_{ticket.id}.xml"
    body = (
        f"The licenses of {ticket.source} may be moved to another device: {', '.join(ticket.features)}.\n\n"
        f"Copy {name} to the device and run `license revoke`. It gives up these licenses, {grace}and writes a rehost "
        "ticket. Bring that ticket back to the license portal.\n"
    )
    content = write_permission_ticket(ticket, office.key)
    return Mail(now, PORTAL, f"Permission ticket for {ticket.source}", body, (Attachment(name, content),))
