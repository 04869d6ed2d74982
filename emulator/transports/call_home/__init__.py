"""Call home over HTTPS: the licensing server, and the client that carries a simulated router's calls to it."""
