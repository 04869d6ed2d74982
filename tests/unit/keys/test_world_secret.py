"""A world's secret: random or known, told by nothing but its file."""

import pytest

from emulator.keys.sealing import derive_sealing_key
from emulator.keys.signing import derive_signing_key
from emulator.keys.world_secret import SIZE, WorldSecret

FIXED = WorldSecret.parse("5a" * SIZE)


def test_two_random_secrets_differ_and_are_not_known() -> None:
    one, other = WorldSecret.random(), WorldSecret.random()
    assert one.text() != other.text()
    assert len(bytes.fromhex(one.text())) == SIZE == 32
    assert not one.is_known


@pytest.mark.parametrize("secret", [FIXED, WorldSecret.known(1), WorldSecret.known(0), WorldSecret.known(-7)])
def test_what_is_written_is_read(secret: WorldSecret) -> None:
    again = WorldSecret.parse(secret.text())
    assert (again.text(), again.mark, again.is_known) == (secret.text(), secret.mark, secret.is_known)
    assert again.derive("d", "p") == secret.derive("d", "p")


@pytest.mark.parametrize(
    "text", ["", "5A" * SIZE, "5a" * 31, "5a" * 33, "known", "known 01", "known -0", "1", "known 1 "]
)
def test_what_is_no_secret_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not the secret of a world"):
        WorldSecret.parse(text)


def test_it_shows_itself_nowhere() -> None:
    assert repr(FIXED) == str(FIXED) == "WorldSecret(…)"
    assert FIXED.text() not in FIXED.mark
    assert len(FIXED.mark) == 32


def test_each_purpose_and_each_secret_has_keys_of_its_own() -> None:
    secrets = (FIXED, WorldSecret.known(1), WorldSecret.known(int("5" * 60)))
    found = {
        derived
        for secret in secrets
        for purpose in ("a", "b")
        for derived in (
            derive_signing_key(secret, purpose).public,
            derive_sealing_key(secret, purpose).public,
            secret.draw(purpose).randbytes(32),
            secret.derive("d", purpose),
        )
    }
    assert len(found) == len(secrets) * 2 * 4
