"""Ledger: the audit trail as a chain of digests under a signature, which an auditor checks offline.

I: the form. Each digest covers the entry and the digest before it, so that an entry that was changed, left out or put
in afterwards breaks the chain, and a later ledger has to begin with an earlier one. Entries are chained when a ledger
is written, not when they are made: two transactions of a server may end in another order than they began.
"""

import json
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from emulator.kernel.errors import Refused
from emulator.manager.context import ManagerContext
from emulator.manager.entities import TrailEntry
from emulator.manager.roles import ManagerAction

KIND = "isrtwin ledger 1"

BEGIN = ""
"""Digest before the first entry."""


def write_ledger(context: ManagerContext) -> str:
    """Chain the entries of the audit trail that are new, and write the whole as JSON, one object a line.

    Raises:
        NotAllowed: the user may not read the audit trail.
        Refused: an entry was changed or deleted in the database after it had been chained.
    """
    context.require(ManagerAction.READ_TRAIL)
    with context.database.writing() as records:
        head = _checked(records.exchange.ledger.entries())
        for number, entry in records.exchange.ledger.unchained():
            head = (head[0] + 1, digest_of_entry(head[1], head[0] + 1, entry))
            records.exchange.ledger.chain(head[0], number, head[1])
        entries, made = records.exchange.ledger.entries(), context.now()
        key = records.exchange.signing_key()
    signature = key.sign(signed_text(*head, made))
    lines = [
        {"ledger": KIND, "key": key.public.hex()},
        *(
            {"position": position, **msgspec.to_builtins(entry), "digest": digest}
            for position, digest, entry in entries
        ),
        {"entries": head[0], "head": head[1], "made": made, "signature": signature.hex()},
    ]
    return "".join(f"{json.dumps(line)}\n" for line in lines)


def digest_of_entry(before: str, position: int, entry: TrailEntry) -> str:
    """Compute the digest up to an entry, in hexadecimal digits, from the one before it."""
    told = json.dumps([position, entry.at, entry.by, entry.act, entry.subject, entry.outcome], separators=(",", ":"))
    return sha256(f"{before}\n{told}".encode()).hexdigest()


def signed_text(entries: int, head: str, made: int) -> bytes:
    """Return the bytes that the signature of a ledger covers."""
    return f"{KIND}\n{entries} {head} {made}\n".encode()


def _checked(entries: Sequence[tuple[int, str, TrailEntry]]) -> tuple[int, str]:
    """Position and digest of the last entry; each is as it was when it was chained."""
    digest = BEGIN
    for place, (position, chained, entry) in enumerate(entries, 1):
        digest = digest_of_entry(digest, place, entry)
        if (position, chained) != (place, digest):
            raise Refused(
                f"entry {place} of the audit trail was changed or deleted in the database after it had been chained; "
                "compare it with the last ledger that was written"
            )
    return len(entries), digest
