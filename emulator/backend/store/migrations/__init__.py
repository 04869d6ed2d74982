"""Migrations of the schema, kept for ever; a new one is a file in `versions` and a row in `schema.VERSIONS`."""
