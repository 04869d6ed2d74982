"""Records of the manager: the one place of the room that knows SQL.

SQLite in a file or PostgreSQL by URL, one schema and one set of statements for both.
"""
