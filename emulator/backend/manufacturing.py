"""What the factory tells the back end: a device, the licenses it was ordered with, and its service contract.

C (the FAQ): a router can be ordered with licenses preinstalled. I: every device is sold with a service contract of its
own, whose number the RMA desk asks for.
"""

from collections.abc import Sequence
from hashlib import sha256

from emulator.backend.entities import IssuedLicense, Origin, ServiceContract
from emulator.backend.letters import iso, license_file
from emulator.backend.refusals import Refusal
from emulator.backend.transaction import Office, new_line
from emulator.keys.paper import token
from emulator.keys.signing import SigningKey
from emulator.licensing.lines import LicenseLine, LicenseType
from emulator.licensing.udi import Udi

CONTRACT_DIGITS = 9


def manufacture(office: Office, udi: Udi, features: Sequence[str]) -> tuple[LicenseLine, ...]:
    """Make a device with permanent licenses for the features it was ordered with."""
    office.family(udi)
    wanted = tuple(dict.fromkeys(features))
    for feature in wanted:
        try:
            token(feature)
        except ValueError as error:
            raise Refusal.BAD_FEATURE.error(feature=feature) from error
    device = office.device(udi)
    if device.made is not None:
        if device.features != wanted:
            made_with = ", ".join(device.features) or "no feature"
            raise Refusal.OTHERWISE_MADE.error(udi=udi, features=made_with)
        return tuple(each.line for each in _from_factory(office, udi))
    office.room_for(udi, len(wanted))
    office.records.devices.make(udi, office.now, wanted, contract_number(office.house.key, udi))
    lines: tuple[LicenseLine, ...] = ()
    if wanted:
        first, ids = office.license_ids(len(wanted))
        lines = tuple(
            new_line(id_, feature, LicenseType.PERMANENT, udi) for id_, feature in zip(ids, wanted, strict=True)
        )
        created = iso(office.moment)
        made = [IssuedLicense(line, "Factory", created, office.now, Origin.FACTORY, line.id) for line in lines]
        office.records.licenses.add(first, made)
    office.note("manufacture", udi, ", ".join(wanted), device=udi)
    return lines


def factory_file(office: Office, udi: Udi) -> bytes:
    """The file with the licenses that a device left the factory with, which it always keeps."""
    office.made(office.look_at(udi))
    if not (licenses := _from_factory(office, udi)):
        raise Refusal.NOTHING_ISSUED.error(udi=udi)
    return license_file(licenses, office.house.key)


def contract(office: Office, udi: Udi) -> ServiceContract:
    """The service contract of a device, for its owner."""
    device = office.look_at(udi)
    office.made(device)
    if not office.owns(device.owner):
        raise Refusal.NOT_OWNER.error(subject=udi, user=office.by.name)
    found = office.records.devices.contract(udi)
    assert found is not None, "a device is made with its contract"
    return found


def _from_factory(office: Office, udi: Udi) -> list[IssuedLicense]:
    return [each for each in office.records.licenses.held(udi) if each.origin is Origin.FACTORY]


def contract_number(key: SigningKey, udi: object) -> str:
    """A number that nobody guesses without the key; the same world gives the same one to the same device.

    It is asked for beside the device and names nothing by itself, so that two devices may have the same one.
    """
    signature = key.sign(f"isrtwin contract {udi}".encode())
    value = int.from_bytes(sha256(signature).digest()) % 10**CONTRACT_DIGITS
    return f"{value:0{CONTRACT_DIGITS}d}"
