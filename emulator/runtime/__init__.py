"""One running world: held in its directory, saved, scripted, attached to, and served. Wires transports to it."""
