"""The database of the back end: the one place that knows SQL.

SQLite beside the world or in memory, PostgreSQL by URL; one schema, one set of statements for all. A use case is given
the `Records` of one transaction and asks for rows by what they are. SQLAlchemy is imported with the first of them, so a
console that needs no back end does not load it; `waiting` looks into an SQLite file without it.
"""
