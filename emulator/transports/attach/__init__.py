"""Another terminal of the same person sits down at a world that one process holds, by a socket in its directory."""
