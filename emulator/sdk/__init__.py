"""The license manager for programs in Python: typed, over HTTPS, waiting for answers or for asyncio.

Every call of `emulator.manager.api` is one object with the types of its inputs and its answer, so one method makes
them all: `client.call(devices.LIST_DEVICES, devices.FindDevices(group="north"))`.
"""

from emulator.sdk.client import AsyncManagerClient, ManagerClient
from emulator.sdk.messages import ManagerError

__all__ = ["AsyncManagerClient", "ManagerClient", "ManagerError"]
