"""Managed objects, a file a MIB: its tables in TABLES."""
