"""A database knows whose it is, and orders their sequence, since their numbers do not tell it any more."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE_FIRST = 90_000_000
"""Number after which orders were counted on."""


def upgrade() -> None:
    op.create_table(
        "world",
        sa.Column("identity", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("identity", name=op.f("pk_world")),
    )
    op.add_column("orders", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.execute(f"UPDATE orders SET sequence = CAST(number AS INTEGER) - {BEFORE_FIRST}")  # noqa: S608 - a constant
