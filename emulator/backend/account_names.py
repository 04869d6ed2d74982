"""Who an account is, by its name. The lab's own is there in every world, before anything is recorded of it."""

from emulator.backend.entities import Account, Role
from emulator.backend.refusals import PortalRefusal
from emulator.backend.store.records import Records
from emulator.keys.canonical_xml import token

DEFAULT_USER = DEFAULT_PASSWORD = "lab"  # noqa: S105 - a lab's account that everybody knows
"""The operator's account that there is in every world; it can be given another password."""

CUSTOMER_DOMAIN = "customer.example"

LONGEST_NAME = 64


def account_of(records: Records, name: str) -> Account:
    """The account of that name; refused if there is none."""
    if is_name(name):
        if found := records.accounts.find(name):
            return found[0]
        if name == DEFAULT_USER:
            return default_account()
    raise PortalRefusal.UNKNOWN_ACCOUNT.error(user=name)


def default_account() -> Account:
    return Account(DEFAULT_USER, Role.OPERATOR, default_address(DEFAULT_USER), 0)


def default_address(name: str) -> str:
    """Where mail goes as long as nobody said otherwise."""
    return f"{name}@{CUSTOMER_DOMAIN}"


def is_name(text: str) -> bool:
    """Whether an account can have that name."""
    try:
        token(text)
    except ValueError:
        return False
    return len(text) <= LONGEST_NAME
