"""ENTITY-MIB (RFC 4133): chassis and cards, from what `show inventory` prints (C: that the UDI is columns 13 and 11).

I: the numbers of the entities, and the columns that no capture shows; a card's vendor type is not known.
"""

import msgspec

from emulator.router.device import Router
from emulator.snmp.tables import Column, Index, MibTable
from emulator.snmp.values import FALSE, TRUE, Oid, ValueType, oid

CHASSIS = 1
"""Number of the chassis, by which the license MIBs name the device."""

CLASS_CHASSIS, CLASS_MODULE = 3, 9


class Entity(msgspec.Struct, frozen=True):
    """An item of the inventory."""

    description: str
    vendor_type: Oid
    contained_in: int
    kind: int
    position: int
    name: str
    hardware: str
    firmware: str
    software: str
    serial: str
    model: str
    replaceable: bool


def entities(router: Router) -> dict[Index, Entity]:
    """Return the chassis and what is in it, by number."""
    platform, udi, manifest = router.platform, router.state.udi, router.manifest
    chassis = platform.inventory
    description = f"{chassis.description}, Hw Serial#: {udi.serial}, Hw Revision: {chassis.hardware_revision}"
    vendor_type = oid(platform.chassis_type_id) if platform.chassis_type_id else (0, 0)
    whole = Entity(
        description, vendor_type, 0, CLASS_CHASSIS, -1, chassis.name, chassis.vid.strip(), platform.rommon,
        manifest.version, udi.serial, udi.pid, replaceable=False,
    )  # fmt: skip
    cards: dict[Index, Entity] = {
        (CHASSIS + number,): Entity(
            card.description, (0, 0), CHASSIS, CLASS_MODULE, number - 1, card.name, card.vid.strip(), "", "",
            card.serial, card.pid, replaceable=False,
        )
        for number, card in enumerate(platform.cards, 1)
    }  # fmt: skip
    return {(CHASSIS,): whole, **cards}


PHYSICAL = MibTable(
    oid("1.3.6.1.2.1.47.1.1.1.1"),
    entities,
    (
        Column(2, "entPhysicalDescr", ValueType.OCTETS, lambda row: row.description),
        Column(3, "entPhysicalVendorType", ValueType.IDENTIFIER, lambda row: row.vendor_type),
        Column(4, "entPhysicalContainedIn", ValueType.INTEGER, lambda row: row.contained_in),
        Column(5, "entPhysicalClass", ValueType.INTEGER, lambda row: row.kind),
        Column(6, "entPhysicalParentRelPos", ValueType.INTEGER, lambda row: row.position),
        Column(7, "entPhysicalName", ValueType.OCTETS, lambda row: row.name),
        Column(8, "entPhysicalHardwareRev", ValueType.OCTETS, lambda row: row.hardware),
        Column(9, "entPhysicalFirmwareRev", ValueType.OCTETS, lambda row: row.firmware),
        Column(10, "entPhysicalSoftwareRev", ValueType.OCTETS, lambda row: row.software),
        Column(11, "entPhysicalSerialNum", ValueType.OCTETS, lambda row: row.serial),
        Column(12, "entPhysicalMfgName", ValueType.OCTETS, lambda _: "Cisco"),
        Column(13, "entPhysicalModelName", ValueType.OCTETS, lambda row: row.model),
        Column(14, "entPhysicalAlias", ValueType.OCTETS, lambda _: ""),
        Column(15, "entPhysicalAssetID", ValueType.OCTETS, lambda _: ""),
        Column(16, "entPhysicalIsFRU", ValueType.INTEGER, lambda row: TRUE if row.replaceable else FALSE),
    ),
)

TABLES = (PHYSICAL,)
