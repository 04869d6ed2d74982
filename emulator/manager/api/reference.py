"""Calls of the first license manager's API, each with the call here that does it, or the reason why there is none.

C: the names, from the contents of its Java API reference; the semantics are ours where only a name was readable.
"""

from collections.abc import Mapping

PLANNED = "not yet: "
"""Beginning of a reason that a later version takes away."""

CLM_CALLS: Mapping[str, Mapping[str, str]] = {
    "Access control": dict.fromkeys(
        (
            "addUserToDeviceAccessList", "addUserToGroupAccessList", "addUserToPAKAccessList", "getAssociatedActions",
            "getUserAccessListFromDevice", "getUserAccessListFromGroup", "getUserAccessListFromPAK",
            "removeAccessListFromDevice", "removeAccessListFromGroup", "removeUserFromDeviceAccessList",
            "removeUserFromGroupAccessList", "removeUserFromPAKAccessList",
        ),
        f"{PLANNED}roles alone decide, there are no access lists",
    ),
    "Device groups": {
        "addDevicesToGroup": "join_group",
        "createDeviceGroup": "keep_group",
        "deleteDeviceGroup": "delete_group",
        "listAllGroups": "list_groups",
        "removeDevicesFromGroup": "leave_group",
        "renameDeviceGroup": f"{PLANNED}a group is made anew under the other name",
    },
    "Devices": {
        "asyncDiscoverDevices": "submit_discover",
        "asyncPollDeviceLicenseInfo": "submit_poll",
        "createDeviceByIPAddr": "submit_discover",
        "createDevicesByUDI": "add_devices",
        "deleteDevices": "delete_devices",
        "getActiveRMADevices": "list_devices",
        "getAllowedOperationByDevicePlatform": "none: every platform of the family allows the same operations",
        "getDiscoveryAuthInfo": "list_credentials",
        "getDiscoverySettings": "list_schedules",
        "getDiscoveryTransports": "list_groups",
        "listAllDevices": "list_devices",
        "listAllDevicesInGroup": "list_devices",
        "listAllGroupsByDevice": "read_device",
        "listApplicableDevicesBySKU": f"{PLANNED}the portal refuses a device that a SKU does not fit",
        "listDeviceIdsByFilter": "list_devices",
        "readDevices": "read_device",
        "reCreateDevices": "submit_discover",
        "writeDevices": "none: what is known of a device is what it told; groups are changed by calls of their own",
        "checkDeviceConnection": "submit_poll",
    },
    "Jobs": {
        "getAsyncOperationStatus": "read_job",
        "getAsyncOperationJobRecords": "read_job",
        "listAllAsyncOperationJobRecords": "list_jobs",
        "listRunningAsyncOperationJobRecords": "list_jobs",
        "setAsyncOperationJobComment": "comment_job",
        "killAsyncOperation": "kill_job",
        "deleteAsyncOperationJobRecords": "delete_job",
    },
    "Folders": dict.fromkeys(
        (
            "addPAKsToFolder", "createFolder", "deleteFolder", "listAllFolders", "removePAKsFromFolder", "renameFolder",
        ),
        f"{PLANNED}PAKs are one list",
    ),
    "Licenses": {
        "asyncAnnotateLicenses": "submit_annotate",
        "asyncDeployLicenses": "submit_deploy_held",
        "asyncObtainLicense": "submit_obtain",
        "deployLicenseByFile": "submit_install",
        "getDeviceIdsWithUnDeployedLicenses": "list_undeployed",
        "getPAKIdsWithUnDeployedLicenses": "list_undeployed",
        "getLicensesOnDevice": "read_device",
        "getRehostableSKUsByDevice": f"{PLANNED}a rehost moves all that can move",
        "getRehostInfo": "list_rehosts",
        "initRehostLicense": "submit_rehost",
        "listAllLicenses": "list_licenses",
        "listAllLicenseLines": f"{PLANNED}the lines of one device are read with it",
        "listAllPAKs": "list_paks",
        "listAllLicensesInPAK": "list_licenses",
        "obtainLicenseForRehost": "submit_rehost",
        "readLicenses": "list_licenses",
        "rehostLicense": "submit_rehost",
        "reObtainLicense": "submit_obtain",
        "resendLicense": "submit_resend",
        "revokeLicenseForRehost": "submit_rehost",
        "transferRMADeviceLicenses": "submit_rma",
        "writeLicenses": "none: a license is as the portal signed it",
    },
    "License lines": {
        "asyncAnnotateLicenseLines": "submit_annotate",
        "asyncDeployLicenseLines": "submit_deploy_held",
        "getLicenseLinesByLicense": "none: a license file is installed as a whole",
        "getLicenseLinesOnDevice": "read_device",
        "listExpiredLicenseLines": "list_expiring",
        "listExpiringLicenseLines": "list_expiring",
        "readLicenseLines": "read_device",
        "writeLicenseLines": "none: a license is as the portal signed it",
    },
    "PAKs": {
        "asyncDownloadPAKInfo": "submit_refresh_paks",
        "createPAKs": "submit_refresh_paks",
        "deletePAKs": "delete_pak",
        "listAllFoldersByPAK": f"{PLANNED}PAKs are one list",
        "listAllPAKsInFolder": f"{PLANNED}PAKs are one list",
        "listPAKContainFeatures": "list_paks",
        "readPAKs": "read_pak",
        "writePAKs": "none: what is known of a PAK is what the portal told",
    },
    "Policies": {
        "asyncExecutePolicy": "execute_policy",
        "createPolicy": "keep_policy",
        "deletePolicy": "delete_policy",
        "enumerateDeviceFilterAttribute": "none: the inputs of `keep_policy` are the attributes",
        "enumerateSKUFilterAttribute": "none: SKUs are filtered by a pattern",
        "listAllPolicies": "list_policies",
        "listFilteredDevices": "try_policy",
        "listFilteredSKUs": "try_policy",
        "readPolicy": "list_policies",
        "writePolicy": "keep_policy",
    },
    "Reports": dict.fromkeys(
        ("generateReport", "readReport"), f"{PLANNED}`isrtwin manager report` makes them"
    ),
    "Scheduler": {
        "listScheduler": "list_schedules",
        "registerScheduler": "keep_schedule",
        "unregisterScheduler": "delete_schedule",
    },
    "Users": {
        "createUser": "keep_user",
        "deleteUser": "delete_user",
        "listAllUsers": "list_users",
        "readUserInfo": "list_users",
        "writeUserInfo": "keep_user",
    },
}  # fmt: skip
