"""Roles of the manager's users, and the actions that each may take.

C: the five roles and the extract of their matrix (Java API reference 2.0, appendix C). A user without a role is a
ReportMgr (C). I: credentials and the access to the
portal go with the users, for they are secrets; what the extract does not name is read by all.
"""

from collections.abc import Mapping
from enum import StrEnum


class ManagerRole(StrEnum):
    """Role of a user, as its name is written."""

    ADMIN = "Admin"
    INVENTORY = "InventoryMgr"
    PAK = "PAKMgr"
    LICENSE = "LicenseMgr"
    REPORT = "ReportMgr"


class ManagerAction(StrEnum):
    """Action of a user, in words that complete "may not"."""

    MANAGE_USERS = "manage users"
    MANAGE_CREDENTIALS = "manage credentials"
    DISCOVER = "discover devices"
    CREATE_DEVICES = "add devices"
    DELETE_DEVICES = "delete devices"
    POLL = "poll devices"
    MANAGE_GROUPS = "manage device groups"
    MANAGE_ACCESS = "manage access lists of devices and groups"
    MANAGE_BACK_END = "choose the license portal"
    MANAGE_PAKS = "manage PAKs"
    DEPLOY = "obtain and deploy licenses"
    READ_DEVICES = "read devices"
    READ_PAKS = "read PAKs"
    READ_TRAIL = "read the audit trail"
    MAKE_REPORTS = "make reports"
    EXCHANGE = "exchange bundles with other managers"
    READ_REPORTS = "read reports"


_BY_LEAST_ROLE: Mapping[ManagerRole, tuple[ManagerAction, ...]] = {
    ManagerRole.ADMIN: (
        ManagerAction.MANAGE_USERS,
        ManagerAction.MANAGE_CREDENTIALS,
        ManagerAction.MANAGE_BACK_END,
        ManagerAction.MANAGE_ACCESS,
        ManagerAction.DISCOVER,
        ManagerAction.CREATE_DEVICES,
        ManagerAction.DELETE_DEVICES,
        ManagerAction.READ_TRAIL,
        ManagerAction.MAKE_REPORTS,
        ManagerAction.EXCHANGE,
    ),
    ManagerRole.INVENTORY: (ManagerAction.POLL, ManagerAction.MANAGE_GROUPS),
    ManagerRole.PAK: (ManagerAction.MANAGE_PAKS,),
    ManagerRole.LICENSE: (ManagerAction.DEPLOY,),
    ManagerRole.REPORT: (ManagerAction.READ_DEVICES, ManagerAction.READ_PAKS, ManagerAction.READ_REPORTS),
}
"""Rows of the matrix: each role may what stands in its own row and in those below it."""


def actions_of(role: ManagerRole) -> frozenset[ManagerAction]:
    """Return all actions that a role allows."""
    rows = list(_BY_LEAST_ROLE)
    return frozenset(action for row in rows[rows.index(role) :] for action in _BY_LEAST_ROLE[row])
