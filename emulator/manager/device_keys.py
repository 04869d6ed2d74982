"""SSH host keys and certificates of devices: kept at first sight, and a change is told.

I: another key is no reason to turn back, for the UDI tells what a device is; yet it may be another machine in between
or other hardware under a copied identity, so it is told until a person takes the new key for the device's.
"""

from collections.abc import Iterable
from typing import Any

from emulator.licensing.udi import Udi
from emulator.manager.attempts import Reached
from emulator.manager.context import ManagerContext
from emulator.manager.entities import DeviceKey
from emulator.manager.roles import ManagerAction
from emulator.manager.store.records import ManagerRecords


def other_key(
    context: ManagerContext, records: ManagerRecords, udi: Udi, found: Reached[Any], now: int
) -> tuple[str, ...]:
    """Note the key that a device showed, which is under management; tell in words that it is another one."""
    if not found.key:
        return ()
    transport = str(found.transport.transport)
    known = records.keys.note(udi, transport, found.key, now)
    if not known:
        return ()
    told = f"key of {transport}: {known} -> {found.key}"
    context.record(records, "key", str(udi), told)
    return (told,)


def list_keys(context: ManagerContext, udi: Udi) -> list[DeviceKey]:
    """List the keys of a device by transport.

    Raises:
        NotAllowed: the user may not read devices.
    """
    context.require(ManagerAction.READ_DEVICES)
    with context.database.reading() as records:
        return records.keys.of(udi)


def trust_keys(context: ManagerContext, udis: Iterable[Udi]) -> int:
    """Take the keys that devices show now for theirs; returns the number of the devices that showed others.

    Raises:
        NotAllowed: the user may not manage credentials.
    """
    context.require(ManagerAction.MANAGE_CREDENTIALS)
    with context.database.writing() as records:
        trusted = records.keys.trust(dict.fromkeys(udis))
        for udi in trusted:
            context.record(records, "trust", str(udi), "the key that it shows is its key")
    return len(trusted)
