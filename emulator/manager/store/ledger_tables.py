"""Table of the chain over the audit trail."""

from sqlalchemy import Column, Integer, Table, Text

from emulator.manager.store.tables import MANAGER_METADATA

CHAIN = Table(
    "manager_trail_chain",
    MANAGER_METADATA,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
)
"""Chained entries of the trail, by their numbers there; only ever added to."""
