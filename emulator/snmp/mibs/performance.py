"""CISCO-PROCESS-MIB, CISCO-MEMORY-POOL-MIB and the load of OLD-CISCO-CPU-MIB, from `show processes` and `show memory`.

Identifiers: the public modules of cisco-mibs (cpmCPUTotalTable, ciscoMemoryPoolTable, busyPer and avgBusy).
"""

from emulator.console.render.system.memory import cpu_load, pools
from emulator.router.device import Router
from emulator.snmp.mibs.entity import CHASSIS
from emulator.snmp.tables import Column, Index, MibTable, scalars
from emulator.snmp.values import TRUE, ValueType, oid


def _loads(router: Router) -> dict[Index, tuple[int, int]]:
    return {(1,): cpu_load(router.uptime())}


CPU = MibTable(
    oid("1.3.6.1.4.1.9.9.109.1.1.1.1"),
    _loads,
    (
        Column(2, "cpmCPUTotalPhysicalIndex", ValueType.INTEGER, lambda _: CHASSIS),
        Column(3, "cpmCPUTotal5sec", ValueType.GAUGE, lambda row: row[0]),
        Column(4, "cpmCPUTotal1min", ValueType.GAUGE, lambda row: row[1]),
        Column(5, "cpmCPUTotal5min", ValueType.GAUGE, lambda row: row[1]),
        Column(6, "cpmCPUTotal5secRev", ValueType.GAUGE, lambda row: row[0]),
        Column(7, "cpmCPUTotal1minRev", ValueType.GAUGE, lambda row: row[1]),
        Column(8, "cpmCPUTotal5minRev", ValueType.GAUGE, lambda row: row[1]),
    ),
)

OLD_CPU = scalars(
    oid("1.3.6.1.4.1.9.2.1"),
    (
        Column(56, "busyPer", ValueType.INTEGER, lambda router: cpu_load(router.uptime())[0]),
        Column(57, "avgBusy1", ValueType.INTEGER, lambda router: cpu_load(router.uptime())[1]),
        Column(58, "avgBusy5", ValueType.INTEGER, lambda router: cpu_load(router.uptime())[1]),
    ),
)

MEMORY = MibTable(
    oid("1.3.6.1.4.1.9.9.48.1.1.1"),
    lambda router: {(number,): pool for number, pool in enumerate(pools(router), 1)},
    (
        Column(2, "ciscoMemoryPoolName", ValueType.OCTETS, lambda row: row.name),
        Column(3, "ciscoMemoryPoolAlternate", ValueType.INTEGER, lambda _: 0),
        Column(4, "ciscoMemoryPoolValid", ValueType.INTEGER, lambda _: TRUE),
        Column(5, "ciscoMemoryPoolUsed", ValueType.GAUGE, lambda row: row.used),
        Column(6, "ciscoMemoryPoolFree", ValueType.GAUGE, lambda row: row.free),
        Column(7, "ciscoMemoryPoolLargestFree", ValueType.GAUGE, lambda row: row.largest),
    ),
)

TABLES = (CPU, OLD_CPU, MEMORY)
