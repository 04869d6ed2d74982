"""A back end with its calendar, its devices' keys and a device that answers permission tickets.

A test may run on several databases: `PLACES` gives a new one to every desk (see conftest.py).
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from emulator.backend.entities import Account
from emulator.backend.mail import Mail
from emulator.backend.service import LicensingService
from emulator.backend.skus import load_skus
from emulator.backend.store.database import Database, Plain
from emulator.kernel.time import Instant
from emulator.keys.documents import (
    read_license_file,
    read_permission_ticket,
    write_credential,
    write_rehost_ticket,
)
from emulator.keys.sealing import SealingKey, derive_sealing_key
from emulator.keys.signing import SigningKey, Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.file import FileLine
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.udi import Udi
from tests.backend_records import Records, records
from tests.tickets import rehost_ticket_for, source_of

FAMILIES = {
    "CISCO881-K9": "880",
    "CISCO881-SEC-K9": "880",
    "CISCO881W-GN-A-K9": "880",
    "C881-K9": "second generation",
    "C887VA-K9": "second generation",
    "IAD881F-K9": "iad880",
    "CISCO861-K9": "860",
}
SEED = 7
START = datetime(2010, 3, 1, 9, tzinfo=UTC)

R1, R2, R3, R4 = (Udi("CISCO881-K9", f"FTX1405YDC{number}") for number in (7, 8, 9, 6))
IAD = Udi("IAD881F-K9", "FTX1405YDD1")
SMALL = Udi("CISCO861-K9", "FTX1405YDD2")

LAB = "lab"
PASSWORD = "s3cret w0rd"


class Places:
    """Databases in which desks keep their records."""

    new: Callable[[], Database] = staticmethod(Database)


def device_key(udi: Udi) -> SigningKey:
    return derive_signing_key(WorldSecret.known(SEED), f"device {udi}")


def sealing_key(udi: Udi) -> SealingKey:
    return derive_sealing_key(WorldSecret.known(SEED), f"device {udi}")


def credential(udi: Udi, *, key: SigningKey | None = None) -> bytes:
    """Credential by which a device says what it is."""
    return write_credential(udi, "image.bin", "2010-03-01T09:00:00Z", "1", key or device_key(udi))


class Desk(LicensingService):
    """The service as the operator `lab` uses it, with what a test wants to know about its records and its mail."""

    def __init__(self, content: Plain | None = None, *, database: Database | None = None) -> None:
        self.key = derive_signing_key(WorldSecret.known(SEED), "portal")
        super().__init__(
            database or Places.new(),
            load_skus(),
            FAMILIES,
            self.key,
            device_verifier=lambda udi: Verifier(device_key(udi).public),
            device_seal=lambda udi: sealing_key(udi).public,
            calendar=calendar,
        )
        if content:
            self.database.load(content)

    @property
    def state(self) -> Records:
        """Records as they are."""
        return records(self)

    def all_but_letters(self) -> Plain:
        """Records as they are, letters aside: a file is sent again with every answer."""
        return {
            name: [row for row in rows if row.get("name") != "letter"]
            for name, rows in self.database.dump().items()
            if name != "outbox"
        }

    def pak(self, quantity: int = 1, sku: str = "L-880-AIS=", **who: Any) -> str:
        return str(self.order(sku, quantity, 0, **who)[0].pak)

    def licenses(self, mail: Mail) -> list[FileLine]:
        [attachment] = mail.attachments
        found = read_license_file(attachment.content, Verifier(self.key.public))
        assert all(isinstance(each, FileLine) for each in found)
        return [each for each in found if isinstance(each, FileLine)]

    def ticket(self, mail: Mail) -> PermissionTicket:
        [attachment] = mail.attachments
        paper = attachment.content
        return read_permission_ticket(paper, Verifier(self.key.public), sealing_key(source_of(paper)))

    def answered(self, source: Udi, now: Instant = 0) -> bytes:
        """The rehost ticket with which the source answers a permission ticket."""
        return answer(self.ticket(self.permission(source, now)))

    def customer(self, name: str) -> Account:
        """An account of a customer."""
        return self.accounts.add(name, PASSWORD, by=LAB)

    # every act is the operator's, unless a test says otherwise
    def order(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().order(*what, by=by, **how)

    def lost_pak(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().lost_pak(*what, by=by, **how)

    def look_up(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().look_up(*what, by=by, **how)

    def register(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().register(*what, by=by, **how)

    def register_rows(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().register_rows(*what, by=by, **how)

    def resend(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().resend(*what, by=by, **how)

    def demo(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().demo(*what, by=by, **how)

    def extension(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().extension(*what, by=by, **how)

    def contract(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().contract(*what, by=by, **how)

    def rma(self, failed: Udi, *what: Any, by: str = LAB, contract: str | None = None, **how: Any) -> Any:
        if contract is None:
            known = self.database.dump().get("contracts", [])
            contract = next((row["number"] for row in known if row["udi"] == str(failed)), "none")
        return super().rma(failed, *what, by=by, contract=contract, **how)

    def rehostable(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().rehostable(*what, by=by, **how)

    def permission(self, source: Udi, *what: Any, by: str = LAB, **how: Any) -> Any:
        """Ask for a permission ticket; the lab's own devices are made, if they were not yet."""
        if by == LAB and not self.made(source):
            self.manufacture(source, [], 0)
        return super().permission(source, *what, by=by, **how)

    def made(self, udi: Udi) -> bool:
        return any(row["udi"] == str(udi) for row in self.database.dump().get("contracts", []))

    def rehost(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return super().rehost(*what, by=by, **how)

    def entitlements(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return self.queries.entitlements(*what, by=by, **how)

    def add_account(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return self.accounts.add(*what, by=by, **how)

    def change_account(self, *what: Any, by: str = LAB, **how: Any) -> Any:
        return self.accounts.change(*what, by=by, **how)


def answer(ticket: PermissionTicket) -> bytes:
    return write_rehost_ticket(rehost_ticket_for(ticket), device_key(ticket.source))


def calendar(now: Instant) -> datetime:
    return START + timedelta(milliseconds=now)
