"""The license manager on this host: its folder, its key, its database, and the network.

The folder has the database, unless that is on a server, and the key to the passwords in it, in a file that its owner
alone can read. The key is made once; without it the credential sets cannot be read and have to be typed again.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.private_files import open_private, private_folder
from emulator.keys.sealing import CannotOpen
from emulator.keys.secret_box import KEY_SIZE, SecretBox, new_key
from emulator.manager.context import LOCAL_USER, ManagerContext
from emulator.manager.ports import LicenseBackEnd, Outcome
from emulator.manager.store.database import ManagerDatabase
from emulator.runtime.wall_clock import seconds_since_1970
from emulator.transports.backend_client.client import PortalClient
from emulator.transports.device_sessions.connect import AtOnce, SessionConnector

DATABASE, KEY = "manager.db", "key"

AT_ONCE = 32
"""Devices that are worked at at one time, unless the user says otherwise."""


def manager_folder(given: Path | None) -> Path:
    """The folder of a manager: the one given, or the usual one of this user under the XDG state directory."""
    if given is not None:
        return given
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "isrtwin" / "manager"


@contextmanager
def opened_manager(
    folder: Path, *, database: str | None = None, user: str | None = None, at_once: int = AT_ONCE, begins: bool = True
) -> Iterator[ManagerContext]:
    """Open the manager in a folder for a user.

    Args:
        folder: its folder.
        database: URL of a PostgreSQL database; None for the file in the folder.
        user: who acts; None for the local user.
        at_once: devices that are worked at at one time.
        begins: whether a manager is made where there is none.

    Raises:
        DataFileError: the key or the database is damaged, or the passwords were sealed with another key.
        Refused: the folder or the database cannot be used, or there is no manager.
        UnknownName: there is no such user.
    """
    if not begins and database is None and not (folder / DATABASE).exists():
        raise Refused(f"there is no license manager in {folder}; `isrtwin manager credentials keep` begins one")
    try:
        private_folder(folder)
        box = SecretBox(_key(folder / KEY))
    except OSError as error:
        raise Refused(f"{folder} cannot be used: {error.strerror}") from error
    records = ManagerDatabase(database or folder / DATABASE, box)
    try:
        yield ManagerContext(
            records, SessionConnector(most=at_once), AtOnce(at_once), _now, asyncio.sleep, user or LOCAL_USER
        )
    except CannotOpen as error:
        raise DataFileError(
            str(folder / KEY), None, "is not the key to the passwords in the database; put it back, or add them again"
        ) from error
    finally:
        records.close()


async def with_back_end(context: ManagerContext, act: Callable[[LicenseBackEnd], Awaitable[Outcome]]) -> Outcome:
    """Do something with the license portal that was chosen.

    Raises:
        Refused: none was chosen yet.
    """
    with context.database.reading() as records:
        if (access := records.back_end()) is None:
            raise Refused("no license portal was chosen yet; `isrtwin manager portal URL` does it")
    client = PortalClient(access)
    try:
        return await act(client)
    finally:
        await client.close()


def _key(path: Path) -> bytes:
    """Read the key, which the first opening makes; two that open at once take the same one."""
    import fcntl

    with os.fdopen(open_private(path), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        key = file.read(KEY_SIZE + 1)
        if not key:
            key = new_key()
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
    if len(key) != KEY_SIZE:
        raise DataFileError(str(path), None, "is damaged; put a copy back")
    return key


def _now() -> int:
    return round(seconds_since_1970() * 1000)
