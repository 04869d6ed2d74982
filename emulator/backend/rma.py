"""RMA: a device has failed and its licenses go to the one that was sent for it.

C (the FAQ): the RMA portal is told the failed and the replacement device and moves the licenses; the replacement is
hardware for the specific device, so a like product. C (an end-of-sale list): after the sale of a product has ended its
successor is sent, `C881-K9` for `CISCO881-SEC-K9`, whatever its family. The failed one is dead, so no ticket is asked
of it; the number of its service contract is (I), and afterwards the back end serves it no more (I). A customer has the
replacement among their devices before (I). A replacement stands in for one device (I). Demo and extension licenses stay
with their device, and so does the base level that every one is made with; permanent ones move, those that the device
was ordered with too (R), and subscriptions with the time that they have left (I).
"""

from emulator.backend.entities import Device, IssuedState, Origin, Rma, TicketState
from emulator.backend.letters import Draft
from emulator.backend.ownership import covers
from emulator.backend.refusals import PortalRefusal
from emulator.backend.transaction import Transaction
from emulator.licensing.udi import Udi


def rma(transaction: Transaction, failed: Udi, replacement: Udi, contract: str) -> Draft:
    """Re-issue what was purchased for a failed device to its replacement."""
    records = transaction.records
    family, other = transaction.family(failed), transaction.family(replacement)
    if failed == replacement:
        raise PortalRefusal.SAME_DEVICE.error(udi=failed)
    source, target = _devices(transaction, failed, replacement, contract)
    done = records.transfers.rma(failed)
    if done and done.replacement != replacement:
        raise PortalRefusal.REPLACED.error(udi=failed, replacement=done.replacement)
    transaction.serve(replacement)
    if family != other and not _succeeds(failed, replacement, family, other):
        raise PortalRefusal.OTHER_FAMILY.error(replacement=replacement, other=other, udi=failed, family=family)
    if _product(failed) != _product(replacement):
        raise PortalRefusal.OTHER_PRODUCT.error(replacement=replacement, udi=failed)
    transaction.made(target)
    first = records.transfers.replaced_by(replacement)
    if first not in {None, failed}:
        raise PortalRefusal.NOT_A_PAIR.error(replacement=replacement, other=first, udi=failed)
    if done:
        licenses = transaction.issued_before(replacement, done.issued)
    elif moved := transaction.transferable(failed):
        transaction.room_for(target, len(moved))
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


def _succeeds(failed: Udi, replacement: Udi, family: str, other: str) -> bool:
    """Tell whether the replacement is the second generation of the failed product, whose PIDs begin with `C` alone."""
    return (family, other) == ("880", "second generation") and _product(failed) == _product(replacement)


def _product(udi: Udi) -> str:
    """Product of a device without the software that it was sold with (C: `CISCO881-SEC-K9` is a Cisco 881).

    The generations write it apart: `CISCO881W-GN-E-K9` and `C881W-E-K9` are one (R).
    """
    return udi.pid.replace("CISCO", "C").replace("-SEC-", "-").replace("-GN-", "-")


def _devices(transaction: Transaction, failed: Udi, replacement: Udi, contract: str) -> tuple[Device, Device]:
    """Return both devices, locked. The contract proves the failed one, the replacement is the account's own.

    The refusal of a wrong number does not reveal whether the device exists, its owner or its contract.
    """
    known = transaction.records.devices.known([failed, replacement])
    covered = covers(transaction, failed, contract)
    if covered:
        transaction.prove(failed, "service contract")
    if not covered or not transaction.has(known.get(failed, Device(failed))):
        raise PortalRefusal.WRONG_CONTRACT.error(contract=contract, udi=failed)
    if not transaction.has(known.get(replacement, Device(replacement))):
        raise PortalRefusal.UNKNOWN_DEVICE.error(udi=replacement, user=transaction.by.name)
    devices = transaction.records.devices.hear_of([failed, replacement])
    return transaction.claimed(devices[failed]), devices[replacement]
