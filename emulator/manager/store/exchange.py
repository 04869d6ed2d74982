"""Pairs of managers, the key that signs, and the bundles that may have to be written again."""

import zlib

from sqlalchemy import Connection, Row, delete, insert, select

from emulator.keys.secret_box import SecretBox, new_key
from emulator.keys.signing import SigningKey
from emulator.manager.exchange_entities import ManagerPair
from emulator.manager.store.exchange_tables import IDENTITY, PAIRS, SENT_BUNDLES
from emulator.manager.store.ledger import LedgerRecords
from emulator.manager.store.rows import keep

_SEALED_BESIDE = "signing key of this manager"


class ExchangeRecords:
    """Pairs, bundles and the ledger that is signed, within one transaction."""

    def __init__(self, connection: Connection, box: SecretBox) -> None:
        self._connection, self._box = connection, box
        self.ledger = LedgerRecords(connection)

    def signing_key(self) -> SigningKey:
        """Return the key of this manager, which is drawn when it is first asked for, within a transaction that writes.

        Raises:
            CannotOpen: it was sealed with another key.
        """
        sealed = self._connection.execute(select(IDENTITY.c.secret)).scalar()
        if sealed is not None:
            return SigningKey(bytes.fromhex(self._box.open(sealed, _SEALED_BESIDE)))
        secret = new_key()
        keep(self._connection, IDENTITY, name="self", secret=self._box.seal(secret.hex(), _SEALED_BESIDE))
        return SigningKey(secret)

    def pairs(self) -> list[ManagerPair]:
        """List the pairs by name."""
        return [_pair(row) for row in self._connection.execute(select(PAIRS).order_by(PAIRS.c.name))]

    def keep_pair(self, pair: ManagerPair) -> None:
        """Add a pair, or replace what is known of it."""
        keep(
            self._connection, PAIRS, name=pair.name, key=pair.key, sent=pair.sent, sent_digest=pair.sent_digest,
            acknowledged=pair.acknowledged, received=pair.received, received_digest=pair.received_digest,
            received_at=pair.received_at,
        )  # fmt: skip

    def drop_pair(self, name: str) -> None:
        """Delete a pair and the bundles that were written for it."""
        self._connection.execute(delete(PAIRS).where(PAIRS.c.name == name))

    def keep_sent(self, pair: str, number: int, data: bytes) -> None:
        """Keep a bundle as it was written."""
        values = {"pair": pair, "number": number, "content": zlib.compress(data)}
        self._connection.execute(insert(SENT_BUNDLES), values)

    def sent(self, pair: str, number: int) -> bytes | None:
        """Return a bundle as it was written, or None for one that is not kept."""
        which = (SENT_BUNDLES.c.pair == pair) & (SENT_BUNDLES.c.number == number)
        content = self._connection.execute(select(SENT_BUNDLES.c.content).where(which)).scalar()
        return None if content is None else zlib.decompress(content)

    def drop_sent(self, pair: str, until: int) -> None:
        """Forget the bundles that the other manager has read, up to a number."""
        which = (SENT_BUNDLES.c.pair == pair) & (SENT_BUNDLES.c.number <= until)
        self._connection.execute(delete(SENT_BUNDLES).where(which))


def _pair(row: Row[*tuple[object, ...]]) -> ManagerPair:
    return ManagerPair(**row._mapping)
