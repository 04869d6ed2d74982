"""Screens of interfaces, VLANs and switch ports."""
