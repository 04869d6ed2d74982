"""Values of the options of `isrtwin manager`, the files that they name, and passwords that are asked for."""

import sys
from argparse import Namespace
from pathlib import Path

from emulator.cli.output import show
from emulator.kernel.errors import DataFileError, EmulatorError
from emulator.kernel.host_paths import read_bytes
from emulator.kernel.private_files import write_private
from emulator.licensing.udi import Udi, parse_udi
from emulator.manager.store.devices import DeviceFilter


def chosen_devices(options: Namespace) -> DeviceFilter:
    """Return the devices that the options choose."""
    return DeviceFilter(options.group, options.text, options.level, options.faulty, options.pending)


def listed_names(text: str | None) -> tuple[str, ...]:
    """Read names that commas separate."""
    return tuple(each.strip() for each in (text or "").split(",") if each.strip())


def device_named(text: str) -> Udi:
    """Read a UDI.

    Raises:
        EmulatorError: the text is none.
    """
    try:
        return parse_udi(text)
    except ValueError as error:
        raise EmulatorError(str(error)) from None


def file_content(file: Path, limit: int) -> bytes:
    """Read a file of at most `limit` bytes.

    Raises:
        DataFileError: it cannot be read, or is larger.
    """
    try:
        return read_bytes(file, limit)
    except OSError as error:
        raise DataFileError(str(file), None, f"cannot be read: {error.strerror}") from error


def file_text(file: Path, limit: int) -> str:
    """Read a text file of at most `limit` bytes.

    Raises:
        DataFileError: it cannot be read, is larger, or is not text in UTF-8.
    """
    try:
        return file_content(file, limit).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise DataFileError(str(file), None, "is not text in UTF-8") from None


def write_or_show(file: Path | None, text: str) -> None:
    """Write a text into a file that its owner alone can read, or print it where no file is named.

    Raises:
        DataFileError: the file cannot be written.
    """
    if file is None:
        show(text)
    else:
        write_file(file, text.encode())


def write_file(file: Path, content: bytes) -> None:
    """Write a file whole, which its owner alone can read.

    Raises:
        DataFileError: it cannot be written.
    """
    try:
        write_private(file, content)
    except OSError as error:
        raise DataFileError(str(file), None, f"cannot be written: {error.strerror}") from error


def asked_secret(question: str) -> str:
    """Ask for a password without showing it; without a terminal, take the next line of the standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().removesuffix("\n")
    from getpass import getpass

    return getpass(question)
