"""The certificates of a served world as files of its directory: made when it is first served, renewed in time.

`tls/ca.pem` is what browsers and routers are told to trust. The keys are readable by their owner alone.
"""

import ssl
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from emulator.kernel.errors import DataFileError, Refused
from emulator.kernel.private_files import private_folder, write_private
from emulator.keys.certificates import Issued, check_ca, new_ca, new_server, still_good

FOLDER = "tls"
CA, CA_KEY, SERVER, SERVER_KEY = "ca.pem", "ca.key", "server.pem", "server.key"


class Identity(msgspec.Struct, frozen=True):
    """Certificate and key of a server, and the certificate of the authority that signed it."""

    ca: Path
    certificate: Path
    key: Path


def identity(directory: Path, world: str, names: Sequence[str], now: datetime) -> Identity:
    """The certificate for a server that is called by these names, and its CA.

    Args:
        directory: of the world.
        world: its name, for the CA's.
        names: host names and addresses.
        now: of the host, in UTC.

    Raises:
        DataFileError: a file is damaged.
        Refused: a file cannot be written.
    """
    folder = directory / FOLDER
    try:
        private_folder(folder)
        ca = _read(folder / CA, folder / CA_KEY)
        if ca is None:
            ca = new_ca(world, now)
            _write(folder / CA, folder / CA_KEY, ca)
        check_ca(ca)
        server = _read(folder / SERVER, folder / SERVER_KEY)
        if server is None or not still_good(server.certificate, ca.certificate, names, now):
            _write(folder / SERVER, folder / SERVER_KEY, new_server(ca, names, now))
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(folder / SERVER, folder / SERVER_KEY)
    except ssl.SSLError as error:
        problem = f"{SERVER} and {SERVER_KEY} do not belong together, or one is damaged; remove both to have new ones"
        raise DataFileError(str(folder), None, problem) from error
    except ValueError as error:
        problem = f"{CA} and {CA_KEY} do not belong together, or one is damaged; remove both to have new ones"
        raise DataFileError(str(folder), None, problem) from error
    except OSError as error:
        raise Refused(f"the certificates cannot be kept in {folder}: {error.strerror}") from error
    return Identity(folder / CA, folder / SERVER, folder / SERVER_KEY)


def _read(certificate: Path, key: Path) -> Issued | None:
    """Both files, or None while one is missing: the key is written first, so a certificate has its key."""
    if not (certificate.exists() and key.exists()):
        return None
    return Issued(certificate.read_bytes(), key.read_bytes())


def _write(certificate: Path, key: Path, issued: Issued) -> None:
    """The old certificate goes before the new key comes: a pair that does not fit is never found."""
    certificate.unlink(missing_ok=True)
    write_private(key, issued.key)
    write_private(certificate, issued.certificate)


def authority(directory: Path) -> Issued:
    """Read the certificate authority of a world that is served.

    Raises:
        DataFileError: a file is missing or cannot be read.
    """
    folder = directory / FOLDER
    found = _read(folder / CA, folder / CA_KEY)
    if found is None:
        raise DataFileError(str(folder), None, f"{CA} or {CA_KEY} is missing")
    return found


class AddressCertificates:
    """The TLS of each address of a world's routers, made when a client first comes to it; nothing of it is kept."""

    def __init__(self, authority: Callable[[], Issued], now: Callable[[], datetime]) -> None:
        """Get ready.

        Args:
            authority: signs the certificates; asked for when the first one is made.
            now: time of the host, in UTC.
        """
        self._authority, self._now = authority, now
        self._contexts: dict[str, ssl.SSLContext] = {}

    def context_at(self, address: str) -> ssl.SSLContext:
        """TLS of a server at an address."""
        context = self._contexts.get(address)
        if context is None:
            issued = new_server(self._authority(), [address], self._now())
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            with TemporaryDirectory(prefix="isrtwin-") as name:
                certificate, key = Path(name, SERVER), Path(name, SERVER_KEY)
                certificate.write_bytes(issued.certificate)
                key.write_bytes(issued.key)
                context.load_cert_chain(certificate, key)
            self._contexts[address] = context
        return context

    def trusting(self) -> ssl.SSLContext:
        """TLS of a client that trusts what the same authority has signed, and nothing else."""
        return ssl.create_default_context(cadata=self._authority().certificate.decode())
