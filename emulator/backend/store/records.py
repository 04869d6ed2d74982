"""All records of one transaction, by topic."""

from functools import cached_property

from sqlalchemy import Connection

from emulator.backend.store.accounts import AccountRecords
from emulator.backend.store.audit import AuditRecords
from emulator.backend.store.counters import Counters
from emulator.backend.store.devices import DeviceRecords
from emulator.backend.store.keyed_requests import KeyedRequests
from emulator.backend.store.licenses import LicenseRecords
from emulator.backend.store.orders import OrderRecords
from emulator.backend.store.outbox import OutboxRecords
from emulator.backend.store.transfers import TransferRecords


class Records:
    """The records that one use case reads and writes."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @cached_property
    def counters(self) -> Counters:
        return Counters(self.connection)

    @cached_property
    def accounts(self) -> AccountRecords:
        return AccountRecords(self.connection)

    @cached_property
    def devices(self) -> DeviceRecords:
        return DeviceRecords(self.connection)

    @cached_property
    def orders(self) -> OrderRecords:
        return OrderRecords(self.connection)

    @cached_property
    def keyed_requests(self) -> KeyedRequests:
        return KeyedRequests(self.connection)

    @cached_property
    def licenses(self) -> LicenseRecords:
        return LicenseRecords(self.connection)

    @cached_property
    def transfers(self) -> TransferRecords:
        return TransferRecords(self.connection)

    @cached_property
    def outbox(self) -> OutboxRecords:
        return OutboxRecords(self.connection)

    @cached_property
    def audit(self) -> AuditRecords:
        return AuditRecords(self.connection)
