"""CISCO-IMAGE-LICENSE-MGMT-MIB: the level that runs, the configured one, and the one that the next boot brings up.

C: the module itself (revision 2007-10-16), which is the case of an 880: `license boot module` by SNMP, for which the
agreement must be accepted by cilmEULAAccepted before. I: accepting it by that object accepts it for the license that
the level then needs, as the dialog of the command does; the priorities are those of `show license image levels`.
"""

import msgspec

from emulator.licensing.store import StoredLicense
from emulator.router.device import Router
from emulator.router.licensing.boot_level import choose_boot_level
from emulator.router.licensing.numbers import license_number, store_number
from emulator.snmp.errors import ErrorStatus
from emulator.snmp.mibs.entity import CHASSIS
from emulator.snmp.switches import is_on, switches
from emulator.snmp.tables import TRUTH, Column, Commit, Index, MibTable, RowChange, Syntax, scalars
from emulator.snmp.values import TRUE, ValueType, oid

ACCEPTED = "cilmEULAAccepted"
CONFIGURED = "cilmConfiguredBootImageLevel"


def _named(name: str) -> Index:
    """Index of a text of any length (RFC 2578, section 7.7)."""
    octets = name.encode()
    return len(octets), *octets


class ModuleRow(msgspec.Struct, frozen=True):
    """The levels of the software module, and the licenses that they use; None without one."""

    current: str
    configured: str
    following: str
    license: StoredLicense | None
    next_license: StoredLicense | None


def module_rows(router: Router) -> dict[Index, ModuleRow]:
    """Return the one module of an image."""
    inventory, module = router.activation.inventory, router.manifest.license_module
    following = inventory.next_level()
    row = ModuleRow(
        router.running.level,
        router.configuration.boot_level(module) or "",
        following.level,
        inventory.in_use(),
        following.license,
    )
    return {(CHASSIS, *_named(module)): row}


def _store(stored: StoredLicense | None) -> int:
    return 0 if stored is None else store_number(stored)


def _number(stored: StoredLicense | None) -> int:
    return 0 if stored is None else license_number(stored)


def is_accepted(router: Router) -> bool:
    """Tell whether the agreement was accepted, by SNMP in this boot or for all software of the device."""
    return is_on(router, ACCEPTED, usually=router.activation.inventory.licenses.eula_for_all)


def _plan_level(change: RowChange) -> Commit:
    router, level = change.router, change.text(CONFIGURED) or ""
    if change.index not in module_rows(router):
        raise change.refuse(ErrorStatus.NO_CREATION)
    if level and level not in router.manifest.levels:
        raise change.refuse(ErrorStatus.WRONG_VALUE)
    if not is_accepted(router):
        raise change.refuse(ErrorStatus.INCONSISTENT_VALUE)

    return lambda: choose_boot_level(router, level)


MODULE_TABLE = MibTable(
    oid("1.3.6.1.4.1.9.9.640.1.1.1"),
    module_rows,
    (
        Column(2, "cilmCurrentImageLevel", ValueType.OCTETS, lambda row: row.current),
        Column(3, CONFIGURED, ValueType.OCTETS, lambda row: row.configured, written=Syntax()),
        Column(4, "cilmNextBootImageLevel", ValueType.OCTETS, lambda row: row.following),
        Column(5, "cilmCurrentLicenseStoreIndex", ValueType.GAUGE, lambda row: _store(row.license)),
        Column(6, "cilmCurrentLicenseIndex", ValueType.GAUGE, lambda row: _number(row.license)),
        Column(7, "cilmNextBootLicenseStoreIndex", ValueType.GAUGE, lambda row: _store(row.next_license)),
        Column(8, "cilmNextBootLicenseIndex", ValueType.GAUGE, lambda row: _number(row.next_license)),
    ),
    _plan_level,
)


class LevelRow(msgspec.Struct, frozen=True):
    """A level of the image, which the license of that name unlocks; 1 is the highest priority."""

    level: str
    priority: int


def level_rows(router: Router) -> dict[Index, LevelRow]:
    """Return the levels of the image, the highest first."""
    manifest = router.manifest
    return {
        (CHASSIS, *_named(manifest.license_module), number): LevelRow(level, number)
        for number, level in enumerate(reversed(manifest.levels), 1)
    }


LEVEL_TABLE = MibTable(
    oid("1.3.6.1.4.1.9.9.640.1.2.1"),
    level_rows,
    (
        Column(2, "cilmImageLicenseImageLevel", ValueType.OCTETS, lambda row: row.level),
        Column(3, "cilmImageLicenseName", ValueType.OCTETS, lambda row: row.level),
        Column(4, "cilmImageLicensePriority", ValueType.GAUGE, lambda row: row.priority),
    ),
)


def _plan_agreement(change: RowChange) -> Commit:
    number = change.number(ACCEPTED) or TRUE

    def commit() -> None:
        change.router.running.snmp.switches[ACCEPTED] = number

    return commit


AGREEMENT = scalars(
    oid("1.3.6.1.4.1.9.9.640.1"),
    (Column(3, ACCEPTED, ValueType.INTEGER, is_accepted, written=TRUTH),),
    _plan_agreement,
)
NOTIFICATIONS = switches(oid("1.3.6.1.4.1.9.9.640.1.4"), ("cilmImageLevelChangedNotif",), usually=False)

TABLES = (MODULE_TABLE, LEVEL_TABLE, AGREEMENT, NOTIFICATIONS)
