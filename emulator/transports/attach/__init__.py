"""Another terminal of the same person joins a world that one process holds, by a socket in its directory."""
