"""A back end with its calendar, its devices' keys and a device that answers permission tickets."""

from datetime import UTC, datetime, timedelta

from emulator.backend.mail import Mail
from emulator.backend.service import LicensingService
from emulator.backend.skus import load_skus
from emulator.backend.state import BackendState
from emulator.kernel.time import Instant
from emulator.keys.documents import (
    read_license_file,
    read_permission_ticket,
    write_rehost_ticket,
)
from emulator.keys.signing import SigningKey, Verifier, derive_signing_key
from emulator.licensing.file import FileLine
from emulator.licensing.tickets import PermissionTicket, RehostTicket
from emulator.licensing.udi import Udi

FAMILIES = {"CISCO881-K9": "880", "CISCO881W-GN-A-K9": "880", "IAD881F-K9": "iad880", "CISCO861-K9": "860"}
SEED = 7
START = datetime(2010, 3, 1, 9, tzinfo=UTC)

R1, R2, R3 = (Udi("CISCO881-K9", f"FTX1405YDC{number}") for number in (7, 8, 9))
IAD = Udi("IAD881F-K9", "FTX1405YDD1")
SMALL = Udi("CISCO861-K9", "FTX1405YDD2")


def device_key(udi: Udi) -> SigningKey:
    return derive_signing_key(SEED, f"device {udi}")


class Desk(LicensingService):
    """The service, with what a test wants to know about its mail."""

    def __init__(self, state: BackendState | None = None) -> None:
        self.key = derive_signing_key(SEED, "portal")
        super().__init__(
            state or BackendState(),
            load_skus(),
            FAMILIES,
            self.key,
            device_verifier=lambda udi: Verifier(device_key(udi).public),
            calendar=calendar,
        )

    def pak(self, quantity: int = 1, sku: str = "L-880-AIS=") -> str:
        return self.order(sku, quantity, 0)[0].pak

    def licenses(self, mail: Mail) -> list[FileLine]:
        [attachment] = mail.attachments
        found = read_license_file(attachment.content, Verifier(self.key.public))
        assert all(isinstance(each, FileLine) for each in found)
        return [each for each in found if isinstance(each, FileLine)]

    def ticket(self, mail: Mail) -> PermissionTicket:
        [attachment] = mail.attachments
        return read_permission_ticket(attachment.content, Verifier(self.key.public))

    def answered(self, source: Udi) -> bytes:
        """The rehost ticket with which the source answers a permission ticket."""
        return answer(self.ticket(self.permission(source, 0)))


def answer(ticket: PermissionTicket) -> bytes:
    return write_rehost_ticket(RehostTicket(ticket.id, ticket.source, ticket.revoke), device_key(ticket.source))


def calendar(now: Instant) -> datetime:
    return START + timedelta(milliseconds=now)
