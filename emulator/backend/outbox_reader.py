"""The outbox as its readers see it: the world's mailbox, the portal, and the mail server that takes letters over.

Letters lie in the database with the act that sent them. One that has arrived can be read as often as one likes; one
that a mail server was to have is marked when it took it, so a server that dies in between is given it again, under the
same Message-ID.
"""

from collections.abc import Sequence

from emulator.backend.letters import Draft, signed_mail
from emulator.backend.mail import Mail
from emulator.backend.queries import cleaned, page_of
from emulator.backend.refusals import PortalRefusal
from emulator.backend.store.outbox import StoredLetter
from emulator.backend.store.records import Records
from emulator.backend.transactions import Transactions
from emulator.backend.views import Listing
from emulator.kernel.time import Instant

Heading = tuple[int, Instant, str]
"""Number, arrival and subject of a letter."""

LAST_NUMBER = (1 << 31) - 1


class OutboxReader:
    """The letters by account, by number and by delivery to a mail server."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions, self._database = transactions, transactions.database
        self._key = transactions.context.key

    def letters(self, now: Instant, *, by: str | None = None, offset: int = 0, limit: int | None = None) -> list[Mail]:
        """List letters that have arrived, of an account or of all, oldest first."""
        with self._database.reading() as records:
            drafts = _drafts(records, records.outbox.arrived(now, by, offset, limit))
        return [signed_mail(draft, self._key) for draft in drafts]

    def mailbox(self, now: Instant, *, by: str, text: str = "", offset: int = 0, limit: int = 50) -> Listing[Mail]:
        """List letters that have arrived, an account's own or for an operator all, latest first."""
        offset, limit = page_of(offset, limit)
        with self._transactions.looking(by, now) as looking:
            letters, total = looking.records.outbox.latest(now, looking.seen_by, cleaned(text), offset, limit)
            drafts = _drafts(looking.records, letters)
        return Listing(tuple(signed_mail(draft, self._key) for draft in drafts), total, offset)

    def letter(self, number: int, now: Instant, *, by: str) -> Mail:
        """Return a letter that has arrived, for its account and for operators."""
        with self._transactions.looking(by, now) as looking:
            letter = looking.records.outbox.find(number, now) if 0 < number <= LAST_NUMBER else None
            if letter is None or not looking.owns(letter.account):
                raise PortalRefusal.UNKNOWN_LETTER.error(number=number)
            [draft] = _drafts(looking.records, [letter])
        return signed_mail(draft, self._key)

    def headings(self, now: Instant) -> Sequence[Heading]:
        """List the headings of letters that have arrived, by arrival."""
        with self._database.reading() as records:
            return records.outbox.headings(now)

    def under_way(self, now: Instant) -> Sequence[Heading]:
        """List the headings of letters that are still to come, next first."""
        with self._database.reading() as records:
            return records.outbox.under_way(now)

    def count_letters(self, now: Instant) -> int:
        """Count the letters that have arrived."""
        with self._database.reading() as records:
            return records.outbox.count(now)

    def undelivered(self, now: Instant, *, limit: int = 100) -> list[Mail]:
        """List letters that have arrived but that no mail server has taken yet, oldest first."""
        with self._database.reading() as records:
            drafts = _drafts(records, records.outbox.undelivered(now, limit))
        return [signed_mail(draft, self._key) for draft in drafts]

    def delivered(self, number: int, now: Instant) -> None:
        """Record that a mail server has taken a letter."""
        with self._database.writing() as records:
            records.outbox.delivered(number, now)


def _drafts(records: Records, letters: Sequence[StoredLetter]) -> list[Draft]:
    """Letters with the records that their attachments are signed from."""
    ids = [id_ for letter in letters if letter.kind == "licenses" for id_ in letter.refers]
    licenses = records.licenses.by_id(list(dict.fromkeys(ids))) if ids else {}
    drafts = []
    for letter in letters:
        draft = Draft(letter)
        if letter.kind == "licenses":
            draft.licenses = [licenses[id_] for id_ in letter.refers]
        elif letter.kind == "ticket":
            permission = records.transfers.permission(letter.refers[0])
            assert permission is not None, "a letter refers to a ticket that there is"
            draft.ticket = permission.ticket
        drafts.append(draft)
    return drafts
