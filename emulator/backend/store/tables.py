"""The schema. Rules that no bug may break stand here as constraints too: a debit cannot pass the quantity of its PAK.

Instants are whole milliseconds since the world's start. What the back end only carries is JSON in a text column. A
change here needs a migration; a test compares the two.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def some_index(name: str, columns: str | tuple[str, ...], which: str, *, unique: bool = False) -> Index:
    """Build an index of some rows only: rows without the value cost nothing when thousands are registered."""
    names = (columns,) if isinstance(columns, str) else columns
    return Index(f"ix_{name}", *names, unique=unique, sqlite_where=text(which), postgresql_where=text(which))


WORLD = Table(
    "world",
    METADATA,
    Column("identity", Text, primary_key=True),
)
"""Identity of the world whose records these are: one row, none before it has claimed the database."""

COUNTERS = Table(
    "counters",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""Count of the numbers of each kind that were given out; a number never comes again."""

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("opened", BigInteger, nullable=False),
)

TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("created", BigInteger, nullable=False),
    Column("revoked", Boolean, nullable=False),
)

KEYED_REQUESTS = Table(
    "keyed_requests",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("account", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("answer", LargeBinary),
    UniqueConstraint("account", "key"),
)
"""Requests that programs gave a key, both as hashes, with their answers where these are kept. They are no records of
the world: a copy of its records as plain data leaves them out."""

DEVICES = Table(
    "devices",
    METADATA,
    Column("udi", Text, primary_key=True),
    Column("made", BigInteger),
    Column("features", Text, nullable=False),
    Column("owner", Text),
    Column("last_file", Text),
    some_index("owned", "owner", "owner IS NOT NULL"),
)

CONTRACTS = Table(
    "contracts",
    METADATA,
    Column("udi", Text, ForeignKey(DEVICES.c.udi), primary_key=True),
    Column("number", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
)

ORDERS = Table(
    "orders",
    METADATA,
    Column("number", Text, primary_key=True),
    Column("sku", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("owner", Text, index=True),
    Column("at", BigInteger, nullable=False),
    Column("sequence", Integer, nullable=False, server_default="0"),
)
"""Sales orders; `sequence` is the order of sale."""

PAKS = Table(
    "paks",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("order", Text, ForeignKey(ORDERS.c.number), nullable=False, unique=True),
    Column("sku", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("spent", Integer, nullable=False),
    Column("owner", Text, index=True),
    Column("at", BigInteger, nullable=False),
    CheckConstraint("spent >= 0 AND spent <= quantity", name="spent"),
)

LICENSES = Table(
    "licenses",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("udi", Text, ForeignKey(DEVICES.c.udi), nullable=False, index=True),
    Column("feature", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("period", BigInteger),
    Column("exclusive", Boolean, nullable=False),
    Column("count", Integer),
    Column("ends", BigInteger),
    Column("source", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("origin", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("sku", Text),
    Column("pak", Text, ForeignKey(PAKS.c.code)),
    Column("predecessor", Text),
    Column("state", Text, nullable=False),
    some_index("registered", ("pak", "udi"), "origin = 'registration'", unique=True),
    some_index("rehosted", "root", "origin = 'rehost'"),
)
"""Licenses; `number` is the order of issue. A registration is one debit of its PAK, which has one for a device."""

PERMISSIONS = Table(
    "permissions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("source", Text, ForeignKey(DEVICES.c.udi), nullable=False, index=True),
    Column("ticket", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("target", Text),
    Column("issued", Text, nullable=False),
    some_index("asked", "source", "state = 'open'", unique=True),
)
"""Permission tickets; `ticket` and `issued` are JSON."""

RMAS = Table(
    "rmas",
    METADATA,
    Column("failed", Text, ForeignKey(DEVICES.c.udi), primary_key=True),
    Column("replacement", Text, ForeignKey(DEVICES.c.udi), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("contract", Text, nullable=False),
    Column("issued", Text, nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("act", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("device", Text, nullable=False, index=True),
    Column("other", Text, nullable=False),
    some_index("second", "other", "other <> ''"),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("due", BigInteger, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("refers", Text, nullable=False),
    Column("content", LargeBinary),
    Column("delivered", BigInteger),
)
"""Letters as they were written. An attachment is named (`kind`, `file`) and refers to the licenses or the ticket that
it is signed from; only what cannot be signed again has its `content` kept."""
