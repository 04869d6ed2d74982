"""The use cases of accounts and API tokens, each in a transaction of its own; their rules are in `accounts`."""

from emulator.backend import accounts, queries
from emulator.backend.account_names import DEFAULT_PASSWORD, DEFAULT_USER, account_of
from emulator.backend.entities import Account, ApiToken, Role
from emulator.backend.transactions import Transactions
from emulator.backend.views import Listing
from emulator.kernel.time import Instant


class AccountService:
    """Accounts and their tokens: log-in, opening, changing and listing."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions, self._database = transactions, transactions.database

    def add(
        self,
        user: str,
        password: str,
        now: Instant = 0,
        *,
        by: str,
        role: Role | None = None,
        address: str = "",
    ) -> Account:
        """Open an account, a customer's unless told otherwise. Operators only."""
        with self._transactions.transaction(by, now) as transaction:
            return accounts.add_account(transaction, user, password, role, address)

    def change(
        self,
        user: str,
        now: Instant = 0,
        *,
        by: str,
        password: str | None = None,
        role: Role | None = None,
        address: str | None = None,
    ) -> Account:
        """Give an account another password, role or address; what is left out stays. Its tokens end with the password.

        Customers may change their own account, only operators change roles, and the last operator stays one.
        """
        with self._transactions.transaction(by, now) as transaction:
            return accounts.change_account(transaction, user, password, role, address)

    def logs_in(self, user: str, password: str) -> bool:
        """Tell whether this is the password of that user."""
        return self.log_in(user, password) is not None

    def password_mark(self, user: str) -> str | None:
        """Text that changes whenever the user's password or role does; None if there is no such account. Quick."""
        with self._database.reading() as records:
            return accounts.password_mark(accounts.kept(records, user), user)

    def log_in(self, user: str, password: str) -> Account | None:
        """Return the account that opens with this password, or None; slow on purpose."""
        with self._database.reading() as records:
            found = accounts.kept(records, user)
        return accounts.log_in(found, self._transactions.context.key, user, password)

    def get(self, user: str) -> Account:
        """Return an account by its name."""
        with self._database.reading() as records:
            return account_of(records, user)

    def all(self, *, by: str, offset: int = 0, limit: int = 50) -> Listing[Account]:
        """List the accounts that were opened or changed, by name. Operators only."""
        with self._transactions.looking(by) as transaction:
            return queries.accounts(transaction, offset, limit)

    def has_default_password(self) -> bool:
        """Tell whether the operator account still has the default password, which is public."""
        account = self.log_in(DEFAULT_USER, DEFAULT_PASSWORD)
        return account is not None and account.role is Role.OPERATOR

    def new_token(self, user: str, name: str, now: Instant, *, by: str, entropy: bytes) -> tuple[ApiToken, str]:
        """Create a token for programs that act for an account; its text is shown only now.

        `entropy` are at least 16 bytes that the caller drew at random.
        """
        with self._transactions.transaction(by, now) as transaction:
            return accounts.new_token(transaction, user, name, entropy)

    def tokens(self, user: str, *, by: str) -> tuple[ApiToken, ...]:
        """List the tokens of an account, by age."""
        with self._transactions.looking(by) as transaction:
            return accounts.tokens(transaction, user)

    def revoke_token(self, number: int, now: Instant, *, by: str) -> None:
        """Revoke a token, which opens nothing any more."""
        with self._transactions.transaction(by, now) as transaction:
            accounts.revoke_token(transaction, number)

    def token_account(self, secret: str) -> Account | None:
        """Return the account in whose name a program with this token acts, or None."""
        with self._database.reading() as records:
            return accounts.token_account(records, secret)
