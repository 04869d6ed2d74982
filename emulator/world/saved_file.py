"""The file of a world: its format, a checksum, and its state, in one encoding.

The checksum is over the bytes of the state, so a changed bit is told of and never read as another world. Formats are
numbered; the first two had neither an envelope nor a checksum, and their keys followed from the seed.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from emulator.kernel.errors import DataFileError
from emulator.licensing.udi import Udi
from emulator.world.state import FORMAT, WorldState, inconsistency


class _Header(msgspec.Struct):
    """The fields of every format."""

    format: int


class _Envelope(msgspec.Struct, forbid_unknown_fields=True):
    format: int
    world: msgspec.Raw
    sha256: str = ""


class _Place(msgspec.Struct):
    """The location of the back end's records, in a format without an envelope."""

    database: str | None = None


class _PlaceInside(msgspec.Struct):
    world: _Place


class _Racked(msgspec.Struct):
    """A router of a rack."""

    udi: Udi


class Rack(msgspec.Struct):
    """The routers of a world and the numbers of their loopback addresses, by UDI."""

    routers: dict[str, _Racked] = {}
    addresses: dict[str, int] = {}


class _RackInside(msgspec.Struct):
    world: Rack


def encode(state: WorldState) -> bytes:
    """Encode a state; the same state gives the same bytes, for mappings keep the order in which they were filled."""
    return msgspec.json.encode(state)


def written(state: WorldState) -> bytes:
    """Build the content of the file."""
    body = encode(state)
    return b'{"format":%d,"sha256":"%s","world":%s}\n' % (FORMAT, sha256(body).hexdigest().encode(), body)


Decoded = TypeVar("Decoded")


def _decoded(data: bytes, kind: type[Decoded]) -> Decoded:
    """Decode JSON as a type; bytes that are not UTF-8 raise an error of another family in msgspec."""
    try:
        return msgspec.json.decode(data, type=kind)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(f"it is not UTF-8 ({error.reason})") from error


def format_of(data: bytes, name: str) -> int:
    """Return the format of a file: the present one, or a known older one.

    Raises:
        DataFileError: a newer isrtwin wrote it.
        msgspec.DecodeError: the file is damaged.
    """
    version = _decoded(data, _Header).format
    if version > FORMAT:
        raise DataFileError(
            name,
            "format",
            f"this world was saved by a newer isrtwin (format {version}, this one reads up to {FORMAT});"
            " use that version, or another directory with --world",
        )
    if version < 1:
        raise msgspec.ValidationError(f"there never was a format {version}")
    return version


def read(data: bytes) -> WorldState:
    """Read the state in a file of the present format.

    Raises:
        msgspec.DecodeError: the file is damaged.
    """
    envelope = _decoded(data, _Envelope)
    if not envelope.sha256:
        raise msgspec.ValidationError("it has no checksum")
    if sha256(envelope.world).hexdigest() != envelope.sha256:
        raise msgspec.ValidationError("its content does not have its checksum")
    state = _decoded(bytes(envelope.world), WorldState)
    if problem := inconsistency(state):
        raise msgspec.ValidationError(problem)
    return state


def is_older(path: Path) -> bool:
    """Tell whether a saved file that can be read is of an older format, which is upgraded when its world is loaded."""
    try:
        return format_of(path.read_bytes(), str(path)) < FORMAT
    except (OSError, msgspec.DecodeError):
        return False


def read_copy(path: Path) -> WorldState:
    """Read the state in a file of a copy, which is always of the present format.

    Raises:
        DataFileError: the file cannot be read, is damaged, or is of another format.
    """
    try:
        data = path.read_bytes()
        if format_of(data, str(path)) != FORMAT:
            raise DataFileError(str(path), "format", "is of an older isrtwin, whose copies are not put back")
        return read(data)
    except OSError as error:
        raise DataFileError(str(path), None, f"cannot be read: {error.strerror}") from error
    except msgspec.DecodeError as error:
        raise DataFileError(str(path), None, f"is damaged: {error}") from error


def server_of(data: bytes) -> str | None:
    """URL of the server that a file of any format names; None where it names none or is damaged."""
    kind: Any
    for kind in (_PlaceInside, _Place):
        try:
            found = _decoded(data, kind)
        except msgspec.DecodeError:
            continue
        return found.world.database if isinstance(found, _PlaceInside) else found.database
    return None


def rack_of(data: bytes) -> Rack:
    """Read which routers a file of the present format has; an empty rack where it is older or damaged."""
    try:
        return _decoded(data, _RackInside).world
    except msgspec.DecodeError:
        return Rack()
