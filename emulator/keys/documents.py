"""The signed documents of licensing, for other rooms: license files, permission and rehost tickets, credentials."""

from emulator.keys.canonical_xml import InvalidDocument
from emulator.keys.credentials import Credential, read_credential, write_credential
from emulator.keys.license_files import (
    LICENSE_FILE_LIMIT,
    DamagedLine,
    read_license_file,
    write_license_file,
    write_saved_licenses,
)
from emulator.keys.signed import TICKET_LIMIT
from emulator.keys.tickets import (
    OtherRecipient,
    read_permission_ticket,
    read_rehost_ticket,
    write_permission_ticket,
    write_rehost_ticket,
)

__all__ = [
    "LICENSE_FILE_LIMIT",
    "TICKET_LIMIT",
    "Credential",
    "DamagedLine",
    "InvalidDocument",
    "OtherRecipient",
    "read_credential",
    "read_license_file",
    "read_permission_ticket",
    "read_rehost_ticket",
    "write_credential",
    "write_license_file",
    "write_permission_ticket",
    "write_rehost_ticket",
    "write_saved_licenses",
]
