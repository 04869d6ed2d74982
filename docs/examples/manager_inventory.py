"""Print every device of a manager and its level, many pages at a time: python manager_inventory.py URL TOKEN CA.pem."""

import asyncio
import sys

from emulator.manager.api import devices
from emulator.sdk import AsyncManagerClient

PAGE = 1_000
"""Devices of one page, the most that the manager gives."""


async def main(url: str, token: str, ca: str) -> int:
    """Read the first page, which tells how many there are, and all others at once."""
    async with AsyncManagerClient(url, token, ca=ca) as manager:
        first = await manager.call(devices.LIST_DEVICES, devices.FindDevices(limit=PAGE))
        others = [
            manager.call(devices.LIST_DEVICES, devices.FindDevices(limit=PAGE, offset=offset))
            for offset in range(PAGE, first.total, PAGE)
        ]
        for part in [first, *await asyncio.gather(*others)]:
            for device in part.rows:
                untold = f"replaced by {device.replaced_by}" if device.replaced_by else "never read"
                print(f"{device.udi}  {device.level or untold}")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))
