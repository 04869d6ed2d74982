"""The back end's use cases under one name, for the bench, the portal and call home alike.

Each call is one transaction, and may come from any thread. `by` names the account that acts: its role and what it owns
are enforced here, for all faces alike; `why` is a reason for the audit log. With `mailed=False` a letter is only
handed back, not sent. Deterministic: the same key, records and calls give the same bytes. Its licenses are NOT
compatible with genuine keys: they are signed with a key that the simulated world made for itself, and no real router
accepts them.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import datetime

from emulator.backend import (
    correction,
    demo_and_extension,
    manufacturing,
    ownership,
    purchase,
    registration,
    rehost,
    rma,
)
from emulator.backend.account_service import AccountService
from emulator.backend.entities import Account, Role, SalesOrder, ServiceContract
from emulator.backend.letters import Draft, signed_mail
from emulator.backend.mail import Mail
from emulator.backend.outbox_reader import OutboxReader
from emulator.backend.query_service import QueryService
from emulator.backend.refusals import PortalRefusal
from emulator.backend.request_key import RequestKey
from emulator.backend.row_list import read_rows
from emulator.backend.skus import Sku
from emulator.backend.store.database import Database
from emulator.backend.store.keyed_requests import KeyedRequest
from emulator.backend.store.outbox import StoredLetter
from emulator.backend.transaction import BackendContext
from emulator.backend.transactions import Transactions
from emulator.backend.views import PakContent, Registration, Rehostable
from emulator.kernel.time import Duration, Instant
from emulator.keys.signing import SigningKey, Verifier
from emulator.licensing.lines import LicenseLine
from emulator.licensing.udi import Udi

FACTORY = Account("factory", Role.OPERATOR, "", 0)
"""Account that makes devices; it has no log-in."""

CALL = "call home"
"""Proof of a device by a call that it signed."""


class LicensingService:
    """Orders, PAKs, license files and transfers; each refusal is a `PortalError` and changes nothing.

    Attributes:
        database: its records.
        skus: what can be ordered, by name.
        accounts: log-in, accounts and tokens.
        queries: what an account may look up.
        outbox: the letters that it sent.
    """

    def __init__(
        self,
        database: Database,
        skus: Mapping[str, Sku],
        families: Mapping[str, str],
        key: SigningKey,
        *,
        device_verifier: Callable[[Udi], Verifier],
        device_seal: Callable[[Udi], bytes],
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
            device_seal: the public half of the key that opens what is sealed for a device.
            calendar: the date of an instant, in UTC.
            posted: called, after an act and in its thread, with the letters that the act sent.
        """
        self.database, self.skus, self._key = database, skus, key
        context = BackendContext(skus, families, key, device_verifier, device_seal, calendar)
        self._transactions = Transactions(database, context)
        self.accounts = AccountService(self._transactions)
        self.queries = QueryService(self._transactions)
        self.outbox = OutboxReader(self._transactions)
        self._posted = posted

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    # --- requests with a key -----------------------------------------------------------------------------------

    def keyed(self, key: RequestKey) -> "LicensingService":
        """Return these use cases for one request, which is carried out once however often it comes."""
        service = copy(self)
        service._transactions = Transactions(self.database, self._transactions.context, key)
        service.accounts = AccountService(service._transactions)
        return service

    def carried_out(self, key: RequestKey) -> KeyedRequest | None:
        """Return the request that was carried out under the same key; None where none was."""
        with self.database.reading() as records:
            return records.keyed_requests.find(key.account, key.key)

    def keep_answer(self, key: RequestKey, content: bytes) -> None:
        """Keep the answer for a repetition of the request."""
        with self.database.writing() as records:
            records.keyed_requests.keep_answer(key.account, key.key, content)

    # --- making ------------------------------------------------------------------------------------------------

    def manufacture(self, udi: Udi, features: Sequence[str], now: Instant) -> tuple[LicenseLine, ...]:
        """Make a device and return its factory-installed permanent licenses; the same again when repeated."""
        with self._transactions.transaction(FACTORY, now) as transaction:
            return manufacturing.manufacture(transaction, udi, features)

    def factory_file(self, udi: Udi) -> bytes:
        """Write the license file with the licenses that a device left the factory with."""
        with self._transactions.looking(FACTORY) as transaction:
            return manufacturing.factory_file(transaction, udi)

    def contract(self, udi: Udi, *, by: str) -> ServiceContract:
        """Return the service contract of a device, for its owner and for operators."""
        with self._transactions.looking(by) as transaction:
            return manufacturing.contract(transaction, udi)

    # --- buying ------------------------------------------------------------------------------------------------

    def order(
        self, sku: str, quantity: int, now: Instant, *, by: str, owner: str | None = None, why: str = ""
    ) -> tuple[SalesOrder, Mail]:
        """Buy 1 to 5000 licenses under one PAK; returns the mail that brings it, at once or, by regular mail, days
        later.

        `owner` is the account that an operator orders for; if left out, a customer orders for themselves.
        """
        with self._transactions.transaction(by, now, why) as transaction:
            placed, draft = purchase.order(transaction, sku, quantity, owner)
        return placed, self._sent([draft])[0]

    def lost_pak(self, number: str, now: Instant = 0, *, by: str) -> str:
        """Return the PAK of a sales order; refused to a customer as long as the letter with it is under way."""
        with self._transactions.looking(by, now) as transaction:
            return purchase.lost_pak(transaction, number)

    def look_up(self, pak: str, udi: Udi, now: Instant = 0, *, by: str) -> tuple[PakContent, ...]:
        """Look up the products behind a PAK, for a device."""
        with self._transactions.looking(by, now) as transaction:
            return purchase.look_up(transaction, pak, udi)

    def register(
        self,
        pak: str,
        udis: Sequence[Udi],
        now: Instant,
        *,
        by: str,
        sku: str | None = None,
        caller: Udi | None = None,
        mailed: bool = True,
        why: str = "",
    ) -> list[Mail]:
        """Issue one license file for each device, all or none; the same file again for one that was registered before.

        Args:
            pak: the PAK that pays for them.
            udis: the devices, of any owner.
            now: the instant, in milliseconds.
            by: the account that acts; a customer becomes the owner of a PAK that has none.
            sku: must be what the PAK is for, if it is given.
            caller: the device itself, if it asks by a call that it signed.
            mailed: whether the letters go into the outbox.
            why: a reason for the audit log.
        """
        with self._transactions.transaction(by, now, why, mailed=mailed) as transaction:
            transaction.prove(caller, CALL)
            drafts = registration.register(transaction, pak, udis, sku)
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
        """Register a list of devices, `PID:SN` or `PID,SN` a row, with an answer for each row.

        If some rows are bad, the good ones are registered alone with `partial`, in several transactions, else none is.
        """
        with self._transactions.looking(by, now) as transaction:
            code, sku = registration.looked_up(transaction, pak)
        found = read_rows(self._transactions.context, sku, code, rows, partial=partial)
        done = found.to_be_done
        for devices in found.parts():
            try:
                with self._transactions.transaction(by, now, why, mailed=mailed) as transaction:
                    drafts = registration.register_part(transaction, found, devices)
            except registration.NotDone:
                done = False
            else:
                self._sent(drafts)
        return found.outcome(done=done)

    def resend(
        self, udi: Udi, now: Instant, *, by: str, caller: Udi | None = None, mailed: bool = True, why: str = ""
    ) -> Mail:
        """Send every license that was issued to the device and still stands, in one file.

        `caller` is the device itself, if it asks by a call that it signed.
        """
        with self._transactions.transaction(by, now, why, mailed=mailed) as transaction:
            transaction.prove(caller, CALL)
            draft = purchase.resend(transaction, udi)
        return self._sent([draft])[0]

    def demo(self, udi: Udi, feature_or_sku: str, now: Instant, *, by: str, mailed: bool = True, why: str = "") -> Mail:
        """Issue a demo license for 60 days of use, once for a device and feature."""
        with self._transactions.transaction(by, now, why, mailed=mailed) as transaction:
            draft = demo_and_extension.demo(transaction, udi, feature_or_sku)
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
        why: str = "TAC",
    ) -> Mail:
        """Issue an extension license for the period (milliseconds) agreed on with the TAC; periods add up. Operators
        only.

        `why` tells who granted it and for what; the audit log keeps it.
        """
        with self._transactions.transaction(by, now, why, mailed=mailed) as transaction:
            draft = demo_and_extension.extension(transaction, udi, feature_or_sku, period)
        return self._sent([draft])[0]

    # --- owning ------------------------------------------------------------------------------------------------

    def claim(
        self,
        udi: Udi,
        now: Instant,
        *,
        by: str,
        credential: bytes | None = None,
        contract: str | None = None,
        owner: str | None = None,
        why: str = "",
    ) -> None:
        """Make a device without an owner the account's own, against its credential or the number of its contract.

        An operator needs neither and names the `owner`, of any device that was made.

        Raises:
            PortalError: the proof does not hold, or the device belongs to another account.
        """
        with self._transactions.transaction(by, now, why) as transaction:
            ownership.claim(transaction, udi, credential, contract, owner)

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
        """Issue the purchased licenses of a failed device to its replacement, under its service contract."""
        with self._transactions.transaction(by, now, why, mailed=mailed) as transaction:
            draft = rma.rma(transaction, failed, replacement, contract)
        return self._sent([draft])[0]

    def correct(
        self, pak: str, wrong: Udi, right: Udi, now: Instant, *, by: str, why: str, mailed: bool = True
    ) -> Mail:
        """Move what a PAK issued to a wrong device to the right one; for an operator, with a reason."""
        with self._transactions.transaction(by, now, why, mailed=mailed) as transaction:
            draft = correction.correct(transaction, pak, wrong, right)
        return self._sent([draft])[0]

    def rehostable(
        self, udi: Udi, target: Udi, now: Instant, *, by: str, caller: Udi | None = None
    ) -> tuple[Rehostable, ...]:
        """List the purchased products that the device could give up in favor of the target.

        `caller` is the device itself, if it asks by a call that it signed.
        """
        with self._transactions.looking(by, now) as transaction:
            transaction.prove(caller, CALL)
            return rehost.rehostable(transaction, udi, target)

    def permission(
        self,
        source: Udi,
        now: Instant,
        *,
        by: str,
        skus: tuple[str, ...] | None = None,
        target: Udi | None = None,
        credential: bytes | None = None,
        caller: Udi | None = None,
        override: bool = False,
        mailed: bool = True,
        why: str = "",
    ) -> Mail:
        """Issue the permission ticket of a device that is to give up its purchased licenses, or only those of some
        SKUs.

        Args:
            target: the device that is to have them, for the readable part of the ticket; it is not binding.
            credential: the device's own; an operator may leave it out.
            caller: the device itself, if it asks by a call that it signed, which is as good as its credential.
            override: beyond the yearly limit of a SKU; operators only, with a reason.
        """
        with self._transactions.transaction(by, now, why, mailed=mailed) as transaction:
            transaction.prove(caller, CALL)
            draft = rehost.permission(transaction, source, target, skus, credential, caller, override=override)
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
        """Issue the license for the target of a rehost, against the source's ticket and the target's credential.

        Args:
            credential: the target's; an operator may leave it out.
            caller: the device that calls home; from the source no credential of the target is asked, which may be far
                away (C: `license call-home revoke udi` is typed at the source alone).
            override: after the permission ticket's term; operators only, with a reason.
        """
        with self._transactions.transaction(by, now, why, mailed=mailed) as transaction:
            transaction.prove(caller, CALL)
            draft = rehost.rehost(transaction, rehost_ticket, target, credential, caller, override=override)
        return self._sent([draft])[0]

    # --- mail of others ----------------------------------------------------------------------------------------

    def take_mail(self, sender: str, to: str, subject: str, body: str, now: Instant) -> Mail:
        """Put a message that a device of the lab sends into the outbox; it arrives at once, at the bench."""
        with self._transactions.transaction(FACTORY, now) as transaction:
            draft = transaction.send(Draft(StoredLetter(0, now, "", to, transaction.date, sender, subject, body)))
        return self._sent([draft])[0]

    # --- inside ------------------------------------------------------------------------------------------------

    def _sent(self, drafts: Sequence[Draft]) -> list[Mail]:
        """Letters of an act that was recorded; the listener is told that they are under way."""
        letters = [signed_mail(draft, self._key) for draft in drafts]
        if self._posted is not None and (mailed := [letter for letter in letters if letter.number]):
            self._posted(mailed)
        return letters


__all__ = ["FACTORY", "LicensingService", "PortalRefusal"]
