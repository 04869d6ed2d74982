"""Ownership of devices: the proof that a customer has one, and the claim of one without an owner.

C (the FAQ): a device shows its credential to the portal, and licenses are moved against it. I: a UDI stands on every
box and names a device without proving anything; so a customer reads about a device, and takes licenses from it, only as
its owner, and becomes that with the device's credential, the number of its service contract, or a call that the device
signed. A device of another account and one that does not exist are refused alike, after the same work.
"""

from hmac import compare_digest

from emulator.backend.account_names import account_of
from emulator.backend.entities import Device, Role
from emulator.backend.refusals import PortalRefusal
from emulator.backend.transaction import Transaction
from emulator.keys.documents import InvalidDocument, read_credential
from emulator.licensing.udi import Udi

CREDENTIAL, CONTRACT = "credential", "service contract"


def claim(
    transaction: Transaction, udi: Udi, credential: bytes | None, contract: str | None, owner: str | None
) -> Device:
    """Make a device the account's own against a proof; an operator names the owner instead, and needs none.

    A device that was never made gets no owner.
    """
    transaction.family(udi)
    if transaction.by.role is Role.OPERATOR:
        return _assign(transaction, udi, owner or transaction.by.name)
    if owner not in {None, transaction.by.name}:
        transaction.operators_only()
    if credential is None and not contract:
        raise PortalRefusal.NO_PROOF.error(udi=udi)
    if credential is not None:
        show_credential(transaction, udi, credential)
        return transaction.device(udi)
    assert contract is not None
    known = transaction.records.devices.known([udi]).get(udi, Device(udi))
    if covers(transaction, udi, contract):
        transaction.prove(udi, CONTRACT)
    if udi not in transaction.proofs or not transaction.has(known):
        raise PortalRefusal.WRONG_CONTRACT.error(contract=contract, udi=udi)
    return transaction.receiver(udi)


def _assign(transaction: Transaction, udi: Udi, owner: str) -> Device:
    account = account_of(transaction.records, owner)
    device = transaction.receiver(udi)
    transaction.made(device)
    if device.owner != account.name:
        transaction.records.devices.claim([udi], account.name)
        transaction.note("claim", udi, f"for {account.name}", device=udi)
    return transaction.receiver(udi)


def show_credential(transaction: Transaction, udi: Udi, credential: bytes | None) -> None:
    """Refuse unless the device proves its identity with a credential; an operator may take it on trust (I)."""
    if credential is None:
        if transaction.by.role is Role.OPERATOR:
            return
        raise PortalRefusal.NO_CREDENTIAL.error(udi=udi)
    try:
        shown = read_credential(credential, transaction.context.device_verifier)
    except InvalidDocument as error:
        raise PortalRefusal.BAD_CREDENTIAL.error(reason=error.reason) from error
    if shown.udi != udi:
        raise PortalRefusal.OTHER_CREDENTIAL.error(other=shown.udi, udi=udi)
    transaction.prove(udi, CREDENTIAL)


def covers(transaction: Transaction, udi: Udi, number: str) -> bool:
    """Tell whether this is the service contract of a device; it takes the same time whatever is on record."""
    contract = transaction.records.devices.contract(udi)
    expected = contract.number if contract else "-" * len(number)
    return compare_digest(expected.encode("utf-8", "replace"), number.strip().encode("utf-8", "replace")) and (
        contract is not None
    )
