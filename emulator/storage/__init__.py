"""Storage of bytes: file systems of routers, USB sticks and servers, and worlds on the host's disk."""
