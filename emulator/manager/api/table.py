"""All calls, by subject, in the order of the description."""

from collections.abc import Mapping
from typing import Any

from emulator.manager.api import access, devices, jobs, licenses, people, policies, portal, reports
from emulator.manager.api.call import ManagerCall

SUBJECTS: Mapping[str, tuple[ManagerCall[Any, Any], ...]] = {
    "Devices": devices.CALLS,
    "PAKs and licenses": licenses.CALLS,
    "License portal": portal.CALLS,
    "Policies": policies.CALLS,
    "Jobs": jobs.CALLS,
    "Reports": reports.CALLS,
    "Users": people.CALLS,
    "Folders and access lists": access.CALLS,
}
