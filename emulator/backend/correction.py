"""Correction: a PAK was registered for a wrong device, and the licensing team moves its license to the right one.

R: it is done on the telephone, by an operator, for a reason that the audit log keeps. No ticket is asked of the wrong
device, which may not exist; the PAK is not debited again, and the license counts as no rehost (I).
"""

from emulator.backend.entities import IssuedState, Origin
from emulator.backend.letters import Draft
from emulator.backend.purchase import pak_for
from emulator.backend.refusals import PortalRefusal
from emulator.backend.transaction import Transaction
from emulator.licensing.udi import Udi


def correct(transaction: Transaction, code: str, wrong: Udi, right: Udi) -> Draft:
    """Issue what a PAK gave to a wrong device to the right one."""
    transaction.exception()
    if wrong == right:
        raise PortalRefusal.SAME_DEVICE.error(udi=wrong)
    pak, records = pak_for(transaction, code), transaction.records
    transaction.serve_for(right, (pak.sku,))
    registered = records.licenses.registered(pak.code, [wrong])
    license_ = records.licenses.find(registered[wrong]) if wrong in registered else None
    if license_ is None or license_.state is not IssuedState.CURRENT:
        raise PortalRefusal.NOT_REGISTERED.error(pak=pak.code, udi=wrong)
    devices = records.devices.hear_of([wrong, right])
    transaction.room_for(devices[right], 1)
    why = f"License portal, correction of {wrong}"
    issued = transaction.transfer(
        [license_], devices[wrong], devices[right], IssuedState.REPLACED, why, Origin.CORRECTION
    )  # fmt: skip
    transaction.note("correct", pak.code, f"{wrong} {right}", device=wrong, other=right)
    reason = f"PAK {pak.code} was registered for {wrong} by mistake; its license is that of your device now."
    return transaction.license_mail(right, issued, issued[0].created, reason)
