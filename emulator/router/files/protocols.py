"""Protocols that fetch and store a file over a network, and the account with which a router logs in to a server.

The facts are in `protocols.toml`. R: what a URL says comes first, then `ip ftp username`, `ip ftp password`, `ip http
client username`, `ip http client password` and `ip rcmd remote-username`; FTP without a name is anonymous, with a
password that names user, router and domain; RCP and SCP without one take the name of the router.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError, UnknownName
from emulator.kernel.forms import Amount, Text
from emulator.kernel.time import SECOND, Duration
from emulator.keys.passwords import revealed
from emulator.router.access import read_password
from emulator.router.configuration import Configuration
from emulator.storage.urls import REMOTE_SCHEMES, FileUrl

ANONYMOUS = "anonymous"

CONFIGURED = {
    "ftp": ("ip ftp username", "ip ftp password"),
    "http": ("ip http client username", "ip http client password"),
    "https": ("ip http client username", "ip http client password"),
    "rcp": ("ip rcmd remote-username", ""),
}
"""Lines of the configuration that name user and password, by protocol."""


class FileProtocol(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file transfer protocol.

    Attributes:
        account: the way in which a router identifies itself.
        seconds: time for which a server that does not answer is tried.
        unreachable, refused: the texts that IOS prints if no server answers, and if the log-in is refused.
    """

    name: str
    account: Literal["none", "optional", "user", "always"]
    seconds: Amount
    unreachable: Text
    basis: Basis
    refused: str = ""

    @property
    def timeout(self) -> Duration:
        """Time for which a server that does not answer is tried, in milliseconds."""
        return self.seconds * SECOND


class FileAccount(msgspec.Struct, frozen=True):
    """A user and the password; both empty: none is given."""

    user: str
    password: str


class ProtocolTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Contents of the file of protocols."""

    protocol: tuple[FileProtocol, ...]


@cache
def protocols() -> dict[str, FileProtocol]:
    """Map the word before the colon of a URL to its protocol."""
    return read_protocols(Path(__file__).with_name("protocols.toml"))


def read_protocols(file: Path) -> dict[str, FileProtocol]:
    """The protocols of a table by name.

    Raises:
        DataFileError: the file is wrong, or does not have each protocol of a URL once.
    """
    rows = read_toml(file, ProtocolTable).protocol
    for number, row in enumerate(rows):
        if row.name not in REMOTE_SCHEMES:
            raise DataFileError(
                str(file), f"protocol[{number}].name", str(UnknownName("protocol", row.name, REMOTE_SCHEMES))
            )
    found = {row.name: row for row in rows}
    if len(found) < len(REMOTE_SCHEMES):
        raise DataFileError(str(file), "protocol", f"has each of these once: {', '.join(REMOTE_SCHEMES)}")
    return found


def account_of(configuration: Configuration, hostname: str, url: FileUrl) -> FileAccount:
    """Account with which a router logs in to fetch or store the file of a URL."""
    kind = protocols()[url.device].account
    if kind == "none":
        return FileAccount("", "")
    name_line, password_line = CONFIGURED.get(url.device, ("", ""))
    user = url.user or (configuration.word(name_line) if name_line else "")
    if not user:
        if url.device == "ftp":
            return FileAccount(ANONYMOUS, url.password or f"{ANONYMOUS}@{hostname}")
        return FileAccount("" if kind == "optional" else hostname, url.password)
    return FileAccount(user, url.password or (_configured(configuration, password_line) if password_line else ""))


def _configured(configuration: Configuration, line: str) -> str:
    kept = read_password(configuration.word(line))
    if kept is None:
        return ""
    return (revealed(kept.text) or "") if kept.kind == "7" else kept.text
