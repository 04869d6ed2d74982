"""RMA: a device has failed and its licenses go to the one that was sent for it.

C (the FAQ): the RMA portal is told the failed and the replacement device and moves the licenses. The failed one is
dead, so no ticket is asked of it; the number of its service contract is (I), and afterwards the back end serves it no
more (I). A replacement stands in for one device (I). Factory, demo and extension licenses stay with their device;
permanent ones move (R), and subscriptions with the time that they have left (I).
"""

from hmac import compare_digest

from emulator.backend.entities import Device, IssuedState, Origin, Rma, TicketState
from emulator.backend.letters import Draft
from emulator.backend.refusals import PortalRefusal
from emulator.backend.transaction import Transaction
from emulator.licensing.udi import Udi


def rma(transaction: Transaction, failed: Udi, replacement: Udi, contract: str) -> Draft:
    """Re-issue what was purchased for a failed device to its replacement."""
    records = transaction.records
    family, other = transaction.family(failed), transaction.family(replacement)
    done = records.transfers.rma(failed)
    if failed == replacement:
        raise PortalRefusal.SAME_DEVICE.error(udi=failed)
    if done and done.replacement != replacement:
        raise PortalRefusal.REPLACED.error(udi=failed, replacement=done.replacement)
    transaction.serve(replacement)
    if family != other:
        raise PortalRefusal.OTHER_FAMILY.error(replacement=replacement, other=other, udi=failed, family=family)
    devices = records.devices.hear_of([failed, replacement])
    source, target = devices[failed], devices[replacement]
    for device in (source, target):
        transaction.may_use(device.udi, device.owner)
    transaction.made(target)
    _covered(transaction, source, contract)
    first = records.transfers.replaced_by(replacement)
    if first not in {None, failed}:
        raise PortalRefusal.NOT_A_PAIR.error(replacement=replacement, other=first, udi=failed)
    if done := records.transfers.rma(failed):  # again, now that the device is locked
        licenses = transaction.issued_before(replacement, done.issued)
    elif moved := transaction.transferable(failed):
        transaction.room_for(replacement, len(moved))
        why = f"License portal, RMA of {failed}"
        licenses = transaction.transfer(moved, source, target, IssuedState.REPLACED, why, Origin.RMA)
        records.transfers.add_rma(
            Rma(failed, replacement, transaction.now, contract, tuple(each.line.id for each in licenses))
        )
        if ticket := records.transfers.open_permission(failed):
            ticket.state = TicketState.VOID
            records.transfers.settle(ticket)
        transaction.note("rma", failed, str(replacement), device=failed, other=replacement)
    else:
        raise PortalRefusal.NOTHING_PURCHASED.error(udi=failed)
    reason = f"The licenses of {failed} were transferred to its replacement."
    return transaction.license_mail(replacement, licenses, licenses[0].created, reason)


def _covered(transaction: Transaction, failed: Device, number: str) -> None:
    """Refused unless this is the service contract of the failed device; which one it is, is not told."""
    contract = transaction.records.devices.contract(failed.udi)
    expected = contract.number if contract else ""
    if not contract or not compare_digest(expected.encode(), number.strip().encode("utf-8", "replace")):
        raise PortalRefusal.WRONG_CONTRACT.error(contract=number, udi=failed.udi)
