"""Screens of access lists, keys, VPN peers and certificates."""
