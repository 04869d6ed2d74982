"""The certificates of a served world: its own CA, and a server certificate that routers and browsers can check.

Ours (I). ECDSA on P-256, for browsers take no Ed25519. Unlike all others these keys are random, not derived from the
world's secret: no certificate reaches a transcript, and whoever puts this CA into a browser must not trust all who can
guess a seed. TLS lives in real time, so the moment is the host's and is handed in.

Left out: revocation lists and intermediate CAs; a key that leaked is replaced by removing the files.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, GeneralName, Name

CA_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=396)
"""Lifetime of a server certificate: with `SKEW` no more than the 398 days that browsers accept."""

RENEWED_BEFORE = timedelta(days=30)
SKEW = timedelta(days=2)
"""Time by which certificates are dated back: clocks differ, and are set back."""


class Issued(NamedTuple):
    """A certificate and its private key, both PEM."""

    certificate: bytes
    key: bytes


def new_ca(world: str, now: datetime) -> Issued:
    """Create a CA for one world; it may sign servers and nothing else."""
    from cryptography import x509

    key = _new_key()
    name = _name(f"isrtwin world {world}"[:64])
    usage = _usage(certificates=True)
    builder = (
        _builder(name, name, key, now, CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return _signed(builder, key, key)


def check_ca(ca: Issued) -> None:
    """Check that certificate and key of a CA are whole, and belong together.

    Raises:
        ValueError: they are not.
    """
    with _damage_told():
        certificate, key = _certificate(ca.certificate), _private(ca.key)
        certificate.verify_directly_issued_by(certificate)
        together = certificate.public_key() == key.public_key()
    if not together:
        raise ValueError("certificate and key of the CA do not belong together")


def new_server(ca: Issued, names: Sequence[str], now: datetime, life: timedelta = SERVER_LIFE) -> Issued:
    """Create a certificate for a server with these host names and addresses; a negative life makes one that has already
    expired, for tests and drills.

    Raises:
        ValueError: certificate or key of the CA is damaged, or the key is that of another.
    """
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    check_ca(ca)
    authority, authority_key = _certificate(ca.certificate), _private(ca.key)
    key = _new_key()
    builder = (
        _builder(_name(names[0][:64]), authority.subject, key, now, life)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
    )
    return _signed(builder, key, authority_key)


def still_good(certificate: bytes, ca: bytes, names: Sequence[str], now: datetime) -> bool:
    """Tell whether a server certificate is of this CA, for these names, and not about to expire."""
    from cryptography import x509

    try:
        with _damage_told():
            found, authority = _certificate(certificate), _certificate(ca)
            found.verify_directly_issued_by(authority)
            alternative = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound):
        return False
    held = {str(each) for each in alternative.get_values_for_type(x509.DNSName)}
    held |= {str(each) for each in alternative.get_values_for_type(x509.IPAddress)}
    in_time = found.not_valid_before_utc <= now < found.not_valid_after_utc - RENEWED_BEFORE
    return in_time and {_spelled(name) for name in names} <= held


def is_authority(text: str) -> bool:
    """Tell whether a text has certificates in PEM, all of them whole, by which others can be checked."""
    from cryptography import x509

    try:
        return bool(x509.load_pem_x509_certificates(text.encode(errors="replace")))
    except ValueError:
        return False


def fingerprint_of(certificate: bytes) -> str:
    """SHA-256 fingerprint of a certificate, as browsers show it."""
    from cryptography.hazmat.primitives.hashes import SHA256

    return _certificate(certificate).fingerprint(SHA256()).hex(":").upper()


def _builder(
    subject: "Name", issuer: "Name", key: "EllipticCurvePrivateKey", now: datetime, life: timedelta
) -> "x509.CertificateBuilder":
    from cryptography import x509

    until = now + life
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(min(now, until) - SKEW)
        .not_valid_after(until)
    )


def _signed(
    builder: "x509.CertificateBuilder", key: "EllipticCurvePrivateKey", by: "EllipticCurvePrivateKey"
) -> Issued:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    certificate = builder.sign(by, SHA256())
    return Issued(
        certificate.public_bytes(Encoding.PEM),
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _usage(*, certificates: bool) -> "x509.KeyUsage":
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=certificates,
        crl_sign=certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _new_key() -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _name(text: str) -> "Name":
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general(name: str) -> "GeneralName":
    from cryptography import x509

    address = _address(name)
    return x509.DNSName(name) if address is None else x509.IPAddress(address)


def _spelled(name: str) -> str:
    address = _address(name)
    return name if address is None else str(address)


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


@contextmanager
def _damage_told() -> Iterator[None]:
    """Tell a bit that was flipped by one error, wherever in a certificate or key it is.

    Raises:
        ValueError: a certificate or key is damaged.
    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.x509 import InvalidVersion

    try:
        yield
    except (InvalidSignature, InvalidVersion, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("a certificate or its key is damaged") from error


def _certificate(data: bytes) -> "Certificate":
    from cryptography import x509

    return x509.load_pem_x509_certificate(data)


def _private(data: bytes) -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(data, None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise ValueError("the key of the CA is not an elliptic curve key")
    return key
