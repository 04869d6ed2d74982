"""Permission tickets as tests read them, without a device to open them, and a device's answer to one."""

import re

from emulator.licensing.tickets import PermissionTicket, RehostTicket
from emulator.licensing.udi import Udi

_SOURCE = re.compile(rb"<UDI>\s*<PID>([^<]*)</PID>\s*<SN>([^<]*)</SN>")


def source_of(document: bytes) -> Udi:
    """The device that a permission ticket is for: the first that its readable part names."""
    found = _SOURCE.search(document)
    assert found is not None
    pid, serial = (part.decode() for part in found.groups())
    return Udi(pid, serial)


def rehost_ticket_for(ticket: PermissionTicket) -> RehostTicket:
    """The answer of a device that has carried out a ticket."""
    return RehostTicket(ticket.id, ticket.source, ticket.revoke, ticket.nonce)
