"""Names of accounts. The lab's own is there in every world, before anything is recorded of it."""

from emulator.backend.entities import Account, Role
from emulator.backend.refusals import PortalRefusal
from emulator.backend.store.records import Records
from emulator.keys.canonical_xml import token

DEFAULT_USER = DEFAULT_PASSWORD = "lab"  # noqa: S105 - a lab's account that everybody knows
"""Name and password of the operator's account that every world has; the password can be changed."""

CUSTOMER_DOMAIN = "customer.example"

LONGEST_NAME = 64


def account_of(records: Records, name: str) -> Account:
    """Return the account of that name; refused if there is none."""
    if is_name(name):
        if found := records.accounts.find(name):
            return found[0]
        if name == DEFAULT_USER:
            return default_account()
    raise PortalRefusal.UNKNOWN_ACCOUNT.error(user=name)


def default_account() -> Account:
    return Account(DEFAULT_USER, Role.OPERATOR, default_address(DEFAULT_USER), 0)


def default_address(name: str) -> str:
    """Mail address of an account for which no other was given."""
    return f"{name}@{CUSTOMER_DOMAIN}"


def is_name(text: str) -> bool:
    """Tell whether an account can have that name."""
    try:
        token(text)
    except ValueError:
        return False
    return len(text) <= LONGEST_NAME
