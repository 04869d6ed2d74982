"""Tables of the manager. Their names begin with `manager_`; instants are milliseconds since 1970.

What is only carried is JSON in a text column (`reading`); what is filtered or sorted by has a column. Passwords are
sealed before they come here.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

MANAGER_METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

SCHEMA = Table("manager_schema", MANAGER_METADATA, Column("version", Integer, primary_key=True, autoincrement=False))
"""Version of the tables: one row."""

USERS = Table(
    "manager_users",
    MANAGER_METADATA,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
)

CREDENTIALS = Table(
    "manager_credentials",
    MANAGER_METADATA,
    Column("name", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("password", LargeBinary, nullable=False),
    Column("enable", LargeBinary, nullable=False),
)

GROUPS = Table(
    "manager_groups",
    MANAGER_METADATA,
    Column("name", Text, primary_key=True),
    Column("credentials", Text, nullable=False),
    Column("transports", Text, nullable=False),
)
"""Groups; `credentials` and `transports` are JSON lists of names."""

MANAGED_DEVICES = Table(
    "manager_devices",
    MANAGER_METADATA,
    Column("udi", Text, primary_key=True),
    Column("added", BigInteger, nullable=False),
    Column("host", Text),
    Column("port", Integer),
    Column("transport", Text),
    Column("credentials", Text, nullable=False),
    Column("tried", BigInteger),
    Column("seen", BigInteger),
    Column("fault", Text),
    Column("detail", Text, nullable=False),
    Column("successor", Text),
    Column("hostname", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("next_level", Text, nullable=False),
    Column("reading", Text),
    Column("replaced_by", Text),
    Column("contract", Text),
    Index("ix_manager_devices_address", "host", "port"),
)

MEMBERS = Table(
    "manager_members",
    MANAGER_METADATA,
    Column("group", Text, ForeignKey(GROUPS.c.name, ondelete="CASCADE"), primary_key=True),
    Column("udi", Text, ForeignKey(MANAGED_DEVICES.c.udi, ondelete="CASCADE"), primary_key=True, index=True),
)
"""Devices of each group; a device may be in several."""

BACK_END = Table(
    "manager_back_end",
    MANAGER_METADATA,
    Column("name", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("token", LargeBinary, nullable=False),
)
"""License portal: at most one row."""

PAK_INVENTORY = Table(
    "manager_paks",
    MANAGER_METADATA,
    Column("code", Text, primary_key=True),
    Column("sku", Text, nullable=False),
    Column("feature", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("left", Integer, nullable=False),
    Column("refreshed", BigInteger, nullable=False),
    Column("families", Text),
)
"""PAKs; `families` is a JSON list of names, and is missing where the portal was asked before version 10."""

OBTAINED = Table(
    "manager_licenses",
    MANAGER_METADATA,
    Column("id", Text, primary_key=True),
    Column("udi", Text, nullable=False, index=True),
    Column("pak", Text, nullable=False),
    Column("feature", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("obtained", BigInteger, nullable=False),
    Column("deployed", BigInteger),
)
"""License files; they stay when their device is deleted, for they were paid for."""

TRAIL = Table(
    "manager_trail",
    MANAGER_METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Index("ix_manager_trail_subject", "subject", "number"),
)
"""Audit trail: only ever added to."""

JOBS = Table(
    "manager_jobs",
    MANAGER_METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("stop", Text),
    Column("begun", BigInteger),
    Column("ended", BigInteger),
    Column("total", Integer),
    Column("comment", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("retry_of", Integer),
    Column("owner", Text),
    Column("leased_until", BigInteger),
    sqlite_autoincrement=True,
)
"""Jobs; one that runs belongs to the process `owner` until `leased_until`. A number is never used twice."""

JOB_ITEMS = Table(
    "manager_job_items",
    MANAGER_METADATA,
    Column("job", Integer, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", BigInteger),
    Index("ix_manager_job_items_state", "job", "state"),
)

SCHEDULES = Table(
    "manager_schedules",
    MANAGER_METADATA,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("next", BigInteger, nullable=False),
    Column("every", BigInteger, nullable=False),
)

REHOSTS = Table(
    "manager_rehosts",
    MANAGER_METADATA,
    Column("source", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    Column("begun", BigInteger, nullable=False),
    Column("step", Text, nullable=False),
    Column("permission", LargeBinary),
    Column("ticket", LargeBinary),
    Column("file", Text, nullable=False),
    Column("content", LargeBinary),
    Column("changed", BigInteger, nullable=False),
    Column("paks", Text),
)
"""Rehosts: how far each is, and the documents that its next step needs; `paks` is JSON."""

TOKENS = Table(
    "manager_tokens",
    MANAGER_METADATA,
    Column("digest", Text, primary_key=True),
    Column("user", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
)
"""Tokens of users: digests, by which no one comes in."""
