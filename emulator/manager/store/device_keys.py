"""Keys by which devices are known at their transports, within one transaction."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Row,
    Table,
    Text,
    insert,
    select,
    update,
)

from emulator.licensing.udi import Udi
from emulator.manager.entities import DeviceKey
from emulator.manager.store.sight import Sight
from emulator.manager.store.tables import MANAGED_DEVICES, MANAGER_METADATA

DEVICE_KEYS = Table(
    "manager_device_keys",
    MANAGER_METADATA,
    Column("udi", Text, ForeignKey(MANAGED_DEVICES.c.udi, ondelete="CASCADE"), primary_key=True),
    Column("transport", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("other", Text, nullable=False),
    Column("other_seen", BigInteger),
)
"""Fingerprints of SSH host keys and of certificates: the one of the first sight, and another that was shown since."""


class DeviceKeyRecords:
    """Keys of devices."""

    def __init__(self, connection: Connection, sight: Sight) -> None:
        self._connection, self._sight = connection, sight

    def of(self, udi: Udi) -> list[DeviceKey]:
        """List the keys of a device by transport."""
        statement = select(DEVICE_KEYS).where(DEVICE_KEYS.c.udi == str(udi), *self._seen)
        statement = statement.order_by(DEVICE_KEYS.c.transport)
        return [_key(row) for row in self._connection.execute(statement)]

    def changed(self) -> list[tuple[str, DeviceKey]]:
        """List the keys of all devices that show another one since, with the UDIs, in order."""
        order = (DEVICE_KEYS.c.udi, DEVICE_KEYS.c.transport)
        statement = select(DEVICE_KEYS).where(DEVICE_KEYS.c.other != "", *self._seen).order_by(*order)
        return [(row.udi, _key(row)) for row in self._connection.execute(statement)]

    @property
    def _seen(self) -> list[ColumnElement[bool]]:
        return self._sight.devices(DEVICE_KEYS.c.udi)

    def note(self, udi: Udi, transport: str, key: str, now: int) -> str:
        """Note the key that a device shows; returns the one known before where this is another and was not told yet."""
        which = (DEVICE_KEYS.c.udi == str(udi)) & (DEVICE_KEYS.c.transport == transport)
        known = self._connection.execute(select(DEVICE_KEYS).where(which)).one_or_none()
        if known is None:
            row = {"udi": str(udi), "transport": transport, "key": key, "seen": now, "other": ""}
            self._connection.execute(insert(DEVICE_KEYS), row)
            return ""
        if key in {known.key, known.other}:
            return ""
        self._connection.execute(update(DEVICE_KEYS).where(which).values(other=key, other_seen=now))
        return str(known.key)

    def trust(self, udis: Iterable[Udi]) -> list[Udi]:
        """Take what devices show since for their keys; returns the devices that showed other ones."""
        trusted = []
        for udi in udis:
            which = (DEVICE_KEYS.c.udi == str(udi)) & (DEVICE_KEYS.c.other != "")
            values = {"key": DEVICE_KEYS.c.other, "seen": DEVICE_KEYS.c.other_seen, "other": "", "other_seen": None}
            if self._connection.execute(update(DEVICE_KEYS).where(which).values(values)).rowcount:
                trusted.append(udi)
        return trusted


def _key(row: Row[*tuple[Any, ...]]) -> DeviceKey:
    return DeviceKey(row.transport, row.key, row.seen, row.other, row.other_seen)
