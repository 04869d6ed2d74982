"""Run by alembic on the connection of whoever opens the database, inside that one's transaction."""

from alembic import context

from emulator.backend.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=METADATA, render_as_batch=True, transaction_per_migration=False
)
context.run_migrations()
