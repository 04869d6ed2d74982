"""Carrying out a permission ticket: what `license revoke` and `license call-home revoke` have in common.

R: the dialog. C: the lines that the ticket names are exchanged for its grace-period licenses, whose agreement is
asked for; a ticket run again yields its rehost ticket again and asks nothing.
"""

from collections.abc import Generator
from typing import Any

from emulator.console.dialogs.eula import ask_eula
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.kernel.effects import Effect, Say
from emulator.keys.documents import InvalidDocument, OtherRecipient, read_permission_ticket
from emulator.licensing.changes import RevokeResult, missing
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi
from emulator.router.device import Router
from emulator.router.state import LicenseCounter

REFUSALS = {RevokeResult.WRONG_DEVICE: "revoke.wrong_device", RevokeResult.LICENSE_MISSING: "revoke.missing"}


def open_ticket(router: Router, document: bytes) -> PermissionTicket | str:
    """Open a permission ticket that this router can carry out or has; else return the refusal in words."""
    try:
        ticket = read_permission_ticket(document, router.license_verifier, router.context.sealing_key(router.state.udi))
    except OtherRecipient:
        return wording("revoke.wrong_device")
    except InvalidDocument:
        return wording("revoke.bad_ticket")
    verdict = router.activation.examine_ticket(ticket)
    return _refusal(router, ticket, verdict) if verdict in REFUSALS else ticket


def _refusal(router: Router, ticket: PermissionTicket, verdict: RevokeResult) -> str:
    absent = ", ".join(missing(router.activation.inventory.licenses, ticket))
    return wording(REFUSALS.get(verdict, "revoke.refused"), features=absent)


def carry_out(session: Session, ticket: PermissionTicket, target: Udi | None = None) -> Generator[Effect, Any, bool]:
    """Revoke the licenses that the ticket names, unless that was done before; returns whether it is done now.

    `target`: the device for which call home will hand the rehost ticket in; it is noted in the same write.
    """
    router = session.router
    if router.activation.examine_ticket(ticket) is RevokeResult.REPEATED:
        if target is not None:
            router.activation.begin_transfer(ticket, target)
        return True
    yield Say(wording("revoke.heading") + _features(ticket.features))
    granted = tuple(line.feature for line in router.activation.granted(ticket))
    if granted:
        yield Say(wording("revoke.granted_heading") + _features(granted))
    accepted = router.activation.inventory.licenses.eula_for_all
    if not accepted:
        accepted = yield from ask_eula()
    verdict = router.activation.examine_ticket(ticket)
    if not accepted or verdict is not RevokeResult.REVOKED:
        router.state.count(LicenseCounter.REVOKE_FAILED)
        yield Say(_refusal(router, ticket, verdict))
        return False
    router.activation.revoke(ticket, target)
    router.state.count(LicenseCounter.REVOKED)
    if router.running.changed:
        yield Say(wording("revoke.use_write"))
    return True


def _features(features: tuple[str, ...]) -> str:
    return "".join(wording("revoke.feature", feature=feature) for feature in features)
