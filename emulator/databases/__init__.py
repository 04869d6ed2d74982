"""Databases: ways to SQLite and PostgreSQL, for every room that keeps records.

Tables and statements are those of the rooms, in their `store` folders; here are connections and their limits. It is
imported with the first database that is opened, for SQLAlchemy takes its time.
"""
