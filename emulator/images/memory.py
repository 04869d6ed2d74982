"""The rule by which an image fits into the memory of a router: the reason behind two refusals.

All I, fitted to the routers that run with 256 MB: an image expands to 2.9 times its file, and IOS needs a quarter
more than its I/O memory and 24 MB to work in. ROMMON knows only the first and says so before it expands; IOS finds
the second when it starts. A megabyte is 10^6 bytes of a file and 2^20 bytes of memory, as the notes count them.
"""

from emulator.images.container import ImageFault

EXPANSION_TENTHS = 29
IOMEM_QUARTERS = 5
WORKING_MIB = 24


def expanded_bytes(size: int) -> int:
    """Size of a file of `size` bytes once it is expanded, in bytes."""
    return size * EXPANSION_TENTHS // 10


def memory_fault(size: int, dram_kib: int, iomem_kib: int) -> ImageFault | None:
    """Fault that keeps an image of this size from starting in so much memory; None if it fits."""
    image = expanded_bytes(size) / 1_000_000
    dram, iomem = dram_kib / 1024, iomem_kib / 1024
    if image > dram:
        return ImageFault.TOO_LARGE
    if image + iomem * IOMEM_QUARTERS / 4 + WORKING_MIB > dram:
        return ImageFault.NO_ROOM_TO_WORK
    return None
