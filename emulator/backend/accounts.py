"""Accounts for the portal and for call home (C: call home asks for user name and password; the store is ours).

A password is kept as its scrypt hash. The salt is drawn from the world's key, so the same world gives the same hash;
and an unknown user costs as much time as a known one. A program logs in with a token, of which a plain hash is enough:
it is as long as a key, and drawn at random by whoever serves it, since nothing is random here.
"""

import re
from base64 import b32encode
from hashlib import scrypt, sha256
from hmac import compare_digest

from emulator.backend.account_names import (
    DEFAULT_PASSWORD,
    DEFAULT_USER,
    account_of,
    default_account,
    default_address,
    is_name,
)
from emulator.backend.entities import Account, ApiToken, Role
from emulator.backend.passwords import weakness
from emulator.backend.refusals import PortalRefusal
from emulator.backend.store.records import Records
from emulator.backend.transaction import Transaction
from emulator.kernel.errors import printable
from emulator.keys.signing import SigningKey

LEAST_ENTROPY = 16
TOKEN_PREFIX = "isr_"  # noqa: S105 - not a secret: what tells a token from a password
MOST_TOKEN_ID = 1 << 31

_COST = {"n": 1 << 13, "r": 8, "p": 1}
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def add_account(transaction: Transaction, user: str, password: str, role: Role | None, address: str) -> Account:
    """Open an account; refused for a name that exists, the built-in one included. Operators only."""
    transaction.operators_only()
    if not is_name(user):
        raise PortalRefusal.BAD_USER.error(user=user)
    _fit_to_be_set(user, password, address)
    if user == DEFAULT_USER or transaction.records.accounts.find(user):
        raise PortalRefusal.ACCOUNT_EXISTS.error(user=user)
    account = Account(user, role or Role.CUSTOMER, address or default_address(user), transaction.now)
    transaction.records.accounts.put(account, _hash(transaction.context.key, user, password).hex())
    transaction.note("account", user, account.role.value)
    return account


def change_account(
    transaction: Transaction, user: str, password: str | None, role: Role | None, address: str | None
) -> Account:
    """Give an account another password, role or address; a customer may do that to their own, but for the role.

    A new password ends the tokens, since they may have been made with the old one.
    """
    if user != transaction.by.name or role not in {None, transaction.by.role}:
        transaction.operators_only()
    before = account_of(transaction.records, user)
    _fit_to_be_set(user, password, address or "")
    last = role is Role.CUSTOMER and not _other_operators(transaction, user)
    found = transaction.records.accounts.find(user, locked=True)
    known, hashed = found or (before, _hash(transaction.context.key, DEFAULT_USER, DEFAULT_PASSWORD).hex())
    if last and known.role is Role.OPERATOR:
        raise PortalRefusal.LAST_OPERATOR.error(user=user)
    changed = Account(user, role or known.role, address or known.address, known.opened)
    told = [f"role {changed.role.value}"] if changed.role is not known.role else []
    told += [f"address {changed.address}"] if changed.address != known.address else []
    if password is not None:
        hashed = _hash(transaction.context.key, user, password).hex()
        told.append("password")
        transaction.records.accounts.revoke_all(user)
    if told:
        transaction.records.accounts.put(changed, hashed)
        transaction.note("account changed", user, ", ".join(told))
    return changed


def _fit_to_be_set(user: str, password: str | None, address: str) -> None:
    """Refuse a password or an address that no account is given."""
    if password is not None and (problem := weakness(user, password)) is not None:
        raise problem
    if address and not _ADDRESS.fullmatch(address):
        raise PortalRefusal.BAD_ADDRESS.error(address=address)


def _other_operators(transaction: Transaction, user: str) -> bool:
    """Tell whether another account is an operator, and stays one until this act is over.

    All that are on file are locked first, so that two operators cannot take each other's role at the same time; the
    built-in account is one as long as nothing is on file of it.
    """
    operators = set(transaction.records.accounts.operators_locked())
    if transaction.records.accounts.find(DEFAULT_USER) is None:
        operators.add(DEFAULT_USER)
    return bool(operators - {user})


def kept(records: Records, user: str) -> tuple[Account, str] | None:
    """Record of an account: itself, and the hash of its password; None if nothing is on file."""
    return records.accounts.find(user) if is_name(user) else None


def log_in(found: tuple[Account, str] | None, key: SigningKey, user: str, password: str) -> Account | None:
    """Return the account if this is its password; `found` is its record.

    The check is slow, so no transaction should be open meanwhile. The well-known password of the lab's own
    account needs none; every other log-in costs one hash, known name or not.
    """
    if found is None and (user, password) == (DEFAULT_USER, DEFAULT_PASSWORD):
        return default_account()
    hashed = _hash(key, user, password).hex()
    account, expected = found or (None, "")
    return account if account is not None and account.name == user and compare_digest(hashed, expected) else None


def password_mark(found: tuple[Account, str] | None, user: str) -> str | None:
    """Short text that changes whenever the password or the role does."""
    if found is None:
        return sha256(DEFAULT_PASSWORD.encode()).hexdigest() if user == DEFAULT_USER else None
    account, hashed = found
    return sha256(f"{account.role} {hashed}".encode()).hexdigest()


def new_token(transaction: Transaction, user: str, name: str, entropy: bytes) -> tuple[ApiToken, str]:
    """Create a token for programs of an account, one's own unless one is an operator; its text is shown only here."""
    if len(entropy) < LEAST_ENTROPY:
        raise PortalRefusal.WEAK_TOKEN.error(least=LEAST_ENTROPY)
    account = account_of(transaction.records, user)
    if account.name != transaction.by.name:
        transaction.operators_only()
    secret = TOKEN_PREFIX + b32encode(entropy).decode().rstrip("=").lower()
    made = transaction.records.accounts.add_token(account.name, printable(name), _token_hash(secret), transaction.now)
    transaction.note("token", account.name, made.name)
    return made, secret


def tokens(transaction: Transaction, user: str) -> tuple[ApiToken, ...]:
    """List the tokens of an account."""
    if user != transaction.by.name:
        transaction.operators_only()
    return transaction.records.accounts.tokens(account_of(transaction.records, user).name)


def revoke_token(transaction: Transaction, number: int) -> None:
    """Revoke a token, which opens nothing any more."""
    found = transaction.records.accounts.token_by_id(number) if 0 <= number < MOST_TOKEN_ID else None
    if found is None or (found.account != transaction.by.name and transaction.by.role is not Role.OPERATOR):
        raise PortalRefusal.UNKNOWN_TOKEN.error(token=number)
    if not found.revoked:
        transaction.records.accounts.revoke(number)
        transaction.note("token revoked", found.account, found.name)


def token_account(records: Records, secret: str) -> Account | None:
    """Return the account in whose name a program with this token acts, or None."""
    found = records.accounts.token(_token_hash(secret))
    return None if found is None or found.revoked else account_of(records, found.account)


def _token_hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _hash(key: SigningKey, user: str, password: str) -> bytes:
    salt = sha256(key.sign(f"isrtwin account {user}".encode("utf-8", "surrogatepass"))).digest()
    return scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)
