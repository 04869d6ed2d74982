"""A client of the license portal's JSON interface, as the license manager uses it."""
