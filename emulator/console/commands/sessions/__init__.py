"""Lines, terminals and privileges, and sessions from here to other hosts."""
