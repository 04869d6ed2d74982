"""Troubles of a network and of a licensing portal, on purpose, from which a license manager must come out right."""
