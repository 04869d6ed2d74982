"""Accounts for the portal and for call home (C: call home asks for user name and password; the store is ours).

A password is kept as its scrypt hash. The salt is drawn from the world's key, so the same world gives the same hash;
and an unknown user costs as much time as a known one.
"""

from hashlib import scrypt, sha256
from hmac import compare_digest

from emulator.backend.office import Office
from emulator.backend.refusals import Refusal
from emulator.keys.paper import token

DEFAULT_USER = DEFAULT_PASSWORD = "lab"  # noqa: S105 - a lab's account that everybody knows
"""The account that there is in every world; it can be given another password."""

_COST = {"n": 1 << 13, "r": 8, "p": 1}


def add_account(office: Office, user: str, password: str) -> None:
    """Open an account, or give one that there is another password."""
    try:
        token(user)
    except ValueError as error:
        raise Refusal.BAD_USER.error(user=user) from error
    if not password:
        raise Refusal.NO_PASSWORD.error(user=user)
    office.state.accounts[user] = _hash(office, user, password).hex()


def logs_in(office: Office, user: str, password: str) -> bool:
    """Whether this is the password of that user."""
    accounts = {DEFAULT_USER: _hash(office, DEFAULT_USER, DEFAULT_PASSWORD).hex(), **office.state.accounts}
    expected = accounts.get(user, accounts[DEFAULT_USER])
    return compare_digest(_hash(office, user, password).hex(), expected) and user in accounts


def _hash(office: Office, user: str, password: str) -> bytes:
    salt = sha256(office.key.sign(f"isrtwin account {user}".encode("utf-8", "surrogatepass"))).digest()
    return scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)
