"""Limits for every server that takes connections: how many there are at once, and how long a silent one may stay."""
