"""Names of the groups and entries that the agent's objects stand in, as `show snmp mib` lists them (C: the MIBs)."""

from emulator.kernel.modules import load_table, module_names
from emulator.snmp import mibs
from emulator.snmp.values import Oid, oid

ENTRIES = {
    "1.3.6.1.2.1.1": "system",
    "1.3.6.1.2.1.2": "interfaces",
    "1.3.6.1.2.1.2.2.1": "ifEntry",
    "1.3.6.1.2.1.4.20.1": "ipAddrEntry",
    "1.3.6.1.2.1.11": "snmp",
    "1.3.6.1.2.1.31.1": "ifMIBObjects",
    "1.3.6.1.2.1.31.1.1.1": "ifXEntry",
    "1.3.6.1.2.1.47.1.1.1.1": "entPhysicalEntry",
    "1.3.6.1.4.1.9.2.1": "lsystem",
    "1.3.6.1.4.1.9.2.9": "lts",
    "1.3.6.1.4.1.9.9.48.1.1.1": "ciscoMemoryPoolEntry",
    "1.3.6.1.4.1.9.9.109.1.1.1.1": "cpmCPUTotalEntry",
    "1.3.6.1.4.1.9.9.543.1.1": "clmgmtLicenseConfiguration",
    "1.3.6.1.4.1.9.9.543.1.1.2.1": "clmgmtLicenseActionEntry",
    "1.3.6.1.4.1.9.9.543.1.1.3.1": "clmgmtLicenseActionResultEntry",
    "1.3.6.1.4.1.9.9.543.1.2.1.1": "clmgmtLicenseStoreInfoEntry",
    "1.3.6.1.4.1.9.9.543.1.2.2.1": "clmgmtLicenseDeviceInfoEntry",
    "1.3.6.1.4.1.9.9.543.1.2.3.1": "clmgmtLicenseInfoEntry",
    "1.3.6.1.4.1.9.9.543.1.2.4.1": "clmgmtLicensableFeatureEntry",
    "1.3.6.1.4.1.9.9.543.1.3": "clmgmtLicenseDeviceInformation",
    "1.3.6.1.4.1.9.9.543.1.3.2.1": "clmgmtDevCredExportActionEntry",
    "1.3.6.1.4.1.9.9.543.1.4": "clmgmtLicenseNotifObjects",
    "1.3.6.1.4.1.9.9.640.1": "ciscoImageLicenseMgmtMIBObjects",
    "1.3.6.1.4.1.9.9.640.1.1.1": "cilmBootImageLevelEntry",
    "1.3.6.1.4.1.9.9.640.1.2.1": "cilmImageLevelToLicenseMapEntry",
    "1.3.6.1.4.1.9.9.640.1.4": "cilmNotifCntl",
    "1.3.6.1.6.3.10.2.1": "snmpEngine",
    "1.3.6.1.6.3.11.2.1": "snmpMPDStats",
    "1.3.6.1.6.3.12.1": "snmpTargetObjects",
    "1.3.6.1.6.3.15.1.1": "usmStats",
}


def object_names() -> tuple[str, ...]:
    """List the agent's objects in the order of the tree: the name of their group or entry, and their number in it.

    A group without a name here stands as its numbers.
    """
    names = {oid(number): name for number, name in ENTRIES.items()}
    tables = (table for module in module_names(mibs) for table in load_table(module).TABLES)
    found: list[tuple[Oid, str]] = [
        ((*table.oid, column.number), f"{names.get(table.oid) or '.'.join(map(str, table.oid))}.{column.number}")
        for table in tables
        for column in table.columns
    ]
    return tuple(name for _, name in sorted(found))
