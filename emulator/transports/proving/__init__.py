"""Troubles of a network and of a license portal, on purpose, from which a license manager must come out right."""
