import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from emulator.keys.signing import _SMALL_ORDER, PUBLIC_SIZE, SIGNATURE_SIZE, Verifier, derive_signing_key, fingerprint
from emulator.keys.world_secret import WorldSecret


def test_a_key_follows_from_seed_and_purpose_alone():
    secret = WorldSecret.known(7)
    first, again = derive_signing_key(secret, "portal"), derive_signing_key(secret, "portal")
    assert first.public == again.public
    assert first.sign(b"data") == again.sign(b"data")
    assert len(first.public) == PUBLIC_SIZE
    assert len(first.sign(b"")) == SIGNATURE_SIZE


def test_keys_of_other_worlds_and_purposes_differ():
    keys = {
        derive_signing_key(WorldSecret.known(seed), purpose).public
        for seed in (1, 2, 12)
        for purpose in ("a", "b", "2|a", "")
    }
    assert len(keys) == 12


def test_only_what_the_owner_signed_is_accepted():
    key = derive_signing_key(WorldSecret.known(7), "portal")
    verifier = Verifier(key.public)
    signature = key.sign(b"data")
    assert verifier.accepts(b"data", signature)
    assert not verifier.accepts(b"date", signature)
    assert not verifier.accepts(b"data", signature[:-1])
    assert not verifier.accepts(b"data", b"")
    assert not Verifier(derive_signing_key(WorldSecret.known(8), "portal").public).accepts(b"data", signature)


@pytest.mark.parametrize("sign", [0, 0x80])
@pytest.mark.parametrize("weak", sorted(_SMALL_ORDER), ids=bytes.hex)
def test_a_key_whose_signatures_anybody_can_write_accepts_none(weak: bytes, sign: int):
    public = weak[:-1] + bytes((weak[-1] | sign,))
    for point in _SMALL_ORDER:
        assert not Verifier(public).accepts(b"data", point + bytes(32))


def test_the_library_accepts_what_anybody_wrote_for_a_weak_key():
    """Refusals of weak keys are our own, then."""
    neutral = b"\1" + bytes(31)
    Ed25519PublicKey.from_public_bytes(neutral).verify(neutral + bytes(32), b"data")


def test_a_public_key_of_the_wrong_size_is_a_mistake():
    with pytest.raises(ValueError, match="has 32 bytes, not 3"):
        Verifier(b"abc")


def test_a_key_does_not_show_its_secret():
    assert repr(derive_signing_key(WorldSecret.known(7), "portal")) == "SigningKey(…)"


def test_a_fingerprint_is_short_and_fixed():
    assert fingerprint(b"\0" * 32) == "66687AADF862BD77"


def test_importing_the_rooms_loads_nothing_heavy():
    code = (
        "import sys, emulator.keys.documents, emulator.backend.service as s, emulator.keys.signing as k;"
        "k.derive_signing_key(k.WorldSecret.known(7), 'x');"
        "assert not {'cryptography', 'lxml'} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
