"""Screens of licenses, and of call home for them."""
