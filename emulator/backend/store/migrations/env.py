"""Environment that alembic runs, on the connection that opens the database and inside its transaction."""

from alembic import context

from emulator.backend.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=METADATA, render_as_batch=True, transaction_per_migration=False
)
context.run_migrations()
