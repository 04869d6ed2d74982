"""Tables of passwords, saved views and policies."""

from sqlalchemy import Column, LargeBinary, Table, Text

from emulator.manager.store.tables import MANAGER_METADATA

PASSWORDS = Table(
    "manager_passwords",
    MANAGER_METADATA,
    Column("user", Text, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
"""Passwords of users, as scrypt hashes."""

VIEWS = Table(
    "manager_views",
    MANAGER_METADATA,
    Column("user", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("query", Text, nullable=False),
)
"""Filters and orders of the list of devices, by the user who keeps them."""

POLICIES = Table(
    "manager_policies",
    MANAGER_METADATA,
    Column("name", Text, primary_key=True),
    Column("content", Text, nullable=False),
)
"""Policies; `content` is JSON."""
