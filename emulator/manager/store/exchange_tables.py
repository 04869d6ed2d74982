"""Tables of the exchange with other managers."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Table, Text

from emulator.manager.store.tables import MANAGER_METADATA

IDENTITY = Table(
    "manager_identity",
    MANAGER_METADATA,
    Column("name", Text, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
)
"""Key by which the manager signs, sealed: at most one row."""

PAIRS = Table(
    "manager_pairs",
    MANAGER_METADATA,
    Column("name", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("sent", Integer, nullable=False),
    Column("sent_digest", Text, nullable=False),
    Column("acknowledged", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("received_digest", Text, nullable=False),
    Column("received_at", BigInteger),
)

SENT_BUNDLES = Table(
    "manager_sent_bundles",
    MANAGER_METADATA,
    Column("pair", Text, ForeignKey(PAIRS.c.name, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
"""Bundles as they were written, compressed, until the other manager has told that it read them."""
