"""Causes for which an operation of the license agent fails, each with a sentence for people.

C: those that CISCO-LICENSE-MGMT-MIB has for the action of the same kind; I: the others.
"""

from collections.abc import Mapping
from enum import StrEnum

from emulator.router.license_action import FailCause


class AgentCause(StrEnum):
    """Causes, as messages have them."""

    GENERAL = "general"
    INVALID_FILE = "invalid-file"
    INVALID_LINE = "invalid-line"
    ALREADY_EXISTS = "already-exists"
    NOT_VALID_FOR_DEVICE = "not-valid-for-device"
    INVALID_COUNT = "invalid-count"
    INVALID_PERIOD = "invalid-period"
    IN_USE = "in-use"
    INVALID_STORE = "invalid-store"
    STORAGE_FULL = "storage-full"
    INVALID_PERMISSION_TICKET = "invalid-permission-ticket"
    INVALID_REHOST_TICKET = "invalid-rehost-ticket"
    AGREEMENT_NOT_ACCEPTED = "agreement-not-accepted"
    INVALID_COMMENT = "invalid-comment"
    UNKNOWN_LEVEL = "unknown-level"
    UNKNOWN_LICENSE = "unknown-license"
    INVALID_MESSAGE = "invalid-message"


TEXTS: Mapping[AgentCause, str] = {
    AgentCause.GENERAL: "The operation is not possible.",
    AgentCause.INVALID_FILE: "The document is not a license file of this world.",
    AgentCause.INVALID_LINE: "The license line is damaged.",
    AgentCause.ALREADY_EXISTS: "The license is installed already.",
    AgentCause.NOT_VALID_FOR_DEVICE: "The license is for another device.",
    AgentCause.INVALID_COUNT: "The license has a count that is not allowed.",
    AgentCause.INVALID_PERIOD: "The license has a period that is not allowed.",
    AgentCause.IN_USE: "The license is in use.",
    AgentCause.INVALID_STORE: "The license came with the image and cannot be changed.",
    AgentCause.STORAGE_FULL: "The license storage is full.",
    AgentCause.INVALID_PERMISSION_TICKET: "The document is not a permission ticket that this device can carry out.",
    AgentCause.INVALID_REHOST_TICKET: "No permission ticket was carried out on this device.",
    AgentCause.AGREEMENT_NOT_ACCEPTED: "The end user license agreement has to be accepted.",
    AgentCause.INVALID_COMMENT: "A comment has at most 99 printable ASCII characters.",
    AgentCause.UNKNOWN_LEVEL: "The image has no such level.",
    AgentCause.UNKNOWN_LICENSE: "No license has this number.",
    AgentCause.INVALID_MESSAGE: "The message does not follow the schema.",
}


def cause_of(cause: FailCause) -> AgentCause:
    """Return the cause of a message for the cause of an action."""
    return AgentCause.__members__.get(cause.name, AgentCause.GENERAL)
