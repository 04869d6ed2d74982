"""`show buffers` and `show region`: pools of packet buffers, and how the memory is divided.

R: forms, and the numbers of each public pool. I: the hits, which follow from the uptime as those of an idle router do,
and the addresses, which follow from the size of the memory.
"""

from emulator.console.render.system.memory import PROCESSOR_HEAD, pools
from emulator.console.wording import wording
from emulator.kernel.time import MINUTE
from emulator.router.device import Router

POOLS = (
    ("Small", 104, 50, 20, 150, 30),
    ("Middle", 600, 25, 10, 150, 8),
    ("Big", 1536, 50, 5, 150, 6),
    ("VeryBig", 4520, 10, 0, 100, 0),
    ("Large", 5024, 0, 0, 10, 0),
    ("Huge", 18024, 0, 0, 4, 0),
)
"""Public pools: name, bytes, permanent buffers, least and most that are free, and hits in a minute."""

PORT_BUFFERS = 192
"""Buffers of an Ethernet port."""

MEGABYTE = 1024 * 1024


def show_buffers(router: Router) -> str:
    """Screen of the pools; no packet is forwarded, so none has run empty."""
    minutes = router.uptime() // MINUTE
    public = ""
    for name, size, permanent, least, most, hits in POOLS:
        public += (
            f"{name} buffers, {size} bytes (total {permanent}, permanent {permanent}):\n"
            f"     {permanent} in free list ({least} min, {most} max allowed)\n"
            f"     {hits * minutes} hits, 0 misses, 0 trims, 0 created\n     0 failures (0 no memory)\n"
        )
    ports = "".join(
        f"{port.name} buffers, 1536 bytes (total {PORT_BUFFERS}, permanent {PORT_BUFFERS}):\n"
        f"     0 in free list (0 min, {PORT_BUFFERS} max allowed)\n     {PORT_BUFFERS} hits, 0 fallbacks\n"
        f"     {PORT_BUFFERS} max cache size, 128 in cache\n     64 hits in cache, 0 misses in cache\n"
        for port in router.platform.interfaces
        if "Ethernet" in port.name
    )
    return wording("buffers.screen", hits=44 * minutes, public=public, ports=ports)


def show_regions(router: Router) -> str:
    """Screen of the regions of memory: I/O memory at the end, IOS and its heap in front of it."""
    platform = router.platform
    processor, _ = pools(router)
    end = PROCESSOR_HEAD & 0xFF000000 | platform.main_kib * 1024 - 1
    rows = (
        (0x0E000000, 0x0E000000 + platform.iomem_kib * 1024 - 1, "Iomem", "iomem"),
        (0x80000000, end, "Local", "main"),
        (0x80012000, PROCESSOR_HEAD - 0x2000000, "IText", "main:text"),
        (PROCESSOR_HEAD - 0x2000000 + 1, PROCESSOR_HEAD - 0x800000, "IData", "main:data"),
        (PROCESSOR_HEAD - 0x800000 + 1, PROCESSOR_HEAD - 1, "IBss", "main:bss"),
        (PROCESSOR_HEAD, PROCESSOR_HEAD + processor.total - 1, "Local", "main:heap"),
    )
    table = "".join(
        f"0x{start:08X}  0x{last:08X}  {last - start + 1:10d}  {kind:<6s}  R/W    {name}\n"
        for start, last, kind, name in rows
    )
    return wording("region.screen", rows=table)
