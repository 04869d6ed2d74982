"""The certificates of a served world: whom they name, how long they hold, what they may sign."""

import ssl
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from emulator.keys.certificates import SERVER_LIFE, Issued, check_ca, fingerprint_of, new_ca, new_server, still_good

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
NAMES = ["tools.cisco.com", "localhost", "127.0.0.1", "::1"]


@pytest.fixture(scope="module")
def ca() -> Issued:
    return new_ca("branch", NOW)


@pytest.fixture(scope="module")
def server(ca: Issued) -> Issued:
    return new_server(ca, NAMES, NOW)


def test_a_ca_signs_servers_and_no_further_ca(ca):
    certificate = x509.load_pem_x509_certificate(ca.certificate)
    constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (constraints.critical, constraints.value.ca, constraints.value.path_length) == (True, True, 0)
    assert certificate.subject.rfc4514_string() == "CN=isrtwin world branch"
    certificate.verify_directly_issued_by(certificate)


def test_a_server_is_named_as_it_is_called(server):
    certificate = x509.load_pem_x509_certificate(server.certificate)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["tools.cisco.com", "localhost"]
    assert [str(each) for each in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1", "::1"]
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_no_two_worlds_have_a_key_in_common(ca):
    assert new_ca("branch", NOW).key != ca.key


@pytest.mark.parametrize(
    ("names", "after", "good"),
    [
        (NAMES, timedelta(), True),
        (["::1", "0:0:0:0:0:0:0:1"], timedelta(), True),
        (NAMES, SERVER_LIFE - timedelta(days=31), True),
        (NAMES, SERVER_LIFE - timedelta(days=29), False),
        (NAMES, -timedelta(days=1), True),
        (NAMES, -timedelta(days=3), False),
        ([*NAMES, "192.0.2.1"], timedelta(), False),
        (["tools.cisco.com.example"], timedelta(), False),
    ],
)
def test_when_a_certificate_is_still_good(ca, server, names, after, good):
    assert still_good(server.certificate, ca.certificate, names, NOW + after) is good


def test_a_certificate_of_another_ca_is_not_good(ca, server):
    assert not still_good(server.certificate, new_ca("branch", NOW).certificate, NAMES, NOW)
    assert not still_good(b"garbage", ca.certificate, NAMES, NOW)


def test_one_that_has_expired_can_be_made(ca):
    expired = x509.load_pem_x509_certificate(new_server(ca, NAMES, NOW, timedelta(hours=-1)).certificate)
    assert expired.not_valid_before_utc < expired.not_valid_after_utc < NOW


def test_the_fingerprint_is_that_which_a_browser_shows(ca):
    der = ssl.PEM_cert_to_DER_cert(ca.certificate.decode())
    assert fingerprint_of(ca.certificate).count(":") == 31
    assert fingerprint_of(ca.certificate).replace(":", "") == sha256(der).hexdigest().upper()


@pytest.mark.filterwarnings("ignore:Parsed a")
@pytest.mark.parametrize("which", ["certificate", "key"])
def test_a_bit_of_a_ca_that_was_flipped_is_told_or_changes_nothing(ca, which):
    data, held = getattr(ca, which), read(ca)
    for at in range(len(data)):
        flipped = data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :]
        found = ca._replace(**{which: flipped})
        try:
            check_ca(found)
        except ValueError:
            continue
        assert read(found) == held, at


def read(issued: Issued):
    key = load_pem_private_key(issued.key, None)
    assert isinstance(key, EllipticCurvePrivateKey)
    return x509.load_pem_x509_certificate(issued.certificate), key.private_numbers()


@pytest.mark.filterwarnings("ignore:Parsed a")
def test_a_bit_of_a_server_that_was_flipped_makes_it_no_longer_good(ca, server):
    for at in range(len(server.certificate)):
        flipped = server.certificate[:at] + bytes([server.certificate[at] ^ 1 << at % 8]) + server.certificate[at + 1 :]
        if still_good(flipped, ca.certificate, NAMES, NOW):
            assert x509.load_pem_x509_certificate(flipped) == x509.load_pem_x509_certificate(server.certificate), at
