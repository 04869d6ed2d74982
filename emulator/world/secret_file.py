"""The file that keeps the secret of a world, beside its state, in its directory and in every copy of it."""

from pathlib import Path

from emulator.kernel.errors import START_ANEW, DataFileError
from emulator.kernel.private_files import write_private
from emulator.keys.world_secret import WorldSecret
from emulator.world.state import WorldState

SECRET = "secret"  # noqa: S105 - the name of a file


def write_secret(folder: Path, secret: WorldSecret) -> None:
    """Write a secret into a folder.

    Raises:
        OSError: the disk did not take it.
    """
    write_private(folder / SECRET, f"{secret.text()}\n".encode())


def read_secret(folder: Path, state: WorldState) -> WorldSecret:
    """Read the secret in a folder, which must be that of the state there.

    Raises:
        DataFileError: the secret is missing, damaged, or that of another world.
    """
    path = folder / SECRET
    try:
        secret = WorldSecret.parse(path.read_bytes().decode("ascii").removesuffix("\n"))
    except FileNotFoundError:
        problem = "is missing, and the keys of the world with it"
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    except ValueError:
        problem = "is damaged"
    else:
        if secret.mark == state.secret_mark:
            return secret
        problem = "is not that of the world beside it"
    raise DataFileError(str(path), None, f"{problem}; put a copy back, or {START_ANEW}")
