"""Records of the factory at the back end: a device, the licenses it was ordered with, and its service contract.

C (the FAQ): a router can be ordered with licenses preinstalled. I: one that is sold as an upgrade too counts as bought,
so it can move as that does; every device is sold with a service contract of its
own, whose number an RMA asks for.
"""

from collections.abc import Sequence
from hashlib import sha256

from emulator.backend.entities import IssuedLicense, Origin, ServiceContract
from emulator.backend.letters import iso, license_file
from emulator.backend.refusals import PortalRefusal
from emulator.backend.transaction import Transaction, new_line
from emulator.keys.canonical_xml import token
from emulator.keys.signing import SigningKey
from emulator.licensing.lines import LicenseLine
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi

CONTRACT_DIGITS = 12


def manufacture(transaction: Transaction, udi: Udi, features: Sequence[str]) -> tuple[LicenseLine, ...]:
    """Make a device with permanent licenses for the features it was ordered with."""
    transaction.family(udi)
    wanted = tuple(dict.fromkeys(features))
    for feature in wanted:
        try:
            token(feature)
        except ValueError as error:
            raise PortalRefusal.BAD_FEATURE.error(feature=feature) from error
    device = transaction.device(udi)
    if device.made is not None:
        if device.features != wanted:
            made_with = ", ".join(device.features) or "no feature"
            raise PortalRefusal.OTHERWISE_MADE.error(udi=udi, features=made_with)
        return tuple(each.line for each in _from_factory(transaction, udi))
    transaction.room_for(device, len(wanted))
    transaction.records.devices.make(udi, transaction.now, wanted, contract_number(transaction.context.key, udi))
    lines: tuple[LicenseLine, ...] = ()
    if wanted:
        first, ids = transaction.license_ids(len(wanted))
        lines = tuple(
            new_line(id_, feature, LicenseType.PERMANENT, udi) for id_, feature in zip(ids, wanted, strict=True)
        )
        created = iso(transaction.moment)
        family = transaction.family(udi)
        made = [
            IssuedLicense(
                line,
                "Factory",
                created,
                transaction.now,
                Origin.FACTORY,
                line.id,
                transaction.upgrade(line.feature, family),
            )
            for line in lines
        ]
        transaction.records.licenses.add(first, made)
    transaction.note("manufacture", udi, ", ".join(wanted), device=udi)
    return lines


def factory_file(transaction: Transaction, udi: Udi) -> bytes:
    """Write the file with the licenses that a device left the factory with, which it always keeps."""
    transaction.made(transaction.look_at(udi))
    if not (licenses := _from_factory(transaction, udi)):
        raise PortalRefusal.NOTHING_ISSUED.error(udi=udi)
    return license_file(licenses, transaction.context.key)


def contract(transaction: Transaction, udi: Udi) -> ServiceContract:
    """Return the service contract of a device, for its owner."""
    transaction.made(transaction.look_at(udi))
    found = transaction.records.devices.contract(udi)
    assert found is not None, "a device is made with its contract"
    return found


def _from_factory(transaction: Transaction, udi: Udi) -> list[IssuedLicense]:
    return [each for each in transaction.records.licenses.held(udi) if each.origin is Origin.FACTORY]


def contract_number(key: SigningKey, udi: object, digits: int = CONTRACT_DIGITS) -> str:
    """Derive a number that cannot be guessed without the key; the same world gives the same one to the same device.

    It is asked for together with the device and names nothing by itself, so two devices may have the same one.
    """
    signature = key.sign(f"isrtwin contract {udi}".encode())
    value = int.from_bytes(sha256(signature).digest()) % 10**digits
    return f"{value:0{digits}d}"
