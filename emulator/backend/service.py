"""The back end's use cases under one name, for the bench, the portal and call home alike.

Each call is one transaction, and may come from any thread. `by` names the account that acts: its role and what it owns
are enforced here, for all faces alike; `why` is a reason for the audit log. With `mailed=False` a letter is only
handed back, not sent. Deterministic: the same key, records and calls give the same bytes. Its licenses are NOT
compatible with genuine keys: they are signed with a key that the simulated world made for itself, and no real router
accepts them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from emulator.backend import accounts, lookups, making, purchase, registration, rehost, rma, trial
from emulator.backend.answers import (
    DeviceRow,
    DeviceView,
    Entitlement,
    Listing,
    OrderView,
    PakContent,
    PakView,
    RegisteredDevice,
    Registration,
    Rehostable,
    RehostCase,
)
from emulator.backend.letters import Draft, file_name, license_file, signed_mail, ticket_name
from emulator.backend.mail import Attachment, Mail
from emulator.backend.office import LONGEST_REASON, House, Office
from emulator.backend.people import DEFAULT_PASSWORD, DEFAULT_USER, account_of
from emulator.backend.postroom import PostRoom
from emulator.backend.refusals import Refusal
from emulator.backend.skus import Sku
from emulator.backend.state import Account, ApiToken, AuditEntry, Role, SalesOrder, ServiceContract
from emulator.backend.store.database import Database
from emulator.kernel.time import Duration, Instant
from emulator.keys.documents import write_permission_ticket
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.lines import LicenseLine
from emulator.licensing.udi import Udi

FACTORY = Account("factory", Role.OPERATOR, "", 0)
"""Who makes devices; nobody logs in so."""


class LicensingService(PostRoom):
    """Orders, PAKs, license files and transfers; each refusal is a `PortalError` and changes nothing."""

    def __init__(
        self,
        database: Database,
        skus: Mapping[str, Sku],
        families: Mapping[str, str],
        key: SigningKey,
        *,
        device_verifier: Callable[[Udi], Verifier],
        calendar: Callable[[Instant], datetime],
        posted: Callable[[Sequence[Mail]], object] | None = None,
    ) -> None:
        """Open the back end.

        Args:
            database: its records.
            skus: what can be ordered, by name.
            families: the family of every known product ID.
            key: signs license files and permission tickets.
            device_verifier: checks what a device signed; called with any well-formed UDI.
            calendar: the date of an instant, in UTC.
            posted: told, after an act and in its thread, of the letters that it sent.
        """
        super().__init__(database, key)
        self.skus = skus
        self._house = House(skus, families, key, device_verifier, calendar)
        self._posted = posted

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    # --- making ------------------------------------------------------------------------------------------------

    def manufacture(self, udi: Udi, features: Sequence[str], now: Instant) -> tuple[LicenseLine, ...]:
        """The permanent licenses that a new device leaves the factory with; the same again when repeated."""
        with self._act(FACTORY, now) as office:
            return making.manufacture(office, udi, features)

    def factory_file(self, udi: Udi) -> bytes:
        """The license file with the licenses that a device left the factory with."""
        with self._look(FACTORY) as office:
            return making.factory_file(office, udi)

    def contract(self, udi: Udi, *, by: str) -> ServiceContract:
        """The service contract of a device, for its owner and for operators."""
        with self._look(by) as office:
            return making.contract(office, udi)

    # --- buying ------------------------------------------------------------------------------------------------

    def order(
        self, sku: str, quantity: int, now: Instant, *, by: str, owner: str | None = None, why: str = ""
    ) -> tuple[SalesOrder, Mail]:
        """Buy 1 to 5000 licenses under one PAK, and the mail that brings it: at once, or days later on paper.

        `owner` is the account that it is for, if an operator orders for another; left out, a customer's own.
        """
        with self._act(by, now, why) as office:
            placed, draft = purchase.order(office, sku, quantity, owner)
        return placed, self._sent([draft])[0]

    def lost_pak(self, number: str, *, by: str) -> str:
        """The PAK of a sales order."""
        with self._look(by) as office:
            return purchase.lost_pak(office, number)

    def look_up(self, pak: str, udi: Udi, *, by: str) -> tuple[PakContent, ...]:
        """What a PAK is worth for a device."""
        with self._look(by) as office:
            return purchase.look_up(office, pak, udi)

    def register(
        self,
        pak: str,
        udis: Sequence[Udi],
        now: Instant,
        *,
        by: str,
        sku: str | None = None,
        mailed: bool = True,
        why: str = "",
    ) -> list[Mail]:
        """One license file for each device, all or none; the same file again for one that was registered before.

        `sku`, if it is given, must be what the PAK is for.
        """
        with self._act(by, now, why, mailed=mailed) as office:
            drafts = registration.register(office, pak, udis, sku)
        return self._sent(drafts)

    def register_rows(
        self,
        pak: str,
        rows: Sequence[str],
        now: Instant,
        *,
        by: str,
        partial: bool,
        mailed: bool = True,
        why: str = "",
    ) -> Registration:
        """Register a list of devices as somebody wrote it, `PID:SN` or `PID,SN` a row, with an answer for each row.

        With bad rows among them the good ones are done alone if `partial`, and else none is.
        """
        try:
            with self._act(by, now, why, mailed=mailed) as office:
                outcome, drafts = registration.register_rows(office, pak, rows, partial=partial)
        except registration.NotDone as not_done:
            return not_done.outcome
        self._sent(drafts)
        return outcome

    def resend(self, udi: Udi, now: Instant, *, by: str, mailed: bool = True, why: str = "") -> Mail:
        """Every license that was issued to the device and still stands, in one file."""
        with self._act(by, now, why, mailed=mailed) as office:
            draft = purchase.resend(office, udi)
        return self._sent([draft])[0]

    def demo(self, udi: Udi, feature_or_sku: str, now: Instant, *, by: str, mailed: bool = True, why: str = "") -> Mail:
        """A demo license for 60 days of use, once for a device and feature."""
        with self._act(by, now, why, mailed=mailed) as office:
            draft = trial.demo(office, udi, feature_or_sku)
        return self._sent([draft])[0]

    def extension(
        self,
        udi: Udi,
        feature_or_sku: str,
        period: Duration,
        now: Instant,
        *,
        by: str,
        mailed: bool = True,
        why: str = "",
    ) -> Mail:
        """An extension license for the period that was agreed on with the TAC; periods add up. Operators only."""
        with self._act(by, now, why, mailed=mailed) as office:
            draft = trial.extension(office, udi, feature_or_sku, period)
        return self._sent([draft])[0]

    # --- moving ------------------------------------------------------------------------------------------------

    def rma(
        self,
        failed: Udi,
        replacement: Udi,
        now: Instant,
        *,
        by: str,
        contract: str,
        mailed: bool = True,
        why: str = "",
    ) -> Mail:
        """The purchased licenses of a failed device, for its replacement, under the failed one's service contract."""
        with self._act(by, now, why, mailed=mailed) as office:
            draft = rma.rma(office, failed, replacement, contract)
        return self._sent([draft])[0]

    def rehostable(self, udi: Udi, target: Udi, now: Instant, *, by: str) -> tuple[Rehostable, ...]:
        """The purchased products that the device could give up in favour of the target."""
        with self._look(by, now) as office:
            return rehost.rehostable(office, udi, target)

    def permission(
        self,
        source: Udi,
        now: Instant,
        *,
        by: str,
        skus: tuple[str, ...] | None = None,
        credential: bytes | None = None,
        caller: Udi | None = None,
        override: bool = False,
        mailed: bool = True,
        why: str = "",
    ) -> Mail:
        """The permission ticket of a device that is to give up its purchased licenses, or only those of some SKUs.

        Args:
            credential: the device's own; an operator may leave it out.
            caller: the device that calls home; a call is signed by it, so the source itself needs no credential.
            caller: the device that asks itself, by a call that it signed; that is as good as its credential.
            override: beyond the yearly limit of a SKU; operators only, with a reason.
        """
        with self._act(by, now, why, mailed=mailed) as office:
            draft = rehost.permission(office, source, skus, credential, caller, override=override)
        return self._sent([draft])[0]

    def rehost(
        self,
        rehost_ticket: bytes,
        target: Udi,
        now: Instant,
        *,
        by: str,
        credential: bytes | None = None,
        caller: Udi | None = None,
        override: bool = False,
        mailed: bool = True,
        why: str = "",
    ) -> Mail:
        """The license for the target of a rehost, against the source's ticket and the target's credential.

        `caller`: the source itself, by a call that it signed; the target, which it names, shows no credential then.
        Args:
            credential: the target's; an operator may leave it out.
            caller: the device that calls home; from the source no credential of the target is asked, which may be far
                away (C: `license call-home revoke udi` is typed at the source alone).
            override: after the permission ticket's term; operators only, with a reason.
        """
        with self._act(by, now, why, mailed=mailed) as office:
            draft = rehost.rehost(office, rehost_ticket, target, credential, caller, override=override)
        return self._sent([draft])[0]

    def date(self, instant: Instant) -> datetime:
        """The calendar at an instant."""
        return self._house.calendar(instant)

    # --- looking -----------------------------------------------------------------------------------------------

    def entitlements(self, udi: Udi, *, by: str) -> tuple[Entitlement, ...]:
        """Every license that was ever issued to the device, and what became of it; empty if there is none."""
        with self._look(by) as office:
            return lookups.entitlements(office, udi)

    def device(self, udi: Udi, now: Instant, *, by: str) -> DeviceView:
        """One device: who owns it, what it is entitled to now, and what it is in the middle of."""
        with self._look(by, now) as office:
            return lookups.device(office, udi)

    def history(self, udi: Udi, *, by: str, offset: int = 0, limit: int = 100) -> Listing[AuditEntry]:
        """Every act that concerned a device, the first first."""
        with self._look(by) as office:
            return lookups.history(office, udi, offset, limit)

    def orders(self, *, by: str, sku: str = "", text: str = "", offset: int = 0, limit: int = 50) -> Listing[OrderView]:
        """Sales orders, the latest first; `text` stands in their number, PAK or SKU."""
        with self._look(by) as office:
            return lookups.orders(office, sku, text, offset, limit)

    def paks(
        self,
        *,
        by: str,
        sku: str = "",
        text: str = "",
        left_only: bool = False,
        offset: int = 0,
        limit: int = 50,
    ) -> Listing[PakView]:
        """PAKs with what is left of them, the latest first; `text` stands in the PAK, its order or its SKU."""
        with self._look(by) as office:
            return lookups.paks(office, sku, text, offset, limit, left_only=left_only)

    def pak_devices(self, pak: str, *, by: str, offset: int = 0, limit: int = 100) -> Listing[RegisteredDevice]:
        """The devices that a PAK was registered for, the latest first."""
        with self._look(by) as office:
            return lookups.pak_devices(office, pak, offset, limit)

    def devices(
        self, now: Instant = 0, *, by: str, pid: str = "", text: str = "", offset: int = 0, limit: int = 50
    ) -> Listing[DeviceRow]:
        """Devices by UDI, with the number of licenses that stand now; `text` stands in the UDI or its owner."""
        with self._look(by, now) as office:
            return lookups.devices(office, pid, text, offset, limit)

    def rehosts(self, *, by: str, open_only: bool = True, offset: int = 0, limit: int = 50) -> Listing[RehostCase]:
        """Rehosts that were begun, the latest first."""
        with self._look(by) as office:
            return lookups.rehosts(office, offset, limit, open_only=open_only)

    def audit(
        self,
        *,
        by: str,
        account: str = "",
        act: str = "",
        text: str = "",
        since: Instant | None = None,
        until: Instant | None = None,
        offset: int = 0,
        limit: int = 100,
    ) -> Listing[AuditEntry]:
        """The audit log, the latest entry first, from `since` to before `until`; customers see their own acts."""
        with self._look(by) as office:
            return lookups.audit(office, account, act, text, since, until, offset, limit)

    def license_file(self, license_id: str, *, by: str) -> Attachment:
        """The file in which a license was issued, under its name; the same bytes as when it was mailed."""
        with self._look(by) as office:
            licenses = lookups.file_licenses(office, license_id)
        return Attachment(file_name(licenses[0]), license_file(licenses, self._house.key))

    def ticket_file(self, ticket_id: str, *, by: str) -> Attachment:
        """A permission ticket again."""
        with self._look(by) as office:
            ticket = lookups.ticket(office, ticket_id)
        return Attachment(ticket_name(ticket), write_permission_ticket(ticket, self._house.key))

    # --- accounts ----------------------------------------------------------------------------------------------

    def add_account(
        self,
        user: str,
        password: str,
        now: Instant = 0,
        *,
        by: str,
        role: Role | None = None,
        address: str = "",
    ) -> Account:
        """Open an account, a customer's unless told otherwise, or give one another password, role or address."""
        with self._act(by, now) as office:
            return accounts.add_account(office, user, password, role, address)

    def logs_in(self, user: str, password: str) -> bool:
        """Whether this is the password of that user."""
        return self.log_in(user, password) is not None

    def password_mark(self, user: str) -> str | None:
        """A word that is another one as soon as the user's password is; None if there is no such account. Quick."""
        with self.database.reading() as records:
            return accounts.password_mark(accounts.kept(records, user), user)

    def log_in(self, user: str, password: str) -> Account | None:
        """The account that opens with this password; slow on purpose."""
        with self.database.reading() as records:
            found = accounts.kept(records, user)
        return accounts.log_in(found, self._house.key, user, password)

    def account(self, user: str) -> Account:
        """An account by its name."""
        with self.database.reading() as records:
            return account_of(records, user)

    def accounts(self, *, by: str, offset: int = 0, limit: int = 50) -> Listing[Account]:
        """All accounts that were opened or changed, by name. Operators only."""
        with self._look(by) as office:
            return lookups.accounts(office, offset, limit)

    def has_default_password(self) -> bool:
        """Whether anybody can act as an operator, with the password of the lab's account that everybody knows."""
        account = self.log_in(DEFAULT_USER, DEFAULT_PASSWORD)
        return account is not None and account.role is Role.OPERATOR

    def new_token(self, user: str, name: str, now: Instant, *, by: str, entropy: bytes) -> tuple[ApiToken, str]:
        """A token for programs that act for an account; its text is shown only now.

        `entropy` are at least 16 bytes that the caller drew at random.
        """
        with self._act(by, now) as office:
            return accounts.new_token(office, user, name, entropy)

    def tokens(self, user: str, *, by: str) -> tuple[ApiToken, ...]:
        """The tokens of an account, by age."""
        with self._look(by) as office:
            return accounts.tokens(office, user)

    def revoke_token(self, number: int, now: Instant, *, by: str) -> None:
        """A token opens nothing any more."""
        with self._act(by, now) as office:
            accounts.revoke_token(office, number)

    def token_account(self, secret: str) -> Account | None:
        """The account in whose name a program with this token acts."""
        with self.database.reading() as records:
            return accounts.token_account(records, secret)

    # --- inside ------------------------------------------------------------------------------------------------

    @contextmanager
    def _act(self, by: str | Account, now: Instant, why: str = "", *, mailed: bool = True) -> Iterator[Office]:
        """A desk for one act that writes; what it sends and notes is written with it."""
        with self.database.writing() as records:
            office = Office(
                self._house,
                records,
                now,
                by if isinstance(by, Account) else account_of(records, by),
                lookups.cleaned(why.strip()[:LONGEST_REASON]),
                mailed,
            )
            yield office
            office.finish()

    @contextmanager
    def _look(self, by: str | Account, now: Instant = 0) -> Iterator[Office]:
        """A desk for one act that only looks."""
        with self.database.reading() as records:
            yield Office(self._house, records, now, by if isinstance(by, Account) else account_of(records, by))

    def _sent(self, drafts: Sequence[Draft]) -> list[Mail]:
        """The letters of an act that was written down, and the word that they are under way."""
        letters = [signed_mail(draft, self._house.key) for draft in drafts]
        if self._posted is not None and (mailed := [letter for letter in letters if letter.number]):
            self._posted(mailed)
        return letters


__all__ = ["FACTORY", "LicensingService", "Refusal"]
