"""Calls of the manager for programs: one table, which the HTTP interface, its description and the SDK are made from."""
