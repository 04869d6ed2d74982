"""The signed papers of licensing, for other rooms: license files, permission tickets, rehost tickets."""

from emulator.keys.license_files import LICENSE_FILE_LIMIT, DamagedLine, read_license_file, write_license_file
from emulator.keys.paper import InvalidDocument
from emulator.keys.tickets import (
    TICKET_LIMIT,
    read_permission_ticket,
    read_rehost_ticket,
    write_permission_ticket,
    write_rehost_ticket,
)

__all__ = [
    "LICENSE_FILE_LIMIT",
    "TICKET_LIMIT",
    "DamagedLine",
    "InvalidDocument",
    "read_license_file",
    "read_permission_ticket",
    "read_rehost_ticket",
    "write_license_file",
    "write_permission_ticket",
    "write_rehost_ticket",
]
