"""Tables of the kept reports and of the alerts that were told.

The `content` of a report is compressed JSON; its other columns are its head.
"""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, Text

from emulator.manager.store.tables import MANAGER_METADATA

REPORTS = Table(
    "manager_reports",
    MANAGER_METADATA,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("by", Text, nullable=False),
    Column("chosen", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
"""Kept reports; the number of one that was deleted is not given again."""

TOLD_ALERTS = Table(
    "manager_told_alerts",
    MANAGER_METADATA,
    Column("kind", Text, primary_key=True),
    Column("line", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""Alerts that were told and still stand."""
