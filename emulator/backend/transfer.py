"""Moving purchased licenses to another device: RMA and rehost. Section D of the behaviour notes.

RMA (C: the portal; R: its inputs): the failed device is dead, so no ticket is asked of it; afterwards the back end
serves it no more (I). Rehost (C): the source gives its licenses up under a permission ticket, proves it with a rehost
ticket and keeps 60 days of grace; a ticket is accepted once, for one target (I). Factory licenses stay with their
device, and only permanent ones move (R).
"""

from emulator.backend.mail import PORTAL, Attachment, Mail
from emulator.backend.office import Office
from emulator.backend.refusals import Refusal
from emulator.backend.state import LicenseState, Permission, Rma
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
    if str(replacement) not in state.devices:
        raise Refusal.UNKNOWN_DEVICE.error(udi=replacement)
    if done:
        licenses = office.issued_before(replacement, done.issued)
    elif moved := office.transferable(failed):
        source = f"License portal, RMA of {failed}"
        licenses = office.transfer(moved, replacement, LicenseState.REPLACED, source, now)
        state.rmas[str(failed)] = Rma(failed, replacement, now, tuple(each.line.id for each in licenses))
        state.open_permissions.pop(str(failed), None)
        office.note(now, "rma", failed, str(replacement))
    else:
        raise Refusal.NOTHING_PURCHASED.error(udi=failed)
    reason = f"The licenses of {failed} were transferred to its replacement."
    return office.license_mail(replacement, licenses, licenses[0].created, reason, now)


def permission(office: Office, source: Udi, now: Instant) -> Mail:
    """Leave for the source to give up all that can move; the same ticket again until it is answered."""
    state = office.state
    office.serve(source)
    if open_ticket := state.open_permissions.get(str(source)):
        return _ticket_mail(office, state.permissions[open_ticket].ticket, now)
    if not (licenses := office.transferable(source)):
        raise Refusal.NOTHING_PURCHASED.error(udi=source)
    features = tuple(dict.fromkeys(each.line.feature for each in licenses))
    state.tickets_issued += 1
    ticket = PermissionTicket(
        id=f"PT-{office.calendar(now):%Y%m%d}-{state.tickets_issued:06d}",
        source=source,
        revoke=tuple(each.line.id for each in licenses),
        features=features,
        grant=tuple(
            LicenseLine(office.license_id(now), feature, LicenseType.GRACE_PERIOD, source, GRACE_PERIOD)
            for feature in features
        ),
    )
    state.permissions[ticket.id] = Permission(ticket, now)
    state.open_permissions[str(source)] = ticket.id
    office.note(now, "permission", source, ticket.id)
    return _ticket_mail(office, ticket, now)


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
        licenses = office.transfer(moved, target, LicenseState.REHOSTED, f"License portal, rehost from {source}", now)
        record.target, record.issued = target, tuple(each.line.id for each in licenses)
        del state.open_permissions[str(source)]
        office.note(now, "rehost", source, f"{target} {ticket.permission}")
    reason = f"The licenses given up by {source} are now those of your device."
    return office.license_mail(target, licenses, licenses[0].created, reason, now)


def _ticket_mail(office: Office, ticket: PermissionTicket, now: Instant) -> Mail:
    name = f"{ticket.source.serial}_permission_{ticket.id}.xml"
    body = (
        f"The licenses of {ticket.source} may be moved to another device: {', '.join(ticket.features)}.\n\n"
        f"Copy {name} to the device and run `license revoke`. It gives up these licenses, goes on for 60 days of use "
        "under a grace period, and writes a rehost ticket. Bring that ticket back to the license portal.\n"
    )
    content = write_permission_ticket(ticket, office.key)
    return Mail(now, PORTAL, f"Permission ticket for {ticket.source}", body, (Attachment(name, content),))
