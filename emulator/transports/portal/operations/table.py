"""All operations, in the order of the description."""

from typing import Any

from emulator.transports.portal.operation import Operation
from emulator.transports.portal.operations import accounts, audit, devices, letters, purchase, registration, transfer

SUBJECTS: dict[str, tuple[Operation[Any, Any], ...]] = {
    "Orders and PAKs": purchase.OPERATIONS,
    "Registration": registration.OPERATIONS,
    "Transfer": transfer.OPERATIONS,
    "Mail and files": letters.OPERATIONS,
    "Devices": devices.OPERATIONS,
    "Audit log": audit.OPERATIONS,
    "Accounts": accounts.OPERATIONS,
}
