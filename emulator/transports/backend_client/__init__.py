"""A client of the licensing portal's JSON interface, as the license manager uses it."""
